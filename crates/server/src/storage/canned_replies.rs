//! Canned replies' rows: those that all agents share, and each agent's own. A name is unique among one owner's, without
//! regard to case.

use bonafide_protocol::id::{CannedReplyId, OperatorId};
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _};

use super::paging::{After, Slice, one_more};
use super::{Connection, StorageError, changed_one};

/// A stored canned reply.
#[derive(Clone, Debug)]
pub(crate) struct CannedReplyRow {
    pub(crate) id: CannedReplyId,
    /// Whose it is; `None` when all agents share it.
    pub(crate) owner: Option<OperatorId>,
    pub(crate) name: String,
    pub(crate) text: String,
    /// Counts changes, from 1. A change is stored only on the version before this.
    pub(crate) version: i64,
    /// Unix milliseconds.
    pub(crate) created_at: i64,
    /// Unix milliseconds.
    pub(crate) updated_at: i64,
}

impl FromRow<'_, SqliteRow> for CannedReplyRow {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        let owner: Option<String> = row.try_get("owner_id")?;
        Ok(Self {
            id: CannedReplyId::from_text(row.try_get::<String, _>("id")?),
            owner: owner.map(OperatorId::from_text),
            name: row.try_get("name")?,
            text: row.try_get("text")?,
            version: row.try_get("version")?,
            created_at: row.try_get("created_at")?,
            updated_at: row.try_get("updated_at")?,
        })
    }
}

/// The reply with this id that belongs to `owner`.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn find(
    connection: &mut Connection,
    id: &CannedReplyId,
    owner: Option<&OperatorId>,
) -> Result<Option<CannedReplyRow>, StorageError> {
    let row = sqlx::query_as(
        "SELECT * FROM canned_replies WHERE id = $1 AND COALESCE(owner_id, '') = $2",
    )
    .bind(id.as_str())
    .bind(owner_key(owner))
    .fetch_optional(connection)
    .await?;
    Ok(row)
}

/// By name: those that all share, with `owner` theirs too.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn page(
    connection: &mut Connection,
    owner: Option<&OperatorId>,
    after: &After,
    limit: u32,
) -> Result<Slice<CannedReplyRow>, StorageError> {
    let rows = sqlx::query_as(
        "SELECT * FROM canned_replies WHERE COALESCE(owner_id, '') IN ('', $1) AND (name_key, id) > ($2, $3)
         ORDER BY name_key, id LIMIT $4",
    )
    .bind(owner_key(owner))
    .bind(&after.key)
    .bind(&after.id)
    .bind(one_more(limit))
    .fetch_all(connection)
    .await?;
    Ok(Slice::new(rows, limit))
}

/// How many belong to `owner` alone, or to all.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn count(
    connection: &mut Connection,
    owner: Option<&OperatorId>,
) -> Result<u32, StorageError> {
    let count =
        sqlx::query_scalar("SELECT count(*) FROM canned_replies WHERE COALESCE(owner_id, '') = $1")
            .bind(owner_key(owner))
            .fetch_one(connection)
            .await?;
    Ok(count)
}

/// Stores a new reply.
///
/// # Errors
/// [`StorageError::Taken`] when the name is in use.
pub(crate) async fn insert(
    connection: &mut Connection,
    row: &CannedReplyRow,
) -> Result<(), StorageError> {
    sqlx::query(
        "INSERT INTO canned_replies (id, owner_id, name, name_key, text, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(row.id.as_str())
    .bind(row.owner.as_ref().map(OperatorId::as_str))
    .bind(&row.name)
    .bind(row.name.to_lowercase())
    .bind(&row.text)
    .bind(row.created_at)
    .bind(row.updated_at)
    .execute(connection)
    .await?;
    Ok(())
}

/// Stores a changed reply.
///
/// # Errors
/// As [`insert`].
pub(crate) async fn update(
    connection: &mut Connection,
    row: &CannedReplyRow,
) -> Result<(), StorageError> {
    let done = sqlx::query(
        "UPDATE canned_replies SET name = $2, name_key = $3, text = $4, updated_at = $5, version = $6 WHERE id = $1 AND version + 1 = $6",
    )
    .bind(row.id.as_str())
    .bind(&row.name)
    .bind(row.name.to_lowercase())
    .bind(&row.text)
    .bind(row.updated_at)
    .bind(row.version)
    .execute(connection)
    .await?;
    changed_one(&done)?;
    Ok(())
}

/// Deletes a reply.
///
/// # Errors
/// When it cannot be deleted.
pub(crate) async fn delete(
    connection: &mut Connection,
    id: &CannedReplyId,
    version: i64,
) -> Result<(), StorageError> {
    let done = sqlx::query("DELETE FROM canned_replies WHERE id = $1 AND version = $2")
        .bind(id.as_str())
        .bind(version)
        .execute(connection)
        .await?;
    changed_one(&done)
}

/// An operator's id is never empty.
fn owner_key(owner: Option<&OperatorId>) -> &str {
    owner.map_or("", OperatorId::as_str)
}
