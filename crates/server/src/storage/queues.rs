//! Queues' rows and their members. A name is unique without regard to case.

use std::collections::HashSet;

use bonafide_protocol::admin::{Assignment, Reference};
use bonafide_protocol::id::{OperatorId, QueueId, WorkStreamId};
use futures_util::TryStreamExt as _;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _};

use super::paging::{After, Slice, one_more};
use super::{Connection, StorageError, Transaction, changed_one, configuration, json};

/// A stored queue, without its members.
#[derive(Clone, Debug)]
pub struct QueueRow {
    /// The queue.
    pub id: QueueId,
    /// Its name.
    pub name: String,
    /// Whether all operators serve it.
    pub everyone: bool,
    /// How long an agent without a live console keeps its conversations.
    pub absence_seconds: u32,
    /// How its conversations come to an agent.
    pub assignment: Assignment,
    /// Counts changes, from 1. A change is stored only on the version before this.
    pub version: i64,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Unix milliseconds.
    pub updated_at: i64,
}

impl FromRow<'_, SqliteRow> for QueueRow {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        Ok(Self {
            id: QueueId::from_text(row.try_get::<String, _>("id")?),
            name: row.try_get("name")?,
            everyone: row.try_get("everyone")?,
            absence_seconds: row.try_get("absence_seconds")?,
            assignment: json::read_word(row, "assignment")?,
            version: row.try_get("version")?,
            created_at: row.try_get("created_at")?,
            updated_at: row.try_get("updated_at")?,
        })
    }
}

/// The queue with this id.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(
    connection: &mut Connection,
    id: &QueueId,
) -> Result<Option<QueueRow>, StorageError> {
    let row = sqlx::query_as("SELECT * FROM queues WHERE id = $1")
        .bind(id.as_str())
        .fetch_optional(connection)
        .await?;
    Ok(row)
}

/// Queues by name.
///
/// # Errors
/// When the database cannot be read.
pub async fn page(
    connection: &mut Connection,
    after: &After,
    limit: u32,
) -> Result<Slice<QueueRow>, StorageError> {
    let rows = sqlx::query_as(
        "SELECT * FROM queues WHERE (name_key, id) > ($1, $2) ORDER BY name_key, id LIMIT $3",
    )
    .bind(&after.key)
    .bind(&after.id)
    .bind(one_more(limit))
    .fetch_all(connection)
    .await?;
    Ok(Slice::new(rows, limit))
}

/// Who serves a queue; `None` when all operators do.
///
/// # Errors
/// When the database cannot be read.
pub async fn members(
    connection: &mut Connection,
    queue: &QueueRow,
) -> Result<Option<Vec<OperatorId>>, StorageError> {
    if queue.everyone {
        return Ok(None);
    }
    let ids: Vec<String> = sqlx::query_scalar(
        "SELECT operator_id FROM queue_members WHERE queue_id = $1 ORDER BY operator_id",
    )
    .bind(queue.id.as_str())
    .fetch_all(connection)
    .await?;
    Ok(Some(ids.into_iter().map(OperatorId::from_text).collect()))
}

/// Whether an operator serves a queue: as a member, or as a supervisor, who serves all. False for a queue that does not exist.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_served_by(
    connection: &mut Connection,
    queue: &QueueId,
    operator: &OperatorId,
) -> Result<bool, StorageError> {
    let found: Option<i64> = sqlx::query_scalar(
        "SELECT 1 FROM queues WHERE id = $1 AND (everyone = $2
             OR EXISTS (SELECT 1 FROM queue_members WHERE queue_id = queues.id AND operator_id = $3)
             OR EXISTS (SELECT 1 FROM operators WHERE operators.id = $3 AND role = 'supervisor'))",
    )
    .bind(queue.as_str())
    .bind(true)
    .bind(operator.as_str())
    .fetch_optional(connection)
    .await?;
    Ok(found.is_some())
}

