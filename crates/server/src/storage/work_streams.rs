//! Work streams' rows: declared context variables and routing rules. A name is unique without regard to case.

use std::collections::BTreeSet;

use bonafide_protocol::admin::{ContextVariable, Reference, Resume, RoutingRule};
use bonafide_protocol::id::{AuthenticationSettingId, ChatWidgetId, QueueId, WorkStreamId};
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _};

use super::paging::{After, Slice, one_more};
use super::{Connection, StorageError, Transaction, changed_one, configuration, json};

/// A stored work stream.
#[derive(Clone, Debug)]
pub struct WorkStreamRow {
    /// The work stream.
    pub id: WorkStreamId,
    /// Its name.
    pub name: String,
    /// The context variables it admits.
    pub context_variables: Vec<ContextVariable>,
    /// Routing rules, in order.
    pub rules: Vec<RoutingRule>,
    /// Where a conversation goes that no rule takes.
    pub fallback_queue: QueueId,
    /// What a start does whose person has a conversation that runs already.
    pub resume: Resume,
    /// The reasons an agent may choose from at the close, in order.
    pub closing_reasons: Vec<String>,
    /// Whether they must choose one.
    pub closing_reason_required: bool,
    /// Counts changes, from 1. A change is stored only on the version before this.
    pub version: i64,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Unix milliseconds.
    pub updated_at: i64,
}

impl WorkStreamRow {
    /// Every queue that it may send a conversation to.
    #[must_use]
    pub fn queues(&self) -> BTreeSet<&QueueId> {
        self.rules
            .iter()
            .map(|rule| &rule.queue)
            .chain([&self.fallback_queue])
            .collect()
    }
}

impl FromRow<'_, SqliteRow> for WorkStreamRow {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        Ok(Self {
            id: WorkStreamId::from_text(row.try_get::<String, _>("id")?),
            name: row.try_get("name")?,
            context_variables: json::read(row, "context_variables")?,
            rules: json::read(row, "rules")?,
            fallback_queue: QueueId::from_text(row.try_get::<String, _>("fallback_queue_id")?),
            resume: json::read_word(row, "resume")?,
            closing_reasons: json::read(row, "closing_reasons")?,
            closing_reason_required: row.try_get("closing_reason_required")?,
            version: row.try_get("version")?,
            created_at: row.try_get("created_at")?,
            updated_at: row.try_get("updated_at")?,
        })
    }
}

/// The work stream with this id.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(
    connection: &mut Connection,
    id: &WorkStreamId,
) -> Result<Option<WorkStreamRow>, StorageError> {
    let row = sqlx::query_as("SELECT * FROM work_streams WHERE id = $1")
        .bind(id.as_str())
        .fetch_optional(connection)
        .await?;
    Ok(row)
}

/// Work streams by name.
///
/// # Errors
/// When the database cannot be read.
pub async fn page(
    connection: &mut Connection,
    after: &After,
    limit: u32,
) -> Result<Slice<WorkStreamRow>, StorageError> {
    let rows = sqlx::query_as(
        "SELECT * FROM work_streams WHERE (name_key, id) > ($1, $2) ORDER BY name_key, id LIMIT $3",
    )
    .bind(&after.key)
    .bind(&after.id)
    .bind(one_more(limit))
    .fetch_all(connection)
    .await?;
    Ok(Slice::new(rows, limit))
}

/// The chat widgets that use a work stream, by name.
///
/// # Errors
/// When the database cannot be read.
pub async fn used_by(
    connection: &mut Connection,
    id: &WorkStreamId,
) -> Result<Vec<Reference<ChatWidgetId>>, StorageError> {
    let rows: Vec<(String, String)> = sqlx::query_as(
        "SELECT id, name FROM chat_widgets WHERE work_stream_id = $1 ORDER BY name_key, id",
    )
    .bind(id.as_str())
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|(id, name)| Reference {
            id: ChatWidgetId::from_text(id),
            name,
        })
        .collect())
}

