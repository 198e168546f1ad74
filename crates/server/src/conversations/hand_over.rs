//! The agent who has a conversation gives it on: to a queue, to a colleague who is asked first, or back to whom it came from.

use bonafide_protocol::ErrorCode;
use bonafide_protocol::agent::{AgentConversation, AgentName};
use bonafide_protocol::conversation_event::ConversationEventKind;
use bonafide_protocol::hand_over::{HandBack, HandOver};
use bonafide_protocol::id::{ConversationId, OperatorId, QueueId};
use metrics::counter;

use super::accept::named;
use super::act::Act;
use super::{Agent, Caller, Conversations, Refused, asides, fields};
use crate::settings::Fault;
use crate::storage::conversations::{self, ConversationRow, OfferRow};
use crate::storage::{Transaction, colleagues, queues};

/// How long a colleague has to answer an offer, in milliseconds: long enough to finish a sentence to another visitor, and no
/// visitor is forgotten over it, because whoever has the chat keeps it meanwhile.
const OFFER_LASTS_MS: i64 = 120_000;

impl Conversations {
    /// Puts a conversation of the agent's into a queue, or offers it to a colleague. What is offered to the same colleague
    /// already stays so.
    pub(crate) async fn hand_over(
        &self,
        caller: &Caller,
        agent: &Agent,
        id: &ConversationId,
        body: HandOver,
    ) -> Result<AgentConversation, Refused> {
        fields::judge_hand_over(body.note.as_deref())?;
        let act = self.act(caller, agent);
        let mut transaction = self.storage.write().await?;
        let row = Self::find_for_agent(&mut transaction, agent, id).await?;
        row.state
            .hand_over(&agent.id)
            .map_err(|refused| named(refused, &row))?;
        match (body.queue, body.agent) {
            (Some(queue), None) => {
                self.hand_to_queue(act, transaction, row, &queue, body.note)
                    .await
            }
            (None, Some(to)) => {
                let to = self.taker(&mut transaction, &row, &to, "agent").await?;
                self.offer(act, transaction, row, to, body.note).await
            }
            (Some(_), Some(_)) | (None, None) => {
                let fault = Fault::invalid("Name a queue or an agent: one of the two.");
                Err(Refused::Fields(vec![fault.of("agent")]))
            }
        }
    }

    /// Gives a conversation of the agent's back to whom it came from: offers it to that colleague, or, where they are not here
    /// or do not serve its queue now, puts it into the queue that it came from.
    pub(crate) async fn give_back(
        &self,
        caller: &Caller,
        agent: &Agent,
        id: &ConversationId,
        body: HandBack,
    ) -> Result<AgentConversation, Refused> {
        fields::judge_hand_over(body.note.as_deref())?;
        let act = self.act(caller, agent);
        let mut transaction = self.storage.write().await?;
        let row = Self::find_for_agent(&mut transaction, agent, id).await?;
        row.state
            .hand_over(&agent.id)
            .map_err(|refused| named(refused, &row))?;
        let from = row
            .came_from
            .clone()
            .filter(|from| from.agent.id != agent.id);
        let Some(from) = from else {
            return Err(Refused::new(
                ErrorCode::Conflict,
                "No colleague handed this conversation over, so there is nobody to give it back to.",
            ));
        };
        match self
            .taker(&mut transaction, &row, &from.agent.id, "agent")
            .await
        {
            Ok(to) => self.offer(act, transaction, row, to, body.note).await,
            Err(Refused::Storage(error)) => Err(error.into()),
            Err(_)
                if queues::find(&mut transaction, &from.queue.id)
                    .await?
                    .is_some() =>
            {
                self.hand_to_queue(act, transaction, row, &from.queue.id, body.note)
                    .await
            }
            Err(_) => Err(Refused::new(
                ErrorCode::Conflict,
                format!(
                    "{} cannot take it now, and the queue {} is gone. Hand it to another queue or colleague.",
                    from.agent.name, from.queue.name
                ),
            )),
        }
    }

