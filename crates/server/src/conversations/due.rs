//! For whom something may be pushed: the queues and agents with which something happened since they were last looked at.
//!
//! Carries no content: who is told of the same queue twice looks at it once. Must not read the database.

use std::collections::HashSet;
use std::mem::take;
use std::sync::{Mutex, PoisonError};

use bonafide_protocol::id::{OperatorId, QueueId};
use tokio::sync::Notify;

/// What is to be looked at.
#[derive(Debug, Default)]
pub(crate) struct Due {
    waiting: Mutex<Looks>,
    news: Notify,
}

/// Queues and agents, each once.
#[derive(Debug, Default)]
pub(super) struct Looks {
    pub(super) queues: HashSet<QueueId>,
    pub(super) agents: HashSet<OperatorId>,
}

impl Due {
    /// A conversation waits in this queue, or its agents or its way of assignment changed.
    pub(crate) fn queue(&self, id: &QueueId) {
        self.add(Looks {
            queues: HashSet::from([id.clone()]),
            agents: HashSet::new(),
        });
    }

    /// This agent may have room for one more: they came, are back, have one less, or may have more.
    pub(crate) fn agent(&self, id: &OperatorId) {
        self.add(Looks {
            queues: HashSet::new(),
            agents: HashSet::from([id.clone()]),
        });
    }

    pub(super) fn add(&self, looks: Looks) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.queues.extend(looks.queues);
        waiting.agents.extend(looks.agents);
        drop(waiting);
        self.news.notify_one();
    }

    /// Waits until there is something, and takes it all.
    pub(super) async fn next(&self) -> Looks {
        self.news.notified().await;
        take(&mut self.waiting.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
