//! Which conversation of a queue is next, who of its agents can be given one, and that they were.
//!
//! Nothing here is linear in what waits: the first of a queue is the first of its index. Who can be given one is read from
//! the queue's agents.

use bonafide_protocol::agent::AgentName;
use bonafide_protocol::id::{ConversationId, OperatorId, QueueId};
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _};

use crate::storage::lines::Move;
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

impl InLine {
    /// Of a priority, with a turn among those of its priority, started at this time (unix milliseconds).
    pub(crate) fn of(priority: i32, turn: i64, started_at: i64, id: &str) -> Self {
        Self {
            less_urgent: -i64::from(priority),
            turn,
            started_at,
            id: ConversationId::from_text(id.to_owned()),
        }
    }
}

/// What a change of a conversation gives that comes into the line of a queue by it, or leaves it.
#[derive(Debug)]
pub(super) struct Moved {
    queue: QueueId,
    who: InLine,
}

impl Moved {
    pub(super) fn into_line(self) -> Move {
        Move::into(self.queue, self.who)
    }

    pub(super) fn out_of_line(self) -> Move {
        Move::out_of(self.queue, self.who)
    }
}

impl FromRow<'_, SqliteRow> for Moved {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        Ok(Self {
            queue: QueueId::from_text(row.try_get::<String, _>("queue_id")?),
            who: InLine::from_row(row)?,
        })
    }
}

impl FromRow<'_, SqliteRow> for InLine {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        let id: String = row.try_get("id")?;
        Ok(Self::of(
            row.try_get("priority")?,
            row.try_get("turn")?,
            row.try_get("started_at")?,
            &id,
        ))
    }
}

/// All that wait, as they come into the lines of their queues.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn all_in_line(connection: &mut Connection) -> Result<Vec<Move>, StorageError> {
    // Queue by queue, so that the index of the order of serving is all that is read.
    let waiting: Vec<Moved> = sqlx::query_as(
        "SELECT queue_id, priority, turn, started_at, conversations.id AS id
         FROM queues CROSS JOIN conversations
         WHERE conversations.queue_id = queues.id AND conversations.state = 'waiting'",
    )
    .fetch_all(connection)
    .await?;
    Ok(waiting.into_iter().map(Moved::into_line).collect())
}

/// The first that waits in a queue.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn first_in_line(
    connection: &mut Connection,
    queue: &QueueId,
) -> Result<Option<InLine>, StorageError> {
    let row = sqlx::query_as(
        "SELECT id, priority, turn, started_at FROM conversations WHERE queue_id = $1 AND state = 'waiting'
         ORDER BY priority DESC, turn, started_at, id LIMIT 1",
    )
    .bind(queue.as_str())
    .fetch_optional(connection)
    .await?;
    Ok(row)
}

/// The first that waits in a queue and may be pushed to this agent. What may not is passed over: there is no more of it than
/// they lost, or put into the queue, and nobody took since.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn first_for(
    connection: &mut Connection,
    queue: &QueueId,
    agent: &OperatorId,
) -> Result<Option<InLine>, StorageError> {
    let row = sqlx::query_as(
        "SELECT id, priority, turn, started_at FROM conversations WHERE queue_id = $1 AND state = 'waiting'
             AND NOT EXISTS (SELECT 1 FROM push_exclusions
                 WHERE push_exclusions.conversation_id = conversations.id AND push_exclusions.operator_id = $2)
         ORDER BY priority DESC, turn, started_at, id LIMIT 1",
    )
    .bind(queue.as_str())
    .bind(agent.as_str())
    .fetch_optional(connection)
    .await?;
    Ok(row)
}

/// The agents of a queue who may sign in, are not away and have fewer conversations than their capacity: its members, or all
/// where everybody serves it. Supervisors serve every queue, and are pushed only what their own membership says. Whoever has the
/// fewest comes first; of those who have as many, whoever got none for the longest time.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn candidates(
    connection: &mut Connection,
    queue: &QueueId,
) -> Result<Vec<AgentName>, StorageError> {
    let rows: Vec<(String, String)> = sqlx::query_as(
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
    let agents = rows.into_iter().map(|(id, name)| AgentName {
        id: OperatorId::from_text(id),
        name,
    });
    Ok(agents.collect())
}

/// Notes that a conversation is not to be pushed to an agent: they lost it by an absence, or put it into a queue themselves.
///
/// # Errors
/// When it cannot be stored.
pub(crate) async fn exclude_from_push(
    connection: &mut Connection,
    id: &ConversationId,
    agent: &OperatorId,
) -> Result<(), StorageError> {
    sqlx::query(
        "INSERT INTO push_exclusions (conversation_id, operator_id) VALUES ($1, $2)
         ON CONFLICT (conversation_id, operator_id) DO NOTHING",
    )
    .bind(id.as_str())
    .bind(agent.as_str())
    .execute(connection)
    .await?;
    Ok(())
}

/// Forgets to whom a conversation was not to be pushed: to this agent, who has it now, or to all, when it is over.
///
/// # Errors
/// When it cannot be stored.
pub(crate) async fn end_push_exclusions(
    connection: &mut Connection,
    id: &ConversationId,
    agent: Option<&OperatorId>,
) -> Result<(), StorageError> {
    sqlx::query("DELETE FROM push_exclusions WHERE conversation_id = $1 AND operator_id = COALESCE($2, operator_id)")
        .bind(id.as_str())
        .bind(agent.map(OperatorId::as_str))
        .execute(connection)
        .await?;
    Ok(())
}
