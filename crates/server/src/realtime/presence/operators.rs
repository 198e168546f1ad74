//! Which operators are there: whose console is connected or asks, and since when none is.
//!
//! Reads no clock and does no I/O. An operator who is unknown counts as away since the beginning.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use bonafide_protocol::id::OperatorId;

use crate::clock::Moment;

/// One open socket of a console.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(crate) struct ConsoleId(pub(super) u64);

/// What opened a console's socket.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum OpenedBy {
    /// A sign-in, by the hash of its session's id.
    Session(String),
    /// An API token.
    ApiToken,
}

/// The operators of a server that began at some time.
#[derive(Debug)]
pub(super) struct Operators {
    began: Moment,
    known: HashMap<OperatorId, Operator>,
}

#[derive(Debug)]
struct Operator {
    consoles: HashMap<ConsoleId, OpenedBy>,
    /// When a console of theirs was last there, as time since the clock was made.
    last: Duration,
    /// Until when they count as here without a socket, as time since the clock was made.
    until: Duration,
    /// The same for a console alone, without what programs asked.
    console_until: Duration,
}

impl Operators {
    pub(super) fn new(began: Moment) -> Self {
        Self {
            began,
            known: HashMap::new(),
        }
    }

    /// A socket opened.
    pub(super) fn enter(
        &mut self,
        id: &OperatorId,
        console: ConsoleId,
        opened_by: OpenedBy,
        now: Moment,
    ) {
        self.come(id, now).consoles.insert(console, opened_by);
    }

    /// A socket that entered closed.
    pub(super) fn leave(&mut self, id: &OperatorId, console: ConsoleId, now: Moment) {
        if let Some(operator) = self.known.get_mut(id)
            // One whose sign-in is over is away since then.
            && let Some(opened_by) = operator.consoles.remove(&console)
        {
            operator.last = now.passed;
            // A console that closes says more than what it asked before.
            operator.until = now.passed + RELOAD;
            if opened_by != OpenedBy::ApiToken {
                operator.console_until = now.passed + RELOAD;
            }
        }
    }

    /// A console asked for something over HTTP, as it does where it can have no socket.
    pub(super) fn ask(&mut self, id: &OperatorId, is_program: bool, now: Moment) {
        let operator = self.come(id, now);
        operator.until = now.passed + ASKED;
        if !is_program {
            operator.console_until = now.passed + ASKED;
        }
    }

    /// Whether it began so recently that consoles may not be back yet.
    pub(super) fn is_new(&self, now: Moment) -> bool {
        now.passed.saturating_sub(self.began.passed) < COMING_BACK
    }

    /// Who is at a console that is connected, or asks in turns.
    pub(super) fn at_work(&self, now: Moment) -> HashSet<OperatorId> {
        let is_at_work = |operator: &Operator| {
            let mut consoles = operator.consoles.values();
            consoles.any(|by| *by != OpenedBy::ApiToken) || now.passed < operator.console_until
        };
        self.known
            .iter()
            .filter(|(_, operator)| is_at_work(operator))
            .map(|(id, _)| id.clone())
            .collect()
    }

    /// Whether a console of an operator's is there.
    pub(super) fn is_here(&self, id: &OperatorId, now: Moment) -> bool {
        let operator = self.known.get(id);
        operator.is_some_and(|it| !it.consoles.is_empty() || now.passed < it.until)
    }

    /// A sign-in is over. True when no console of the operator's is left.
    pub(super) fn end_session(&mut self, id: &OperatorId, session: &str, now: Moment) -> bool {
        self.end(id, now, |opened_by| {
            *opened_by != OpenedBy::Session(session.to_owned())
        })
    }

    /// All sign-ins of an operator are over.
    pub(super) fn end_sessions(&mut self, id: &OperatorId, now: Moment) {
        self.end(id, now, |opened_by| *opened_by == OpenedBy::ApiToken);
    }

    /// Whether something of an operator's is connected that is no sign-in's.
    pub(super) fn has_program(&self, id: &OperatorId) -> bool {
        let operator = self.known.get(id);
        operator.is_some_and(|it| it.consoles.values().any(|by| *by == OpenedBy::ApiToken))
    }

    /// Whether a console of an operator's is connected that a person signed in at: a program that listens answers nobody.
    pub(super) fn is_at_console(&self, id: &OperatorId) -> bool {
        let operator = self.known.get(id);
        operator.is_some_and(|it| it.consoles.values().any(|by| *by != OpenedBy::ApiToken))
    }

    /// How long no console of an operator's is there; `None` while one is.
    pub(super) fn absent_for(&self, id: &OperatorId, now: Moment) -> Option<Duration> {
        let last = match self.known.get(id) {
            Some(operator) if !operator.consoles.is_empty() => return None,
            Some(operator) => operator.last,
            None => self.began.passed,
        };
        Some(now.passed.saturating_sub(last))
    }

    /// How many have a console whose socket is open.
    pub(super) fn present(&self) -> usize {
        let is_there = |operator: &&Operator| !operator.consoles.is_empty();
        self.known.values().filter(is_there).count()
    }

    /// How many entries are kept.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.known.len()
    }

    /// Forgets those who are away for so long that nothing depends on when they went.
    pub(super) fn sweep(&mut self, now: Moment) {
        self.known.retain(|_, operator| {
            !operator.consoles.is_empty() || now.passed.saturating_sub(operator.last) < FORGOTTEN
        });
    }

    fn end(&mut self, id: &OperatorId, now: Moment, keeps: impl Fn(&OpenedBy) -> bool) -> bool {
        let Some(operator) = self.known.get_mut(id) else {
            return true;
        };
        if !operator.consoles.is_empty() {
            operator.last = now.passed;
        }
        operator.consoles.retain(|_, opened_by| keeps(opened_by));
        operator.until = now.passed;
        operator.console_until = now.passed;
        operator.consoles.is_empty()
    }

    fn come(&mut self, id: &OperatorId, now: Moment) -> &mut Operator {
        let operator = self.known.entry(id.clone()).or_insert_with(|| Operator {
            consoles: HashMap::new(),
            last: now.passed,
            until: now.passed,
            console_until: now.passed,
        });
        operator.last = now.passed;
        operator
    }
}

/// How long consoles may take to come back after a start: they try again at once, and then after pauses of seconds.
const COMING_BACK: Duration = Duration::from_secs(10);

/// How long a console may have no socket: its page is loaded anew.
const RELOAD: Duration = Duration::from_secs(5);

/// How long a request stands for a socket: a console that has none asks once in 10 s, but browsers let a page that is hidden do
/// so only once a minute.
const ASKED: Duration = Duration::from_secs(75);

/// Longer than any queue lets an agent be away.
const FORGOTTEN: Duration = Duration::from_hours(25);