    async fn hand_to_queue(
        &self,
        act: Act<'_>,
        mut transaction: Transaction,
        row: ConversationRow,
        queue: &QueueId,
        note: Option<String>,
    ) -> Result<AgentConversation, Refused> {
        refuse_offered(&row)?;
        let Some(queue) = queues::find(&mut transaction, queue).await? else {
            let fault = Fault::not_found("There is no such queue.");
            return Err(Refused::Fields(vec![fault.of("queue")]));
        };
        if !conversations::requeue(&mut transaction, &row, &queue.id, &queue.name).await? {
            return Err(Refused::raced());
        }
        // A queue that pushes must not give it to them again.
        conversations::exclude_from_push(&mut transaction, &row.id, &act.agent.id).await?;
        self.write_down(act, &mut transaction, &row, note).await?;
        let event = act
            .event(ConversationEventKind::Requeued)
            .name(Some(act.agent.name.as_str()))
            .detail(Some(queue.name.as_str()));
        let entry = act
            .entry("conversation.requeued")
            .text("to", queue.name.as_str());
        act.record(&mut transaction, &row, event, entry).await?;
        counter!("bonafide_conversations_handed_over_total", "to" => "queue").increment(1);
        self.finish(transaction, &row).await
    }

    async fn offer(
        &self,
        act: Act<'_>,
        mut transaction: Transaction,
        row: ConversationRow,
        to: AgentName,
        note: Option<String>,
    ) -> Result<AgentConversation, Refused> {
        if row.offer.as_ref().is_some_and(|offer| offer.to.id == to.id) {
            transaction.commit().await?;
            return Ok(self.for_agent(&row));
        }
        refuse_offered(&row)?;
        let offer = OfferRow {
            to,
            note: note.clone(),
            lapses_at: act.now_ms.saturating_add(OFFER_LASTS_MS),
        };
        if !conversations::offer(&mut transaction, &row, &offer).await? {
            return Err(Refused::raced());
        }
        self.write_down(act, &mut transaction, &row, note).await?;
        let event = act
            .event(ConversationEventKind::Offered)
            .name(Some(act.agent.name.as_str()))
            .detail(Some(offer.to.name.as_str()));
        let entry = act
            .entry("conversation.offered")
            .text("to", offer.to.name.as_str());
        act.record(&mut transaction, &row, event, entry).await?;
        let after = Self::find(&mut transaction, &row.id).await?;
        transaction.commit().await?;
        // The visitor learns of it when somebody else has it.
        self.hub.agents_news(&row.id);
        Ok(self.for_agent(&after))
    }

    /// The note that comes with it.
    async fn write_down(
        &self,
        act: Act<'_>,
        transaction: &mut Transaction,
        row: &ConversationRow,
        note: Option<String>,
    ) -> Result<(), Refused> {
        let Some(note) = note else { return Ok(()) };
        // No client can send such an id, and no two are the same: what brings the note is an event too.
        let client_id = format!("@hand-over-{}", row.last_event);
        asides::add_note(
            transaction,
            act.agent,
            &row.id,
            &client_id,
            note,
            act.now_ms,
        )
        .await?;
        Ok(())
    }

    /// The colleague to whom a conversation may be given: they serve its queue, may sign in, and are here.
    pub(super) async fn taker(
        &self,
        transaction: &mut Transaction,
        row: &ConversationRow,
        id: &OperatorId,
        field: &str,
    ) -> Result<AgentName, Refused> {
        if row.agent.as_ref().is_some_and(|agent| agent.id == *id) {
            let fault = Fault::invalid("This agent has the conversation already.");
            return Err(Refused::Fields(vec![fault.of(field)]));
        }
        let found = colleagues::serving(transaction, &row.queue, id).await?;
        let Some(name) = found else {
            let fault = Fault::not_found(format!(
                "No such agent serves the queue {}. Hand it to a queue of theirs.",
                row.queue_name
            ));
            return Err(Refused::Fields(vec![fault.of(field)]));
        };
        if !self.presence.is_here(id) {
            let text = format!("{name} is not here. Choose somebody who is, or a queue.");
            return Err(Refused::new(ErrorCode::Conflict, text));
        }
        Ok(AgentName {
            id: id.clone(),
            name,
        })
    }
}

/// One colleague is asked at a time.
fn refuse_offered(row: &ConversationRow) -> Result<(), Refused> {
    match &row.offer {
        None => Ok(()),
        Some(offer) => Err(Refused::new(
            ErrorCode::Conflict,
            format!(
                "{} is asked already. Withdraw that offer first.",
                offer.to.name
            ),
        )),
    }
}
