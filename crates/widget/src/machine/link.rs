//! The socket and the tabs: one tab leads, holds the socket and renews; the others follow what it tells them.
//!
//! A lost socket is opened again for as long as the conversation runs. A leader that does not answer is not waited
//! for: a second socket does no harm, since every message has its number.

use bonafide_protocol::ErrorCode;
use bonafide_protocol::id::ConversationId;
use bonafide_protocol::socket::{CLOSE_SESSION_OVER, VisitorEvent, VisitorFrame};

use super::start::Stage;
use super::{Effect, Machine, RequestError, TabMessage, Ticket, Timer, failure};
use crate::view::{Connection, Output};

/// A tab that was not elected after this time has a leader elsewhere. A lone tab is elected within a millisecond.
const ELECTION_MS: u32 = 300;
/// How long a leader has to answer.
const LEADER_ANSWER_MS: u32 = 3_000;
/// How often a follower asks whether its leader is still there.
const LEADER_CHECK_MS: u32 = 20_000;
/// How long a socket has from the first try to the server's welcome.
const HANDSHAKE_MS: u32 = 10_000;
/// After so long without a word a socket may be dead without anybody having noticed. Longer than a chat is usually
/// silent, and shorter than anybody leaves a tab to look at another.
const LONG_SILENCE_MS: i64 = 60_000;
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

    pub(super) fn elect(&mut self) {
        if let Some(conversation) = self.conversation_id() {
            self.link.state = State::Electing;
            self.set_timer(Timer::Leader, ELECTION_MS);
            self.effect(Effect::Elect(conversation));
        }
    }

    pub(super) fn elected(&mut self) {
        if !matches!(self.stage, Stage::Live) {
            return;
        }
        self.link.is_elected = true;
        self.lead();
    }

    fn lead(&mut self) {
        self.clear_timer(Timer::Leader);
        self.link.is_leader = true;
        if matches!(self.link.state, State::Electing | State::Following { .. }) {
            self.connect();
        }
        self.renew_if_due();
    }

    pub(super) fn leader_silent(&mut self) {
        match self.link.state {
            State::Following { is_asked: true, .. } => self.lead(),
            State::Electing | State::Following { .. } => self.ask_leader(),
            _ => {}
        }
    }

    fn ask_leader(&mut self) {
        let is_leader_online = self.link.connection(true) == Connection::Online;
        self.link.state = State::Following {
            is_asked: true,
            is_leader_online,
        };
        self.set_timer(Timer::Leader, LEADER_ANSWER_MS);
        if let Some(conversation) = self.conversation_id() {
            self.effect(Effect::Post(TabMessage::Follow(conversation)));
        }
    }

    /// The tab is looked at again, or the computer woke up: whether the socket, or the tab that has it, is still there
    /// is found out now.
    pub(super) fn look_after_link(&mut self) {
        let silence = self.server_now() - self.link.heard_at;
        match self.link.state {
            State::Following {
                is_asked: false, ..
            } => self.ask_leader(),
            State::Waiting => self.reconnect(),
            State::Open(_) if silence > LONG_SILENCE_MS => {
                self.link.is_doubted = true;
                self.ask_for_missing();
            }
            _ => {}
        }
        self.tell_followers();
    }

    /// The answer to the question whether the socket should have brought something.
    pub(super) fn doubt_is_over(&mut self, is_justified: bool) {
        if std::mem::take(&mut self.link.is_doubted) && self.link.is_open() {
            if is_justified {
                self.connect();
            } else {
                self.link.heard_at = self.server_now();
            }
        }
    }

    /// Which of two tabs that lead stays: the one that was elected, else one of them.
    fn rank(&self) -> u32 {
        (self.surroundings.seed as u32 >> 1) | u32::from(self.link.is_elected) << 31
    }

    /// Another tab leads as well. Whether this one follows it from now on.
    fn makes_room(&mut self, is_other_online: bool, other_rank: u32) -> bool {
        let is_open = self.link.is_open();
        if is_other_online && (!is_open || other_rank > self.rank()) {
            self.link.is_leader = false;
            self.link.failures = 0;
            self.clear_timer(Timer::Handshake);
            self.clear_timer(Timer::Reconnect);
            self.effect(Effect::CloseSocket);
            return true;
        }
        if is_open && other_rank < self.rank() {
            self.tell_followers();
        }
        false
    }

    /// Tells the tabs that follow.
    pub(super) fn tell_followers(&mut self) {
        if self.link.is_leader
            && self.surroundings.shares_session
            && let Some(conversation) = self.conversation.clone()
        {
            let online = self.link.is_open();
            self.effect(Effect::Post(TabMessage::State {
                conversation,
                online,
                seq: self.transcript.complete_to(),
                rank: self.rank(),
            }));
        }
    }

    pub(super) fn heard(&mut self, message: TabMessage) {
        let follows = !self.link.is_leader;
        match message {
            TabMessage::Ask if self.surroundings.shares_session => {
                if let Some(session) = self.session.clone() {
                    let conversation = session.conversation.clone();
                    self.effect(Effect::Post(TabMessage::Session(session)));
                    if self.read > 0 {
                        let seq = self.read;
                        self.effect(Effect::Post(TabMessage::Read { conversation, seq }));
                    }
                }
            }
            TabMessage::Session(session) => self.adopt(session),
            TabMessage::Follow(id) if self.is_ours(&id) => self.tell_followers(),
            TabMessage::State {
                conversation,
                online,
                seq,
                rank,
            } if self.is_ours(&conversation.id) => {
                if !follows && !self.makes_room(online, rank) {
                    return;
                }
                let was_asked = matches!(self.link.state, State::Following { is_asked: true, .. });
                self.link.state = State::Following {
                    is_asked: false,
                    is_leader_online: online,
                };
                self.set_timer(Timer::Leader, LEADER_CHECK_MS);
                // What the leader knew before it led, it did not pass on.
                if seq > self.transcript.complete_to() {
                    self.ask_for_missing();
                }
                self.conversation_is(conversation);
                // A tab in the background tries again too seldom for somebody who looks at this one.
                let is_needed = was_asked && !online && self.surroundings.is_visible;
                if is_needed && matches!(self.stage, Stage::Live) {
                    self.lead();
                }
            }
            TabMessage::Stored {
                conversation,
                message,
            } if follows && self.is_ours(&conversation) => self.receive(vec![message]),
            TabMessage::AgentTyping(id) if follows && self.is_ours(&id) => {
                self.output(Output::AgentTyping);
            }
            TabMessage::Typing(id) if self.is_ours(&id) && self.link.is_open() => {
                self.effect(Effect::SendFrame(VisitorFrame::Typing));
            }
            // Also when the session has only just come from another tab.
            TabMessage::Read { conversation, seq }
                if self.conversation_id().as_ref() == Some(&conversation) =>
            {
                self.read_to(seq);
            }
            TabMessage::SignedOut(revoked) => self.signed_out_elsewhere(revoked.as_ref()),
            _ => {}
        }
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
                    self.session_over(failure::of_request(error));
                }
            }
        }
    }

    pub(super) fn socket_closed(&mut self, ticket: Ticket, code: u16) {
        if !self.link.is_socket(ticket) {
            return;
        }
        if code == CLOSE_SESSION_OVER {
            self.session_over(failure::here(
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
