//! Files' rows. A row is inserted before its file is written, and completed with the message that brings it.

use bonafide_protocol::file::FileType;
use bonafide_protocol::id::{ConversationId, FileId};
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _};

use super::{Connection, StorageError, json};

/// A file that is complete.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FileRow {
    pub(crate) id: FileId,
    pub(crate) name: String,
    pub(crate) kind: FileType,
    pub(crate) bytes: u32,
    pub(crate) width: Option<u32>,
    pub(crate) height: Option<u32>,
    /// Of its content, as hex.
    pub(crate) sha256: String,
}

impl FromRow<'_, SqliteRow> for FileRow {
    /// Reads the columns that queries call `file_…`.
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        Ok(Self {
            id: FileId::from_text(row.try_get::<String, _>("file_id")?),
            name: row.try_get("file_name")?,
            kind: json::read_word(row, "file_type")?,
            bytes: row.try_get("file_bytes")?,
            width: row.try_get("file_width")?,
            height: row.try_get("file_height")?,
            sha256: row.try_get("file_sha256")?,
        })
    }
}

/// What the files of a conversation come to, with those that arrive.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Total {
    pub(crate) count: u32,
    pub(crate) bytes: u64,
}

/// The files of a conversation, of which there are only as many as its quota allows.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn total(
    connection: &mut Connection,
    conversation: &ConversationId,
) -> Result<Total, StorageError> {
    let (count, bytes): (u32, i64) = sqlx::query_as(
        "SELECT count(*), CAST(COALESCE(sum(bytes), 0) AS BIGINT) FROM files WHERE conversation_id = $1",
    )
    .bind(conversation.as_str())
    .fetch_one(connection)
    .await?;
    Ok(Total {
        count,
        bytes: bytes.unsigned_abs(),
    })
}

/// Notes that a file of at most so many bytes arrives.
///
/// # Errors
/// When it cannot be stored.
pub(crate) async fn begin(
    connection: &mut Connection,
    id: &FileId,
    conversation: &ConversationId,
    most_bytes: u32,
    now_ms: i64,
) -> Result<(), StorageError> {
    sqlx::query("INSERT INTO files (id, conversation_id, began_at, bytes) VALUES ($1, $2, $3, $4)")
        .bind(id.as_str())
        .bind(conversation.as_str())
        .bind(now_ms)
        .bind(most_bytes)
        .execute(connection)
        .await?;
    Ok(())
}

/// Notes that a file is complete; whether it was arriving until then.
///
/// # Errors
/// When it cannot be stored.
pub(crate) async fn complete(
    connection: &mut Connection,
    row: &FileRow,
    now_ms: i64,
) -> Result<bool, StorageError> {
    let done = sqlx::query(
        "UPDATE files SET stored_at = $2, name = $3, type = $4, bytes = $5, width = $6, height = $7, sha256 = $8
         WHERE id = $1 AND stored_at IS NULL AND bytes > 0",
    )
    .bind(row.id.as_str())
    .bind(now_ms)
    .bind(&row.name)
    .bind(json::write_word(&row.kind)?)
    .bind(row.bytes)
    .bind(row.width)
    .bind(row.height)
    .bind(&row.sha256)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A complete file of this conversation.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn find(
    connection: &mut Connection,
    conversation: &ConversationId,
    id: &FileId,
) -> Result<Option<FileRow>, StorageError> {
    let row = sqlx::query_as(
        "SELECT id AS file_id, name AS file_name, type AS file_type, bytes AS file_bytes, width AS file_width,
             height AS file_height, sha256 AS file_sha256
         FROM files WHERE id = $1 AND conversation_id = $2 AND stored_at IS NOT NULL",
    )
    .bind(id.as_str())
    .bind(conversation.as_str())
    .fetch_optional(connection)
    .await?;
    Ok(row)
}

/// Files whose arrival began before then and did not come to its end.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn left_behind(
    connection: &mut Connection,
    before_ms: i64,
    limit: u32,
) -> Result<Vec<FileId>, StorageError> {
    let ids: Vec<String> = sqlx::query_scalar(
        "SELECT id FROM files WHERE stored_at IS NULL AND began_at < $1 ORDER BY began_at LIMIT $2",
    )
    .bind(before_ms)
    .bind(limit)
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(FileId::from_text).collect())
}

/// Sees to it that a file which did not arrive is never completed; whether it is one.
///
/// # Errors
/// When it cannot be stored.
pub(crate) async fn give_up(
    connection: &mut Connection,
    id: &FileId,
) -> Result<bool, StorageError> {
    let done = sqlx::query("UPDATE files SET bytes = 0 WHERE id = $1 AND stored_at IS NULL")
        .bind(id.as_str())
        .execute(connection)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Forgets a file that was given up.
///
/// # Errors
/// When it cannot be deleted.
pub(crate) async fn forget(connection: &mut Connection, id: &FileId) -> Result<(), StorageError> {
    sqlx::query("DELETE FROM files WHERE id = $1 AND stored_at IS NULL AND bytes = 0")
        .bind(id.as_str())
        .execute(connection)
        .await?;
    Ok(())
}
