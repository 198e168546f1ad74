//! What operators say of themselves, here or away, and what their colleagues see of it.
//!
//! Must not know who is connected: that stands in memory, and whoever asks adds it.

use bonafide_protocol::id::OperatorId;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _};

use super::paging::{After, Slice, one_more};
use super::{Connection, StorageError};

/// That somebody is away.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Away {
    /// Unix milliseconds.
    pub since: i64,
    /// Why, in their words.
    pub reason: Option<String>,
}

/// An operator as colleagues see them.
#[derive(Clone, Debug)]
pub(crate) struct ColleagueRow {
    pub(crate) id: OperatorId,
    pub(crate) name: String,
    /// `None` while they are here.
    pub(crate) away: Option<Away>,
    /// How many conversations they have.
    pub(crate) active: u32,
    /// How many they are given at most.
    pub(crate) capacity: Option<u32>,
}

impl Away {
    /// From the columns of an operator.
    pub(super) fn from_row(row: &SqliteRow) -> sqlx::Result<Option<Self>> {
        let since: Option<i64> = row.try_get("away_since")?;
        let reason = row.try_get("away_reason")?;
        Ok(since.map(|since| Self { since, reason }))
    }
}

impl FromRow<'_, SqliteRow> for ColleagueRow {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        Ok(Self {
            id: OperatorId::from_text(row.try_get::<String, _>("id")?),
            name: row.try_get("name")?,
            away: Away::from_row(row)?,
            active: row.try_get("active")?,
            capacity: row.try_get("capacity")?,
        })
    }
}

/// Notes that an operator went away, or is here again.
///
/// # Errors
/// When it cannot be stored.
pub(crate) async fn set(
    connection: &mut Connection,
    operator: &OperatorId,
    away: Option<&Away>,
) -> Result<(), StorageError> {
    sqlx::query("UPDATE operators SET away_since = $2, away_reason = $3 WHERE id = $1")
        .bind(operator.as_str())
        .bind(away.map(|away| away.since))
        .bind(away.and_then(|away| away.reason.as_deref()))
        .execute(connection)
        .await?;
    Ok(())
}

/// An operator as their colleagues see them.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn find(
    connection: &mut Connection,
    operator: &OperatorId,
) -> Result<Option<ColleagueRow>, StorageError> {
    let row = sqlx::query_as(
        "SELECT id, name, away_since, away_reason, capacity, (SELECT count(*) FROM conversations
             WHERE conversations.agent_id = operators.id AND conversations.state = 'active') AS active
         FROM operators WHERE id = $1",
    )
    .bind(operator.as_str())
    .fetch_optional(connection)
    .await?;
    Ok(row)
}

/// Whether two operators serve a queue together. Everybody does with themselves, and a supervisor, who serves all, with everybody.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn are_colleagues(
    connection: &mut Connection,
    one: &OperatorId,
    other: &OperatorId,
) -> Result<bool, StorageError> {
    let found: Option<i64> = sqlx::query_scalar(
        "SELECT 1 WHERE $1 = $2 OR EXISTS (SELECT 1 FROM queues WHERE everyone)
             OR EXISTS (SELECT 1 FROM operators WHERE id IN ($1, $2) AND role = 'supervisor')
             OR EXISTS (SELECT 1 FROM queue_members AS ours JOIN queue_members AS theirs ON theirs.queue_id = ours.queue_id
                 WHERE ours.operator_id = $1 AND theirs.operator_id = $2)",
    )
    .bind(one.as_str())
    .bind(other.as_str())
    .fetch_optional(connection)
    .await?;
    Ok(found.is_some())
}

/// An operator and those who serve a queue together with them and may sign in, by name.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn colleagues(
    connection: &mut Connection,
    operator: &OperatorId,
    after: &After,
    limit: u32,
) -> Result<Slice<ColleagueRow>, StorageError> {
    let rows = sqlx::query_as(
        "SELECT id, name, away_since, away_reason, capacity, (SELECT count(*) FROM conversations
             WHERE conversations.agent_id = operators.id AND conversations.state = 'active') AS active
         FROM operators
         WHERE disabled = $2 AND (name, id) > ($3, $4)
             AND (id = $1 OR role = 'supervisor' OR EXISTS (SELECT 1 FROM queues WHERE everyone)
                 OR EXISTS (SELECT 1 FROM operators AS own WHERE own.id = $1 AND own.role = 'supervisor')
                 OR EXISTS (SELECT 1 FROM queue_members AS ours JOIN queue_members AS theirs ON theirs.queue_id = ours.queue_id
                     WHERE ours.operator_id = $1 AND theirs.operator_id = operators.id))
         ORDER BY name, id LIMIT $5",
    )
    .bind(operator.as_str())
    .bind(false)
    .bind(&after.key)
    .bind(&after.id)
    .bind(one_more(limit))
    .fetch_all(connection)
    .await?;
    Ok(Slice::new(rows, limit))
}
