//! The socket, which only the tab that leads has: opened, greeted, found dead, opened again for as long as the
//! conversation runs. Which tab leads is settled in [`leader`].

mod leader;

use bonafide_protocol::ErrorCode;
use bonafide_protocol::id::ConversationId;
use bonafide_protocol::socket::{CLOSE_SESSION_OVER, VisitorEvent, VisitorFrame};

use super::start::Stage;
use super::{Effect, Machine, RequestError, TabMessage, Ticket, Timer, failure};
use crate::view::{Connection, Output};

/// How long a socket has from the first try to the server's welcome.
const HANDSHAKE_MS: u32 = 10_000;
/// The server passes on one in this time.
const TYPING_MS: u64 = 2_000;

/// This tab's way to the server.
#[derive(Debug, Default)]
pub(super) struct Link {
    state: State,
    is_leader: bool,
    /// This tab was elected: it has the lock that only one tab has.
    is_elected: bool,
    /// When the server was heard of last, by its own clock, in milliseconds.
    heard_at: i64,
    /// Missing messages are asked for to see whether the socket should have brought some.
    is_doubted: bool,
    /// Sockets in a row that were not welcomed.
    failures: u32,
    /// The highest `seq` that the server was told as read, on this socket.
    sent_read: u32,
    typed_at: Option<u64>,
}

#[derive(Debug, Default)]
enum State {
    /// No conversation.
    #[default]
    Off,
    /// Asked to lead.
    Electing,
    /// Another tab leads.
    Following {
        /// It was asked for its state and has not answered yet.
        is_asked: bool,
        is_leader_online: bool,
    },
    Opening(Ticket),
    /// Open; the server was greeted.
    Greeting(Ticket),
    /// The server welcomed us.
    Open(Ticket),
    /// Lost; the timer opens it again.
    Waiting,
}

impl Link {
    pub(super) fn leads(&self) -> bool {
        self.is_leader
    }

    fn is_open(&self) -> bool {
        matches!(self.state, State::Open(_))
    }

    fn is_socket(&self, ticket: Ticket) -> bool {
        match self.state {
            State::Opening(ours) | State::Greeting(ours) | State::Open(ours) => ours == ticket,
            _ => false,
        }
    }

    /// Whether this tab leads and cannot open its socket.
    pub(super) fn is_without_socket(&self) -> bool {
        self.is_leader && !self.is_open() && self.failures > 0
    }

    pub(super) fn connection(&self, is_browser_online: bool) -> Connection {
        match self.state {
            State::Off => Connection::None,
            // The browser knows it before the socket does, which may take minutes.
            _ if !is_browser_online => Connection::Offline,
            State::Open(_)
            | State::Following {
                is_leader_online: true,
                ..
            } => Connection::Online,
            _ if self.failures > 1 => Connection::Offline,
            _ => Connection::Connecting,
        }
    }
}

impl Machine {
    /// Whether a tab's message is about the conversation that is shown here.
    fn is_ours(&self, conversation: &ConversationId) -> bool {
        matches!(self.stage, Stage::Live)
            && (self.session.as_ref()).is_some_and(|session| session.conversation == *conversation)
    }

    fn conversation_id(&self) -> Option<ConversationId> {
        (self.session.as_ref()).map(|session| session.conversation.clone())
    }

    fn connect(&mut self) {
        let Some(conversation) = self.conversation_id() else {
            return;
        };
        let ticket = self.ticket();
        self.link.state = State::Opening(ticket);
        self.set_timer(Timer::Handshake, HANDSHAKE_MS);
        self.effect(Effect::OpenSocket {
            ticket,
            conversation,
        });
    }

    pub(super) fn reconnect(&mut self) {
        if matches!(self.link.state, State::Waiting) {
            self.clear_timer(Timer::Reconnect);
            self.connect();
        }
    }

    /// The browser has a network again: no need to wait for the timer, and a socket of before may be dead.
    pub(super) fn reconnect_now(&mut self, was_offline: bool) {
        match self.link.state {
            State::Waiting => {
                self.link.failures = 0;
                self.reconnect();
            }
            State::Opening(_) | State::Greeting(_) | State::Open(_) if was_offline => {
                self.connect();
            }
            _ => {}
        }
    }

