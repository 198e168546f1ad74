//! Which conversation of a queue is next, who of its agents can be given one, and that they were.
//!
//! Nothing here is linear in what waits: the first of a queue is the first of its index. Who can be given one is read from
//! the queue's agents.

use std::collections::HashSet;

use bonafide_protocol::id::{ConversationId, OperatorId, QueueId};
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _};

use crate::storage::{Connection, StorageError};

/// A conversation that waits, and its place in the order of serving, which is the order of this type.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct InLine {
    /// The priority with its sign changed: the highest comes first.
    less_urgent: i64,
    turn: i64,
    started_at: i64,
    pub(crate) id: ConversationId,
}

/// An agent of a queue who takes conversations now, as far as the table says.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) id: OperatorId,
    pub(crate) name: String,
}

impl FromRow<'_, SqliteRow> for InLine {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        let priority: i32 = row.try_get("priority")?;
        Ok(Self {
            less_urgent: -i64::from(priority),
            turn: row.try_get("turn")?,
            started_at: row.try_get("started_at")?,
            id: ConversationId::from_text(row.try_get::<String, _>("id")?),
        })
    }
}

impl FromRow<'_, SqliteRow> for Candidate {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        Ok(Self {
            id: OperatorId::from_text(row.try_get::<String, _>("id")?),
            name: row.try_get("name")?,
        })
    }
}

/// The first that waits in a queue, or the first behind another one.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn first_in_line(
    connection: &mut Connection,
    queue: &QueueId,
    behind: Option<&InLine>,
) -> Result<Option<InLine>, StorageError> {
    let row = match behind {
        None => {
            sqlx::query_as(
                "SELECT id, priority, turn, started_at FROM conversations WHERE queue_id = $1 AND state = 'waiting'
                 ORDER BY priority DESC, turn, started_at, id LIMIT 1",
            )
            .bind(queue.as_str())
            .fetch_optional(connection)
            .await?
        }
        Some(behind) => {
            sqlx::query_as(
                "SELECT id, priority, turn, started_at FROM conversations WHERE queue_id = $1 AND state = 'waiting'
                     AND (priority < $2 OR priority = $2 AND (turn, started_at, id) > ($3, $4, $5))
                 ORDER BY priority DESC, turn, started_at, id LIMIT 1",
            )
            .bind(queue.as_str())
            .bind(-behind.less_urgent)
            .bind(behind.turn)
            .bind(behind.started_at)
            .bind(behind.id.as_str())
            .fetch_optional(connection)
            .await?
        }
    };
    Ok(row)
}

/// The agents of a queue who may sign in, are not away and have fewer conversations than their capacity. Whoever has the
/// fewest comes first; of those who have as many, whoever got none for the longest time.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn candidates(
    connection: &mut Connection,
    queue: &QueueId,
) -> Result<Vec<Candidate>, StorageError> {
    let rows = sqlx::query_as(
        "SELECT id, name FROM (
             SELECT id, name, capacity, last_got_at, (SELECT count(*) FROM conversations
                 WHERE conversations.agent_id = operators.id AND conversations.state = 'active') AS active
             FROM operators
             WHERE disabled = $2 AND away_since IS NULL AND id IN (
                 SELECT operator_id FROM queue_members WHERE queue_id = $1
                 UNION ALL SELECT everybody.id FROM operators AS everybody
                     WHERE EXISTS (SELECT 1 FROM queues WHERE queues.id = $1 AND queues.everyone))) AS agents
         WHERE capacity IS NULL OR active < capacity
         ORDER BY active, last_got_at, id",
    )
    .bind(queue.as_str())
    .bind(false)
    .fetch_all(connection)
    .await?;
    Ok(rows)
}

/// Who lost a conversation by an absence.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn lost_by(
    connection: &mut Connection,
    id: &ConversationId,
) -> Result<HashSet<OperatorId>, StorageError> {
    let ids: Vec<String> =
        sqlx::query_scalar("SELECT operator_id FROM lost_by_absence WHERE conversation_id = $1")
            .bind(id.as_str())
            .fetch_all(connection)
            .await?;
    Ok(ids.into_iter().map(OperatorId::from_text).collect())
}

/// Notes that an agent lost a conversation by an absence.
///
/// # Errors
/// When it cannot be stored.
pub(crate) async fn note_lost(
    connection: &mut Connection,
    id: &ConversationId,
    agent: &OperatorId,
) -> Result<(), StorageError> {
    sqlx::query(
        "INSERT INTO lost_by_absence (conversation_id, operator_id) VALUES ($1, $2)
         ON CONFLICT (conversation_id, operator_id) DO NOTHING",
    )
    .bind(id.as_str())
    .bind(agent.as_str())
    .execute(connection)
    .await?;
    Ok(())
}

/// Gives a waiting conversation to an agent. False when it does not wait any more.
///
/// # Errors
/// When it cannot be stored.
pub(crate) async fn push(
    connection: &mut Connection,
    id: &ConversationId,
    agent: &Candidate,
    now_ms: i64,
) -> Result<bool, StorageError> {
    let result = sqlx::query(
        "UPDATE conversations SET state = 'active', agent_id = $2, agent_name = $3, accepted_at = $4, pushed = $5
         WHERE id = $1 AND state = 'waiting'",
    )
    .bind(id.as_str())
    .bind(agent.id.as_str())
    .bind(&agent.name)
    .bind(now_ms)
    .bind(true)
    .execute(connection)
    .await?;
    Ok(result.rows_affected() == 1)
}
