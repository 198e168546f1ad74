//! The keys that each public key URL published last.

use super::{Connection, StorageError, json};

/// The fingerprints seen at `url` before, sorted. `None` when it was never read.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn find(
    connection: &mut Connection,
    url: &str,
) -> Result<Option<Vec<String>>, StorageError> {
    let text: Option<String> =
        sqlx::query_scalar("SELECT fingerprints FROM published_keys WHERE url = $1")
            .bind(url)
            .fetch_optional(connection)
            .await?;
    text.map(|text| serde_json::from_str(&text))
        .transpose()
        .map_err(|error| StorageError::Corrupt(format!("published_keys.fingerprints: {error}")))
}

/// Stores what `url` publishes now.
///
/// # Errors
/// When it cannot be stored.
pub(crate) async fn store(
    connection: &mut Connection,
    url: &str,
    fingerprints: &[String],
    now_ms: i64,
) -> Result<(), StorageError> {
    sqlx::query(
        "INSERT INTO published_keys (url, fingerprints, seen_at) VALUES ($1, $2, $3)
         ON CONFLICT (url) DO UPDATE SET fingerprints = excluded.fingerprints, seen_at = excluded.seen_at",
    )
    .bind(url)
    .bind(json::write(&fingerprints)?)
    .bind(now_ms)
    .execute(connection)
    .await?;
    Ok(())
}
