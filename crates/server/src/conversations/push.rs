//! Queues that push: a conversation that waits is given to the agent of its queue who has the fewest, among those who are
//! signed in at a connected console, are not away and have fewer than their capacity. Of those who have as many, whoever got
//! none for the longest time.
//!
//! Supervisors serve every queue and are pushed only what their own membership says.
//!
//! It happens when something happened with a queue or an agent, never by the clock. What it costs depends on the queue's
//! agents, not on what waits. One that cannot be pushed waits, and can be taken.

use std::time::Duration;

use bonafide_protocol::admin::{Actor, Assignment};
use bonafide_protocol::agent::AgentName;
use bonafide_protocol::conversation_event::{ConversationEventKind, EventParty};
use bonafide_protocol::id::QueueId;
use metrics::counter;
use tokio::time::sleep;

use super::{Conversations, Refused};
use crate::state::AppState;
use crate::storage::audit::{self, Entry};
use crate::storage::conversations::{self, ConversationRow, InLine};
use crate::storage::events::{self, NewEvent};
use crate::storage::{Connection, StorageError, Transaction, queues};

/// Conversations pushed in one transaction: other writers wait no longer than this takes.
const AT_ONCE: usize = 50;

/// How long a look that failed waits until it is taken again.
const RETRY: Duration = Duration::from_secs(1);

/// One conversation and who is to have it.
struct Choice {
    conversation: InLine,
    agent: AgentName,
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
                && let Some(first) = conversations::first_in_line(connection, &queue).await?
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

    /// The same in one queue, whose first is known. Mostly it is for whoever has the fewest, and that is all that is asked.
    async fn choose_in(
        &self,
        connection: &mut Connection,
        queue: &QueueId,
        first: InLine,
    ) -> Result<Option<Choice>, StorageError> {
        let mut best: Option<Choice> = None;
        for agent in conversations::candidates(connection, queue).await? {
            if !self.presence.is_at_console(&agent.id) {
                continue;
            }
            let theirs = conversations::first_for(connection, queue, &agent.id).await?;
            let Some(conversation) = theirs else { continue };
            let is_first = conversation == first;
            if best
                .as_ref()
                .is_none_or(|it| conversation < it.conversation)
            {
                best = Some(Choice {
                    conversation,
                    agent,
                });
            }
            if is_first {
                break;
            }
        }
        Ok(best)
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
        if !conversations::accept(transaction, id, agent, true, now_ms).await? {
            // Only where the database lets two writers read the same state.
            return Err(Refused::raced());
        }
        Self::note_got(transaction, id, &agent.id, now_ms).await?;
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
