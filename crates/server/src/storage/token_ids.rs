//! Single-use tokens that were used.

use aws_lc_rs::digest::{Context, SHA256};

use super::{Connection, StorageError};
use crate::random;

/// Notes that the token `id` (`jti`) of `issuer` is used. False when it was used before. Only in the
/// transaction that lets the token in, so that a start that fails leaves it unused.
///
/// # Errors
/// When it cannot be stored.
pub(crate) async fn take(
    connection: &mut Connection,
    issuer: &str,
    id: &str,
    forget_after: i64,
) -> Result<bool, StorageError> {
    let result = sqlx::query(
        "INSERT INTO token_ids (id_hash, forget_after) VALUES ($1, $2) ON CONFLICT DO NOTHING",
    )
    .bind(hash(issuer, id))
    .bind(forget_after)
    .execute(connection)
    .await?;
    Ok(result.rows_affected() == 1)
}

/// Whether the token `id` (`jti`) of `issuer` was used. Somebody may use it right after: only [`take`] lets one in.
///
/// # Errors
/// When it cannot be read.
pub(crate) async fn is_taken(
    connection: &mut Connection,
    issuer: &str,
    id: &str,
) -> Result<bool, StorageError> {
    let found: Option<i64> =
        sqlx::query_scalar("SELECT forget_after FROM token_ids WHERE id_hash = $1")
            .bind(hash(issuer, id))
            .fetch_optional(connection)
            .await?;
    Ok(found.is_some())
}

/// Forgets tokens that are refused for their age by now (Unix seconds).
///
/// # Errors
/// When they cannot be deleted.
pub(crate) async fn forget_old(
    connection: &mut Connection,
    now_s: i64,
) -> Result<(), StorageError> {
    sqlx::query("DELETE FROM token_ids WHERE forget_after < $1")
        .bind(now_s)
        .execute(connection)
        .await?;
    Ok(())
}

/// One size for every id, however long. The issuer's length stands before it, so that no two pairs run into
/// the same text.
fn hash(issuer: &str, id: &str) -> String {
    let mut context = Context::new(&SHA256);
    context.update(&(issuer.len() as u64).to_be_bytes());
    context.update(issuer.as_bytes());
    context.update(id.as_bytes());
    random::hex(context.finish().as_ref())
}

#[cfg(test)]
mod tests {
    use super::hash;

    #[test]
    fn an_issuer_does_not_run_into_the_id() {
        assert_ne!(hash("ab", "c"), hash("a", "bc"));
        assert_eq!(hash("ab", "c"), hash("ab", "c"));
    }
}
