//! Operators' sessions: opaque data under the hash of the cookie's id.

use super::{Connection, StorageError};

/// A stored session that has not expired at `now_ms`.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(
    connection: &mut Connection,
    id_hash: &str,
    now_ms: i64,
) -> Result<Option<(String, i64)>, StorageError> {
    let row = sqlx::query_as(
        "SELECT data, expires_at FROM operator_sessions WHERE id_hash = $1 AND expires_at > $2",
    )
    .bind(id_hash)
    .bind(now_ms)
    .fetch_optional(connection)
    .await?;
    Ok(row)
}

/// Stores a new session; false when the id is taken.
///
/// # Errors
/// When it cannot be stored.
pub async fn insert(
    connection: &mut Connection,
    id_hash: &str,
    data: &str,
    expires_at: i64,
) -> Result<bool, StorageError> {
    let result = sqlx::query(
        "INSERT INTO operator_sessions (id_hash, data, expires_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
    )
    .bind(id_hash)
    .bind(data)
    .bind(expires_at)
    .execute(connection)
    .await?;
    Ok(result.rows_affected() == 1)
}

/// Stores a session's data again. One that was deleted meanwhile stays deleted: a sign-out must win over a request
/// that was under way.
///
/// # Errors
/// When it cannot be stored.
pub async fn update(
    connection: &mut Connection,
    id_hash: &str,
    data: &str,
    expires_at: i64,
) -> Result<(), StorageError> {
    sqlx::query("UPDATE operator_sessions SET data = $2, expires_at = $3 WHERE id_hash = $1")
        .bind(id_hash)
        .bind(data)
        .bind(expires_at)
        .execute(connection)
        .await?;
    Ok(())
}

/// Deletes a session.
///
/// # Errors
/// When it cannot be deleted.
pub async fn delete(connection: &mut Connection, id_hash: &str) -> Result<(), StorageError> {
    sqlx::query("DELETE FROM operator_sessions WHERE id_hash = $1")
        .bind(id_hash)
        .execute(connection)
        .await?;
    Ok(())
}

/// Deletes what has expired at `now_ms`.
///
/// # Errors
/// When it cannot be deleted.
pub async fn delete_expired(connection: &mut Connection, now_ms: i64) -> Result<(), StorageError> {
    sqlx::query("DELETE FROM operator_sessions WHERE expires_at <= $1")
        .bind(now_ms)
        .execute(connection)
        .await?;
    Ok(())
}
