//! An agent takes a conversation, and what every act of an agent has in common: the queue must be theirs.

use bonafide_protocol::ErrorCode;
use bonafide_protocol::admin::Actor;
use bonafide_protocol::agent::{AgentConversation, AgentName, ConversationSummary};
use bonafide_protocol::conversation_event::{ConversationEventKind, EventParty};
use bonafide_protocol::id::{ConversationId, OperatorId};
use metrics::counter;

use super::{Caller, Conversations, Refused, view, wrap_up};
use crate::domain::conversation::{self, Change, State};
use crate::storage::audit::{self, Entry};
use crate::storage::conversations::{self, Before, ConversationRow, InboxState, Reading};
use crate::storage::events::{self, NewEvent};
use crate::storage::paging::Slice;
use crate::storage::{Connection, StorageError, Transaction, operators, queues, widgets};

/// An operator acting as an agent.
#[derive(Clone, Debug)]
pub(crate) struct Agent {
    pub(crate) id: OperatorId,
    pub(crate) name: String,
    /// Whether they may read all conversations of all queues.
    pub(crate) is_supervisor: bool,
    /// Whether a program acts for them, with an API token.
    pub(crate) is_program: bool,
}

impl Agent {
    /// As the audit names them.
    pub(crate) fn actor(&self) -> Actor {
        Actor::Operator {
            id: self.id.clone(),
            name: self.name.clone(),
        }
    }

    /// As conversations name who has them.
    pub(crate) fn as_name(&self) -> AgentName {
        AgentName {
            id: self.id.clone(),
            name: self.name.clone(),
        }
    }
}

impl Conversations {
    /// What the agent sees, in routing order, with where the next page begins.
    pub(crate) async fn inbox(
        &self,
        agent: &Agent,
        state: InboxState,
        after: Option<&Before>,
        limit: u32,
    ) -> Result<(Vec<AgentConversation>, Option<Before>), Refused> {
        self.asked(agent);
        let mut reader = self.storage.read().await?;
        let Slice { rows, more } =
            conversations::inbox(&mut reader, &agent.id, state, after, limit).await?;
        let next = if more {
            rows.last().map(Before::of)
        } else {
            None
        };
        let items = rows.iter().map(|row| self.for_agent(row)).collect();
        Ok((items, next))
    }

    /// What the agent reads first.
    pub(crate) async fn summary(
        &self,
        agent: &Agent,
        id: &ConversationId,
    ) -> Result<ConversationSummary, Refused> {
        self.asked(agent);
        let mut reader = self.storage.read().await?;
        let (row, reading) = Self::find_reading(&mut reader, agent, id).await?;
        let others = match row.identity.verified() {
            Some(person) => {
                let most = view::MOST_OTHERS + 1;
                conversations::open_of_person_for(&mut reader, &agent.id, person, most).await?
            }
            None => Vec::new(),
        };
        let look = self.presence.look(id);
        let closing = wrap_up::closing(&mut reader, &row).await?;
        let files = widgets::files(&mut reader, &row.widget).await?;
        Ok(view::summary(
            &row,
            look,
            others,
            closing,
            files,
            reading == Reading::OfTheirPerson,
            self.clock.now_ms(),
        ))
    }

    /// The agent takes a waiting conversation, or what a colleague offers them. Of many who try at once, one gets it and the
    /// others are told who.
    pub(crate) async fn accept(
        &self,
        caller: &Caller,
        agent: &Agent,
        id: &ConversationId,
    ) -> Result<AgentConversation, Refused> {
        self.asked(agent);
        let now = self.clock.now_ms();
        let mut transaction = self.storage.write().await?;
        let row = Self::find_for_agent(&mut transaction, agent, id).await?;
        let offered_to = row.offer.as_ref().map(|offer| &offer.to.id);
        match row.state.accept_offered(&agent.id, offered_to) {
            Ok(Change::To(_)) if row.state != State::Waiting => {
                return self
                    .accept_offer(caller, agent, transaction, row, now)
                    .await;
            }
            Ok(Change::To(_)) => {}
            Ok(Change::Nothing) => {
                transaction.commit().await?;
                return Ok(self.for_agent(&row));
            }
            Err(refused) => return Err(named(refused, &row)),
        }
        let after = Self::take(&mut transaction, caller, agent, &row, now).await?;
        transaction.commit().await?;
        self.tell_accepted(&row);
        Ok(self.for_agent(&after))
    }

