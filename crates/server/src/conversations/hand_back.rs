//! A conversation whose agent can go on with it no more returns to its queue: the agent was disabled, or is no member
//! of the queue any more. The visitor would otherwise wait for somebody who cannot even see it.

use bonafide_protocol::admin::Actor;
use bonafide_protocol::conversation_event::ConversationEventKind;
use metrics::counter;

use super::{Conversations, Refused, asides};
use crate::domain::conversation::{Change, State};
use crate::storage::Transaction;
use crate::storage::audit::{self, Entry};
use crate::storage::conversations::{self, ConversationRow};
use crate::storage::events::{self, NewEvent};

/// Conversations that were handed back and nobody was told of yet.
#[derive(Debug)]
#[must_use = "agents and visitors are told once it is stored"]
pub(crate) struct HandedBack(Vec<ConversationRow>);

impl Conversations {
    /// Hands back what no agent can go on with, as things stand in this transaction. Whoever commits it then calls
    /// [`Self::tell_handed_back`]. `request_id` is `None` for what the server does unasked.
    pub(crate) async fn hand_back(
        &self,
        transaction: &mut Transaction,
        actor: &Actor,
        request_id: Option<&str>,
        now_ms: i64,
    ) -> Result<HandedBack, Refused> {
        let mut handed_back = Vec::new();
        for id in conversations::orphaned(transaction).await? {
            let row = Self::find(transaction, &id).await?;
            let State::Active { agent } = &row.state else {
                continue;
            };
            if row.state.hand_back() == Change::Nothing
                || !conversations::hand_back(transaction, &id, agent).await?
            {
                continue;
            }
            let event = NewEvent::new(
                ConversationEventKind::HandedBack,
                asides::party(actor),
                now_ms,
            )
            .name(row.agent.as_ref().map(|agent| agent.name.as_str()));
            events::append(transaction, &id, event).await?;
            let mut entry = Entry::new(now_ms, actor.clone(), "conversation.handed-back")
                .subject(&id)
                .text("queue", row.queue_name.as_str());
            if let Some(agent) = &row.agent {
                entry = entry.text("agent", agent.name.as_str());
            }
            if let Some(request_id) = request_id {
                entry = entry.request(request_id);
            }
            audit::append(transaction, entry).await?;
            handed_back.push(row);
        }
        Ok(HandedBack(handed_back))
    }

    /// Tells everybody: the agents of the queue have one more to take, the visitor waits again.
    pub(crate) fn tell_handed_back(&self, handed_back: &HandedBack) {
        for row in &handed_back.0 {
            counter!("bonafide_conversations_handed_back_total").increment(1);
            self.hub.conversation_changed(&row.id);
            self.hub.queue_moved(&row.queue);
        }
    }
}
