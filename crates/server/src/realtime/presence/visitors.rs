//! Which visitors are there: whose page is connected, since when not, when they last did something, and what arrived in
//! their browser.
//!
//! Reads no clock and does no I/O. Keeps an entry for each conversation whose visitor was there, and for a while after its
//! end; one that is unknown counts as left since the beginning.

use std::collections::HashMap;
use std::time::Duration;

use bonafide_protocol::agent::PresenceState;
use bonafide_protocol::id::ConversationId;

use crate::clock::Moment;

/// The visitors of a server that began at some time.
#[derive(Debug)]
pub(super) struct Visitors {
    began: Moment,
    seen: HashMap<ConversationId, Visitor>,
}

/// Whether a visitor is there, since when, and the number of the last message that arrived.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Look {
    pub(crate) state: PresenceState,
    pub(crate) since: Moment,
    pub(crate) delivered: u32,
}

#[derive(Debug)]
struct Visitor {
    /// Sockets that are open.
    sockets: usize,
    /// When they were last there, where no socket is open.
    last: Moment,
    /// Until when they count as there without a socket, as time since the clock was made.
    until: Duration,
    /// Since when they are there without a break.
    here_since: Moment,
    /// When they last did something.
    acted: Moment,
    delivered: u32,
    /// Whether the conversation is over: the visitor counts as gone, whatever their page does.
    is_over: bool,
    /// What agents were told.
    told: (PresenceState, u32),
}

impl Visitors {
    pub(super) fn new(began: Moment) -> Self {
        Self {
            began,
            seen: HashMap::new(),
        }
    }

    /// A conversation began, and agents are told of it.
    pub(super) fn begin(&mut self, id: &ConversationId, now: Moment) {
        self.come(id, now).told.0 = PresenceState::Here;
    }

    /// A socket opened.
    pub(super) fn enter(&mut self, id: &ConversationId, now: Moment) {
        self.come(id, now).sockets += 1;
    }

    /// A socket that entered closed.
    pub(super) fn leave(&mut self, id: &ConversationId, now: Moment) {
        if let Some(visitor) = self.seen.get_mut(id) {
            visitor.sockets = visitor.sockets.saturating_sub(1);
            visitor.last = now;
            // A page that closes says more than what it asked before.
            visitor.until = now.passed + RELOAD;
        }
    }

    /// The page asked for something over HTTP, as it does in turns where it can have no socket.
    pub(super) fn ask(&mut self, id: &ConversationId, now: Moment) {
        self.come(id, now);
    }

    /// The visitor wrote, typed, or read what was new.
    pub(super) fn act(&mut self, id: &ConversationId, now: Moment) {
        let visitor = self.come(id, now);
        if visitor.is_idle(now) {
            visitor.here_since = now;
        }
        visitor.acted = now;
    }

    /// All messages up to `seq` arrived in the browser.
    pub(super) fn deliver(&mut self, id: &ConversationId, seq: u32) {
        if let Some(visitor) = self.seen.get_mut(id) {
            visitor.delivered = visitor.delivered.max(seq);
        }
    }

    /// The conversation is over. What arrived is known for a while, for whoever looks at its end.
    pub(super) fn end(&mut self, id: &ConversationId, now: Moment) {
        if let Some(visitor) = self.seen.get_mut(id) {
            visitor.is_over = true;
            visitor.last = now;
        }
    }

    pub(super) fn look(&self, id: &ConversationId, now: Moment) -> Look {
        match self.seen.get(id) {
            Some(visitor) => visitor.look(now),
            None => Look {
                state: PresenceState::Gone,
                since: self.began,
                delivered: 0,
            },
        }
    }

    /// How long a visitor is gone; `None` while they are there.
    pub(super) fn gone_for(&self, id: &ConversationId, now: Moment) -> Option<Duration> {
        let look = self.look(id, now);
        (look.state == PresenceState::Gone).then(|| now.passed.saturating_sub(look.since.passed))
    }

    /// Conversations of which agents were told something else than what holds now, at most `most`. They are told of these
    /// now.
    pub(super) fn news(&mut self, now: Moment, most: usize) -> Vec<ConversationId> {
        let changed = self.seen.iter_mut().filter_map(|(id, visitor)| {
            let look = visitor.look(now);
            let holds = (look.state, look.delivered);
            (visitor.told != holds).then(|| {
                visitor.told = holds;
                id.clone()
            })
        });
        changed.take(most).collect()
    }

    /// How many are there.
    pub(super) fn present(&self, now: Moment) -> usize {
        let is_there = |visitor: &&Visitor| visitor.is_there(now);
        self.seen.values().filter(is_there).count()
    }

    /// How many entries are kept.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.seen.len()
    }

    /// Forgets those who are gone for so long that nothing depends on when they went.
    pub(super) fn sweep(&mut self, now: Moment) {
        self.seen.retain(|_, visitor| {
            let forgotten = if visitor.is_over { ENDED } else { FORGOTTEN };
            visitor.is_there(now) || now.passed.saturating_sub(visitor.last.passed) < forgotten
        });
    }

    /// The entry of a visitor who shows that they are there.
    fn come(&mut self, id: &ConversationId, now: Moment) -> &mut Visitor {
        let visitor = self.seen.entry(id.clone()).or_insert_with(|| Visitor {
            sockets: 0,
            last: now,
            until: now.passed,
            here_since: now,
            acted: now,
            delivered: 0,
            is_over: false,
            told: (PresenceState::Gone, 0),
        });
        if !visitor.is_there(now) {
            visitor.here_since = now;
            visitor.acted = now;
        }
        visitor.last = now;
        visitor.until = visitor.until.max(now.passed + ASKED);
        visitor
    }
}

impl Visitor {
    fn is_there(&self, now: Moment) -> bool {
        !self.is_over && (self.sockets > 0 || now.passed < self.until)
    }

    fn is_idle(&self, now: Moment) -> bool {
        now.passed.saturating_sub(self.acted.passed) >= IDLE
    }

    fn look(&self, now: Moment) -> Look {
        let (state, since) = if !self.is_there(now) {
            (PresenceState::Gone, self.last)
        } else if self.is_idle(now) {
            (PresenceState::Idle, self.acted)
        } else {
            (PresenceState::Here, self.here_since)
        };
        Look {
            state,
            since,
            delivered: self.delivered,
        }
    }
}

/// How long a page may have no socket: it is loaded anew, or another page of the site is. Nobody is told of that.
const RELOAD: Duration = Duration::from_secs(5);

/// How long a request over HTTP stands for a socket: the widget that has none asks once in 5 to 10 s, but browsers let a page
/// that is hidden do so only once a minute.
const ASKED: Duration = Duration::from_secs(75);

/// Who did nothing for so long is idle.
const IDLE: Duration = Duration::from_mins(5);

/// Longer than any widget keeps a place, and than a session without use lasts.
const FORGOTTEN: Duration = Duration::from_hours(25);

/// How long what arrived of a conversation that is over is known.
const ENDED: Duration = Duration::from_hours(1);
