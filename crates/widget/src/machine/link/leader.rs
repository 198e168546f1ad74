//! The tabs: one leads, holds the socket and renews; the others follow what it tells them.
//!
//! A leader that does not answer is not waited for: a second socket does no harm, since every message has its number, and
//! of two that lead one makes room as soon as they hear of each other.

use bonafide_protocol::socket::VisitorFrame;

use super::State;
use crate::machine::start::Stage;
use crate::machine::{Effect, Machine, TabMessage, Timer};
use crate::view::{Connection, Output};

/// A tab that was not elected after this time has a leader elsewhere. A lone tab is elected within a millisecond.
const ELECTION_MS: u32 = 300;
/// How long a leader has to answer.
const LEADER_ANSWER_MS: u32 = 3_000;
/// How often a follower asks whether its leader is still there.
const LEADER_CHECK_MS: u32 = 20_000;
/// After so long without a word a socket may be dead without anybody having noticed. Longer than a chat is usually
/// silent, and shorter than anybody leaves a tab to look at another.
const LONG_SILENCE_MS: i64 = 60_000;

impl Machine {
    pub(in crate::machine) fn elect(&mut self) {
        if let Some(conversation) = self.conversation_id() {
            self.link.state = State::Electing;
            self.set_timer(Timer::Leader, ELECTION_MS);
            self.effect(Effect::Elect(conversation));
        }
    }

    pub(in crate::machine) fn elected(&mut self) {
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

    pub(in crate::machine) fn leader_silent(&mut self) {
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
    pub(in crate::machine) fn look_after_link(&mut self) {
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
    pub(in crate::machine) fn doubt_is_over(&mut self, is_justified: bool) {
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
        (self.surroundings.seed >> 1) | u32::from(self.link.is_elected) << 31
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
    pub(in crate::machine) fn tell_followers(&mut self) {
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

    pub(in crate::machine) fn heard(&mut self, message: TabMessage) {
        let follows = !self.link.is_leader;
        match message {
            TabMessage::Ask
                if self.surroundings.shares_session && !matches!(self.stage, Stage::Ended) =>
            {
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
}
