//! Queues that push: a conversation that waits is given to the agent of its queue who has the fewest, among those who are
//! signed in at a connected console, are not away and have fewer than their capacity. Of those who have as many, whoever got
//! none for the longest time.
//!
//! It happens when something happened with a queue or an agent, never by the clock. What it costs depends on the queue's
//! agents, not on what waits. One that cannot be pushed waits, and can be taken.

use std::time::Duration;

use bonafide_protocol::admin::{Actor, Assignment};
use bonafide_protocol::conversation_event::{ConversationEventKind, EventParty};
use bonafide_protocol::id::QueueId;
use metrics::counter;
use tokio::time::sleep;

use super::{Conversations, Refused};
use crate::state::AppState;
use crate::storage::audit::{self, Entry};
use crate::storage::conversations::{self, Candidate, ConversationRow, InLine};
use crate::storage::events::{self, NewEvent};
use crate::storage::{Connection, StorageError, Transaction, operators, queues};

/// Conversations pushed in one transaction: other writers wait no longer than this takes.
const AT_ONCE: usize = 50;

/// How long a look that failed waits until it is taken again.
const RETRY: Duration = Duration::from_secs(1);

/// One conversation and who is to have it.
struct Choice {
    conversation: InLine,
    agent: Candidate,
}

/// Pushes what can be, whenever something happened. Runs for as long as the server does.
pub(crate) async fn push_due(state: AppState) {
    let house = &state.conversations;
    loop {
        let looks = house.due.next().await;
        if let Err(error) = house.look(&looks).await {
            tracing::warn!(?error, "waiting conversations could not be pushed");
            sleep(RETRY).await;
            house.due.add(looks);
        }
    }
}

impl Conversations {
    async fn look(&self, looks: &super::due::Looks) -> Result<(), Refused> {
        let mut queues: Vec<QueueId> = looks.queues.iter().cloned().collect();
        let mut reader = self.storage.read().await?;
        for agent in &looks.agents {
            let theirs = queues::served_by(&mut reader, agent, Some(Assignment::Push)).await?;
            queues.extend(theirs);
        }
        drop(reader);
        queues.sort_unstable();
        queues.dedup();
        self.push(queues).await
    }

    /// Pushes what waits in these queues for as long as there is somebody to have it. Of several queues the one whose first
    /// conversation is to be served first comes first.
    pub(super) async fn push(&self, mut queues: Vec<QueueId>) -> Result<(), Refused> {
        let mut reader = self.storage.read().await?;
        // Mostly there is nothing to do: then nobody waits for the write lock.
        let has_choice = self.choose(&mut reader, &mut queues).await?.is_some();
        drop(reader);
        if !has_choice {
            return Ok(());
        }
        loop {
            let mut pushed = Vec::new();
            let mut transaction = self.storage.write().await?;
            while pushed.len() < AT_ONCE {
                let Some(choice) = self.choose(&mut transaction, &mut queues).await? else {
                    break;
                };
                pushed.push(self.give(&mut transaction, &choice).await?);
            }
            transaction.commit().await?;
            for row in &pushed {
                counter!("bonafide_conversations_pushed_total").increment(1);
                self.hub.conversation_changed(&row.id);
                self.hub.queue_moved(&row.queue);
            }
            if pushed.len() < AT_ONCE {
                return Ok(());
            }
        }
    }

    /// The next conversation and who is to have it. Queues in which nothing is to be done are taken off the list: nobody
    /// becomes free in the transaction that goes on with it.
    async fn choose(
        &self,
        connection: &mut Connection,
        queues: &mut Vec<QueueId>,
    ) -> Result<Option<Choice>, StorageError> {
        let mut lines = Vec::new();
        for queue in queues.drain(..) {
            let row = queues::find(connection, &queue).await?;
            if row.is_some_and(|row| row.assignment == Assignment::Push)
                && let Some(first) = conversations::first_in_line(connection, &queue, None).await?
            {
                lines.push((first, queue));
            }
        }
        lines.sort_unstable();
        let mut lines = lines.into_iter();
        while let Some((first, queue)) = lines.next() {
            if let Some(choice) = self.choose_in(connection, &queue, first).await? {
                queues.push(queue);
                queues.extend(lines.map(|(_, queue)| queue));
                return Ok(Some(choice));
            }
        }
        Ok(None)
    }

    /// The same in one queue. What its free agents lost by an absence is passed over; there is no more of it than they lost.
    async fn choose_in(
        &self,
        connection: &mut Connection,
        queue: &QueueId,
        first: InLine,
    ) -> Result<Option<Choice>, StorageError> {
        let mut free = conversations::candidates(connection, queue).await?;
        free.retain(|agent| self.presence.is_at_console(&agent.id));
        if free.is_empty() {
            return Ok(None);
        }
        let mut next = Some(first);
        while let Some(conversation) = next {
            let lost_by = conversations::lost_by(connection, &conversation.id).await?;
            let agent = free.iter().find(|agent| !lost_by.contains(&agent.id));
            if let Some(agent) = agent {
                return Ok(Some(Choice {
                    agent: agent.clone(),
                    conversation,
                }));
            }
            next = conversations::first_in_line(connection, queue, Some(&conversation)).await?;
        }
        Ok(None)
    }

    async fn give(
        &self,
        transaction: &mut Transaction,
        Choice {
            conversation,
            agent,
        }: &Choice,
    ) -> Result<ConversationRow, Refused> {
        let id = &conversation.id;
        let now_ms = self.clock.now_ms();
        if !conversations::push(transaction, id, agent, now_ms).await? {
            // Only where the database lets two writers read the same state.
            return Err(Refused::raced());
        }
        operators::note_got(transaction, &agent.id, now_ms).await?;
        let pushed = NewEvent::new(ConversationEventKind::Pushed, EventParty::System, now_ms)
            .name(Some(agent.name.as_str()));
        events::append(transaction, id, pushed).await?;
        let row = Self::find(transaction, id).await?;
        let entry = Entry::new(now_ms, Actor::System, "conversation.pushed")
            .subject(id)
            .text("queue", row.queue_name.as_str())
            .text("agent", agent.name.as_str());
        audit::append(transaction, entry).await?;
        Ok(row)
    }
}
