//! Until there is a conversation: configuration, resuming, starting. A start under way is shared, not repeated.

use bonafide_protocol::visitor::{
    Conversation, ConversationState, SignIn, StartedConversation, WidgetConfig,
};
use bonafide_protocol::{ErrorCode, Secret};

use super::calls::Wanted;
use super::identity::Purpose;
use super::{
    Answer, CallId, Effect, Machine, Reply, Request, RequestError, Session, StoredSession,
    TabMessage, Ticket, Timer, failure,
};
use crate::view::{ChatFailure, Output, Started};

/// How long other tabs have at most to say that they have a conversation. They answer within a few milliseconds, unless
/// the computer is busy; where none of them leads a conversation, the script says so long before this.
const ASK_MS: u32 = 3_000;
/// How old the configuration, and what the other tabs said, may be when a conversation is started with it.
const CONFIG_LIFE_MS: u64 = 5 * 60 * 1000;

/// Where the chat stands.
#[derive(Debug)]
pub(super) enum Stage {
    /// Nothing asked for yet.
    Idle,
    /// Getting the configuration, and hearing of other tabs.
    Configuring(Configuring),
    /// Configured, and nothing more asked for.
    Ready,
    /// Getting a token from the page, and where a session is resumed, having it proved.
    Authenticating(Want),
    /// Asking for a conversation.
    Starting(Ticket),
    /// There was no token and there must be one.
    SignInNeeded,
    /// There is a conversation.
    Live,
    /// It is over.
    Ended,
    /// The way to what was wanted has failed.
    Failed(Want),
}

#[derive(Debug)]
pub(super) struct Configuring {
    want: Want,
    progress: Progress,
    /// Other tabs still have time to answer.
    is_asking: bool,
}

#[derive(Debug)]
enum Progress {
    UnderWay(Ticket),
    /// It failed and is tried again when the timer fires.
    Resting,
    Done,
}

/// What the configuration is wanted for. A larger want includes the smaller ones.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Want {
    /// Show the chat.
    Look,
    /// Go on with the session, if it still is the same person's.
    Resume,
    /// Have a conversation.
    Start,
}

/// Whether a conversation has messages that this page has not seen.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum History {
    /// It has just begun.
    None,
    /// It began on another page or in another tab.
    Unknown,
}

impl Configuring {
    /// What was wanted before is not wanted any more.
    pub(super) fn only_look(&mut self) {
        self.want = Want::Look;
    }

    pub(super) fn wants_start(&self) -> bool {
        self.want == Want::Start
    }
}

impl Stage {
    pub(super) fn awaits(&self, ticket: Ticket) -> bool {
        match self {
            Self::Starting(wanted) => *wanted == ticket,
            Self::Configuring(configuring) => {
                matches!(configuring.progress, Progress::UnderWay(wanted) if wanted == ticket)
            }
            _ => false,
        }
    }
}

impl Machine {
    pub(super) fn resume(&mut self, stored: StoredSession) {
        if !matches!(self.stage, Stage::Idle) {
            return;
        }
        self.session = Some(stored.session);
        self.read = stored.read;
        self.stored_pending = stored.pending;
        self.start_failures = 0;
        self.configure(Want::Resume);
    }

    pub(super) fn open(&mut self) {
        self.is_open = true;
        self.mark_read();
        if matches!(
            self.stage,
            Stage::Idle | Stage::Failed(Want::Look | Want::Resume)
        ) {
            self.begin(Want::Look);
        }
    }

    /// The page wants a conversation: the one there is, or another.
    pub(super) fn called_to_start(&mut self, call: CallId) {
        self.calls.wait(call, Wanted::Start);
        match (&self.stage, &self.conversation) {
            (Stage::Live, Some(conversation)) => {
                let started = Reply::Started(started(conversation));
                self.answer(&Wanted::Start, &Ok(started));
            }
            _ => self.start(),
        }
    }

    pub(super) fn start(&mut self) {
        if matches!(self.stage, Stage::Ended) {
            self.reset();
        }
        match &mut self.stage {
            Stage::Idle | Stage::Ready | Stage::SignInNeeded | Stage::Failed(_) | Stage::Ended => {
                self.begin(Want::Start);
            }
            Stage::Configuring(configuring) => {
                configuring.want = Want::Start;
                self.configure_again();
            }
            Stage::Authenticating(want) => *want = Want::Start,
            Stage::Live => self.is_start_wanted = self.conversation.is_none(),
            Stage::Starting(_) => {}
        }
    }

