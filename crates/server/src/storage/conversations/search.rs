//! What a search looks through: the conversations that an agent may read, newest start first, and their messages.
//!
//! Must not compare texts: how upper and lower case compare differs between databases. What can be said in numbers, ids and
//! states is said here.

use bonafide_protocol::agent::Profile;
use bonafide_protocol::id::{ConversationId, OperatorId, QueueId};
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _};

use crate::storage::messages::MessageRow;
use crate::storage::{Connection, StorageError, json};

/// Which conversations are looked through.
#[derive(Clone, Debug)]
pub(crate) struct SearchFilter {
    /// Who searches.
    pub(crate) reader: OperatorId,
    /// Whose conversations count, that they have or had; `None` when nobody's do. Another's than the reader's only where the
    /// reader is a supervisor.
    pub(crate) with: Option<OperatorId>,
    /// Whether those count that any others have or had, as a supervisor may read them.
    pub(crate) others: bool,
    /// Whether those count that nobody has or had.
    pub(crate) nobodys: bool,
    /// Only those that stand so.
    pub(crate) state: Option<&'static str>,
    pub(crate) queue: Option<QueueId>,
    /// Only those that started then or later, in Unix milliseconds.
    pub(crate) from: i64,
}

/// A place in the order of a search: the next ones started before it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct StartedBefore {
    /// Unix milliseconds.
    pub(crate) started_at: i64,
    pub(crate) id: String,
}

/// What a search compares of a conversation.
#[derive(Clone, Debug)]
pub(crate) struct Searched {
    pub(crate) id: ConversationId,
    /// Unix milliseconds.
    pub(crate) started_at: i64,
    /// How many messages it has.
    pub(crate) last_seq: u32,
    pub(crate) subject: Option<String>,
    pub(crate) profile: Profile,
    pub(crate) contact_name: Option<String>,
    pub(crate) contact_email: Option<String>,
}

impl FromRow<'_, SqliteRow> for Searched {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        let profile: Option<String> = row.try_get("profile")?;
        Ok(Self {
            id: ConversationId::from_text(row.try_get::<String, _>("id")?),
            started_at: row.try_get("started_at")?,
            last_seq: row.try_get("last_seq")?,
            subject: row.try_get("subject")?,
            profile: match profile {
                Some(_) => json::read(row, "profile")?,
                None => Profile::default(),
            },
            contact_name: row.try_get("contact_name")?,
            contact_email: row.try_get("contact_email")?,
        })
    }
}

/// The next conversations that the reader may read, by the rule for reading one: what they have or had in a queue that they
/// serve or that is gone, and what nobody has or had in a queue that they serve; a supervisor reads what others have, too. Each
/// is read in the order of an index; what may not be read is not passed over.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn searched(
    connection: &mut Connection,
    filter: &SearchFilter,
    before: &StartedBefore,
    limit: u32,
) -> Result<Vec<Searched>, StorageError> {
    let rows = sqlx::query_as(
        "SELECT conversations.id, conversations.started_at, conversations.last_seq, conversations.subject,
             conversations.profile, contacts.name AS contact_name, contacts.email AS contact_email
         FROM conversations LEFT JOIN contacts ON contacts.id = conversations.contact_id
         WHERE conversations.id IN (
             SELECT id FROM (
                 SELECT id FROM conversations
                 WHERE agent_id = $7 AND started_at >= $4 AND (started_at, id) < ($2, $3)
                     AND ($5 = '' OR state = $5) AND ($6 = '' OR queue_id = $6)
                     AND (queue_id IN (SELECT id FROM queues WHERE everyone
                                 OR EXISTS (SELECT 1 FROM operators WHERE operators.id = $1 AND operators.role = 'supervisor')
                             UNION ALL SELECT queue_id FROM queue_members WHERE operator_id = $1)
                         OR state = 'closed' AND NOT EXISTS (SELECT 1 FROM queues WHERE queues.id = conversations.queue_id))
                 ORDER BY started_at DESC, id DESC LIMIT $9) AS own
             UNION ALL
             SELECT id FROM (
                 SELECT id FROM conversations
                 WHERE agent_id IS NULL AND started_at >= $4 AND (started_at, id) < ($2, $3) AND $8
                     AND ($5 = '' OR state = $5) AND ($6 = '' OR queue_id = $6)
                     AND queue_id IN (SELECT id FROM queues WHERE everyone
                             OR EXISTS (SELECT 1 FROM operators WHERE operators.id = $1 AND operators.role = 'supervisor')
                         UNION ALL SELECT queue_id FROM queue_members WHERE operator_id = $1)
                 ORDER BY started_at DESC, id DESC LIMIT $9) AS nobodys
             UNION ALL
             SELECT id FROM (
                 SELECT id FROM conversations
                 WHERE agent_id IS NOT NULL AND agent_id <> $1 AND started_at >= $4 AND (started_at, id) < ($2, $3) AND $10
                     AND EXISTS (SELECT 1 FROM operators WHERE operators.id = $1 AND operators.role = 'supervisor')
                     AND ($5 = '' OR state = $5) AND ($6 = '' OR queue_id = $6)
                 ORDER BY started_at DESC, id DESC LIMIT $9) AS others)
         ORDER BY conversations.started_at DESC, conversations.id DESC LIMIT $9",
    )
    .bind(filter.reader.as_str())
    .bind(before.started_at)
    .bind(&before.id)
    .bind(filter.from)
    .bind(filter.state.unwrap_or_default())
    .bind(filter.queue.as_ref().map_or("", QueueId::as_str))
    .bind(filter.with.as_ref().map(OperatorId::as_str))
    .bind(filter.nobodys)
    .bind(limit)
    .bind(filter.others)
    .fetch_all(connection)
    .await?;
    Ok(rows)
}

/// All messages of at most [`TOGETHER`] conversations, each conversation's in order.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn messages_of(
    connection: &mut Connection,
    conversations: &[Searched],
) -> Result<Vec<(ConversationId, MessageRow)>, StorageError> {
    let mut query = sqlx::query(
        "SELECT * FROM messages WHERE conversation_id IN
             ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
         ORDER BY conversation_id, seq",
    );
    for place in 0..TOGETHER {
        query = query.bind(conversations.get(place).map_or("", |it| it.id.as_str()));
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

/// Conversations whose messages are read at once.
pub(crate) const TOGETHER: usize = 20;