/// The queues that an operator serves; of those, only the ones with this assignment where one is given.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn served_by(
    connection: &mut Connection,
    operator: &OperatorId,
    assignment: Option<Assignment>,
) -> Result<Vec<QueueId>, StorageError> {
    let word = assignment
        .map(|assignment| json::write_word(&assignment))
        .transpose()?
        .unwrap_or_default();
    let ids: Vec<String> = sqlx::query_scalar(
        "SELECT id FROM queues WHERE (everyone OR EXISTS (SELECT 1 FROM queue_members
                 WHERE queue_members.queue_id = queues.id AND queue_members.operator_id = $1)
             OR EXISTS (SELECT 1 FROM operators WHERE operators.id = $1 AND role = 'supervisor'))
             AND ($2 = '' OR assignment = $2)",
    )
    .bind(operator.as_str())
    .bind(word)
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(QueueId::from_text).collect())
}

/// The queues that an operator serves, by name.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn page_served_by(
    connection: &mut Connection,
    operator: &OperatorId,
    after: &After,
    limit: u32,
) -> Result<Slice<QueueRow>, StorageError> {
    let rows = sqlx::query_as(
        "SELECT * FROM queues WHERE (everyone OR EXISTS (SELECT 1 FROM queue_members
                 WHERE queue_members.queue_id = queues.id AND queue_members.operator_id = $1)
             OR EXISTS (SELECT 1 FROM operators WHERE operators.id = $1 AND role = 'supervisor'))
             AND (name_key, id) > ($2, $3)
         ORDER BY name_key, id LIMIT $4",
    )
    .bind(operator.as_str())
    .bind(&after.key)
    .bind(&after.id)
    .bind(one_more(limit))
    .fetch_all(connection)
    .await?;
    Ok(Slice::new(rows, limit))
}

/// Whether one of these operators serves a queue, may sign in and is not away, or anybody at all where none are given: its members,
/// or all where everybody serves it, and supervisors. Reads no further than to the first.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn is_one_on_duty(
    connection: &mut Connection,
    queue: &QueueId,
    among: Option<&HashSet<OperatorId>>,
) -> Result<bool, StorageError> {
    let mut ids = sqlx::query_scalar::<_, String>(
        "SELECT id FROM operators WHERE disabled = $2 AND away_since IS NULL AND (role = 'supervisor'
             OR EXISTS (SELECT 1 FROM queues WHERE queues.id = $1 AND queues.everyone)
             OR EXISTS (SELECT 1 FROM queue_members
                 WHERE queue_members.queue_id = $1 AND queue_members.operator_id = operators.id))",
    )
    .bind(queue.as_str())
    .bind(false)
    .fetch(connection);
    while let Some(id) = ids.try_next().await? {
        if among.is_none_or(|among| among.contains(&OperatorId::from_text(id))) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The queues that name an operator as a member, by name.
///
/// # Errors
/// When the database cannot be read.
pub async fn with_member(
    connection: &mut Connection,
    operator: &OperatorId,
) -> Result<Vec<Reference<QueueId>>, StorageError> {
    let rows: Vec<(String, String)> = sqlx::query_as(
        "SELECT queues.id, queues.name FROM queues JOIN queue_members ON queue_members.queue_id = queues.id
         WHERE queue_members.operator_id = $1 ORDER BY queues.name_key, queues.id",
    )
    .bind(operator.as_str())
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|(id, name)| Reference {
            id: QueueId::from_text(id),
            name,
        })
        .collect())
}

/// The work streams that send conversations to a queue, by name.
///
/// # Errors
/// When the database cannot be read.
pub async fn used_by(
    connection: &mut Connection,
    id: &QueueId,
) -> Result<Vec<Reference<WorkStreamId>>, StorageError> {
    let rows: Vec<(String, String)> = sqlx::query_as(
        "SELECT work_streams.id, work_streams.name FROM work_streams
         JOIN work_stream_queues ON work_stream_queues.work_stream_id = work_streams.id
         WHERE work_stream_queues.queue_id = $1 ORDER BY work_streams.name_key, work_streams.id",
    )
    .bind(id.as_str())
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|(id, name)| Reference {
            id: WorkStreamId::from_text(id),
            name,
        })
        .collect())
}

