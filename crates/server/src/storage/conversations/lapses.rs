//! Proofs of identity that ran out while their conversation is open, each told of once.

use bonafide_protocol::id::ConversationId;

use crate::storage::{Connection, StorageError};

/// At most `limit` open conversations whose proof ran out by `now_s` (Unix seconds) and that nobody was told of, with when it
/// did.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn lapsed(
    connection: &mut Connection,
    now_s: i64,
    limit: u32,
) -> Result<Vec<(ConversationId, i64)>, StorageError> {
    let rows: Vec<(String, i64)> = sqlx::query_as(
        "SELECT id, identity_expires_at FROM conversations
         WHERE open_queue_id IS NOT NULL AND identity_expires_at <= $1
             AND (lapse_noted IS NULL OR lapse_noted <> identity_expires_at)
         LIMIT $2",
    )
    .bind(now_s)
    .bind(limit)
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|(id, expired_at)| (ConversationId::from_text(id), expired_at))
        .collect())
}

/// Notes that it was told of. False when the proof was renewed or the conversation closed meanwhile, or it was noted before.
///
/// # Errors
/// When it cannot be stored.
pub(crate) async fn note_lapse(
    connection: &mut Connection,
    id: &ConversationId,
    expired_at: i64,
) -> Result<bool, StorageError> {
    let result = sqlx::query(
        "UPDATE conversations SET lapse_noted = $2
         WHERE id = $1 AND open_queue_id IS NOT NULL AND identity_expires_at = $2
             AND (lapse_noted IS NULL OR lapse_noted <> $2)",
    )
    .bind(id.as_str())
    .bind(expired_at)
    .execute(connection)
    .await?;
    Ok(result.rows_affected() == 1)
}
