//! A conversation ends: by its visitor, its agent, or because nobody can answer in it any more.

use bonafide_protocol::admin::Actor;
use bonafide_protocol::agent::{AgentConversation, CloseConversation};
use bonafide_protocol::conversation_event::ConversationEventKind;
use bonafide_protocol::id::ConversationId;
use metrics::counter;

use super::accept::{named, refuse_all_others};
use super::wrap_up::{self, WrapUp};
use super::{Agent, Caller, Conversations, Refused, asides};
use crate::domain::conversation::{Change, Party};
use crate::storage::Transaction;
use crate::storage::audit::{self, Entry};
use crate::storage::conversations::{self, ConversationRow};
use crate::storage::events::{self, NewEvent};

/// As the audit spells an end that somebody wanted.
pub(super) const CLOSED: &str = "conversation.closed";

/// Who ends a conversation.
#[derive(Debug)]
pub(super) struct Closer<'a> {
    pub(super) actor: Actor,
    /// `None` for what the server does unasked.
    pub(super) caller: Option<&'a Caller>,
    /// As the audit spells it.
    pub(super) action: &'static str,
}

impl Conversations {
    /// The visitor ends it. The session stays, so that the transcript can be read.
    pub(crate) async fn end(&self, caller: &Caller, id: &ConversationId) -> Result<(), Refused> {
        let now = self.clock.now_ms();
        let mut transaction = self.storage.write().await?;
        let row = Self::find(&mut transaction, id).await?;
        let by = Closer {
            actor: Actor::Visitor,
            caller: Some(caller),
            action: CLOSED,
        };
        let closed = self.close_row(&mut transaction, &row, by, now).await?;
        transaction.commit().await?;
        if closed {
            self.tell_closed(&row);
        }
        Ok(())
    }

    /// The agent who has it closes it, and may say why.
    pub(crate) async fn close(
        &self,
        caller: &Caller,
        agent: &Agent,
        id: &ConversationId,
        body: CloseConversation,
    ) -> Result<AgentConversation, Refused> {
        let wrap_up = WrapUp::judge(body)?;
        self.asked(agent);
        let now = self.clock.now_ms();
        let mut transaction = self.storage.write().await?;
        let mut row = Self::find_for_agent(&mut transaction, agent, id).await?;
        let change = row
            .state
            .close(&Party::Agent(agent.id.clone()))
            .map_err(|refused| named(refused, &row))?;
        refuse_all_others(&row, agent)?;
        let offered = wrap_up::closing(&mut transaction, &row).await?;
        wrap_up.check(&offered, change != Change::Nothing)?;
        let before = row.clone();
        row.closing_reason.clone_from(&wrap_up.reason);
        let by = Closer {
            actor: agent.actor(),
            caller: Some(caller),
            action: CLOSED,
        };
        let closed = self.close_row(&mut transaction, &row, by, now).await?;
        if !closed && before.closing_reason.is_none() {
            // Said after the end, so no event and no other entry has it.
            if let Some(reason) = &wrap_up.reason {
                let entry = Entry::new(now, agent.actor(), "conversation.closing-reason")
                    .subject(id)
                    .request(&caller.request_id)
                    .text("reason", reason.as_str());
                audit::append(&mut transaction, entry).await?;
            }
        }
        wrap_up
            .store(&mut transaction, agent, id, &before, now)
            .await?;
        let after = Self::find(&mut transaction, id).await?;
        transaction.commit().await?;
        if closed {
            self.tell_closed(&row);
        } else {
            self.hub.agents_news(id);
        }
        Ok(self.for_agent(&after))
    }

    /// Ends a conversation that was read in this transaction, for the reason in `row`. False when it is over already.
    /// Whoever commits then calls [`Self::tell_closed`].
    pub(super) async fn close_row(
        &self,
        transaction: &mut Transaction,
        row: &ConversationRow,
        Closer {
            actor,
            caller,
            action,
        }: Closer<'_>,
        now_ms: i64,
    ) -> Result<bool, Refused> {
        if row.state.close(&Party::Visitor)? == Change::Nothing {
            return Ok(false);
        }
        if !conversations::close(transaction, &row.id, &row.state, now_ms).await? {
            return Err(Refused::raced());
        }
        conversations::end_push_exclusions(transaction, &row.id, None).await?;
        let closed = NewEvent::new(ConversationEventKind::Closed, asides::party(&actor), now_ms)
            .name(asides::operator_name(&actor))
            .detail(row.closing_reason.as_deref());
        events::append(transaction, &row.id, closed).await?;
        let mut entry = Entry::new(now_ms, actor, action)
            .subject(&row.id)
            .text("queue", row.queue_name.as_str());
        if let Some(reason) = &row.closing_reason {
            entry = entry.text("reason", reason.as_str());
        }
        if let Some(caller) = caller {
            entry = entry.request(&caller.request_id);
        }
        audit::append(transaction, entry).await?;
        Ok(true)
    }

    /// Tells everybody that a conversation, last seen as `row`, is over.
    pub(super) fn tell_closed(&self, row: &ConversationRow) {
        counter!("bonafide_conversations_closed_total").increment(1);
        self.presence.over(&row.id);
        self.hub.conversation_changed(&row.id);
        self.hub.queue_moved(&row.queue);
        if let Some(agent) = &row.agent {
            self.due.agent(&agent.id);
        }
    }
}
