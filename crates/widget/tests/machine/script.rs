//! A script: one machine, inputs in order, and after each the effects in a few words.

use bonafide_protocol::id::{ChatWidgetId, ConversationId, MessageId};
use bonafide_protocol::socket::{VisitorEvent, VisitorFrame};
use bonafide_protocol::visitor::{
    Appearance, Author, Conversation, ConversationMessages, ConversationState, Identity, Message,
    SignIn, StartedConversation, VisitorSession, WidgetConfig,
};
use bonafide_protocol::{ErrorCode, Secret, Timestamp};
use bonafide_widget::machine::{
    Answer, CallId, ClientFunctionOutcome, ConversationCall, Effect, Input, Machine, Reply,
    Request, RequestError, Session, StoredSession, Surroundings, TabMessage, Ticket, Timer,
    TokenLife,
};
use bonafide_widget::view::Output;

/// The server's time when a script begins: 2026-11-22T20:00:00Z.
pub(crate) const SERVER_SECONDS: i64 = 1_795_377_600;

/// A call whose answer the script does not look at.
pub(crate) const ANY: CallId = CallId(0);
pub(crate) const START: Input = Input::Start { call: ANY };
pub(crate) const AUTHENTICATE: Input = Input::Authenticate { call: ANY };
pub(crate) const END: Input = Input::End { call: ANY };
pub(crate) const SIGN_OUT: Input = Input::SignOut { call: ANY };

pub(crate) struct Script {
    pub(crate) machine: Machine,
    pub(crate) now: u64,
    /// How long the computer slept in all.
    pub(crate) slept: u64,
    pub(crate) ticket: u32,
    pub(crate) socket: u32,
}

impl Script {
    pub(crate) fn new() -> Self {
        Self::in_page(Surroundings {
            seed: 1,
            is_document_loaded: true,
            is_visible: true,
            shares_session: false,
        })
    }

    pub(crate) fn in_page(surroundings: Surroundings) -> Self {
        Self {
            machine: Machine::new(surroundings),
            now: 1_000,
            slept: 0,
            ticket: 0,
            socket: 0,
        }
    }

    /// Gives the machine an input. The effects must be these, in this order.
    #[track_caller]
    pub(crate) fn on(&mut self, input: Input, effects: &[&str]) -> &mut Self {
        let said = format!("{input:?}");
        let found = self.quietly(input);
        assert_eq!(found, effects, "after {said}");
        self
    }

    /// Gives the machine an input and returns the effects in words.
    pub(crate) fn quietly(&mut self, input: Input) -> Vec<String> {
        let wall = self.now + self.slept;
        let effects = self.machine.handle(self.now, wall as i64, input);
        effects
            .iter()
            .filter_map(|effect| self.words(effect))
            .collect()
    }

    pub(crate) fn later(&mut self, milliseconds: u64) -> &mut Self {
        self.now += milliseconds;
        self
    }

    /// The computer sleeps: the time of day goes on, and our clock stands still.
    pub(crate) fn sleeps(&mut self, milliseconds: u64) -> &mut Self {
        self.slept += milliseconds;
        self
    }

    /// The answer to the newest request.
    #[track_caller]
    pub(crate) fn answer(&mut self, answer: Answer, effects: &[&str]) -> &mut Self {
        let ticket = Ticket(self.ticket);
        self.on(
            Input::Answered {
                ticket,
                result: Ok(answer),
            },
            effects,
        )
    }

    /// A refusal of the newest request.
    #[track_caller]
    pub(crate) fn refuse(&mut self, code: ErrorCode, effects: &[&str]) -> &mut Self {
        let ticket = Ticket(self.ticket);
        let result = Err(problem(code));
        self.on(Input::Answered { ticket, result }, effects)
    }

    /// No answer to the newest request.
    #[track_caller]
    pub(crate) fn unreachable(&mut self, effects: &[&str]) -> &mut Self {
        let ticket = Ticket(self.ticket);
        let result = Err(RequestError::Unreachable);
        self.on(Input::Answered { ticket, result }, effects)
    }

