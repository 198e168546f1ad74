//! What an operator does to a conversation, from the request to those who are told: who acts and when, what is written down of
//! it, and how it ends.

use bonafide_protocol::agent::AgentConversation;
use bonafide_protocol::conversation_event::{ConversationEventKind, EventParty};

use super::{Agent, Caller, Conversations, Refused};
use crate::domain::conversation::State;
use crate::storage::Transaction;
use crate::storage::audit::{self, Entry};
use crate::storage::conversations::ConversationRow;
use crate::storage::events::{self, NewEvent};

/// An operator who does something to a conversation, in a request, now.
#[derive(Clone, Copy, Debug)]
pub(super) struct Act<'a> {
    pub(super) caller: &'a Caller,
    pub(super) agent: &'a Agent,
    /// Unix milliseconds.
    pub(super) now_ms: i64,
}

impl Act<'_> {
    /// Writes down what was done: for colleagues in the flow, and for administrators in the audit.
    pub(super) async fn record(
        &self,
        transaction: &mut Transaction,
        row: &ConversationRow,
        event: NewEvent,
        entry: Entry,
    ) -> Result<(), Refused> {
        events::append(transaction, &row.id, event).await?;
        let entry = entry
            .subject(&row.id)
            .request(&self.caller.request_id)
            .text("queue", row.queue_name.as_str());
        audit::append(transaction, entry).await?;
        Ok(())
    }

    pub(super) fn event(&self, kind: ConversationEventKind) -> NewEvent {
        NewEvent::new(kind, EventParty::Operator, self.now_ms)
    }

    pub(super) fn entry(&self, action: &'static str) -> Entry {
        Entry::new(self.now_ms, self.agent.actor(), action)
    }
}

impl Conversations {
    pub(super) fn act<'a>(&self, caller: &'a Caller, agent: &'a Agent) -> Act<'a> {
        self.asked(agent);
        Act {
            caller,
            agent,
            now_ms: self.clock.now_ms(),
        }
    }

    /// Commits what changed hands, and tells everybody. `before` is how it stood.
    pub(super) async fn finish(
        &self,
        mut transaction: Transaction,
        before: &ConversationRow,
    ) -> Result<AgentConversation, Refused> {
        let after = Self::find(&mut transaction, &before.id).await?;
        let had = before.agent.as_ref().map(|agent| &agent.id);
        let has = after.agent.as_ref().map(|agent| &agent.id);
        if let Some(has) = has
            && had != Some(has)
        {
            Self::note_got(&mut transaction, &after.id, has, self.clock.now_ms()).await?;
        }
        transaction.commit().await?;
        self.hub.conversation_changed(&before.id);
        if after.state != before.state {
            self.hub.queue_moved(&before.queue);
        }
        if after.queue != before.queue {
            self.hub.queue_moved(&after.queue);
        }
        if after.state == State::Waiting {
            self.due.queue(&after.queue);
        }
        if let Some(had) = had
            && has != Some(had)
        {
            self.due.agent(had);
        }
        Ok(self.for_agent(&after))
    }
}
