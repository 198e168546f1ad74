//! Rows of notes for colleagues: append-only, numbered from 1 without gaps within their conversation.

use bonafide_protocol::id::{ConversationId, NoteId, OperatorId};
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _};

use super::paging::{Slice, one_more};
use super::{Connection, StorageError};

/// A stored note.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NoteRow {
    pub(crate) id: NoteId,
    pub(crate) client_id: String,
    pub(crate) number: u32,
    /// The last message before it.
    pub(crate) after_seq: u32,
    pub(crate) author: OperatorId,
    /// The author's name when they wrote it.
    pub(crate) name: String,
    pub(crate) text: String,
    /// Unix milliseconds.
    pub(crate) written_at: i64,
}

impl FromRow<'_, SqliteRow> for NoteRow {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        Ok(Self {
            id: NoteId::from_text(row.try_get::<String, _>("id")?),
            client_id: row.try_get("client_id")?,
            number: row.try_get("number")?,
            after_seq: row.try_get("after_seq")?,
            author: OperatorId::from_text(row.try_get::<String, _>("operator_id")?),
            name: row.try_get("name")?,
            text: row.try_get("text")?,
            written_at: row.try_get("written_at")?,
        })
    }
}

/// What this author stored under this client id before.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn find(
    connection: &mut Connection,
    conversation: &ConversationId,
    author: &OperatorId,
    client_id: &str,
) -> Result<Option<NoteRow>, StorageError> {
    let row = sqlx::query_as(
        "SELECT * FROM notes WHERE conversation_id = $1 AND operator_id = $2 AND client_id = $3",
    )
    .bind(conversation.as_str())
    .bind(author.as_str())
    .bind(client_id)
    .fetch_optional(connection)
    .await?;
    Ok(row)
}

/// Stores a note under the conversation's next number, after its last message; gives it as stored.
///
/// # Errors
/// [`StorageError::Taken`] when the client id is in use.
pub(crate) async fn append(
    connection: &mut Connection,
    conversation: &ConversationId,
    note: NoteRow,
) -> Result<NoteRow, StorageError> {
    let (number, after_seq): (u32, u32) = sqlx::query_as(
        "UPDATE conversations SET last_note = last_note + 1 WHERE id = $1 RETURNING last_note, last_seq",
    )
    .bind(conversation.as_str())
    .fetch_one(&mut *connection)
    .await?;
    sqlx::query(
        "INSERT INTO notes (conversation_id, number, id, after_seq, operator_id, client_id, name, text, written_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(conversation.as_str())
    .bind(number)
    .bind(note.id.as_str())
    .bind(after_seq)
    .bind(note.author.as_str())
    .bind(&note.client_id)
    .bind(&note.name)
    .bind(&note.text)
    .bind(note.written_at)
    .execute(connection)
    .await?;
    Ok(NoteRow {
        number,
        after_seq,
        ..note
    })
}

/// The notes numbered above `after`, in order.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn after(
    connection: &mut Connection,
    conversation: &ConversationId,
    after: u32,
    limit: u32,
) -> Result<Slice<NoteRow>, StorageError> {
    let rows = sqlx::query_as(
        "SELECT * FROM notes WHERE conversation_id = $1 AND number > $2 ORDER BY number LIMIT $3",
    )
    .bind(conversation.as_str())
    .bind(after)
    .bind(one_more(limit))
    .fetch_all(connection)
    .await?;
    Ok(Slice::new(rows, limit))
}