    /// What became of the newest call of the client function.
    #[track_caller]
    pub(crate) fn gives(&mut self, outcome: ClientFunctionOutcome, effects: &[&str]) -> &mut Self {
        let ticket = Ticket(self.ticket);
        self.on(Input::ClientFunction { ticket, outcome }, effects)
    }

    #[track_caller]
    pub(crate) fn fires(&mut self, timer: Timer, effects: &[&str]) -> &mut Self {
        self.on(Input::TimerFired(timer), effects)
    }

    #[track_caller]
    pub(crate) fn frame(&mut self, event: VisitorEvent, effects: &[&str]) -> &mut Self {
        let ticket = Ticket(self.socket);
        self.on(Input::SocketFrame { ticket, event }, effects)
    }

    /// Until an anonymous conversation runs, with its socket open.
    pub(crate) fn anonymous() -> Self {
        let mut script = Self::new();
        script.quietly(Input::Open);
        script.quietly_answer(Answer::Config(config(None, SignIn::Optional)));
        script.quietly(START);
        script.quietly_answer(Answer::Started(started(waiting())));
        script.connect(waiting());
        script
    }

    /// Until the conversation of a person who is signed in runs, with its socket open.
    pub(crate) fn signed_in() -> Self {
        let mut script = Self::new();
        script.quietly(Input::Open);
        script.quietly_answer(Answer::Config(config(Some("auth.get"), SignIn::Required)));
        script.quietly(START);
        script.quietly_gives(token());
        script.quietly_answer(Answer::Started(started(proved())));
        script.connect(proved());
        script
    }

    pub(crate) fn connect(&mut self, conversation: Conversation) {
        self.quietly(Input::Elected);
        self.quietly(Input::SocketOpened(Ticket(self.socket)));
        let ticket = Ticket(self.socket);
        let event = welcome(conversation, self.now + self.slept);
        self.quietly(Input::SocketFrame { ticket, event });
    }

    pub(crate) fn quietly_answer(&mut self, answer: Answer) -> Vec<String> {
        let ticket = Ticket(self.ticket);
        self.quietly(Input::Answered {
            ticket,
            result: Ok(answer),
        })
    }

    pub(crate) fn quietly_gives(&mut self, outcome: ClientFunctionOutcome) -> Vec<String> {
        let ticket = Ticket(self.ticket);
        self.quietly(Input::ClientFunction { ticket, outcome })
    }