    /// Stores that the agent takes a conversation that waits, read in this transaction as `row`. Whoever commits then calls
    /// [`Self::tell_accepted`].
    pub(super) async fn take(
        transaction: &mut Transaction,
        caller: &Caller,
        agent: &Agent,
        row: &ConversationRow,
        now_ms: i64,
    ) -> Result<ConversationRow, Refused> {
        let id = &row.id;
        if !conversations::accept(transaction, id, &agent.as_name(), false, now_ms).await? {
            // Only where the database lets two writers read the same state.
            return Err(Refused::raced());
        }
        Self::note_got(transaction, id, &agent.id, now_ms).await?;
        let accepted = NewEvent::new(
            ConversationEventKind::Accepted,
            EventParty::Operator,
            now_ms,
        )
        .name(Some(agent.name.as_str()));
        events::append(transaction, id, accepted).await?;
        let entry = Entry::new(now_ms, agent.actor(), "conversation.accepted")
            .subject(id)
            .request(&caller.request_id)
            .text("queue", row.queue_name.as_str());
        audit::append(transaction, entry).await?;
        Self::find(transaction, id).await
    }

    /// Notes that an agent got a conversation, in whichever way: of two who have as many, the next is pushed to the other; and
    /// this one may be pushed to them again.
    pub(super) async fn note_got(
        transaction: &mut Transaction,
        id: &ConversationId,
        agent: &OperatorId,
        now_ms: i64,
    ) -> Result<(), StorageError> {
        operators::note_got(transaction, agent, now_ms).await?;
        conversations::end_push_exclusions(transaction, id, Some(agent)).await
    }

    /// Tells everybody that a conversation, last seen as `row`, was taken.
    pub(super) fn tell_accepted(&self, row: &ConversationRow) {
        counter!("bonafide_conversations_accepted_total").increment(1);
        self.hub.conversation_changed(&row.id);
        self.hub.queue_moved(&row.queue);
    }

    /// The conversation, when it stands in a queue the agent serves, or was theirs in a queue that is gone. Of any
    /// other the agent does not learn that it exists. A supervisor serves all queues, and those that are gone.
    pub(super) async fn find_for_agent(
        connection: &mut Connection,
        agent: &Agent,
        id: &ConversationId,
    ) -> Result<ConversationRow, Refused> {
        let row = Self::find(connection, id).await?;
        let was_theirs = agent.is_supervisor
            || matches!(&row.state, State::Closed { agent: Some(holder) } if *holder == agent.id);
        if queues::is_served_by(connection, &row.queue, &agent.id).await?
            || was_theirs && queues::find(connection, &row.queue).await?.is_none()
        {
            Ok(row)
        } else {
            Err(not_in_their_queues())
        }
    }
}

/// What is said of a conversation that is not theirs to know of.
pub(super) fn not_in_their_queues() -> Refused {
    Refused::new(
        ErrorCode::ConversationNotFound,
        "There is no such conversation in your queues.",
    )
}

/// A conversation that another agent has or had is theirs alone to wrap up.
pub(super) fn refuse_all_others(row: &ConversationRow, agent: &Agent) -> Result<(), Refused> {
    match &row.state {
        State::Waiting => Ok(()),
        State::Active { agent: holder }
        | State::Closed {
            agent: Some(holder),
        } if *holder != agent.id => Err(Refused::new(
            ErrorCode::Forbidden,
            format!("{} has this conversation.", holder_name(row)),
        )),
        State::Active { .. } | State::Closed { .. } => Ok(()),
    }
}

/// The conflict, with the name of whoever has it.
pub(super) fn named(refused: conversation::Refused, row: &ConversationRow) -> Refused {
    match refused {
        conversation::Refused::TakenBy(_) => Refused::new(
            ErrorCode::Conflict,
            format!("{} has this conversation.", holder_name(row)),
        ),
        conversation::Refused::NotAccepted if row.handed_back => Refused::new(
            ErrorCode::Conflict,
            "The conversation waits in its queue again. Accept it to go on with it.",
        ),
        other => other.into(),
    }
}

pub(super) fn holder_name(row: &ConversationRow) -> &str {
    row.agent
        .as_ref()
        .map_or("Another agent", |agent| agent.name.as_str())
}
