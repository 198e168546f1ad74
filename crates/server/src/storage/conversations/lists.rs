//! Lists of conversations beside an agent's own inbox: what colleagues offer them, and, for supervisors, all that are open.

use bonafide_protocol::id::OperatorId;

use super::{Before, ConversationRow};
use crate::storage::paging::{Slice, one_more};
use crate::storage::{Connection, StorageError};

/// What is offered to an agent in queues that they serve, the longest chat first.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn offered(
    connection: &mut Connection,
    agent: &OperatorId,
    after: Option<&Before>,
    limit: u32,
) -> Result<Slice<ConversationRow>, StorageError> {
    let start = Before::begin(1);
    let after = after.unwrap_or(&start);
    let rows = sqlx::query_as(
        "SELECT conversations.*, queues.name AS queue_name_now,
             contacts.name AS contact_name, contacts.email AS contact_email, contacts.phone AS contact_phone
         FROM conversations
         JOIN queues ON queues.id = conversations.queue_id
         LEFT JOIN contacts ON contacts.id = conversations.contact_id
         WHERE conversations.offered_to_id = $1 AND (conversations.started_at, conversations.id) > ($2, $3)
             AND (queues.everyone
                 OR EXISTS (SELECT 1 FROM queue_members
                     WHERE queue_members.queue_id = queues.id AND queue_members.operator_id = $1)
                 OR EXISTS (SELECT 1 FROM operators WHERE operators.id = $1 AND operators.role = 'supervisor'))
         ORDER BY conversations.started_at, conversations.id LIMIT $4",
    )
    .bind(agent.as_str())
    .bind(after.started_at)
    .bind(&after.id)
    .bind(one_more(limit))
    .fetch_all(connection)
    .await?;
    Ok(Slice::new(rows, limit))
}

/// All that are open, of all queues: those that wait in routing order, then those that agents have, the longest chat first.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn all(
    connection: &mut Connection,
    after: Option<&Before>,
    limit: u32,
) -> Result<Slice<ConversationRow>, StorageError> {
    let (waiting, after_waiting, after_active) = match after {
        None => (true, Before::begin(0), Before::begin(1)),
        Some(after) if after.group == 0 => (true, after.clone(), Before::begin(1)),
        Some(after) => (false, Before::begin(0), after.clone()),
    };
    // Only a page's worth of either list is read.
    let rows = sqlx::query_as(
        "SELECT conversations.*, COALESCE(queues.name, conversations.queue_name) AS queue_name_now,
             contacts.name AS contact_name, contacts.email AS contact_email, contacts.phone AS contact_phone
         FROM conversations
         LEFT JOIN queues ON queues.id = conversations.queue_id
         LEFT JOIN contacts ON contacts.id = conversations.contact_id
         WHERE conversations.id IN (
             SELECT id FROM (
                 SELECT id FROM conversations
                 WHERE state = 'waiting' AND $1
                     AND (priority < $2 OR priority = $2 AND (turn, started_at, id) > ($3, $4, $5))
                 ORDER BY priority DESC, turn, started_at, id LIMIT $8) AS first_waiting
             UNION ALL
             SELECT id FROM (
                 SELECT id FROM conversations
                 WHERE state = 'active' AND (started_at, id) > ($6, $7)
                 ORDER BY started_at, id LIMIT $8) AS first_active)
         ORDER BY CASE WHEN conversations.state = 'waiting' THEN 0 ELSE 1 END,
             CASE WHEN conversations.state = 'waiting' THEN -conversations.priority ELSE 0 END,
             CASE WHEN conversations.state = 'waiting' THEN conversations.turn ELSE 0 END,
             conversations.started_at, conversations.id
         LIMIT $8",
    )
    .bind(waiting)
    .bind(after_waiting.rank)
    .bind(after_waiting.turn)
    .bind(after_waiting.started_at)
    .bind(&after_waiting.id)
    .bind(after_active.started_at)
    .bind(&after_active.id)
    .bind(one_more(limit))
    .fetch_all(connection)
    .await?;
    Ok(Slice::new(rows, limit))
}
