//! The tabs: one leads, holds the socket and renews; the others follow what it tells them.
//!
//! A leader that does not answer is not waited for: a second socket does no harm, since every message has its number, and
//! of two that lead one makes room as soon as they hear of each other.

use bonafide_protocol::id::ConversationId;
use bonafide_protocol::socket::VisitorFrame;

use super::Live;
use super::link::State;
use crate::machine::context::Context;
use crate::machine::turn::Course;
use crate::machine::{Effect, TabMessage, Timer};
use crate::view::{Connection, Output};

/// A tab that was not elected after this time has a leader elsewhere. A lone tab is elected within a millisecond.
const ELECTION_MS: u32 = 300;
/// How long a leader has to answer.
const LEADER_ANSWER_MS: u32 = 3_000;
/// How often a follower asks whether its leader is still there.
const LEADER_CHECK_MS: u32 = 20_000;

impl Live {
    pub(super) fn elect(&mut self, cx: &mut Context) {
        self.link.state = State::Electing;
        cx.set_timer(Timer::Leader, ELECTION_MS);
        cx.effect(Effect::Elect(self.session.conversation.clone()));
    }

    pub(in crate::machine) fn elected(&mut self, cx: &mut Context) {
        self.link.is_elected = true;
        self.lead(cx);
    }

    fn lead(&mut self, cx: &mut Context) {
        cx.clear_timer(Timer::Leader);
        self.link.is_leader = true;
        if matches!(self.link.state, State::Electing | State::Following { .. }) {
            self.connect(cx);
        }
        self.renew_if_due(cx);
    }

    pub(in crate::machine) fn leader_silent(&mut self, cx: &mut Context) {
        match self.link.state {
            State::Following { is_asked: true, .. } => self.lead(cx),
            State::Electing | State::Following { .. } => self.ask_leader(cx),
            _ => {}
        }
    }

    fn ask_leader(&mut self, cx: &mut Context) {
        let is_leader_online = self.link.connection(true) == Connection::Online;
        self.link.state = State::Following {
            is_asked: true,
            is_leader_online,
        };
        cx.set_timer(Timer::Leader, LEADER_ANSWER_MS);
        cx.post(TabMessage::Follow(self.session.conversation.clone()));
    }

    /// The tab is looked at again, or the computer woke up: whether the socket, or the tab that has it, is still there
    /// is found out now.
    pub(super) fn look_after_link(&mut self, cx: &mut Context) {
        match self.link.state {
            State::Following {
                is_asked: false, ..
            } => self.ask_leader(cx),
            State::Waiting => self.reconnect(cx),
            State::Open(_) => self.look_after_socket(cx),
            _ => {}
        }
        self.tell_followers(cx);
    }

    /// Which of two tabs that lead stays: the one that was elected, else one of them.
    fn rank(&self, cx: &Context) -> u32 {
        (cx.surroundings.seed >> 1) | u32::from(self.link.is_elected) << 31
    }

    /// Another tab leads as well. Whether this one follows it from now on.
    fn makes_room(&mut self, cx: &mut Context, is_other_online: bool, other_rank: u32) -> bool {
        let is_open = self.link.is_open();
        if is_other_online && (!is_open || other_rank > self.rank(cx)) {
            self.link.is_leader = false;
            self.link.failures = 0;
            cx.clear_timer(Timer::Silence);
            cx.clear_timer(Timer::Reconnect);
            cx.effect(Effect::CloseSocket);
            return true;
        }
        if is_open && other_rank < self.rank(cx) {
            self.tell_followers(cx);
        }
        false
    }

    /// Tells the tabs that follow.
    pub(super) fn tell_followers(&self, cx: &mut Context) {
        if self.link.is_leader
            && cx.surroundings.shares_session
            && let Some(conversation) = self.conversation().cloned()
        {
            cx.post(TabMessage::State {
                conversation,
                online: self.link.is_at_work(),
                seq: self.thread.transcript.complete_to(),
                rank: self.rank(cx),
            });
        }
    }

    /// Whether a tab's message is about the conversation that is shown here.
    fn is_ours(&self, conversation: &ConversationId) -> bool {
        self.session.conversation == *conversation
    }

    pub(in crate::machine) fn heard(&mut self, cx: &mut Context, message: TabMessage) -> Course {
        let follows = !self.link.is_leader;
        match message {
            TabMessage::Ask => self.session.share(cx, self.thread.read),
            TabMessage::Follow(id) if self.is_ours(&id) => self.tell_followers(cx),
            TabMessage::State {
                conversation,
                online,
                seq,
                rank,
            } if self.is_ours(&conversation.id) => {
                if !follows && !self.makes_room(cx, online, rank) {
                    return Ok(());
                }
                let was_asked = matches!(self.link.state, State::Following { is_asked: true, .. });
                self.link.state = State::Following {
                    is_asked: false,
                    is_leader_online: online,
                };
                cx.set_timer(Timer::Leader, LEADER_CHECK_MS);
                // What the leader knew before it led, it did not pass on.
                if seq > self.thread.transcript.complete_to() {
                    self.ask_for_missing(cx);
                }
                self.conversation_is(cx, conversation)?;
                // A tab in the background tries again too seldom for somebody who looks at this one.
                let is_needed = was_asked && !online && cx.surroundings.is_visible;
                if is_needed {
                    self.lead(cx);
                }
            }
            TabMessage::Stored {
                conversation,
                message,
            } if follows && self.is_ours(&conversation) => self.receive(cx, vec![message]),
            TabMessage::AgentTyping(id) if follows && self.is_ours(&id) => {
                cx.output(Output::AgentTyping);
            }
            TabMessage::Typing(id) if self.is_ours(&id) && self.link.is_open() => {
                cx.effect(Effect::SendFrame(VisitorFrame::Typing));
            }
            TabMessage::Read { conversation, seq } if self.is_ours(&conversation) => {
                self.thread.read_to(cx, seq);
                self.send_read(cx);
            }
            _ => {}
        }
        Ok(())
    }
}
