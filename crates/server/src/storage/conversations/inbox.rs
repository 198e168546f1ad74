//! Which conversations an agent sees, in which order, and who is before whom in a queue.

use bonafide_protocol::id::{ConversationId, OperatorId};

use super::{ConversationRow, lists};
use crate::domain::conversation::State;
use crate::storage::paging::{Slice, one_more};
use crate::storage::{Connection, StorageError};

/// Which part of the inbox is wanted.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum InboxState {
    /// Waiting in the agent's queues.
    Waiting,
    /// The agent's own.
    Active,
    /// The agent's own that are over.
    Closed,
    /// Waiting, then active.
    Open,
    /// Those of the agent's queues that ended while nobody had them, newest end first.
    Unanswered,
    /// Those that colleagues offer to the agent.
    Offered,
    /// Waiting, then active, of all queues and all agents.
    All,
}

/// Where a page begins: after the row with this rank. Waiting rows rank by priority, then by turn, then by wait; the
/// agent's own come after them, by when they were started; unanswered ones rank by their end.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Before {
    /// 0 for waiting, 1 for the agent's own, 2 for unanswered.
    pub(crate) group: i64,
    /// The priority of one that waits, the end of one that is unanswered (Unix milliseconds), 0 for the agent's own. The
    /// highest comes first.
    pub(crate) rank: i64,
    /// The turn of one that waits; 0 for others.
    pub(crate) turn: i64,
    /// Unix milliseconds.
    pub(crate) started_at: i64,
    pub(crate) id: String,
}

impl Before {
    /// The place of `row` in the list.
    pub(crate) fn of(row: &ConversationRow) -> Self {
        let (group, rank, turn) = match &row.state {
            State::Waiting => (0, i64::from(row.priority), row.turn()),
            State::Closed { agent: None } => (2, row.closed_at.unwrap_or(0), 0),
            State::Active { .. } | State::Closed { .. } => (1, 0, 0),
        };
        Self {
            group,
            rank,
            turn,
            started_at: row.started_at,
            id: row.id.as_str().to_owned(),
        }
    }

    /// The place before the first row of a group.
    pub(super) fn begin(group: i64) -> Self {
        Self {
            group,
            rank: i64::MAX,
            turn: 0,
            started_at: i64::MIN,
            id: String::new(),
        }
    }
}

/// What `agent` sees, in order. What they closed in a queue that is gone since stays theirs to read.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn inbox(
    connection: &mut Connection,
    agent: &OperatorId,
    state: InboxState,
    after: Option<&Before>,
    limit: u32,
) -> Result<Slice<ConversationRow>, StorageError> {
    let (waiting, own) = match state {
        InboxState::Waiting => (true, ""),
        InboxState::Active => (false, "active"),
        InboxState::Closed => (false, "closed"),
        InboxState::Open => (true, "active"),
        InboxState::Offered => return lists::offered(connection, agent, after, limit).await,
        InboxState::All => return lists::all(connection, after, limit).await,
        InboxState::Unanswered => return unanswered(connection, agent, after, limit).await,
    };
    let (waiting, after_waiting, after_own) = match after {
        None => (waiting, Before::begin(0), Before::begin(1)),
        Some(after) if after.group == 0 => (waiting, after.clone(), Before::begin(1)),
        Some(after) => (false, Before::begin(0), after.clone()),
    };
    // Only a page's worth of either list is read; the rest is passed over in its index.
    let rows = sqlx::query_as(
        "SELECT conversations.*, COALESCE(queues.name, conversations.queue_name) AS queue_name_now,
             contacts.name AS contact_name, contacts.email AS contact_email, contacts.phone AS contact_phone
         FROM conversations
         LEFT JOIN queues ON queues.id = conversations.queue_id
         LEFT JOIN contacts ON contacts.id = conversations.contact_id
         WHERE conversations.id IN (
             SELECT id FROM (
                 SELECT id FROM conversations
                 WHERE state = 'waiting' AND $2
                     AND (priority < $4 OR priority = $4 AND (turn, started_at, id) > ($5, $6, $7))
                     AND queue_id IN (SELECT id FROM queues WHERE everyone
                             OR EXISTS (SELECT 1 FROM operators WHERE operators.id = $1 AND operators.role = 'supervisor')
                         UNION ALL SELECT queue_id FROM queue_members WHERE operator_id = $1)
                 ORDER BY priority DESC, turn, started_at, id LIMIT $10) AS first_waiting
             UNION ALL
             SELECT id FROM (
                 SELECT id FROM conversations
                 WHERE agent_id = $1 AND state = $3 AND (started_at, id) > ($8, $9)
                     AND (queue_id IN (SELECT id FROM queues WHERE everyone
                                 OR EXISTS (SELECT 1 FROM operators WHERE operators.id = $1 AND operators.role = 'supervisor')
                             UNION ALL SELECT queue_id FROM queue_members WHERE operator_id = $1)
                         OR NOT EXISTS (SELECT 1 FROM queues WHERE queues.id = conversations.queue_id))
                 ORDER BY started_at, id LIMIT $10) AS first_own)
         ORDER BY CASE WHEN conversations.state = 'waiting' THEN 0 ELSE 1 END,
             CASE WHEN conversations.state = 'waiting' THEN -conversations.priority ELSE 0 END,
             CASE WHEN conversations.state = 'waiting' THEN conversations.turn ELSE 0 END,
             conversations.started_at, conversations.id
         LIMIT $10",
    )
    .bind(agent.as_str())
    .bind(waiting)
    .bind(own)
    .bind(after_waiting.rank)
    .bind(after_waiting.turn)
    .bind(after_waiting.started_at)
    .bind(&after_waiting.id)
    .bind(after_own.started_at)
    .bind(&after_own.id)
    .bind(one_more(limit))
    .fetch_all(connection)
    .await?;
    Ok(Slice::new(rows, limit))
}

