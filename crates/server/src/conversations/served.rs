//! Whether somebody is there who serves a queue now. Where nobody is, a visitor who waits has no place in line: to say "next"
//! would promise what nobody keeps.
//!
//! Whoever waits is told when that changes, within a second, and in a long line within the time that its moves take; at most once a
//! second for each queue, however often somebody comes and goes. Nobody is asked about queues in which nobody waits.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bonafide_protocol::id::QueueId;

use super::{Conversations, Refused};
use crate::domain::conversation::State;
use crate::storage::conversations::{self, ConversationRow};
use crate::storage::{Connection, StorageError, queues};

/// What visitors of each queue were told last.
#[derive(Debug, Default)]
pub(crate) struct Served(Mutex<HashMap<QueueId, Told>>);

#[derive(Clone, Copy, Debug)]
struct Told {
    is_served: bool,
    /// Whether some were told otherwise before, and may not know.
    has_changed: bool,
}

impl Conversations {
    /// The place in the queue of a conversation that waits; none where nobody serves the queue now. What was found out within the
    /// last second counts, so that mostly nothing is read. Who asks has stored something: no error may say that it has not.
    pub(crate) async fn position(&self, row: &ConversationRow) -> Option<u32> {
        if row.state != State::Waiting {
            return None;
        }
        let is_served = match self.served.told(&row.queue) {
            Some(is_served) => is_served,
            None => self.ask_served(&row.queue).await.unwrap_or_else(|error| {
                tracing::warn!(%error, "whether somebody serves a queue could not be read");
                true
            }),
        };
        is_served.then(|| self.place(row))
    }

    async fn ask_served(&self, queue: &QueueId) -> Result<bool, StorageError> {
        let mut reader = self.storage.read().await?;
        self.is_served(&mut reader, queue).await
    }

    /// The same, as it is this moment.
    pub(crate) async fn position_now(
        &self,
        connection: &mut Connection,
        row: &ConversationRow,
    ) -> Result<Option<u32>, Refused> {
        if row.state != State::Waiting {
            return Ok(None);
        }
        let is_served = self.is_served(connection, &row.queue).await?;
        Ok(is_served.then(|| self.place(row)))
    }

    fn place(&self, row: &ConversationRow) -> u32 {
        let place = self.storage.lines().place(&row.queue, &row.in_line());
        // The row may be a moment older than the line, or newer: an agent just took it, or gave it back. Either way it stood, or
        // stands, in front.
        place.map_or(1, |place| place.position)
    }

    /// Whether somebody who serves the queue is at a console and not away. The answer counts as told to a visitor.
    async fn is_served(
        &self,
        connection: &mut Connection,
        queue: &QueueId,
    ) -> Result<bool, StorageError> {
        // The consoles of a server that just started come back within seconds: that nobody is there is not known yet.
        let at_work = (!self.presence.is_new()).then(|| self.presence.at_work());
        let is_served = at_work.as_ref().is_none_or(|ids| !ids.is_empty())
            && queues::is_one_on_duty(connection, queue, at_work.as_ref()).await?;
        self.served.note(queue, is_served);
        Ok(is_served)
    }

    /// Has the visitors look again who wait in a queue that is served now and was not, or the other way round.
    pub(super) async fn tell_served(&self) -> Result<(), StorageError> {
        let queues = self.served.queues();
        if queues.is_empty() {
            return Ok(());
        }
        let mut reader = self.storage.read().await?;
        for queue in &queues {
            if (conversations::first_in_line(&mut reader, queue).await?).is_none() {
                self.served.forget(queue);
                continue;
            }
            self.is_served(&mut reader, queue).await?;
            if self.served.take_change(queue) {
                self.hub.queue_moved(queue);
            }
        }
        Ok(())
    }
}

impl Served {
    /// What visitors of a queue were told last; `None` where nobody was told anything.
    pub(crate) fn told(&self, queue: &QueueId) -> Option<bool> {
        self.lock().get(queue).map(|told| told.is_served)
    }

    fn note(&self, queue: &QueueId, is_served: bool) {
        let mut told = self.lock();
        match told.get_mut(queue) {
            Some(told) => {
                told.has_changed |= told.is_served != is_served;
                told.is_served = is_served;
            }
            None => {
                let first = Told {
                    is_served,
                    has_changed: false,
                };
                told.insert(queue.clone(), first);
            }
        }
    }

    fn take_change(&self, queue: &QueueId) -> bool {
        let mut told = self.lock();
        told.get_mut(queue)
            .is_some_and(|told| std::mem::take(&mut told.has_changed))
    }

    fn forget(&self, queue: &QueueId) {
        self.lock().remove(queue);
    }

    fn queues(&self) -> Vec<QueueId> {
        self.lock().keys().cloned().collect()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<QueueId, Told>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
