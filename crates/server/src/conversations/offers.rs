//! What becomes of an offer: the colleague accepts or declines, the agent withdraws it, or nobody answers in time. Until it is
//! accepted the conversation stays with who has it.

use bonafide_protocol::ErrorCode;
use bonafide_protocol::admin::Actor;
use bonafide_protocol::agent::AgentConversation;
use bonafide_protocol::conversation_event::{ConversationEventKind, EventParty};
use bonafide_protocol::id::ConversationId;
use metrics::counter;

use super::accept::named;
use super::act::Act;
use super::{Agent, Caller, Conversations, Refused};
use crate::storage::Transaction;
use crate::storage::audit::{self, Entry};
use crate::storage::conversations::{self, ConversationRow, OfferRow};
use crate::storage::events::{self, NewEvent};

/// Offers that lapse at once: other writers wait no longer than this takes.
const AT_ONCE: u32 = 200;

impl Conversations {
    /// The colleague takes what is offered to them, as `row` says in this transaction.
    pub(super) async fn accept_offer(
        &self,
        caller: &Caller,
        agent: &Agent,
        mut transaction: Transaction,
        row: ConversationRow,
        now_ms: i64,
    ) -> Result<AgentConversation, Refused> {
        let act = Act {
            caller,
            agent,
            now_ms,
        };
        let (Some(offer), Some(from)) = (&row.offer, &row.agent) else {
            return Err(Refused::raced());
        };
        if offer.lapses_at <= now_ms {
            return Err(no_offer(&row));
        }
        let to = agent.as_name();
        if !conversations::give(&mut transaction, &row, &to, false, now_ms).await? {
            return Err(Refused::raced());
        }
        let event = act
            .event(ConversationEventKind::HandedOver)
            .name(Some(from.name.as_str()))
            .detail(Some(to.name.as_str()));
        let entry = act
            .entry("conversation.handed-over")
            .text("from", from.name.as_str())
            .text("to", to.name.as_str());
        act.record(&mut transaction, &row, event, entry).await?;
        counter!("bonafide_conversations_handed_over_total", "to" => "agent").increment(1);
        self.finish(transaction, &row).await
    }

    /// The colleague does not take what is offered to them.
    pub(crate) async fn decline(
        &self,
        caller: &Caller,
        agent: &Agent,
        id: &ConversationId,
    ) -> Result<AgentConversation, Refused> {
        let act = self.act(caller, agent);
        let mut transaction = self.storage.write().await?;
        let row = Self::find_for_agent(&mut transaction, agent, id).await?;
        if row.offer.as_ref().is_none_or(|it| it.to.id != agent.id) {
            return Err(no_offer(&row));
        }
        let kind = ConversationEventKind::OfferDeclined;
        self.end_offer(act, transaction, &row, kind, "conversation.offer-declined")
            .await
    }

    /// The agent offers it no more. Where no offer is left there is nothing to do.
    pub(crate) async fn withdraw(
        &self,
        caller: &Caller,
        agent: &Agent,
        id: &ConversationId,
    ) -> Result<AgentConversation, Refused> {
        let act = self.act(caller, agent);
        let mut transaction = self.storage.write().await?;
        let row = Self::find_for_agent(&mut transaction, agent, id).await?;
        row.state
            .hand_over(&agent.id)
            .map_err(|refused| named(refused, &row))?;
        if row.offer.is_none() {
            transaction.commit().await?;
            return Ok(self.for_agent(&row));
        }
        let kind = ConversationEventKind::OfferWithdrawn;
        self.end_offer(act, transaction, &row, kind, "conversation.offer-withdrawn")
            .await
    }

    async fn end_offer(
        &self,
        act: Act<'_>,
        mut transaction: Transaction,
        row: &ConversationRow,
        kind: ConversationEventKind,
        action: &'static str,
    ) -> Result<AgentConversation, Refused> {
        if !conversations::end_offer(&mut transaction, row).await? {
            return Err(Refused::raced());
        }
        let event = act.event(kind).name(Some(act.agent.name.as_str()));
        let entry = with_offer(act.entry(action), row);
        act.record(&mut transaction, row, event, entry).await?;
        let after = Self::find(&mut transaction, &row.id).await?;
        transaction.commit().await?;
        self.hub.agents_news(&row.id);
        Ok(self.for_agent(&after))
    }

    /// Ends the offers that nobody answered in time.
    pub(super) async fn lapse_offers(&self) -> Result<(), Refused> {
        let now_ms = self.clock.now_ms();
        let mut reader = self.storage.read().await?;
        let due = conversations::lapsed_offers(&mut reader, now_ms, AT_ONCE).await?;
        drop(reader);
        if due.is_empty() {
            return Ok(());
        }
        let mut lapsed = Vec::new();
        let mut transaction = self.storage.write().await?;
        for id in due {
            let row = Self::find(&mut transaction, &id).await?;
            // It may have been answered, and offered anew, since.
            let Some(OfferRow { to, .. }) = row.offer.as_ref().filter(|it| it.lapses_at <= now_ms)
            else {
                continue;
            };
            if !conversations::end_offer(&mut transaction, &row).await? {
                continue;
            }
            let kind = ConversationEventKind::OfferLapsed;
            let event =
                NewEvent::new(kind, EventParty::System, now_ms).name(Some(to.name.as_str()));
            events::append(&mut transaction, &id, event).await?;
            let entry = Entry::new(now_ms, Actor::System, "conversation.offer-lapsed")
                .subject(&id)
                .text("queue", row.queue_name.as_str());
            audit::append(&mut transaction, with_offer(entry, &row)).await?;
            lapsed.push(id);
        }
        transaction.commit().await?;
        for id in &lapsed {
            self.hub.agents_news(id);
        }
        Ok(())
    }
}

/// Who offered it to whom.
fn with_offer(mut entry: Entry, row: &ConversationRow) -> Entry {
    if let Some(from) = &row.agent {
        entry = entry.text("from", from.name.as_str());
    }
    match &row.offer {
        Some(offer) => entry.text("to", offer.to.name.as_str()),
        None => entry,
    }
}

/// There is no offer to answer, and how it stands instead.
fn no_offer(row: &ConversationRow) -> Refused {
    let stands = match &row.agent {
        _ if !row.state.is_open() => "The conversation is closed.".to_owned(),
        Some(agent) => format!("{} has this conversation.", agent.name),
        None => "It waits in its queue.".to_owned(),
    };
    Refused::new(
        ErrorCode::Conflict,
        format!("This is not offered to you any more. {stands}"),
    )
}