    pub(super) fn socket_opened(&mut self, ticket: Ticket) {
        let Some(session) = &self.session else { return };
        if self.link.is_socket(ticket) {
            let hello = VisitorFrame::Hello {
                secret: session.secret.clone(),
                after: self.transcript.complete_to(),
            };
            self.link.state = State::Greeting(ticket);
            self.effect(Effect::SendFrame(hello));
        }
    }

    pub(super) fn socket_frame(&mut self, ticket: Ticket, event: VisitorEvent) {
        if !self.link.is_socket(ticket) {
            return;
        }
        self.link.heard_at = self.server_now();
        match event {
            VisitorEvent::Welcome {
                conversation,
                server_time,
            } => {
                self.server_says(&server_time);
                self.link.heard_at = self.server_now();
                self.link.state = State::Open(ticket);
                self.link.failures = 0;
                self.link.sent_read = 0;
                self.clear_timer(Timer::Handshake);
                self.is_well();
                self.conversation_is(conversation);
                self.tell_followers();
                self.send_read();
                self.renew_again();
                self.outbox.is_resting = false;
                self.send_next();
            }
            VisitorEvent::Conversation { conversation } => {
                self.conversation_is(conversation);
                self.tell_followers();
            }
            VisitorEvent::Message { message } => self.receive(vec![message]),
            VisitorEvent::Typing => {
                self.output(Output::AgentTyping);
                if self.surroundings.shares_session
                    && let Some(conversation) = self.conversation_id()
                {
                    self.effect(Effect::Post(TabMessage::AgentTyping(conversation)));
                }
            }
            VisitorEvent::Error { problem } => {
                let error = RequestError::Problem {
                    code: problem.code,
                    detail: problem.detail,
                    request_id: problem.request_id,
                    retry_after: 0,
                };
                // What else there may be is followed by the socket's end, and that by another try.
                if failure::is_session_over(&error) {
                    self.session_over(&failure::of_request(error));
                }
            }
        }
    }

    pub(super) fn socket_closed(&mut self, ticket: Ticket, code: u16) {
        if !self.link.is_socket(ticket) {
            return;
        }
        if code == CLOSE_SESSION_OVER {
            self.session_over(&failure::here(
                ErrorCode::SessionExpired,
                "The chat server closed the conversation's session.".into(),
            ));
        } else {
            self.lost();
        }
    }

    pub(super) fn handshake_over(&mut self) {
        if matches!(self.link.state, State::Opening(_) | State::Greeting(_)) {
            self.effect(Effect::CloseSocket);
            self.lost();
        }
    }

    fn lost(&mut self) {
        let was_open = self.link.is_open();
        self.link.state = State::Waiting;
        self.link.failures += 1;
        self.clear_timer(Timer::Handshake);
        let wait = self.chance.wait_ms(self.link.failures);
        self.set_timer(Timer::Reconnect, wait);
        if was_open {
            self.tell_followers();
        } else if self.link.failures > 1 || self.conversation.is_none() {
            // Where a proxy lets no socket through, messages still come, at the pace of the tries.
            self.ask_for_missing();
        }
    }

    /// No more socket, no more part in the tabs' conversation.
    pub(super) fn shut_link(&mut self) {
        if matches!(self.link.state, State::Off) {
            return;
        }
        self.effect(Effect::CloseSocket);
        self.effect(Effect::Resign);
        for timer in [Timer::Handshake, Timer::Leader, Timer::Reconnect] {
            self.clear_timer(timer);
        }
        self.link = Link::default();
    }

    pub(super) fn typing(&mut self) {
        let is_early = (self.link.typed_at).is_some_and(|at| self.now < at + TYPING_MS);
        if is_early || !matches!(self.stage, Stage::Live) {
            return;
        }
        self.link.typed_at = Some(self.now);
        if self.link.is_open() {
            self.effect(Effect::SendFrame(VisitorFrame::Typing));
        } else if matches!(self.link.state, State::Following { .. })
            && let Some(conversation) = self.conversation_id()
        {
            self.effect(Effect::Post(TabMessage::Typing(conversation)));
        }
    }

    /// Tells the server, if this tab speaks to it, up to where the visitor has read.
    pub(super) fn send_read(&mut self) {
        if self.link.is_open() && self.read > self.link.sent_read {
            self.link.sent_read = self.read;
            let seq = self.read;
            self.effect(Effect::SendFrame(VisitorFrame::Read { seq }));
        }
    }
}
