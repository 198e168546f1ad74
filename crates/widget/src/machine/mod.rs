//! The visitor's conversation as a state machine: inputs in, effects out.
//!
//! No I/O, no clock, no randomness of its own: time comes with each input, chance as a seed, and what is to be done
//! goes out as [`Effect`]s. So every run can be repeated, and tests need no browser. It must not know the DOM, and it
//! must never trust what it reads from a token: what the browser checks is advice, the server decides.
//!
//! Read in this order: [`Input`] and [`Effect`] (what there is), `start` (until there is a conversation), `identity`
//! (the client function, proofs and their renewal), `link` (socket and tabs), `conversation` (messages and the end).

mod call;
mod calls;
mod conversation;
mod effect;
mod ending;
mod failure;
mod identity;
mod input;
mod life;
mod link;
mod outbox;
mod renewal;
mod session;
mod start;
mod tabs;
mod time;
mod transcript;

pub use call::{CallId, Reply};
pub use effect::{ConversationCall, Effect, Request, Ticket, Timer};
pub use input::{Answer, ClientFunctionOutcome, Input, RequestError};
pub use session::{Session, StoredSession, UnsignedContext};
pub use tabs::TabMessage;

use bonafide_protocol::ErrorCode;
use bonafide_protocol::visitor::{Conversation, ConversationState, Identity, WidgetConfig};

use crate::view::{ChatFailure, Connection, Output, Phase, View};
use calls::{Calls, Wanted};
use ending::Revocation;
use identity::Proofs;
use link::Link;
use outbox::Outbox;
use start::Stage;
use time::Chance;
use transcript::Transcript;

/// What the machine must know of its surroundings before anything happens.
#[derive(Clone, Copy, Debug, Default)]
pub struct Surroundings {
    /// Random bits. They spread load; nothing secret depends on them.
    pub seed: u32,
    /// Whether the document and its scripts are loaded.
    pub is_document_loaded: bool,
    /// Whether the page can be seen.
    pub is_visible: bool,
    /// Whether this tab may share its session with the site's other tabs.
    pub shares_session: bool,
}

/// One visitor's conversation.
#[derive(Debug)]
pub struct Machine {
    effects: Vec<Effect>,
    now: u64,
    /// The wall clock minus ours, in milliseconds.
    ahead: Option<i64>,
    chance: Chance,
    last_ticket: u32,
    surroundings: Surroundings,
    is_open: bool,
    is_online: bool,

    stage: Stage,
    config: Option<WidgetConfig>,
    /// Until when the next start needs no new configuration.
    fresh_until: u64,
    /// The server's clock minus ours, in milliseconds: as measured, and by how long the computer slept since.
    clock_offset: i64,
    context: Option<UnsignedContext>,
    error: Option<ChatFailure>,
    /// Tries in a row that led to no conversation.
    start_failures: u32,
    /// The page waits for a conversation, while it is not known yet how the one that is resumed stands.
    is_start_wanted: bool,

    session: Option<Session>,
    /// Unsent messages of a session that is not shown yet.
    stored_pending: Vec<(String, String)>,
    conversation: Option<Conversation>,
    transcript: Transcript,
    outbox: Outbox,
    /// The highest `seq` the visitor has seen, here or in another tab.
    read: u32,
    proofs: Proofs,
    link: Link,
    requests: Requests,
    calls: Calls,

    is_session_changed: bool,
    /// The view that the page was told last.
    shown: Option<View>,
}

/// Requests under way, apart from those that belong to a part of their own. An answer to any other ticket is too late.
#[derive(Debug, Default)]
struct Requests {
    gap: Option<Ticket>,
    end: Option<Ticket>,
    /// Sessions that are to be revoked.
    revoking: Vec<Revocation>,
    /// Messages that come before the first gap request is answered are history, not news.
    is_catching_up: bool,
}

impl Machine {
    /// A machine at rest.
    #[must_use]
    pub fn new(surroundings: Surroundings) -> Self {
        Self {
            effects: Vec::new(),
            now: 0,
            ahead: None,
            chance: Chance(surroundings.seed | 1),
            last_ticket: 0,
            surroundings,
            is_open: false,
            is_online: true,
            stage: Stage::Idle,
            config: None,
            fresh_until: 0,
            clock_offset: 0,
            context: None,
            error: None,
            start_failures: 0,
            is_start_wanted: false,
            session: None,
            stored_pending: Vec::new(),
            conversation: None,
            transcript: Transcript::default(),
            outbox: Outbox::default(),
            read: 0,
            proofs: Proofs::default(),
            link: Link::default(),
            requests: Requests::default(),
            calls: Calls::default(),
            is_session_changed: false,
            shown: None,
        }
    }

