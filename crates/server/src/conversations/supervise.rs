//! What supervisors do with the conversations of others: take over, assign, join, leave. Callers have checked that whoever asks
//! is a supervisor.

use bonafide_protocol::ErrorCode;
use bonafide_protocol::agent::{AgentConversation, AgentName};
use bonafide_protocol::conversation_event::ConversationEventKind;
use bonafide_protocol::hand_over::{Assign, TakeOver};
use bonafide_protocol::id::ConversationId;
use metrics::counter;

use super::accept::named;
use super::{Agent, Caller, Conversations, Refused};
use crate::domain::conversation::{Change, State};
use crate::storage::{Connection, availability, conversations};

/// Supervisors who write in one conversation: more than anybody can follow.
const MOST_JOINED: usize = 10;

impl Conversations {
    /// The supervisor has it from now on, if it is still with whom they know to have it. Of two who try at once one gets it.
    pub(crate) async fn take_over(
        &self,
        caller: &Caller,
        agent: &Agent,
        id: &ConversationId,
        TakeOver { from }: TakeOver,
    ) -> Result<AgentConversation, Refused> {
        let act = self.act(caller, agent);
        let mut transaction = self.storage.write().await?;
        let row = Self::find_for_agent(&mut transaction, agent, id).await?;
        match row.state.assign(&agent.id, Some(&from)) {
            Ok(Change::To(_)) => {}
            Ok(Change::Nothing) => {
                transaction.commit().await?;
                return Ok(self.for_agent(&row));
            }
            Err(refused) => return Err(named(refused, &row)),
        }
        let to = agent.as_name();
        if !conversations::give(&mut transaction, &row, &to, false, act.now_ms).await? {
            return Err(Refused::raced());
        }
        let had = row.agent.as_ref().map(|agent| agent.name.as_str());
        let event = act
            .event(ConversationEventKind::TakenOver)
            .name(Some(agent.name.as_str()))
            .detail(had);
        let entry = act
            .entry("conversation.taken-over")
            .text("from", had.unwrap_or_default());
        act.record(&mut transaction, &row, event, entry).await?;
        counter!("bonafide_conversations_taken_over_total").increment(1);
        self.finish(transaction, &row).await
    }

    /// An agent who is here and serves the queue has it from now on, if it still stands as the supervisor knows.
    pub(crate) async fn assign(
        &self,
        caller: &Caller,
        agent: &Agent,
        id: &ConversationId,
        Assign { to, from }: Assign,
    ) -> Result<AgentConversation, Refused> {
        let act = self.act(caller, agent);
        let mut transaction = self.storage.write().await?;
        let row = Self::find_for_agent(&mut transaction, agent, id).await?;
        match row.state.assign(&to, from.as_ref()) {
            Ok(Change::To(_)) => {}
            Ok(Change::Nothing) => {
                transaction.commit().await?;
                return Ok(self.for_agent(&row));
            }
            Err(refused) => return Err(named(refused, &row)),
        }
        let to = self.taker(&mut transaction, &row, &to, "to").await?;
        self.refuse_unattended(&mut transaction, &to).await?;
        let is_given = match row.state {
            State::Waiting => {
                conversations::accept(&mut transaction, id, &to, true, act.now_ms).await?
            }
            _ => conversations::give(&mut transaction, &row, &to, true, act.now_ms).await?,
        };
        if !is_given {
            return Err(Refused::raced());
        }
        let event = act
            .event(ConversationEventKind::Assigned)
            .name(Some(to.name.as_str()))
            .detail(Some(agent.name.as_str()));
        let mut entry = act
            .entry("conversation.assigned")
            .text("to", to.name.as_str());
        if let Some(had) = &row.agent {
            entry = entry.text("from", had.name.as_str());
        }
        act.record(&mut transaction, &row, event, entry).await?;
        counter!("bonafide_conversations_assigned_total").increment(1);
        self.finish(transaction, &row).await
    }

    /// An offer lapses where nobody looks; what is assigned would stay there.
    async fn refuse_unattended(
        &self,
        connection: &mut Connection,
        to: &AgentName,
    ) -> Result<(), Refused> {
        let row = availability::find(connection, &to.id).await?;
        let why = if row.is_some_and(|row| row.away.is_some()) {
            "is away"
        } else if self.presence.has_program(&to.id) && !self.presence.is_at_console(&to.id) {
            "is at no console: only a program listens"
        } else {
            return Ok(());
        };
        let text = format!("{} {why}. Choose somebody else, or a queue.", to.name);
        Err(Refused::new(ErrorCode::Conflict, text))
    }

    /// The supervisor writes in it from now on, beside whoever has it.
    pub(crate) async fn join(
        &self,
        caller: &Caller,
        agent: &Agent,
        id: &ConversationId,
    ) -> Result<AgentConversation, Refused> {
        self.change_joined(caller, agent, id, true).await
    }

    /// The supervisor writes in it no more. Who did not join, or it is over, nothing changes.
    pub(crate) async fn leave(
        &self,
        caller: &Caller,
        agent: &Agent,
        id: &ConversationId,
    ) -> Result<AgentConversation, Refused> {
        self.change_joined(caller, agent, id, false).await
    }

    async fn change_joined(
        &self,
        caller: &Caller,
        agent: &Agent,
        id: &ConversationId,
        joins: bool,
    ) -> Result<AgentConversation, Refused> {
        let act = self.act(caller, agent);
        let mut transaction = self.storage.write().await?;
        let row = Self::find_for_agent(&mut transaction, agent, id).await?;
        let has_joined = row.joined.iter().any(|joined| joined.id == agent.id);
        let has_it = row.agent.as_ref().is_some_and(|it| it.id == agent.id);
        if joins {
            row.state.join().map_err(|refused| named(refused, &row))?;
        }
        if has_joined == joins || joins && has_it {
            transaction.commit().await?;
            return Ok(self.for_agent(&row));
        }
        let mut joined = row.joined.clone();
        let (kind, action) = if joins {
            joined.push(agent.as_name());
            (ConversationEventKind::Joined, "conversation.joined")
        } else {
            joined.retain(|joined| joined.id != agent.id);
            (ConversationEventKind::Left, "conversation.left")
        };
        if joined.len() > MOST_JOINED {
            return Err(Refused::new(
                ErrorCode::Conflict,
                format!("{MOST_JOINED} supervisors write in this conversation already."),
            ));
        }
        if !conversations::set_joined(&mut transaction, &row, &joined).await? {
            return Err(Refused::raced());
        }
        let event = act.event(kind).name(Some(agent.name.as_str()));
        let entry = act.entry(action);
        act.record(&mut transaction, &row, event, entry).await?;
        let after = Self::find(&mut transaction, id).await?;
        transaction.commit().await?;
        // The visitor sees who joined with their first message.
        self.hub.agents_news(id);
        Ok(self.for_agent(&after))
    }
}
