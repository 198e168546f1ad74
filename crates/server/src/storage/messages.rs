//! Messages' rows: append-only, numbered from 1 without gaps within their conversation.

use bonafide_protocol::id::{ConversationId, MessageId, OperatorId};
use bonafide_protocol::visitor::Author;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _};

use super::files::FileRow;
use super::paging::{Slice, one_more};
use super::{Connection, StorageError, json};

/// A stored message.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MessageRow {
    pub(crate) id: MessageId,
    pub(crate) client_id: String,
    pub(crate) seq: u32,
    pub(crate) author: Author,
    /// The agent's name; `None` for the visitor.
    pub(crate) name: Option<String>,
    pub(crate) text: String,
    /// The file that it brings.
    pub(crate) file: Option<FileRow>,
    /// Unix milliseconds.
    pub(crate) sent_at: i64,
}

impl FromRow<'_, SqliteRow> for MessageRow {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        Ok(Self {
            id: MessageId::from_text(row.try_get::<String, _>("id")?),
            client_id: row.try_get("client_id")?,
            seq: row.try_get("seq")?,
            author: json::read_word(row, "author")?,
            name: row.try_get("name")?,
            text: row.try_get("text")?,
            file: match row.try_get::<Option<String>, _>("file_id")? {
                Some(_) => Some(FileRow::from_row(row)?),
                None => None,
            },
            sent_at: row.try_get("sent_at")?,
        })
    }
}

/// Messages with their files, for what follows of a query. A message without one costs no look into their table.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT messages.*, files.name AS file_name, files.type AS file_type, files.bytes AS file_bytes,
                 files.width AS file_width, files.height AS file_height, files.sha256 AS file_sha256
             FROM messages LEFT JOIN files ON files.id = messages.file_id ",
            $rest
        )
    };
}

/// Whose client ids are told apart: the visitor's, or one operator's.
fn sender(operator: Option<&OperatorId>) -> &str {
    operator.map_or("visitor", OperatorId::as_str)
}

/// What this sender stored under this client id before. `operator` is `None` for the visitor.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn find(
    connection: &mut Connection,
    conversation: &ConversationId,
    operator: Option<&OperatorId>,
    client_id: &str,
) -> Result<Option<MessageRow>, StorageError> {
    let row = sqlx::query_as(select!(
        "WHERE messages.conversation_id = $1 AND sender = $2 AND client_id = $3"
    ))
    .bind(conversation.as_str())
    .bind(sender(operator))
    .bind(client_id)
    .fetch_optional(connection)
    .await?;
    Ok(row)
}

/// Stores a message under its number.
///
/// # Errors
/// [`StorageError::Taken`] when the number or the client id is in use.
pub(crate) async fn insert(
    connection: &mut Connection,
    conversation: &ConversationId,
    operator: Option<&OperatorId>,
    row: &MessageRow,
) -> Result<(), StorageError> {
    sqlx::query(
        "INSERT INTO messages (conversation_id, seq, id, sender, client_id, author, name, text, sent_at,
             file_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(conversation.as_str())
    .bind(row.seq)
    .bind(row.id.as_str())
    .bind(sender(operator))
    .bind(&row.client_id)
    .bind(json::write_word(&row.author)?)
    .bind(&row.name)
    .bind(&row.text)
    .bind(row.sent_at)
    .bind(row.file.as_ref().map(|file| file.id.as_str()))
    .execute(connection)
    .await?;
    Ok(())
}

/// Conversations whose messages are read together at most.
pub(crate) const TOGETHER: usize = 20;

/// All messages of these conversations, at most [`TOGETHER`], each conversation's in order.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn of_all(
    connection: &mut Connection,
    conversations: &[&ConversationId],
) -> Result<Vec<(ConversationId, MessageRow)>, StorageError> {
    let mut query = sqlx::query(select!(
        "WHERE messages.conversation_id IN
             ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
         ORDER BY messages.conversation_id, seq"
    ));
    for place in 0..TOGETHER {
        query = query.bind(conversations.get(place).map_or("", |id| id.as_str()));
    }
    let rows = query.fetch_all(connection).await?;
    let mut messages = Vec::with_capacity(rows.len());
    for row in &rows {
        let conversation: String = row.try_get("conversation_id")?;
        messages.push((
            ConversationId::from_text(conversation),
            MessageRow::from_row(row)?,
        ));
    }
    Ok(messages)
}

/// The last messages numbered below `before`, in order.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn before(
    connection: &mut Connection,
    conversation: &ConversationId,
    before: u32,
    limit: u32,
) -> Result<Slice<MessageRow>, StorageError> {
    let rows = sqlx::query_as(select!(
        "WHERE messages.conversation_id = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3"
    ))
    .bind(conversation.as_str())
    .bind(before)
    .bind(one_more(limit))
    .fetch_all(connection)
    .await?;
    let mut slice = Slice::new(rows, limit);
    slice.rows.reverse();
    Ok(slice)
}

/// The messages numbered above `after`, in order.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn after(
    connection: &mut Connection,
    conversation: &ConversationId,
    after: u32,
    limit: u32,
) -> Result<Slice<MessageRow>, StorageError> {
    let rows = sqlx::query_as(select!(
        "WHERE messages.conversation_id = $1 AND seq > $2 ORDER BY seq LIMIT $3"
    ))
    .bind(conversation.as_str())
    .bind(after)
    .bind(one_more(limit))
    .fetch_all(connection)
    .await?;
    Ok(Slice::new(rows, limit))
}
