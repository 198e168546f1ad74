//! API tokens' rows. Only the hash of a secret is stored.

use bonafide_protocol::id::{ApiTokenId, OperatorId};
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _};

use super::operators::OperatorRow;
use super::paging::{After, Slice, one_more};
use super::{Connection, StorageError};

/// A stored API token.
#[derive(Clone, Debug)]
pub struct ApiTokenRow {
    /// The token's id.
    pub id: ApiTokenId,
    /// What it is for.
    pub name: String,
    /// As whom it acts.
    pub operator: OperatorId,
    /// Unix milliseconds.
    pub created_at: i64,
}

impl FromRow<'_, SqliteRow> for ApiTokenRow {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        Ok(Self {
            id: ApiTokenId::from_text(row.try_get::<String, _>("id")?),
            name: row.try_get("name")?,
            operator: OperatorId::from_text(row.try_get::<String, _>("operator_id")?),
            created_at: row.try_get("created_at")?,
        })
    }
}

/// The operator as whom the token with this hash acts.
///
/// # Errors
/// When the database cannot be read.
pub async fn operator_of(
    connection: &mut Connection,
    secret_hash: &str,
) -> Result<Option<OperatorRow>, StorageError> {
    let row = sqlx::query_as(
        "SELECT operators.* FROM operators JOIN api_tokens ON api_tokens.operator_id = operators.id
         WHERE api_tokens.secret_hash = $1",
    )
    .bind(secret_hash)
    .fetch_optional(connection)
    .await?;
    Ok(row)
}

/// API tokens by id.
///
/// # Errors
/// When the database cannot be read.
pub async fn page(
    connection: &mut Connection,
    after: &After,
    limit: u32,
) -> Result<Slice<ApiTokenRow>, StorageError> {
    let rows = sqlx::query_as("SELECT * FROM api_tokens WHERE id > $1 ORDER BY id LIMIT $2")
        .bind(&after.id)
        .bind(one_more(limit))
        .fetch_all(connection)
        .await?;
    Ok(Slice::new(rows, limit))
}

/// The token with this id.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(
    connection: &mut Connection,
    id: &ApiTokenId,
) -> Result<Option<ApiTokenRow>, StorageError> {
    let row = sqlx::query_as("SELECT * FROM api_tokens WHERE id = $1")
        .bind(id.as_str())
        .fetch_optional(connection)
        .await?;
    Ok(row)
}

/// Stores a new token.
///
/// # Errors
/// When it cannot be stored.
pub async fn insert(
    connection: &mut Connection,
    row: &ApiTokenRow,
    secret_hash: &str,
) -> Result<(), StorageError> {
    sqlx::query(
        "INSERT INTO api_tokens (id, name, operator_id, secret_hash, created_at) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(row.id.as_str())
    .bind(&row.name)
    .bind(row.operator.as_str())
    .bind(secret_hash)
    .bind(row.created_at)
    .execute(connection)
    .await?;
    Ok(())
}

/// The ids of an operator's tokens with this name.
///
/// # Errors
/// When the database cannot be read.
pub async fn ids_named(
    connection: &mut Connection,
    operator: &OperatorId,
    name: &str,
) -> Result<Vec<ApiTokenId>, StorageError> {
    let ids: Vec<String> =
        sqlx::query_scalar("SELECT id FROM api_tokens WHERE operator_id = $1 AND name = $2")
            .bind(operator.as_str())
            .bind(name)
            .fetch_all(connection)
            .await?;
    Ok(ids.into_iter().map(ApiTokenId::from_text).collect())
}

/// Deletes a token: it opens nothing from now on.
///
/// # Errors
/// When it cannot be deleted.
pub async fn delete(connection: &mut Connection, id: &ApiTokenId) -> Result<(), StorageError> {
    sqlx::query("DELETE FROM api_tokens WHERE id = $1")
        .bind(id.as_str())
        .execute(connection)
        .await?;
    Ok(())
}