    /// An effect in a few words. Timers that are cleared, and answers to [`ANY`] call, would hide what matters.
    fn words(&mut self, effect: &Effect) -> Option<String> {
        Some(match effect {
            Effect::Request { ticket, request } => {
                self.ticket = ticket.0;
                match request {
                    Request::Config => "config?".into(),
                    Request::Start { token, context } => format!(
                        "start?{}{}",
                        if token.is_some() { " token" } else { "" },
                        if context.is_some() { " context" } else { "" }
                    ),
                    Request::Conversation { call, .. } => match call {
                        ConversationCall::Authenticate(_) => "authenticate?".into(),
                        ConversationCall::Messages { seq: u32::MAX, .. } => {
                            "messages? newest".into()
                        }
                        ConversationCall::Messages { side, seq } => {
                            format!("messages? {side:?} {seq}").to_lowercase()
                        }
                        ConversationCall::SetContext(context) => format!("context? {}", context.0),
                        ConversationCall::Post(post) => format!("post? {}", post.text),
                        ConversationCall::End => "end?".into(),
                        ConversationCall::SignOut => "revoke?".into(),
                    },
                }
            }
            Effect::CallClientFunction { ticket, path } => {
                self.ticket = ticket.0;
                format!("call {path}")
            }
            Effect::OpenSocket { ticket, .. } => {
                self.socket = ticket.0;
                "socket!".into()
            }
            Effect::SendFrame(VisitorFrame::Hello { after, .. }) => format!("hello after {after}"),
            Effect::SendFrame(VisitorFrame::Heartbeat) => "heartbeat!".into(),
            Effect::SendFrame(VisitorFrame::Typing) => "typing!".into(),
            Effect::SendFrame(VisitorFrame::Read { seq }) => format!("read! {seq}"),
            Effect::CloseSocket => "close socket".into(),
            Effect::SetTimer { timer, delay_ms } => format!("{timer:?} in {delay_ms}"),
            Effect::ClearTimer(_) | Effect::ForgetClientFunction | Effect::KeepRevocable(_) => {
                return None;
            }
            Effect::ForgetRevocable(conversation) => format!("revoked {conversation}"),
            Effect::StoreSession(stored) => format!(
                "store {}{}",
                stored.session.conversation,
                stored
                    .pending
                    .iter()
                    .map(|(_, text)| format!(" {text}"))
                    .collect::<String>()
            ),
            Effect::ClearSession => "forget session".into(),
            Effect::Elect(_) => "elect".into(),
            Effect::Resign => "resign".into(),
            Effect::Post(message) => match message {
                TabMessage::Ask => "tabs: ask".into(),
                TabMessage::Session(_) => "tabs: session".into(),
                TabMessage::Follow(_) => "tabs: follow".into(),
                TabMessage::State { online, .. } => format!("tabs: state online={online}"),
                TabMessage::Stored { message, .. } => format!("tabs: stored {}", message.seq),
                TabMessage::AgentTyping(_) => "tabs: agent typing".into(),
                TabMessage::Typing(_) => "tabs: typing".into(),
                TabMessage::Read { seq, .. } => format!("tabs: read {seq}"),
                TabMessage::SignedOut(_) => "tabs: signed out".into(),
            },
            Effect::Output(output) => match output {
                Output::View { view } => {
                    format!("view {:?} {:?}", view.phase, view.connection).to_lowercase()
                }
                Output::Messages { messages } => {
                    let each = messages
                        .iter()
                        .map(|it| format!(" {}={:?}", it.text, it.delivery));
                    format!("draw{}", each.collect::<String>()).to_lowercase()
                }
                Output::Cleared => "cleared".into(),
                Output::Left => "left".into(),
                Output::AgentTyping => "agent typing".into(),
                Output::Ready => "ready".into(),
                Output::Started { authenticated, .. } => {
                    format!("started authenticated={authenticated}")
                }
                Output::Authenticated => "authenticated".into(),
                Output::SignIn => "sign-in".into(),
                Output::Message { message } => format!("message {}", message.text),
                Output::Ended => "ended".into(),
                Output::Error { error } => format!("error {}", error.code),
                Output::Refused { error } => format!("refused {}", error.code),
            },
            Effect::Settle { call: ANY, .. } => return None,
            Effect::Settle { call, answer } => match answer {
                Ok(Reply::Done) => format!("{} done", call.0),
                Ok(Reply::Started(started)) => format!(
                    "{} started {} authenticated={}",
                    call.0, started.conversation, started.authenticated
                ),
                Ok(Reply::Message(message)) => {
                    format!("{} stored {} as {}", call.0, message.text, message.order)
                }
                Err(failure) => format!("{} rejected {}", call.0, failure.code),
            },
        })
    }
}

pub(crate) fn config(client_function: Option<&str>, sign_in: SignIn) -> WidgetConfig {
    WidgetConfig {
        id: ChatWidgetId::from_bits(1),
        client_function: client_function.map(Into::into),
        sign_in,
        timeout_ms: 10_000,
        appearance: Appearance::default(),
        files: None,
        server_time: server_time(1_000),
    }
}

/// The server's time when the machine's clock says `now`.
pub(crate) fn server_time(now: u64) -> Timestamp {
    time_of(SERVER_SECONDS + (now as i64 - 1_000) / 1000)
}

