//! The socket, which only the tab that leads has: opened, greeted, found dead, opened again for as long as the
//! conversation runs. Which tab leads is settled in `leader`.

use bonafide_protocol::ErrorCode;
use bonafide_protocol::socket::{CLOSE_SESSION_OVER, VisitorEvent, VisitorFrame};

use super::Live;
use crate::machine::context::Context;
use crate::machine::turn::Course;
use crate::machine::{Effect, RequestError, TabMessage, Ticket, Timer, failure};
use crate::view::{Connection, Output};

/// How long a socket has from the first try to the server's welcome.
const HANDSHAKE_MS: u32 = 10_000;
/// The server passes on one in this time.
const TYPING_MS: u64 = 2_000;

/// This tab's way to the server.
#[derive(Debug, Default)]
pub(super) struct Link {
    pub(super) state: State,
    pub(super) is_leader: bool,
    /// This tab was elected: it has the lock that only one tab has.
    pub(super) is_elected: bool,
    /// When the server was heard of last, by its own clock, in milliseconds.
    pub(super) heard_at: i64,
    /// Missing messages are asked for to see whether the socket should have brought some.
    pub(super) is_doubted: bool,
    /// Sockets in a row that were not welcomed.
    pub(super) failures: u32,
    /// The highest `seq` that the server was told as read, on this socket.
    sent_read: u32,
    typed_at: Option<u64>,
}

#[derive(Debug, Default)]
pub(super) enum State {
    /// The conversation was not shown yet.
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

    pub(super) fn is_open(&self) -> bool {
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

impl Live {
    pub(super) fn connect(&mut self, cx: &mut Context) {
        let conversation = self.session.conversation.clone();
        let ticket = cx.ticket();
        self.link.state = State::Opening(ticket);
        cx.set_timer(Timer::Handshake, HANDSHAKE_MS);
        cx.effect(Effect::OpenSocket {
            ticket,
            conversation,
        });
    }

    pub(in crate::machine) fn reconnect(&mut self, cx: &mut Context) {
        if matches!(self.link.state, State::Waiting) {
            cx.clear_timer(Timer::Reconnect);
            self.connect(cx);
        }
    }

    /// The browser has a network again: no need to wait for the timer, and a socket of before may be dead.
    pub(super) fn reconnect_now(&mut self, cx: &mut Context, was_offline: bool) {
        match self.link.state {
            State::Waiting => {
                self.link.failures = 0;
                self.reconnect(cx);
            }
            State::Opening(_) | State::Greeting(_) | State::Open(_) if was_offline => {
                self.connect(cx);
            }
            _ => {}
        }
    }

    pub(in crate::machine) fn socket_opened(&mut self, cx: &mut Context, ticket: Ticket) {
        if self.link.is_socket(ticket) {
            let hello = VisitorFrame::Hello {
                secret: self.session.secret.clone(),
                after: self.thread.transcript.complete_to(),
            };
            self.link.state = State::Greeting(ticket);
            cx.effect(Effect::SendFrame(hello));
        }
    }

    pub(in crate::machine) fn socket_frame(
        &mut self,
        cx: &mut Context,
        ticket: Ticket,
        event: VisitorEvent,
    ) -> Course {
        if !self.link.is_socket(ticket) {
            return Ok(());
        }
        self.link.heard_at = cx.server_now();
        match event {
            VisitorEvent::Welcome {
                conversation,
                server_time,
            } => {
                cx.server_says(&server_time);
                self.link.heard_at = cx.server_now();
                self.link.state = State::Open(ticket);
                self.link.failures = 0;
                self.link.sent_read = 0;
                cx.clear_timer(Timer::Handshake);
                self.is_well(cx);
                self.conversation_is(cx, conversation)?;
                self.tell_followers(cx);
                self.send_read(cx);
                self.renew_again(cx);
                self.send_again(cx);
            }
            VisitorEvent::Conversation { conversation } => {
                self.conversation_is(cx, conversation)?;
                self.tell_followers(cx);
            }
            VisitorEvent::Message { message } => self.receive(cx, vec![message]),
            VisitorEvent::Typing => {
                cx.output(Output::AgentTyping);
                if cx.surroundings.shares_session {
                    let conversation = self.session.conversation.clone();
                    cx.post(TabMessage::AgentTyping(conversation));
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
                    return Err(self.session_over(failure::of_request(error)));
                }
            }
        }
        Ok(())
    }

    pub(in crate::machine) fn socket_closed(
        &mut self,
        cx: &mut Context,
        ticket: Ticket,
        code: u16,
    ) -> Course {
        if !self.link.is_socket(ticket) {
            return Ok(());
        }
        if code == CLOSE_SESSION_OVER {
            return Err(self.session_over(failure::here(
                ErrorCode::SessionExpired,
                "The chat server closed the conversation's session.".into(),
            )));
        }
        self.lost(cx);
        Ok(())
    }

    pub(in crate::machine) fn handshake_over(&mut self, cx: &mut Context) {
        if matches!(self.link.state, State::Opening(_) | State::Greeting(_)) {
            cx.effect(Effect::CloseSocket);
            self.lost(cx);
        }
    }

    fn lost(&mut self, cx: &mut Context) {
        let was_open = self.link.is_open();
        self.link.state = State::Waiting;
        self.link.failures += 1;
        cx.clear_timer(Timer::Handshake);
        let wait = cx.chance.wait_ms(self.link.failures);
        cx.set_timer(Timer::Reconnect, wait);
        if was_open {
            self.tell_followers(cx);
        } else if self.link.failures > 1 || self.conversation().is_none() {
            // Where a proxy lets no socket through, messages still come, at the pace of the tries.
            self.ask_for_missing(cx);
        }
    }

    /// No more socket, no more part in the tabs' conversation.
    pub(super) fn shut_link(&mut self, cx: &mut Context) {
        if matches!(self.link.state, State::Off) {
            return;
        }
        cx.effect(Effect::CloseSocket);
        cx.effect(Effect::Resign);
        for timer in [Timer::Handshake, Timer::Leader, Timer::Reconnect] {
            cx.clear_timer(timer);
        }
    }

    /// The visitor is typing.
    pub(in crate::machine) fn typing(&mut self, cx: &mut Context) {
        let is_early = (self.link.typed_at).is_some_and(|at| cx.now < at + TYPING_MS);
        if is_early {
            return;
        }
        self.link.typed_at = Some(cx.now);
        if self.link.is_open() {
            cx.effect(Effect::SendFrame(VisitorFrame::Typing));
        } else if matches!(self.link.state, State::Following { .. }) {
            cx.post(TabMessage::Typing(self.session.conversation.clone()));
        }
    }

    /// Tells the server, if this tab speaks to it, up to where the visitor has read.
    pub(super) fn send_read(&mut self, cx: &mut Context) {
        let seq = self.thread.read;
        if self.link.is_open() && seq > self.link.sent_read {
            self.link.sent_read = seq;
            cx.effect(Effect::SendFrame(VisitorFrame::Read { seq }));
        }
    }
}
