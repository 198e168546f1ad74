//! Operators' rows. An e-mail address is unique without regard to case.

use std::collections::HashSet;

use bonafide_protocol::id::OperatorId;
use bonafide_protocol::operator::Role;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _};

use super::availability::Away;
use super::paging::{After, Slice, one_more};
use super::{Connection, StorageError, changed_one, json};

/// A stored operator.
#[derive(Clone, Debug)]
pub struct OperatorRow {
    /// The operator.
    pub id: OperatorId,
    /// Name to show.
    pub name: String,
    /// E-mail address as it was given.
    pub email: String,
    /// Role.
    pub role: Role,
    /// Argon2id, as a PHC string.
    pub password_hash: String,
    /// Whether they may not sign in.
    pub disabled: bool,
    /// Sessions of an older epoch are over.
    pub session_epoch: i64,
    /// How many conversations they are given at most.
    pub capacity: Option<u32>,
    /// `None` while they are here. Changed by [`super::availability::set`] only.
    pub away: Option<Away>,
    /// Counts changes, from 1. A change is stored only on the version before this.
    pub version: i64,
    /// Unix milliseconds.
    pub created_at: i64,
}

impl FromRow<'_, SqliteRow> for OperatorRow {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        Ok(Self {
            id: OperatorId::from_text(row.try_get::<String, _>("id")?),
            name: row.try_get("name")?,
            email: row.try_get("email")?,
            role: json::read_word(row, "role")?,
            password_hash: row.try_get("password_hash")?,
            disabled: row.try_get("disabled")?,
            session_epoch: row.try_get("session_epoch")?,
            capacity: row.try_get("capacity")?,
            away: Away::from_row(row)?,
            version: row.try_get("version")?,
            created_at: row.try_get("created_at")?,
        })
    }
}

/// The key under which an e-mail address is unique.
#[must_use]
pub fn email_key(email: &str) -> String {
    email.to_lowercase()
}

/// The operator with this id.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(
    connection: &mut Connection,
    id: &OperatorId,
) -> Result<Option<OperatorRow>, StorageError> {
    let row = sqlx::query_as("SELECT * FROM operators WHERE id = $1")
        .bind(id.as_str())
        .fetch_optional(connection)
        .await?;
    Ok(row)
}

/// The operator with this e-mail address.
///
/// # Errors
/// When the database cannot be read.
pub async fn find_by_email(
    connection: &mut Connection,
    email: &str,
) -> Result<Option<OperatorRow>, StorageError> {
    let row = sqlx::query_as("SELECT * FROM operators WHERE email_key = $1")
        .bind(email_key(email))
        .fetch_optional(connection)
        .await?;
    Ok(row)
}

/// Operators by e-mail address.
///
/// # Errors
/// When the database cannot be read.
pub async fn page(
    connection: &mut Connection,
    after: &After,
    limit: u32,
) -> Result<Slice<OperatorRow>, StorageError> {
    let rows = sqlx::query_as(
        "SELECT * FROM operators WHERE (email_key, id) > ($1, $2) ORDER BY email_key, id LIMIT $3",
    )
    .bind(&after.key)
    .bind(&after.id)
    .bind(one_more(limit))
    .fetch_all(connection)
    .await?;
    Ok(Slice::new(rows, limit))
}

/// How many administrators may sign in.
///
/// # Errors
/// When the database cannot be read.
pub async fn enabled_administrators(connection: &mut Connection) -> Result<i64, StorageError> {
    let count =
        sqlx::query_scalar("SELECT count(*) FROM operators WHERE role = $1 AND disabled = $2")
            .bind(json::write_word(&Role::Administrator)?)
            .bind(false)
            .fetch_one(connection)
            .await?;
    Ok(count)
}

/// Who may not sign in.
///
/// # Errors
/// When the database cannot be read.
pub async fn disabled(connection: &mut Connection) -> Result<HashSet<OperatorId>, StorageError> {
    let ids: Vec<String> = sqlx::query_scalar("SELECT id FROM operators WHERE disabled = $1")
        .bind(true)
        .fetch_all(connection)
        .await?;
    Ok(ids.into_iter().map(OperatorId::from_text).collect())
}

/// How many conversations an operator has that are not closed.
///
/// # Errors
/// When the database cannot be read.
pub async fn active_conversations(
    connection: &mut Connection,
    id: &OperatorId,
) -> Result<u32, StorageError> {
    let count = sqlx::query_scalar(
        "SELECT count(*) FROM conversations WHERE agent_id = $1 AND state = 'active'",
    )
    .bind(id.as_str())
    .fetch_one(connection)
    .await?;
    Ok(count)
}

/// Stores a new operator.
///
/// # Errors
/// [`StorageError::Taken`] when the e-mail address or id is in use.
pub async fn insert(connection: &mut Connection, row: &OperatorRow) -> Result<(), StorageError> {
    sqlx::query(
        "INSERT INTO operators (id, name, email, email_key, role, password_hash, disabled, session_epoch, created_at,
             capacity)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(row.id.as_str())
    .bind(&row.name)
    .bind(&row.email)
    .bind(email_key(&row.email))
    .bind(json::write_word(&row.role)?)
    .bind(&row.password_hash)
    .bind(row.disabled)
    .bind(row.session_epoch)
    .bind(row.created_at)
    .bind(row.capacity)
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes that an operator got a conversation, in whichever way.
///
/// # Errors
/// When it cannot be stored.
pub async fn note_got(
    connection: &mut Connection,
    id: &OperatorId,
    now_ms: i64,
) -> Result<(), StorageError> {
    sqlx::query("UPDATE operators SET last_got_at = $2 WHERE id = $1")
        .bind(id.as_str())
        .bind(now_ms)
        .execute(connection)
        .await?;
    Ok(())
}

/// Stores what administrators may change of an operator: all but id, e-mail address and time of creation.
///
/// # Errors
/// When it cannot be stored.
pub async fn update(connection: &mut Connection, row: &OperatorRow) -> Result<(), StorageError> {
    let done = sqlx::query(
        "UPDATE operators SET name = $2, role = $3, password_hash = $4, disabled = $5, session_epoch = $6, capacity = $7, version = $8
         WHERE id = $1 AND version + 1 = $8",
    )
    .bind(row.id.as_str())
    .bind(&row.name)
    .bind(json::write_word(&row.role)?)
    .bind(&row.password_hash)
    .bind(row.disabled)
    .bind(row.session_epoch)
    .bind(row.capacity)
    .bind(row.version)
    .execute(connection)
    .await?;
    changed_one(&done)?;
    Ok(())
}

/// Stores another password. Sessions from before are over. It is no change of the record that administrators edit.
///
/// # Errors
/// When it cannot be stored.
pub async fn set_password(
    connection: &mut Connection,
    id: &OperatorId,
    password_hash: &str,
) -> Result<(), StorageError> {
    sqlx::query(
        "UPDATE operators SET password_hash = $2, session_epoch = session_epoch + 1 WHERE id = $1",
    )
    .bind(id.as_str())
    .bind(password_hash)
    .execute(connection)
    .await?;
    Ok(())
}

/// Deletes an operator, with their API tokens.
///
/// # Errors
/// [`StorageError::InDependence`] when a queue names them.
pub async fn delete(
    connection: &mut Connection,
    id: &OperatorId,
    version: i64,
) -> Result<(), StorageError> {
    let done = sqlx::query("DELETE FROM operators WHERE id = $1 AND version = $2")
        .bind(id.as_str())
        .bind(version)
        .execute(connection)
        .await?;
    changed_one(&done)
}