    /// Takes what happened and gives what is to be done. `now` is in milliseconds on a clock that never goes back; it
    /// may stand still while the computer sleeps, which is what `wall` is for, the time of day in milliseconds.
    pub fn handle(&mut self, now: u64, wall: i64, input: Input) -> Vec<Effect> {
        self.now = self.now.max(now);
        let has_slept = self.notice_sleep(wall);
        self.check_deadline();
        self.dispatch(input);
        if has_slept {
            self.look_after_all();
        }
        self.answer_the_rest();
        self.store_if_changed();
        self.show_if_changed();
        std::mem::take(&mut self.effects)
    }

    fn dispatch(&mut self, input: Input) {
        match input {
            Input::Resume(stored) => self.resume(stored),
            Input::Open => self.open(),
            Input::Close => self.is_open = false,
            Input::Start { call } => self.called_to_start(call),
            Input::Send {
                call,
                client_id,
                text,
            } => self.send(call, client_id, text),
            Input::Retry { client_id } => self.retry(&client_id),
            Input::Typing => self.typing(),
            Input::Authenticate { call } => {
                self.calls.wait(call, Wanted::Authenticate);
                self.authenticate();
            }
            Input::End { call } => {
                self.calls.wait(call, Wanted::End);
                self.end();
            }
            Input::SignOut { call } => {
                self.calls.wait(call, Wanted::SignOut);
                self.sign_out();
            }
            Input::SetContext(context) => self.context = Some(context),
            Input::BadArgument { call, sentence } => {
                let failure = failure::here(ErrorCode::ConfigurationInvalid, sentence);
                self.refuse(&failure);
                self.reject_call(call, failure);
            }
            Input::BadOptions { call, sentence } => {
                let failure = failure::here(ErrorCode::ConfigurationInvalid, sentence);
                self.report(&failure);
                self.reject_call(call, failure);
            }
            Input::Answered { ticket, result } => self.answered(ticket, result),
            Input::ClientFunction { ticket, outcome } => {
                self.client_function_outcome(ticket, outcome);
            }
            Input::SocketOpened(ticket) => self.socket_opened(ticket),
            Input::SocketFrame { ticket, event } => self.socket_frame(ticket, event),
            Input::SocketClosed { ticket, code } => self.socket_closed(ticket, code),
            Input::TimerFired(timer) => self.timer_fired(timer),
            Input::Online(is_online) => self.online(is_online),
            Input::DocumentLoaded => self.document_loaded(),
            Input::Visible(is_visible) => self.visible(is_visible),
            Input::Elected => self.elected(),
            Input::Tab(message) => self.heard(message),
        }
    }

    /// Each request remembers its own ticket; what nobody waits for any more is dropped here.
    fn answered(&mut self, ticket: Ticket, result: Result<Answer, RequestError>) {
        let is_for = |slot: &mut Option<Ticket>| slot.take_if(|wanted| *wanted == ticket).is_some();
        if self.stage.awaits(ticket) {
            self.start_answered(result);
        } else if self.proofs.awaits(ticket) {
            self.proof_answered(result);
        } else if is_for(&mut self.outbox.in_flight) {
            self.message_answered(result);
        } else if is_for(&mut self.requests.gap) {
            self.messages_answered(result);
        } else if is_for(&mut self.requests.end) {
            self.end_answered(result);
        } else {
            self.answered_too_late(ticket, result);
        }
    }

    fn timer_fired(&mut self, timer: Timer) {
        match timer {
            Timer::Ask => self.asked(),
            // The deadline was judged by the clock before this.
            Timer::ClientFunction => self.client_function_waits(),
            Timer::ClientFunctionSearch => self.search_client_function(),
            Timer::Configure => self.configure_again(),
            Timer::Gap => self.ask_for_missing(),
            Timer::Handshake => self.handshake_over(),
            Timer::Leader => self.leader_silent(),
            Timer::Reconnect => self.reconnect(),
            Timer::Renew => self.renew_if_due(),
            Timer::Resend => {
                self.outbox.is_resting = false;
                self.send_next();
            }
            Timer::Revoke => self.revoke_rest(),
        }
    }

    fn online(&mut self, is_online: bool) {
        let was_offline = !std::mem::replace(&mut self.is_online, is_online);
        if is_online {
            self.outbox.is_resting = false;
            self.send_next();
            self.configure_again();
            self.reconnect_now(was_offline);
            self.renew_again();
            self.revoke_rest();
        }
    }

    fn visible(&mut self, is_visible: bool) {
        self.surroundings.is_visible = is_visible;
        if is_visible {
            // Timers of a tab in the background come late, those of a frozen one not at all.
            self.look_after_all();
            self.mark_read();
        }
    }