/// A time within the day on which scripts play.
pub(crate) fn time_of(seconds: i64) -> Timestamp {
    let of_day = seconds - (SERVER_SECONDS - 20 * 3600);
    let (hours, minutes) = (of_day / 3600, of_day / 60 % 60);
    Timestamp::from_rfc3339(format!(
        "2026-11-22T{hours:02}:{minutes:02}:{:02}.000Z",
        of_day % 60
    ))
}

pub(crate) fn waiting() -> Conversation {
    Conversation {
        id: ConversationId::from_text("cnv_1"),
        authenticated: false,
        identity: Identity::None,
        identity_expires_at: None,
        state: ConversationState::Waiting,
        queue: "General".into(),
        position: Some(1),
        agent: None,
        read_by_agent: 0,
    }
}

/// Of a person whose proof lasts 900 s from the script's beginning.
pub(crate) fn proved() -> Conversation {
    Conversation {
        authenticated: true,
        identity: Identity::Current,
        identity_expires_at: Some(time_of(SERVER_SECONDS + 900)),
        ..waiting()
    }
}

pub(crate) fn closed() -> Conversation {
    Conversation {
        state: ConversationState::Closed,
        position: None,
        ..waiting()
    }
}

pub(crate) fn started(conversation: Conversation) -> StartedConversation {
    StartedConversation {
        conversation,
        session: VisitorSession {
            secret: Secret::new("s3cret".into()),
            expires_at: time_of(SERVER_SECONDS + 3600),
            revocation_key: Secret::new("k3y".into()),
        },
    }
}

pub(crate) fn stored(authenticated: bool) -> StoredSession {
    StoredSession {
        session: Session {
            conversation: ConversationId::from_text("cnv_1"),
            secret: Secret::new("s3cret".into()),
            authenticated,
        },
        read: 1,
        pending: Vec::new(),
    }
}

pub(crate) fn welcome(conversation: Conversation, now: u64) -> VisitorEvent {
    VisitorEvent::Welcome {
        conversation,
        server_time: server_time(now),
        heartbeat_ms: 20_000,
    }
}

pub(crate) fn heartbeat(now: u64) -> VisitorEvent {
    VisitorEvent::Heartbeat {
        server_time: server_time(now),
    }
}

pub(crate) fn message(seq: u32, from: Author, text: &str) -> Message {
    Message {
        id: MessageId::from_bits(seq.into()),
        client_id: text.into(),
        seq,
        from,
        name: None,
        text: text.into(),
        attachment: None,
        sent_at: server_time(1_000),
    }
}

pub(crate) fn page_of(messages: &[Message], more: bool) -> Answer {
    page_in(waiting(), messages, more)
}

pub(crate) fn page_in(conversation: Conversation, messages: &[Message], more: bool) -> Answer {
    Answer::Messages(ConversationMessages {
        conversation,
        items: messages.to_vec(),
        more,
    })
}

pub(crate) fn send(text: &str) -> Input {
    send_as(ANY, text)
}

pub(crate) fn send_as(call: CallId, text: &str) -> Input {
    Input::Send {
        call,
        client_id: text.into(),
        text: text.into(),
    }
}

/// A token that lives 900 s from the script's beginning: `{"iat":1795377600,"exp":1795378500}`.
pub(crate) fn token() -> ClientFunctionOutcome {
    ClientFunctionOutcome::Text {
        text: Secret::new("e30.eyJpYXQiOjE3OTUzNzc2MDAsImV4cCI6MTc5NTM3ODUwMH0.AA".into()),
        life: Some(TokenLife {
            issued_at: 1_795_377_600,
            expires_at: 1_795_378_500,
        }),
    }
}

pub(crate) fn problem(code: ErrorCode) -> RequestError {
    RequestError::Problem {
        code,
        detail: "The server says why.".into(),
        request_id: "req_1".into(),
        retry_after: 0,
    }
}
