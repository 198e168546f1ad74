//! The socket, which only the tab that leads has: opened, greeted, found dead, opened again for as long as the
//! conversation runs. Which tab leads is settled in `leader`.
//!
//! A socket may die without a word: a proxy forwards nothing more, a router forgot it, a computer slept. So there is always
//! a time by which the server must have said something: with the welcome it says how often it does in any case. Without a
//! socket the messages, and how the conversation stands, are polled over HTTP.

use bonafide_protocol::ErrorCode;
use bonafide_protocol::socket::{CLOSE_SESSION_OVER, VisitorEvent, VisitorFrame};

use super::Live;
use crate::machine::context::Context;
use crate::machine::turn::Course;
use crate::machine::{Answer, Effect, RequestError, TabMessage, Ticket, Timer, failure};
use crate::view::{Connection, Output};

/// How long a socket has from the first try to the server's welcome.
const HANDSHAKE_MS: u32 = 10_000;
/// After two heartbeats of the server and so much for the network, an open socket is dead: 45 s with the server's 20 s.
const GRACE_MS: u32 = 5_000;
/// How long the server has to answer when it is asked for a heartbeat.
const PROBE_MS: u32 = 5_000;
/// How often messages are polled: as seldom as the socket is tried again, but within these bounds.
const POLL_MS: (u32, u32) = (5_000, 10_000);
/// The server passes on one in this time.
const TYPING_MS: u64 = 2_000;

/// This tab's way to the server.
#[derive(Debug, Default)]
pub(super) struct Link {
    pub(super) state: State,
    pub(super) is_leader: bool,
    /// This tab was elected: it has the lock that only one tab has.
    pub(super) is_elected: bool,
    /// How long an open socket may be silent, in milliseconds.
    patience_ms: u32,
    /// When an open socket is dead unless it brings something, by the server's clock, in milliseconds.
    dead_at: i64,
    /// Sockets in a row that were lost, or not welcomed.
    pub(super) failures: u32,
    /// Whether the server was reached over HTTP, by the last answer since the socket was lost.
    reached: Option<bool>,
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
    /// The server said something on the socket.
    fn heard(&mut self, cx: &Context) {
        self.dead_at = cx.server_now() + i64::from(self.patience_ms);
    }

    /// The server answered a request, or something else did, or nothing.
    pub(super) fn answered(&mut self, result: &Result<Answer, RequestError>) {
        self.reached = Some(matches!(result, Ok(_) | Err(RequestError::Problem { .. })));
    }

    pub(super) fn leads(&self) -> bool {
        self.is_leader
    }

    pub(super) fn is_open(&self) -> bool {
        matches!(self.state, State::Open(_))
    }

    /// Whether there is a socket, or one is opened in its place for the first time: that is no reason for another tab to lead.
    pub(super) fn is_at_work(&self) -> bool {
        let is_replaced = matches!(
            self.state,
            State::Opening(_) | State::Greeting(_) | State::Waiting
        );
        self.is_open() || (is_replaced && self.failures < 2)
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
            // A socket that is opened again at once is not worth a word.
            _ if self.failures > 1 => match self.reached {
                Some(true) => Connection::Polling,
                Some(false) => Connection::Offline,
                None => Connection::Connecting,
            },
            _ => Connection::Connecting,
        }
    }
}

impl Live {
    pub(super) fn connect(&mut self, cx: &mut Context) {
        let conversation = self.session.conversation.clone();
        let ticket = cx.ticket();
        self.link.state = State::Opening(ticket);
        cx.set_timer(Timer::Silence, HANDSHAKE_MS);
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
        self.link.heard(cx);
        match event {
            VisitorEvent::Welcome {
                conversation,
                server_time,
                heartbeat_ms,
            } => {
                cx.server_says(&server_time);
                self.link.state = State::Open(ticket);
                self.link.failures = 0;
                self.link.sent_read = 0;
                self.link.patience_ms = heartbeat_ms.saturating_mul(2).saturating_add(GRACE_MS);
                self.link.heard(cx);
                cx.set_timer(Timer::Silence, self.link.patience_ms);
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
            VisitorEvent::Heartbeat { .. } => {}
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

    /// The server had time to say something.
    pub(in crate::machine) fn silent(&mut self, cx: &mut Context) {
        let left = match self.link.state {
            State::Opening(_) | State::Greeting(_) => 0,
            State::Open(_) => self.link.dead_at - cx.server_now(),
            _ => return,
        };
        if left > 0 {
            cx.set_timer(Timer::Silence, left as u32);
        } else {
            cx.effect(Effect::CloseSocket);
            self.lost(cx);
            // It may have been silent about an answer for long.
            self.ask_for_missing(cx);
        }
    }

    /// Time has passed of which this tab saw nothing: a dead socket is replaced now, and one that may be dead is tried. What
    /// is sent on it also makes a router say that it forgot the connection.
    pub(super) fn look_after_socket(&mut self, cx: &mut Context) {
        let now = cx.server_now();
        let left = self.link.dead_at - now;
        if left <= 0 {
            self.connect(cx);
            self.ask_for_missing(cx);
        } else if left > i64::from(PROBE_MS)
            && left <= i64::from(self.link.patience_ms.saturating_sub(PROBE_MS))
        {
            // One at a time, and what time is left is never made longer.
            self.link.dead_at = now + i64::from(PROBE_MS);
            cx.set_timer(Timer::Silence, PROBE_MS);
            cx.effect(Effect::SendFrame(VisitorFrame::Heartbeat));
        }
    }

    fn lost(&mut self, cx: &mut Context) {
        let was_open = self.link.is_open();
        let was_at_work = self.link.is_at_work();
        self.link.state = State::Waiting;
        self.link.failures += 1;
        cx.clear_timer(Timer::Silence);
        let wait = cx.chance.wait_ms(self.link.failures);
        cx.set_timer(Timer::Reconnect, wait);
        if was_at_work {
            self.tell_followers(cx);
        }
        if was_open {
            self.link.reached = None;
            self.poll_later(cx, 0);
        } else {
            // Where a proxy lets no socket through, messages still come.
            self.ask_for_missing(cx);
        }
    }

    /// Polls again after a while, which the server may want to be longer.
    pub(super) fn poll_later(&mut self, cx: &mut Context, least_ms: u32) {
        let (shortest, longest) = POLL_MS;
        let wait = cx.chance.wait_ms(self.link.failures);
        cx.set_timer(Timer::Gap, wait.clamp(shortest, longest).max(least_ms));
    }

    /// No more socket, no more part in the tabs' conversation.
    pub(super) fn shut_link(&mut self, cx: &mut Context) {
        if matches!(self.link.state, State::Off) {
            return;
        }
        cx.effect(Effect::CloseSocket);
        cx.effect(Effect::Resign);
        for timer in [Timer::Silence, Timer::Leader, Timer::Reconnect] {
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