    /// Time has passed of which this tab saw nothing.
    fn look_after_all(&mut self) {
        self.look_after_link();
        self.renew_again();
    }

    fn ticket(&mut self) -> Ticket {
        self.last_ticket += 1;
        Ticket(self.last_ticket)
    }

    fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    fn output(&mut self, output: Output) {
        self.effects.push(Effect::Output(output));
    }

    fn set_timer(&mut self, timer: Timer, delay_ms: u32) {
        self.effect(Effect::SetTimer { timer, delay_ms });
    }

    fn clear_timer(&mut self, timer: Timer) {
        self.effect(Effect::ClearTimer(timer));
    }

    /// Asks something about the conversation of the session.
    fn ask(&mut self, call: ConversationCall) -> Option<Ticket> {
        let session = self.session.clone()?;
        let ticket = self.ticket();
        let request = Request::of(session, call);
        self.effect(Effect::Request { ticket, request });
        Some(ticket)
    }

    /// Tells the page of a failure and shows it.
    fn report(&mut self, failure: &ChatFailure) {
        self.error = Some(failure.clone());
        self.tell_error(failure);
    }

    /// Tells the page alone of a failure: there is nothing that the visitor could do about it.
    fn tell_error(&mut self, failure: &ChatFailure) {
        let error = failure.clone();
        self.output(Output::Error { error });
    }

    /// Tells the page of a mistake or of one message's refusal: nothing that the visitor could do anything about, and
    /// nothing that stops what else is under way.
    fn refuse(&mut self, failure: &ChatFailure) {
        let error = failure.clone();
        self.output(Output::Refused { error });
    }

    /// Something went well: what failed before is no news any more, but for a proof that could not be renewed.
    fn is_well(&mut self) {
        if !self.proofs.is_failing {
            self.error = None;
        }
    }

    fn store_if_changed(&mut self) {
        if std::mem::take(&mut self.is_session_changed)
            && let Some(session) = self.session.clone()
        {
            let mut pending = self.stored_pending.clone();
            // What was written before the session is shown may be another person's than the session is.
            if matches!(self.stage, Stage::Live | Stage::Ended) {
                self.outbox.add_pending(&mut pending);
            }
            let stored = StoredSession {
                session,
                read: self.read,
                pending,
            };
            self.effect(Effect::StoreSession(stored));
        }
    }

    fn show_if_changed(&mut self) {
        let view = self.view();
        if self.shown.as_ref() != Some(&view) {
            self.shown = Some(view.clone());
            self.output(Output::View { view });
        }
    }

    fn view(&self) -> View {
        // A conversation that waits for a new proof of who the visitor is shows nothing of itself.
        let conversation = self.conversation.as_ref();
        View {
            phase: self.phase(),
            connection: self.connection(),
            identity: conversation.map_or(Identity::None, |it| it.identity),
            sign_in: self.config.as_ref().map(|config| config.sign_in),
            appearance: (self.config.as_ref()).map(|config| config.appearance.clone()),
            queue: conversation
                .map(|it| it.queue.clone())
                .filter(|it| !it.is_empty()),
            position: conversation.and_then(|it| it.position),
            agent: conversation.and_then(|it| it.agent.clone()),
            unread: self.transcript.unread_after(self.read),
            error: self.error.clone(),
        }
    }

    fn phase(&self) -> Phase {
        match (&self.stage, &self.conversation) {
            (Stage::Idle, _) => Phase::Idle,
            (Stage::Configuring(_), _) => Phase::Configuring,
            (Stage::Ready, _) => Phase::Ready,
            (Stage::Authenticating(_), _) if self.proofs.is_calling() => Phase::Authenticating,
            (Stage::Authenticating(_) | Stage::Starting(_) | Stage::Live, None) => Phase::Starting,
            (Stage::Authenticating(_) | Stage::Starting(_), Some(_)) => Phase::Starting,
            (Stage::SignInNeeded, _) => Phase::SignInNeeded,
            (Stage::Live, Some(conversation)) => match conversation.state {
                ConversationState::Waiting => Phase::Waiting,
                ConversationState::Active => Phase::Active,
                ConversationState::Closed => Phase::Ended,
            },
            (Stage::Ended, _) => Phase::Ended,
            (Stage::Failed(_), _) => Phase::Failed,
        }
    }

    fn connection(&self) -> Connection {
        match self.stage {
            Stage::Live => self.link.connection(self.is_online),
            Stage::Configuring(_) if !self.is_online => Connection::Offline,
            _ => Connection::None,
        }
    }
}
