//! Which conversations an agent sees, in which order, and who is before whom in a queue.

use bonafide_protocol::id::{ConversationId, OperatorId};

use super::ConversationRow;
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
}

/// Where a page begins: after the row with this rank. Waiting rows rank by priority, then by wait; the
/// agent's own come after them, by when they were started.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Before {
    /// 0 for waiting, 1 for the agent's own.
    pub(crate) group: i64,
    /// The priority negated, so that all ranks ascend; 0 for the agent's own.
    pub(crate) rank: i64,
    /// Unix milliseconds.
    pub(crate) started_at: i64,
    pub(crate) id: String,
}

impl Before {
    /// The place of `row` in the list.
    pub(crate) fn of(row: &ConversationRow) -> Self {
        let is_waiting = row.state == crate::domain::conversation::State::Waiting;
        Self {
            group: i64::from(!is_waiting),
            rank: if is_waiting {
                -i64::from(row.priority)
            } else {
                0
            },
            started_at: row.started_at,
            id: row.id.as_str().to_owned(),
        }
    }
}

/// What `agent` sees, in routing order. What they closed in a queue that is gone since stays theirs to read.
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
    };
    let start = Before {
        group: -1,
        rank: 0,
        started_at: 0,
        id: String::new(),
    };
    let after = after.unwrap_or(&start);
    let rows = sqlx::query_as(
        "SELECT * FROM (
             SELECT conversations.*, COALESCE(queues.name, conversations.queue_name) AS queue_name_now,
                 contacts.name AS contact_name, contacts.email AS contact_email, contacts.phone AS contact_phone,
                 CASE WHEN conversations.state = 'waiting' THEN 0 ELSE 1 END AS inbox_group,
                 CASE WHEN conversations.state = 'waiting' THEN -conversations.priority ELSE 0 END AS inbox_rank
             FROM conversations
             LEFT JOIN queues ON queues.id = conversations.queue_id
             LEFT JOIN contacts ON contacts.id = conversations.contact_id
             WHERE conversations.id IN (
                     SELECT id FROM conversations WHERE $2 AND state = 'waiting' AND open_queue_id IS NOT NULL
                     UNION ALL
                     SELECT id FROM conversations WHERE agent_id = $1 AND state = $3)
                 AND (queues.everyone OR EXISTS (SELECT 1 FROM queue_members
                         WHERE queue_members.queue_id = conversations.queue_id AND queue_members.operator_id = $1)
                     OR queues.id IS NULL AND conversations.agent_id = $1)
         ) AS seen
         WHERE (inbox_group, inbox_rank, started_at, id) > ($4, $5, $6, $7)
         ORDER BY inbox_group, inbox_rank, started_at, id LIMIT $8",
    )
    .bind(agent.as_str())
    .bind(waiting)
    .bind(own)
    .bind(after.group)
    .bind(after.rank)
    .bind(after.started_at)
    .bind(&after.id)
    .bind(one_more(limit))
    .fetch_all(connection)
    .await?;
    Ok(Slice::new(rows, limit))
}

/// Whether `agent` sees a conversation in their inbox: it waits in a queue of theirs, or they have it and
/// serve its queue still, if that is still there.
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
             AND (conversations.state = 'waiting' OR conversations.agent_id = $1)
             AND (queues.everyone OR EXISTS (SELECT 1 FROM queue_members
                     WHERE queue_members.queue_id = conversations.queue_id AND queue_members.operator_id = $1)
                 OR queues.id IS NULL AND conversations.agent_id = $1)",
    )
    .bind(agent.as_str())
    .bind(id.as_str())
    .fetch_optional(connection)
    .await?;
    Ok(found.is_some())
}

/// Where a conversation stands in its queue.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// From 1.
    pub(crate) position: u32,
    /// Whether somebody waits behind it.
    pub(crate) has_others_behind: bool,
}

/// The place of a waiting conversation in its queue.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn place(
    connection: &mut Connection,
    row: &ConversationRow,
) -> Result<Place, StorageError> {
    let (before, all): (u32, u32) = sqlx::query_as(
        "SELECT count(CASE WHEN priority > $2 OR priority = $2 AND (started_at, id) < ($3, $4) THEN 1 END), count(*)
         FROM conversations WHERE queue_id = $1 AND state = 'waiting'",
    )
    .bind(row.queue.as_str())
    .bind(row.priority)
    .bind(row.started_at)
    .bind(row.id.as_str())
    .fetch_one(connection)
    .await?;
    let position = before.saturating_add(1);
    Ok(Place {
        position,
        has_others_behind: all > position,
    })
}

/// Conversations that are not over, but whose visitor has no session any more: nobody can answer in them.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn abandoned(
    connection: &mut Connection,
) -> Result<Vec<ConversationId>, StorageError> {
    let ids: Vec<String> = sqlx::query_scalar(
        "SELECT id FROM conversations
         WHERE open_queue_id IS NOT NULL AND NOT EXISTS (
             SELECT 1 FROM visitor_sessions WHERE visitor_sessions.conversation_id = conversations.id)",
    )
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(ConversationId::from_text).collect())
}

/// Conversations whose agent cannot go on with them: disabled, gone, or no member of the queue any more.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn orphaned(
    connection: &mut Connection,
) -> Result<Vec<ConversationId>, StorageError> {
    let ids: Vec<String> = sqlx::query_scalar(
        "SELECT id FROM conversations
         WHERE open_queue_id IS NOT NULL AND state = 'active' AND NOT EXISTS (
             SELECT 1 FROM operators JOIN queues ON queues.id = conversations.queue_id
             WHERE operators.id = conversations.agent_id AND operators.disabled = $1
                 AND (queues.everyone = $2 OR EXISTS (SELECT 1 FROM queue_members
                     WHERE queue_members.queue_id = queues.id AND queue_members.operator_id = operators.id)))",
    )
    .bind(false)
    .bind(true)
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(ConversationId::from_text).collect())
}
