//! Rows of what happened to conversations: append-only, numbered from 1 without gaps within their conversation. Written in
//! the transaction that causes them.

use bonafide_protocol::conversation_event::{ConversationEventKind, EventParty};
use bonafide_protocol::id::ConversationId;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _};

use super::paging::{Slice, one_more};
use super::{Connection, StorageError, json};

/// Something that happens now.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NewEvent {
    pub(crate) kind: ConversationEventKind,
    pub(crate) by: EventParty,
    /// What it means, the kind says.
    pub(crate) name: Option<String>,
    /// What it means, the kind says.
    pub(crate) detail: Option<String>,
    /// Unix milliseconds.
    pub(crate) at: i64,
}

impl NewEvent {
    pub(crate) fn new(kind: ConversationEventKind, by: EventParty, at: i64) -> Self {
        Self {
            kind,
            by,
            name: None,
            detail: None,
            at,
        }
    }

    pub(crate) fn name(mut self, name: Option<impl Into<String>>) -> Self {
        self.name = name.map(Into::into);
        self
    }

    pub(crate) fn detail(mut self, detail: Option<impl Into<String>>) -> Self {
        self.detail = detail.map(Into::into);
        self
    }
}

/// A stored event.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct EventRow {
    pub(crate) number: u32,
    /// The last message before it.
    pub(crate) after_seq: u32,
    pub(crate) event: NewEvent,
}

impl FromRow<'_, SqliteRow> for EventRow {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        Ok(Self {
            number: row.try_get("number")?,
            after_seq: row.try_get("after_seq")?,
            event: NewEvent {
                kind: json::read_word(row, "kind")?,
                by: json::read_word(row, "party")?,
                name: row.try_get("name")?,
                detail: row.try_get("detail")?,
                at: row.try_get("happened_at")?,
            },
        })
    }
}

/// Stores an event under the conversation's next number, after its last message. What happens again before anything else
/// does is no news: a page that renews its proof every second does not fill the table.
///
/// # Errors
/// When it cannot be stored.
pub(crate) async fn append(
    connection: &mut Connection,
    conversation: &ConversationId,
    event: NewEvent,
) -> Result<(), StorageError> {
    let (last_event, last_seq): (u32, u32) =
        sqlx::query_as("SELECT last_event, last_seq FROM conversations WHERE id = $1")
            .bind(conversation.as_str())
            .fetch_one(&mut *connection)
            .await?;
    let last = find(connection, conversation, last_event).await?;
    let is_repeated = last.is_some_and(|last| {
        last.after_seq == last_seq
            && NewEvent {
                at: event.at,
                ..last.event
            } == event
    });
    if is_repeated {
        return Ok(());
    }
    let number = last_event.saturating_add(1);
    sqlx::query("UPDATE conversations SET last_event = $2 WHERE id = $1")
        .bind(conversation.as_str())
        .bind(number)
        .execute(&mut *connection)
        .await?;
    sqlx::query(
        "INSERT INTO conversation_events (conversation_id, number, after_seq, kind, party, name, detail, happened_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(conversation.as_str())
    .bind(number)
    .bind(last_seq)
    .bind(json::write_word(&event.kind)?)
    .bind(json::write_word(&event.by)?)
    .bind(&event.name)
    .bind(&event.detail)
    .bind(event.at)
    .execute(connection)
    .await?;
    Ok(())
}

async fn find(
    connection: &mut Connection,
    conversation: &ConversationId,
    number: u32,
) -> Result<Option<EventRow>, StorageError> {
    let row = sqlx::query_as(
        "SELECT * FROM conversation_events WHERE conversation_id = $1 AND number = $2",
    )
    .bind(conversation.as_str())
    .bind(number)
    .fetch_optional(connection)
    .await?;
    Ok(row)
}

/// The events numbered above `after`, in order.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn after(
    connection: &mut Connection,
    conversation: &ConversationId,
    after: u32,
    limit: u32,
) -> Result<Slice<EventRow>, StorageError> {
    let rows = sqlx::query_as(
        "SELECT * FROM conversation_events WHERE conversation_id = $1 AND number > $2 ORDER BY number LIMIT $3",
    )
    .bind(conversation.as_str())
    .bind(after)
    .bind(one_more(limit))
    .fetch_all(connection)
    .await?;
    Ok(Slice::new(rows, limit))
}
