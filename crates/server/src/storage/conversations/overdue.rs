//! What time and absence do to conversations: those in which something is due by itself.

use bonafide_protocol::id::{ChatWidgetId, ConversationId, OperatorId, QueueId};
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _};

use crate::storage::{Connection, StorageError};

/// That an agent has conversations of a queue.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    pub(crate) agent: OperatorId,
    pub(crate) queue: QueueId,
    /// How long they may be away.
    pub(crate) absence_seconds: u32,
}

/// A conversation that waits.
#[derive(Clone, Debug)]
pub(crate) struct Waiting {
    pub(crate) widget: ChatWidgetId,
    pub(crate) id: ConversationId,
    /// How long its visitor may be gone.
    pub(crate) release_seconds: u32,
}

/// A conversation whose agent cannot go on with it.
#[derive(Clone, Debug)]
pub(crate) struct Orphan {
    pub(crate) id: ConversationId,
    /// Whether they serve its queue; then they were disabled.
    pub(crate) is_member: bool,
}

impl FromRow<'_, SqliteRow> for Held {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        Ok(Self {
            agent: OperatorId::from_text(row.try_get::<String, _>("agent_id")?),
            queue: QueueId::from_text(row.try_get::<String, _>("queue_id")?),
            absence_seconds: row.try_get("absence_seconds")?,
        })
    }
}

impl FromRow<'_, SqliteRow> for Waiting {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        Ok(Self {
            widget: ChatWidgetId::from_text(row.try_get::<String, _>("widget_id")?),
            id: ConversationId::from_text(row.try_get::<String, _>("id")?),
            release_seconds: row.try_get("release_seconds")?,
        })
    }
}

impl FromRow<'_, SqliteRow> for Orphan {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        Ok(Self {
            id: ConversationId::from_text(row.try_get::<String, _>("id")?),
            is_member: row.try_get("is_member")?,
        })
    }
}

/// Conversations that are not over, but whose visitor has no session any more: nobody can answer in them.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn abandoned(
    connection: &mut Connection,
) -> Result<Vec<ConversationId>, StorageError> {
    let ids: Vec<String> = sqlx::query_scalar(
        "SELECT id FROM conversations
         WHERE open_queue_id IS NOT NULL AND NOT EXISTS (
             SELECT 1 FROM visitor_sessions WHERE visitor_sessions.conversation_id = conversations.id)",
    )
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(ConversationId::from_text).collect())
}

/// Conversations whose agent cannot go on with them: disabled, gone, or no member of the queue any more, and no supervisor.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn orphaned(connection: &mut Connection) -> Result<Vec<Orphan>, StorageError> {
    let rows = sqlx::query_as(
        "SELECT id, is_member FROM (
             SELECT conversations.id,
                 EXISTS (SELECT 1 FROM operators WHERE operators.id = conversations.agent_id
                     AND operators.disabled = $1) AS is_enabled,
                 EXISTS (SELECT 1 FROM queues WHERE queues.id = conversations.queue_id
                     AND (queues.everyone = $2
                         OR EXISTS (SELECT 1 FROM queue_members
                             WHERE queue_members.queue_id = queues.id
                                 AND queue_members.operator_id = conversations.agent_id)
                         OR EXISTS (SELECT 1 FROM operators
                             WHERE operators.id = conversations.agent_id AND operators.role = 'supervisor'))) AS is_member
             FROM conversations WHERE conversations.state = 'active') AS had
         WHERE NOT (is_enabled AND is_member)",
    )
    .bind(false)
    .bind(true)
    .fetch_all(connection)
    .await?;
    Ok(rows)
}

/// Which agents have conversations of which queues.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn held(connection: &mut Connection) -> Result<Vec<Held>, StorageError> {
    let rows = sqlx::query_as(
        "SELECT DISTINCT conversations.agent_id, conversations.queue_id, queues.absence_seconds
         FROM conversations JOIN queues ON queues.id = conversations.queue_id
         WHERE conversations.state = 'active'",
    )
    .fetch_all(connection)
    .await?;
    Ok(rows)
}

/// The conversations that an agent has, of one queue or of all.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn active_of(
    connection: &mut Connection,
    agent: &OperatorId,
    queue: Option<&QueueId>,
) -> Result<Vec<ConversationId>, StorageError> {
    let ids: Vec<String> = sqlx::query_scalar(
        "SELECT id FROM conversations WHERE state = 'active' AND agent_id = $1 AND queue_id = COALESCE($2, queue_id)
         ORDER BY started_at, id",
    )
    .bind(agent.as_str())
    .bind(queue.map(QueueId::as_str))
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(ConversationId::from_text).collect())
}

/// The next conversations that wait, in the order of their widgets; after the last the caller begins anew.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn waiting(
    connection: &mut Connection,
    after: &(ChatWidgetId, ConversationId),
    limit: u32,
) -> Result<Vec<Waiting>, StorageError> {
    let rows = sqlx::query_as(
        "SELECT conversations.widget_id, conversations.id, chat_widgets.release_seconds
         FROM conversations JOIN chat_widgets ON chat_widgets.id = conversations.widget_id
         WHERE conversations.state = 'waiting' AND (conversations.widget_id, conversations.id) > ($1, $2)
         ORDER BY conversations.widget_id, conversations.id LIMIT $3",
    )
    .bind(after.0.as_str())
    .bind(after.1.as_str())
    .bind(limit)
    .fetch_all(connection)
    .await?;
    Ok(rows)
}