    pub(super) fn begin(&mut self, want: Want) {
        self.error = None;
        self.start_failures = 0;
        if self.now < self.fresh_until {
            self.proceed(want);
        } else {
            self.configure(want);
        }
    }

    fn configure(&mut self, want: Want) {
        let is_asking = self.session.is_none() && self.surroundings.shares_session;
        if is_asking {
            self.effect(Effect::Post(TabMessage::Ask));
            self.set_timer(Timer::Ask, ASK_MS);
        }
        self.stage = Stage::Configuring(Configuring {
            want,
            progress: Progress::Resting,
            is_asking,
        });
        self.configure_again();
    }

    /// Asks for the configuration, unless that is under way or done.
    pub(super) fn configure_again(&mut self) {
        if let Stage::Failed(want) = self.stage {
            let is_network = |code| code == ErrorCode::NetworkUnreachable;
            if self.error.as_ref().is_some_and(|it| is_network(it.code)) {
                self.begin(want);
            }
            return;
        }
        let ticket = self.ticket();
        if let Stage::Configuring(configuring) = &mut self.stage
            && matches!(configuring.progress, Progress::Resting)
        {
            configuring.progress = Progress::UnderWay(ticket);
            self.clear_timer(Timer::Configure);
            let request = Request::Config;
            self.effect(Effect::Request { ticket, request });
        }
    }

    /// The other tabs had their time.
    pub(super) fn asked(&mut self) {
        if let Stage::Configuring(configuring) = &mut self.stage {
            configuring.is_asking = false;
            self.proceed_if_configured();
        }
    }

    /// Another tab has a session of this visitor. One that is shown here is not replaced.
    pub(super) fn adopt(&mut self, session: Session) {
        if self.session.is_some() || !self.surroundings.shares_session {
            return;
        }
        match &mut self.stage {
            Stage::Configuring(configuring) => {
                configuring.want = configuring.want.max(Want::Resume);
                self.session = Some(session);
                self.asked();
            }
            Stage::Idle | Stage::Ready | Stage::SignInNeeded | Stage::Failed(_) => {
                self.session = Some(session);
            }
            Stage::Authenticating(_) | Stage::Starting(_) | Stage::Live | Stage::Ended => return,
        }
        self.is_session_changed = true;
    }

    /// The answer for which `Configuring` or `Starting` waits.
    pub(super) fn start_answered(&mut self, result: Result<Answer, RequestError>) {
        match (&self.stage, result) {
            (Stage::Starting(_), Ok(Answer::Started(started))) => self.started(started),
            (Stage::Starting(_), Err(error)) => self.start_refused(error),
            (Stage::Configuring(_), Ok(Answer::Config(config))) => self.configured(config),
            (Stage::Configuring(configuring), Err(error)) => {
                let want = configuring.want;
                self.way_failed(want, error);
            }
            // The adapter reads an answer as what was asked for, so this is a fault of ours.
            (_, result) => {
                debug_assert!(false, "{result:?} was not asked for");
                let fault = RequestError::Unreadable { status: 200 };
                self.fail(Want::Start, &failure::of_request(fault));
            }
        }
    }

    fn configured(&mut self, config: WidgetConfig) {
        self.server_says(&config.server_time);
        self.fresh_until = self.now + CONFIG_LIFE_MS;
        if self.config.replace(config).is_none() {
            self.output(Output::Ready);
        }
        self.error = None;
        if let Stage::Configuring(configuring) = &mut self.stage {
            configuring.progress = Progress::Done;
            self.proceed_if_configured();
        }
    }

    fn proceed_if_configured(&mut self) {
        if let Stage::Configuring(configuring) = &self.stage
            && matches!(configuring.progress, Progress::Done)
            && !configuring.is_asking
        {
            let want = configuring.want;
            self.clear_timer(Timer::Ask);
            self.proceed(want);
        }
    }

    /// A page that is loaded while the server restarts must find its conversation again without anybody's help; who
    /// wants something now is told at once.
    pub(super) fn way_failed(&mut self, want: Want, error: RequestError) {
        self.start_failures += 1;
        let is_resting = want == Want::Resume && failure::is_passing(&error);
        let is_first = self.start_failures == 1;
        if is_resting {
            // From the beginning: until it works, also what the widget is configured to do may have changed.
            self.stage = Stage::Configuring(Configuring {
                want,
                progress: Progress::Resting,
                is_asking: false,
            });
            let wait = self.wait_ms(self.start_failures, &error);
            self.set_timer(Timer::Configure, wait);
        }
        self.clear_timer(Timer::Ask);
        let failure = failure::of_request(error);
        if !is_resting {
            self.fail(want, &failure);
        } else if is_first {
            self.report(&failure);
        }
    }

