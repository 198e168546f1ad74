//! The version of what administrators set up for starts: chat widgets, authentication settings, work streams, queues. It grows in
//! the transaction that changes one of them, so what was read under one version holds for as long as the version stands.

use super::{Connection, StorageError, Transaction};

/// The version that is stored.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn version(connection: &mut Connection) -> Result<i64, StorageError> {
    let version = sqlx::query_scalar("SELECT version FROM configuration")
        .fetch_one(connection)
        .await?;
    Ok(version)
}

/// Something of it is changed in this transaction. This process knows once it is stored, another one when it next asks for the
/// version.
///
/// # Errors
/// When it cannot be stored.
pub(super) async fn changed(transaction: &mut Transaction) -> Result<(), StorageError> {
    let version =
        sqlx::query_scalar("UPDATE configuration SET version = version + 1 RETURNING version")
            .fetch_one(&mut **transaction)
            .await?;
    transaction.changes.configuration = Some(version);
    Ok(())
}
