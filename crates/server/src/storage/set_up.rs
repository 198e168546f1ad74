//! The set-up link's hash. It opens a server that has no administrator yet, once.

use super::{Connection, StorageError};

/// Stores the hash of a new set-up secret; the one before opens nothing from now on.
///
/// # Errors
/// When it cannot be stored.
pub async fn replace(connection: &mut Connection, secret_hash: &str) -> Result<(), StorageError> {
    sqlx::query(
        "INSERT INTO set_up (id, secret_hash) VALUES (1, $1)
         ON CONFLICT (id) DO UPDATE SET secret_hash = excluded.secret_hash",
    )
    .bind(secret_hash)
    .execute(connection)
    .await?;
    Ok(())
}

/// Uses the set-up secret up; false when this is not its hash.
///
/// # Errors
/// When it cannot be stored.
pub async fn consume(connection: &mut Connection, secret_hash: &str) -> Result<bool, StorageError> {
    let result = sqlx::query("DELETE FROM set_up WHERE secret_hash = $1")
        .bind(secret_hash)
        .execute(connection)
        .await?;
    Ok(result.rows_affected() == 1)
}