    /// The way to what was wanted ends here, until somebody wants it again.
    pub(super) fn fail(&mut self, want: Want, failure: &ChatFailure) {
        self.stage = Stage::Failed(want);
        self.report(failure);
        self.reject_way(failure);
    }

    /// Configured: go on to what is wanted.
    pub(super) fn proceed(&mut self, want: Want) {
        let has_function = self.client_function().is_some();
        match &self.session {
            Some(session) if !session.authenticated => {
                self.is_start_wanted = want == Want::Start;
                self.enter(History::Unknown);
                // The page said that somebody signed in, before it was known that there is a conversation of nobody's.
                if self.calls.is_wanted(&Wanted::Authenticate) {
                    self.prove();
                }
            }
            Some(_) if has_function => {
                self.stage = Stage::Authenticating(want);
                self.call_client_function(Purpose::Resume);
            }
            Some(_) => {
                // The widget lost its authentication setting, so nobody can prove to be that person.
                self.forget_session();
                self.proceed(want);
            }
            None if want != Want::Start => self.stage = Stage::Ready,
            None if has_function => {
                self.stage = Stage::Authenticating(want);
                self.call_client_function(Purpose::Start);
            }
            None => self.start_with(None),
        }
    }

    pub(super) fn client_function(&self) -> Option<&str> {
        self.config.as_ref()?.client_function.as_deref()
    }

    /// Asks for a conversation. Context from the page goes only without a token: with one, the website has spoken.
    pub(super) fn start_with(&mut self, token: Option<Secret>) {
        let context = match token {
            Some(_) => None,
            None => self.context.clone(),
        };
        let ticket = self.ticket();
        self.stage = Stage::Starting(ticket);
        let request = Request::Start { token, context };
        self.effect(Effect::Request { ticket, request });
    }

    fn started(&mut self, started: StartedConversation) {
        let session = Session {
            conversation: started.conversation.id.clone(),
            secret: started.session.secret,
            authenticated: started.conversation.authenticated,
        };
        if self.surroundings.shares_session {
            self.effect(Effect::Post(TabMessage::Session(session.clone())));
        }
        self.session = Some(session);
        self.conversation = Some(started.conversation);
        self.enter(History::None);
        self.plan_first_renewal();
    }

    fn start_refused(&mut self, error: RequestError) {
        let needs_sign_in = matches!(
            failure::code(&error),
            Some(ErrorCode::TokenNotProvided | ErrorCode::SignInRequired)
        );
        let failure = failure::of_request(error);
        if needs_sign_in {
            self.need_sign_in(&failure);
        } else {
            self.fail(Want::Start, &failure);
        }
    }

    pub(super) fn need_sign_in(&mut self, failure: &ChatFailure) {
        self.stage = Stage::SignInNeeded;
        self.output(Output::SignIn);
        self.report(failure);
        self.reject_way(failure);
    }

    pub(super) fn is_sign_in_required(&self) -> bool {
        (self.config.as_ref()).is_none_or(|config| config.sign_in == SignIn::Required)
    }

    /// Tells the page that there is a conversation that goes on, which began here or before this page was loaded.
    pub(super) fn tell_started(&mut self) {
        if let Some(conversation) = &self.conversation
            && conversation.state != ConversationState::Closed
        {
            let started = started(conversation);
            self.is_start_wanted = false;
            self.output(Output::Started {
                conversation: started.conversation.clone(),
                authenticated: started.authenticated,
            });
            self.answer_started(started);
        }
    }

    /// The session may be shown: there is a conversation.
    pub(super) fn enter(&mut self, history: History) {
        self.stage = Stage::Live;
        self.error = None;
        self.is_session_changed = true;
        self.tell_started();
        self.outbox
            .put_first(std::mem::take(&mut self.stored_pending));
        self.draw_unsent();
        if history == History::Unknown {
            self.requests.is_catching_up = true;
            self.ask_for_missing();
        }
        let is_closed =
            (self.conversation.as_ref()).is_some_and(|it| it.state == ConversationState::Closed);
        if is_closed {
            self.over();
        } else {
            self.elect();
            self.send_next();
        }
    }
}

fn started(conversation: &Conversation) -> Started {
    Started {
        conversation: conversation.id.as_str().into(),
        authenticated: conversation.authenticated,
    }
}
