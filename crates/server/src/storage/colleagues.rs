//! Who serves which queue, as those see it who hand a conversation over. Reads only.

use bonafide_protocol::id::{OperatorId, QueueId};
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _};

use super::{Connection, StorageError};

/// An operator who serves a queue.
#[derive(Clone, Debug)]
pub(crate) struct ColleagueRow {
    pub(crate) id: OperatorId,
    pub(crate) name: String,
    /// Whether they say that they are away.
    pub(crate) is_away: bool,
    /// How many conversations they have.
    pub(crate) active: u32,
}

/// An operator who may sign in.
#[derive(Clone, Debug)]
pub(crate) struct EnabledRow {
    pub(crate) id: OperatorId,
    pub(crate) is_supervisor: bool,
}

/// A queue by name.
#[derive(Clone, Debug)]
pub(crate) struct QueueNameRow {
    pub(crate) id: QueueId,
    pub(crate) name: String,
    /// Whether all operators serve it.
    pub(crate) everyone: bool,
}

impl FromRow<'_, SqliteRow> for ColleagueRow {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        Ok(Self {
            id: OperatorId::from_text(row.try_get::<String, _>("id")?),
            name: row.try_get("name")?,
            is_away: row.try_get("is_away")?,
            active: row.try_get("active")?,
        })
    }
}

impl FromRow<'_, SqliteRow> for EnabledRow {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        Ok(Self {
            id: OperatorId::from_text(row.try_get::<String, _>("id")?),
            is_supervisor: row.try_get("is_supervisor")?,
        })
    }
}

impl FromRow<'_, SqliteRow> for QueueNameRow {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        Ok(Self {
            id: QueueId::from_text(row.try_get::<String, _>("id")?),
            name: row.try_get("name")?,
            everyone: row.try_get("everyone")?,
        })
    }
}

/// Those who serve a queue and may sign in, by name.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn of_queue(
    connection: &mut Connection,
    queue: &QueueId,
) -> Result<Vec<ColleagueRow>, StorageError> {
    let rows = sqlx::query_as(
        "SELECT operators.id, operators.name, operators.away_since IS NOT NULL AS is_away, (SELECT count(*) FROM conversations
             WHERE conversations.agent_id = operators.id AND conversations.state = 'active') AS active
         FROM operators WHERE operators.disabled = $2 AND (operators.role = 'supervisor'
             OR EXISTS (SELECT 1 FROM queues WHERE queues.id = $1 AND queues.everyone = $3)
             OR EXISTS (SELECT 1 FROM queue_members
                 WHERE queue_members.queue_id = $1 AND queue_members.operator_id = operators.id))
         ORDER BY lower(operators.name), operators.id",
    )
    .bind(queue.as_str())
    .bind(false)
    .bind(true)
    .fetch_all(connection)
    .await?;
    Ok(rows)
}

/// The name of an operator who serves a queue and may sign in; `None` of any other.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn serving(
    connection: &mut Connection,
    queue: &QueueId,
    id: &OperatorId,
) -> Result<Option<String>, StorageError> {
    let name = sqlx::query_scalar(
        "SELECT operators.name FROM operators WHERE operators.id = $2 AND operators.disabled = $3
             AND (operators.role = 'supervisor'
                 OR EXISTS (SELECT 1 FROM queues WHERE queues.id = $1 AND queues.everyone = $4)
                 OR EXISTS (SELECT 1 FROM queue_members
                     WHERE queue_members.queue_id = $1 AND queue_members.operator_id = $2))",
    )
    .bind(queue.as_str())
    .bind(id.as_str())
    .bind(false)
    .bind(true)
    .fetch_optional(connection)
    .await?;
    Ok(name)
}

/// All who may sign in.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn enabled(connection: &mut Connection) -> Result<Vec<EnabledRow>, StorageError> {
    let rows = sqlx::query_as(
        "SELECT id, role = 'supervisor' AS is_supervisor FROM operators WHERE disabled = $1",
    )
    .bind(false)
    .fetch_all(connection)
    .await?;
    Ok(rows)
}

/// Which queues name whom as a member.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn members(
    connection: &mut Connection,
) -> Result<Vec<(QueueId, OperatorId)>, StorageError> {
    let rows: Vec<(String, String)> =
        sqlx::query_as("SELECT queue_id, operator_id FROM queue_members")
            .fetch_all(connection)
            .await?;
    Ok(rows
        .into_iter()
        .map(|(queue, operator)| (QueueId::from_text(queue), OperatorId::from_text(operator)))
        .collect())
}

/// All queues, by name.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn queues(connection: &mut Connection) -> Result<Vec<QueueNameRow>, StorageError> {
    let rows = sqlx::query_as("SELECT id, name, everyone FROM queues ORDER BY name_key, id")
        .fetch_all(connection)
        .await?;
    Ok(rows)
}
