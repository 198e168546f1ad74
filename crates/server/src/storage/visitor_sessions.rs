//! Visitors' sessions: what opens a conversation, under the hash of its secret.

use bonafide_protocol::id::{ChatWidgetId, ConversationId};

use super::statement::Statement;
use super::{Connection, StorageError};

/// When the session of `secret_hash` for this conversation ends (Unix milliseconds). `None` when there is none or
/// it is over.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn expiry(
    connection: &mut Connection,
    secret_hash: &str,
    conversation: &ConversationId,
    now_ms: i64,
) -> Result<Option<i64>, StorageError> {
    let expires_at = sqlx::query_scalar(
        "SELECT expires_at FROM visitor_sessions
         WHERE secret_hash = $1 AND conversation_id = $2 AND expires_at > $3",
    )
    .bind(secret_hash)
    .bind(conversation.as_str())
    .bind(now_ms)
    .fetch_optional(connection)
    .await?;
    Ok(expires_at)
}

/// The hashes of the secrets that open this conversation.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn hashes(
    connection: &mut Connection,
    conversation: &ConversationId,
    now_ms: i64,
) -> Result<Vec<String>, StorageError> {
    let hashes = sqlx::query_scalar(
        "SELECT secret_hash FROM visitor_sessions WHERE conversation_id = $1 AND expires_at > $2",
    )
    .bind(conversation.as_str())
    .bind(now_ms)
    .fetch_all(connection)
    .await?;
    Ok(hashes)
}

/// What stores a new session.
pub(crate) fn insertion(
    secret_hash: &str,
    conversation: &ConversationId,
    now_ms: i64,
    expires_at: i64,
) -> Statement {
    Statement::insertion(
        "INSERT INTO visitor_sessions (secret_hash, conversation_id, created_at, expires_at) VALUES",
        "($1, $2, $3, $4)",
    )
    .bind(secret_hash)
    .bind(conversation.as_str())
    .bind(now_ms)
    .bind(expires_at)
}

/// Puts the end of a session off. One that was revoked meanwhile stays revoked.
///
/// # Errors
/// When it cannot be stored.
pub(crate) async fn extend(
    connection: &mut Connection,
    secret_hash: &str,
    conversation: &ConversationId,
    expires_at: i64,
) -> Result<(), StorageError> {
    sqlx::query(
        "UPDATE visitor_sessions SET expires_at = $3 WHERE conversation_id = $2 AND secret_hash = $1",
    )
    .bind(secret_hash)
    .bind(conversation.as_str())
    .bind(expires_at)
    .execute(connection)
    .await?;
    Ok(())
}

/// Ends all sessions of a conversation.
///
/// # Errors
/// When they cannot be deleted.
pub(crate) async fn revoke(
    connection: &mut Connection,
    conversation: &ConversationId,
) -> Result<(), StorageError> {
    sqlx::query("DELETE FROM visitor_sessions WHERE conversation_id = $1")
        .bind(conversation.as_str())
        .execute(connection)
        .await?;
    Ok(())
}

/// Ends all sessions of a widget's conversations; gives the conversations.
///
/// # Errors
/// When they cannot be deleted.
pub(crate) async fn revoke_of_widget(
    connection: &mut Connection,
    widget: &ChatWidgetId,
) -> Result<Vec<ConversationId>, StorageError> {
    let ids: Vec<String> = sqlx::query_scalar(
        "DELETE FROM visitor_sessions WHERE EXISTS (SELECT 1 FROM conversations
             WHERE conversations.id = visitor_sessions.conversation_id AND conversations.widget_id = $1)
         RETURNING conversation_id",
    )
    .bind(widget.as_str())
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(ConversationId::from_text).collect())
}

/// Deletes what has expired at `now_ms`.
///
/// # Errors
/// When it cannot be deleted.
pub(crate) async fn delete_expired(
    connection: &mut Connection,
    now_ms: i64,
) -> Result<(), StorageError> {
    sqlx::query("DELETE FROM visitor_sessions WHERE expires_at <= $1")
        .bind(now_ms)
        .execute(connection)
        .await?;
    Ok(())
}
