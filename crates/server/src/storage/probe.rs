//! The one row that shows whether the database can still be written. Holds nothing but a time.

use super::{Connection, StorageError};

/// When the row was written last (Unix milliseconds); `None` before the first time.
///
/// # Errors
/// When the database cannot be read.
pub async fn last(connection: &mut Connection) -> Result<Option<i64>, StorageError> {
    let at = sqlx::query_scalar("SELECT at FROM probe WHERE id = 1")
        .fetch_optional(connection)
        .await?;
    Ok(at)
}

/// Writes the row.
///
/// # Errors
/// When it cannot be stored.
pub async fn note(connection: &mut Connection, now_ms: i64) -> Result<(), StorageError> {
    sqlx::query(
        "INSERT INTO probe (id, at) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET at = excluded.at",
    )
    .bind(now_ms)
    .execute(connection)
    .await?;
    Ok(())
}
