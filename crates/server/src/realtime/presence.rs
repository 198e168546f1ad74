//! Who is there, in this process: which operators have a console, which conversations have their visitor.
//!
//! Kept in memory only: after a start everybody counts as gone since that start, until they show themselves. Must not decide
//! what follows from an absence; that is the conversations' business.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bonafide_protocol::id::{ConversationId, OperatorId};

use self::operators::{ConsoleId, Operators};
use self::visitors::Visitors;
use crate::clock::Clock;

mod operators;
#[cfg(test)]
mod tests;
mod visitors;

pub(crate) use self::operators::OpenedBy;
pub(crate) use self::visitors::Look;

/// Who is there. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Presence(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    clock: Clock,
    people: Mutex<People>,
}

#[derive(Debug)]
struct People {
    operators: Operators,
    visitors: Visitors,
    /// The number of the next console.
    next: u64,
}

/// A console is there for as long as this lives.
#[derive(Debug)]
pub(crate) struct ConsoleHere {
    presence: Presence,
    operator: OperatorId,
    console: ConsoleId,
}

/// A visitor's page is there for as long as this lives.
#[derive(Debug)]
pub(crate) struct VisitorHere {
    presence: Presence,
    conversation: ConversationId,
}

impl Presence {
    /// Nobody is there yet.
    pub(crate) fn new(clock: Clock) -> Self {
        let began = clock.moment();
        Self(Arc::new(Inner {
            clock,
            people: Mutex::new(People {
                operators: Operators::new(began),
                visitors: Visitors::new(began),
                next: 0,
            }),
        }))
    }

    /// An operator's console opened a socket.
    pub(crate) fn console(&self, operator: &OperatorId, opened_by: OpenedBy) -> ConsoleHere {
        let now = self.0.clock.moment();
        let mut people = self.people();
        let console = ConsoleId(people.next);
        people.next += 1;
        people.operators.enter(operator, console, opened_by, now);
        ConsoleHere {
            presence: self.clone(),
            operator: operator.clone(),
            console,
        }
    }

    /// An operator's console asked for something over HTTP, or a program of theirs did.
    pub(crate) fn console_asked(&self, operator: &OperatorId, is_program: bool) {
        let now = self.0.clock.moment();
        self.people().operators.ask(operator, is_program, now);
    }

    /// A sign-in is over, known by the hash of its session's id: its sockets, which close now, count no more. True when no
    /// console of the operator's is left.
    pub(crate) fn session_over(&self, operator: &OperatorId, session: &str) -> bool {
        let now = self.0.clock.moment();
        self.people().operators.end_session(operator, session, now)
    }

    /// All sign-ins of an operator are over: their sockets, which close now, count no more.
    pub(crate) fn sessions_over(&self, operator: &OperatorId) {
        let now = self.0.clock.moment();
        self.people().operators.end_sessions(operator, now);
    }

    /// Whether an operator has something connected that no end of their sign-ins closes.
    pub(crate) fn has_program(&self, operator: &OperatorId) -> bool {
        self.people().operators.has_program(operator)
    }

    /// Whether an operator has a console connected that a person signed in at.
    pub(crate) fn is_at_console(&self, operator: &OperatorId) -> bool {
        self.people().operators.is_at_console(operator)
    }

    /// Whether a console of an operator's is there: connected, or asking in turns where it can have no socket.
    pub(crate) fn is_here(&self, operator: &OperatorId) -> bool {
        let now = self.0.clock.moment();
        self.people().operators.is_here(operator, now)
    }

    /// Whether the server started so recently that consoles may not be back yet.
    pub(crate) fn is_new(&self) -> bool {
        let now = self.0.clock.moment();
        self.people().operators.is_new(now)
    }

    /// The operators who are there to answer: at a console that is connected, or asks in turns. A program is not.
    pub(crate) fn at_work(&self) -> HashSet<OperatorId> {
        let now = self.0.clock.moment();
        self.people().operators.at_work(now)
    }

    /// How long an operator has no console; `None` while they have one.
    pub(crate) fn absent_for(&self, operator: &OperatorId) -> Option<Duration> {
        let now = self.0.clock.moment();
        self.people().operators.absent_for(operator, now)
    }

    /// A visitor started a conversation.
    pub(crate) fn visitor_began(&self, id: &ConversationId) {
        let now = self.0.clock.moment();
        self.people().visitors.begin(id, now);
    }

    /// A visitor's page opened a socket.
    pub(crate) fn visitor(&self, id: &ConversationId) -> VisitorHere {
        let now = self.0.clock.moment();
        self.people().visitors.enter(id, now);
        VisitorHere {
            presence: self.clone(),
            conversation: id.clone(),
        }
    }

    /// A visitor's page asked for something over HTTP.
    pub(crate) fn visitor_asked(&self, id: &ConversationId) {
        let now = self.0.clock.moment();
        self.people().visitors.ask(id, now);
    }

    /// A visitor wrote, typed, or read what was new.
    pub(crate) fn visitor_acted(&self, id: &ConversationId) {
        let now = self.0.clock.moment();
        self.people().visitors.act(id, now);
    }

    /// All messages up to `seq` arrived in the visitor's browser.
    pub(crate) fn delivered(&self, id: &ConversationId, seq: u32) {
        self.people().visitors.deliver(id, seq);
    }

    /// A conversation is over.
    pub(crate) fn over(&self, id: &ConversationId) {
        let now = self.0.clock.moment();
        self.people().visitors.end(id, now);
    }

    /// Whether a conversation's visitor is there, and what arrived with them.
    pub(crate) fn look(&self, id: &ConversationId) -> Look {
        let now = self.0.clock.moment();
        self.people().visitors.look(id, now)
    }

    /// How long a conversation's visitor is gone; `None` while they are there.
    pub(crate) fn gone_for(&self, id: &ConversationId) -> Option<Duration> {
        let now = self.0.clock.moment();
        self.people().visitors.gone_for(id, now)
    }

    /// Conversations whose agents are to be told now that something changed here, at most `most` at once.
    pub(crate) fn news(&self, most: usize) -> Vec<ConversationId> {
        let now = self.0.clock.moment();
        self.people().visitors.news(now, most)
    }

    /// How many operators and how many visitors are there.
    pub(crate) fn count(&self) -> (usize, usize) {
        let now = self.0.clock.moment();
        let people = self.people();
        (people.operators.present(), people.visitors.present(now))
    }

    /// Forgets who is gone for long.
    pub(crate) fn sweep(&self) {
        let now = self.0.clock.moment();
        let mut people = self.people();
        people.operators.sweep(now);
        people.visitors.sweep(now);
    }

    fn people(&self) -> MutexGuard<'_, People> {
        let people = self.0.people.lock();
        people.unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for ConsoleHere {
    fn drop(&mut self) {
        let now = self.presence.0.clock.moment();
        let mut people = self.presence.people();
        people.operators.leave(&self.operator, self.console, now);
    }
}

impl Drop for VisitorHere {
    fn drop(&mut self) {
        let now = self.presence.0.clock.moment();
        let mut people = self.presence.people();
        people.visitors.leave(&self.conversation, now);
    }
}