/// The work streams of the chat widgets that use an authentication setting, by name.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn of_setting(
    connection: &mut Connection,
    setting: &AuthenticationSettingId,
) -> Result<Vec<WorkStreamRow>, StorageError> {
    let rows = sqlx::query_as(
        "SELECT * FROM work_streams WHERE EXISTS (SELECT 1 FROM chat_widgets
             WHERE chat_widgets.work_stream_id = work_streams.id AND chat_widgets.authentication_setting_id = $1)
         ORDER BY name_key, id",
    )
    .bind(setting.as_str())
    .fetch_all(connection)
    .await?;
    Ok(rows)
}

/// The names of all context variables that some work stream declares.
///
/// # Errors
/// When the database cannot be read.
pub async fn variable_names(connection: &mut Connection) -> Result<BTreeSet<String>, StorageError> {
    let rows = sqlx::query("SELECT context_variables FROM work_streams")
        .fetch_all(connection)
        .await?;
    let mut names = BTreeSet::new();
    for row in &rows {
        let variables: Vec<ContextVariable> = json::read(row, "context_variables")?;
        names.extend(variables.into_iter().map(|variable| variable.name));
    }
    Ok(names)
}

/// Stores a new work stream.
///
/// # Errors
/// [`StorageError::Taken`] when the name is in use; [`StorageError::InDependence`] when a queue does not exist.
pub async fn insert(
    transaction: &mut Transaction,
    row: &WorkStreamRow,
) -> Result<(), StorageError> {
    sqlx::query(
        "INSERT INTO work_streams (id, name, name_key, context_variables, rules, fallback_queue_id, created_at,
             updated_at, resume, closing_reasons, closing_reason_required)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(row.id.as_str())
    .bind(&row.name)
    .bind(row.name.to_lowercase())
    .bind(json::write(&row.context_variables)?)
    .bind(json::write(&row.rules)?)
    .bind(row.fallback_queue.as_str())
    .bind(row.created_at)
    .bind(row.updated_at)
    .bind(json::write_word(&row.resume)?)
    .bind(json::write(&row.closing_reasons)?)
    .bind(row.closing_reason_required)
    .execute(&mut **transaction)
    .await?;
    link_queues(transaction, row).await?;
    configuration::changed(transaction).await
}

/// Stores a changed work stream.
///
/// # Errors
/// As [`insert`].
pub async fn update(
    transaction: &mut Transaction,
    row: &WorkStreamRow,
) -> Result<(), StorageError> {
    let done = sqlx::query(
        "UPDATE work_streams SET name = $2, name_key = $3, context_variables = $4, rules = $5,
             fallback_queue_id = $6, updated_at = $7, resume = $8, closing_reasons = $9, closing_reason_required = $10, version = $11
         WHERE id = $1 AND version + 1 = $11",
    )
    .bind(row.id.as_str())
    .bind(&row.name)
    .bind(row.name.to_lowercase())
    .bind(json::write(&row.context_variables)?)
    .bind(json::write(&row.rules)?)
    .bind(row.fallback_queue.as_str())
    .bind(row.updated_at)
    .bind(json::write_word(&row.resume)?)
    .bind(json::write(&row.closing_reasons)?)
    .bind(row.closing_reason_required)
    .bind(row.version)
    .execute(&mut **transaction)
    .await?;
    changed_one(&done)?;
    sqlx::query("DELETE FROM work_stream_queues WHERE work_stream_id = $1")
        .bind(row.id.as_str())
        .execute(&mut **transaction)
        .await?;
    link_queues(transaction, row).await?;
    configuration::changed(transaction).await
}

/// Deletes a work stream.
///
/// # Errors
/// [`StorageError::InDependence`] when a chat widget uses it.
pub async fn delete(
    transaction: &mut Transaction,
    id: &WorkStreamId,
    version: i64,
) -> Result<(), StorageError> {
    let done = sqlx::query("DELETE FROM work_streams WHERE id = $1 AND version = $2")
        .bind(id.as_str())
        .bind(version)
        .execute(&mut **transaction)
        .await?;
    changed_one(&done)?;
    configuration::changed(transaction).await
}

async fn link_queues(connection: &mut Connection, row: &WorkStreamRow) -> Result<(), StorageError> {
    for queue in row.queues() {
        sqlx::query("INSERT INTO work_stream_queues (work_stream_id, queue_id) VALUES ($1, $2)")
            .bind(row.id.as_str())
            .bind(queue.as_str())
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}