/// How many conversations wait in a queue.
///
/// # Errors
/// When the database cannot be read.
pub async fn waiting(connection: &mut Connection, id: &QueueId) -> Result<u32, StorageError> {
    let count = sqlx::query_scalar(
        "SELECT count(*) FROM conversations WHERE queue_id = $1 AND state = 'waiting'",
    )
    .bind(id.as_str())
    .fetch_one(connection)
    .await?;
    Ok(count)
}

/// How many conversations in a queue agents have taken and not closed.
///
/// # Errors
/// When the database cannot be read.
pub async fn active(connection: &mut Connection, id: &QueueId) -> Result<u32, StorageError> {
    let count = sqlx::query_scalar(
        "SELECT count(*) FROM conversations WHERE queue_id = $1 AND state = 'active'",
    )
    .bind(id.as_str())
    .fetch_one(connection)
    .await?;
    Ok(count)
}

/// Stores a new queue.
///
/// # Errors
/// [`StorageError::Taken`] when the name is in use; [`StorageError::InDependence`] when a member does not exist.
pub async fn insert(
    transaction: &mut Transaction,
    row: &QueueRow,
    members: Option<&[OperatorId]>,
) -> Result<(), StorageError> {
    sqlx::query(
        "INSERT INTO queues (id, name, name_key, everyone, absence_seconds, created_at, updated_at, assignment)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(row.id.as_str())
    .bind(&row.name)
    .bind(row.name.to_lowercase())
    .bind(row.everyone)
    .bind(row.absence_seconds)
    .bind(row.created_at)
    .bind(row.updated_at)
    .bind(json::write_word(&row.assignment)?)
    .execute(&mut **transaction)
    .await?;
    insert_members(transaction, &row.id, members).await?;
    configuration::changed(transaction).await
}

/// Stores a changed queue.
///
/// # Errors
/// As [`insert`].
pub async fn update(
    transaction: &mut Transaction,
    row: &QueueRow,
    members: Option<&[OperatorId]>,
) -> Result<(), StorageError> {
    let done = sqlx::query(
        "UPDATE queues SET name = $2, name_key = $3, everyone = $4, absence_seconds = $5, updated_at = $6,
             assignment = $7, version = $8
         WHERE id = $1 AND version + 1 = $8",
    )
    .bind(row.id.as_str())
    .bind(&row.name)
    .bind(row.name.to_lowercase())
    .bind(row.everyone)
    .bind(row.absence_seconds)
    .bind(row.updated_at)
    .bind(json::write_word(&row.assignment)?)
    .bind(row.version)
    .execute(&mut **transaction)
    .await?;
    changed_one(&done)?;
    sqlx::query("DELETE FROM queue_members WHERE queue_id = $1")
        .bind(row.id.as_str())
        .execute(&mut **transaction)
        .await?;
    insert_members(transaction, &row.id, members).await?;
    configuration::changed(transaction).await
}

/// Deletes a queue.
///
/// # Errors
/// [`StorageError::InDependence`] when a work stream names it.
pub async fn delete(
    transaction: &mut Transaction,
    id: &QueueId,
    version: i64,
) -> Result<(), StorageError> {
    let done = sqlx::query("DELETE FROM queues WHERE id = $1 AND version = $2")
        .bind(id.as_str())
        .bind(version)
        .execute(&mut **transaction)
        .await?;
    changed_one(&done)?;
    configuration::changed(transaction).await
}

async fn insert_members(
    connection: &mut Connection,
    queue: &QueueId,
    members: Option<&[OperatorId]>,
) -> Result<(), StorageError> {
    for member in members.unwrap_or_default() {
        sqlx::query("INSERT INTO queue_members (queue_id, operator_id) VALUES ($1, $2)")
            .bind(queue.as_str())
            .bind(member.as_str())
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}