async fn unanswered(
    connection: &mut Connection,
    agent: &OperatorId,
    after: Option<&Before>,
    limit: u32,
) -> Result<Slice<ConversationRow>, StorageError> {
    let start = Before::begin(2);
    let after = after.unwrap_or(&start);
    let rows = sqlx::query_as(
        "SELECT conversations.*, COALESCE(queues.name, conversations.queue_name) AS queue_name_now,
             contacts.name AS contact_name, contacts.email AS contact_email, contacts.phone AS contact_phone
         FROM conversations
         LEFT JOIN queues ON queues.id = conversations.queue_id
         LEFT JOIN contacts ON contacts.id = conversations.contact_id
         WHERE conversations.state = 'closed' AND conversations.agent_id IS NULL
             AND (conversations.closed_at, conversations.id) < ($2, $3)
             AND conversations.queue_id IN (SELECT id FROM queues WHERE everyone
                     OR EXISTS (SELECT 1 FROM operators WHERE operators.id = $1 AND operators.role = 'supervisor')
                 UNION ALL SELECT queue_id FROM queue_members WHERE operator_id = $1)
         ORDER BY conversations.closed_at DESC, conversations.id DESC LIMIT $4",
    )
    .bind(agent.as_str())
    .bind(after.rank)
    .bind(&after.id)
    .bind(one_more(limit))
    .fetch_all(connection)
    .await?;
    Ok(Slice::new(rows, limit))
}

/// Whether `agent` sees a conversation in their inbox: it waits in a queue of theirs, or they have it or are offered it and
/// serve its queue still, if that is still there. A supervisor sees all.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn is_visible_to(
    connection: &mut Connection,
    agent: &OperatorId,
    id: &ConversationId,
) -> Result<bool, StorageError> {
    let found: Option<i64> = sqlx::query_scalar(
        "SELECT 1 FROM conversations LEFT JOIN queues ON queues.id = conversations.queue_id
         WHERE conversations.id = $2
             AND (EXISTS (SELECT 1 FROM operators WHERE operators.id = $1 AND operators.role = 'supervisor')
                 OR (conversations.state = 'waiting' OR conversations.agent_id = $1 OR conversations.offered_to_id = $1)
                     AND (queues.everyone OR EXISTS (SELECT 1 FROM queue_members
                             WHERE queue_members.queue_id = conversations.queue_id AND queue_members.operator_id = $1)
                         OR queues.id IS NULL AND conversations.agent_id = $1))",
    )
    .bind(agent.as_str())
    .bind(id.as_str())
    .fetch_optional(connection)
    .await?;
    Ok(found.is_some())
}
