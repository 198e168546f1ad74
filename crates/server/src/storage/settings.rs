//! Authentication settings' rows. A name is unique without regard to case.

use bonafide_protocol::admin::Reference;
use bonafide_protocol::id::{AuthenticationSettingId, ChatWidgetId};
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _};

use super::paging::{After, Slice, one_more};
use super::{Connection, StorageError, Transaction, changed_one, configuration};

/// A stored authentication setting.
#[derive(Clone, Debug)]
pub struct AuthenticationSettingRow {
    /// The setting.
    pub id: AuthenticationSettingId,
    /// Its name.
    pub name: String,
    /// Who answers for it.
    pub owner: String,
    /// Where the website publishes its public keys.
    pub public_key_url: String,
    /// Dotted name of the page's function.
    pub client_function: String,
    /// Required `iss`.
    pub expected_issuer: Option<String>,
    /// Required `aud`.
    pub expected_audience: Option<String>,
    /// Tolerance for clocks that differ, in seconds.
    pub leeway_seconds: u16,
    /// Whether each `jti` is accepted once only.
    pub single_use: bool,
    /// Counts changes, from 1. A change is stored only on the version before this.
    pub version: i64,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Unix milliseconds.
    pub updated_at: i64,
}

impl FromRow<'_, SqliteRow> for AuthenticationSettingRow {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        Ok(Self {
            id: AuthenticationSettingId::from_text(row.try_get::<String, _>("id")?),
            name: row.try_get("name")?,
            owner: row.try_get("owner")?,
            public_key_url: row.try_get("public_key_url")?,
            client_function: row.try_get("client_function")?,
            expected_issuer: row.try_get("expected_issuer")?,
            expected_audience: row.try_get("expected_audience")?,
            leeway_seconds: row.try_get("leeway_seconds")?,
            single_use: row.try_get("single_use")?,
            version: row.try_get("version")?,
            created_at: row.try_get("created_at")?,
            updated_at: row.try_get("updated_at")?,
        })
    }
}

/// The setting with this id.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(
    connection: &mut Connection,
    id: &AuthenticationSettingId,
) -> Result<Option<AuthenticationSettingRow>, StorageError> {
    let row = sqlx::query_as("SELECT * FROM authentication_settings WHERE id = $1")
        .bind(id.as_str())
        .fetch_optional(connection)
        .await?;
    Ok(row)
}

/// Settings by name.
///
/// # Errors
/// When the database cannot be read.
pub async fn page(
    connection: &mut Connection,
    after: &After,
    limit: u32,
) -> Result<Slice<AuthenticationSettingRow>, StorageError> {
    let rows = sqlx::query_as(
        "SELECT * FROM authentication_settings WHERE (name_key, id) > ($1, $2) ORDER BY name_key, id LIMIT $3",
    )
    .bind(&after.key)
    .bind(&after.id)
    .bind(one_more(limit))
    .fetch_all(connection)
    .await?;
    Ok(Slice::new(rows, limit))
}

/// The chat widgets that use a setting, by name.
///
/// # Errors
/// When the database cannot be read.
pub async fn used_by(
    connection: &mut Connection,
    id: &AuthenticationSettingId,
) -> Result<Vec<Reference<ChatWidgetId>>, StorageError> {
    let rows: Vec<(String, String)> = sqlx::query_as(
        "SELECT id, name FROM chat_widgets WHERE authentication_setting_id = $1 ORDER BY name_key, id",
    )
    .bind(id.as_str())
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|(id, name)| Reference {
            id: ChatWidgetId::from_text(id),
            name,
        })
        .collect())
}

/// Stores a new setting.
///
/// # Errors
/// [`StorageError::Taken`] when the name is in use.
pub async fn insert(
    transaction: &mut Transaction,
    row: &AuthenticationSettingRow,
) -> Result<(), StorageError> {
    sqlx::query(
        "INSERT INTO authentication_settings (id, name, name_key, owner, public_key_url, client_function,
             expected_issuer, expected_audience, leeway_seconds, single_use, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(row.id.as_str())
    .bind(&row.name)
    .bind(row.name.to_lowercase())
    .bind(&row.owner)
    .bind(&row.public_key_url)
    .bind(&row.client_function)
    .bind(&row.expected_issuer)
    .bind(&row.expected_audience)
    .bind(row.leeway_seconds)
    .bind(row.single_use)
    .bind(row.created_at)
    .bind(row.updated_at)
    .execute(&mut **transaction)
    .await?;
    configuration::changed(transaction).await
}

/// Stores a changed setting.
///
/// # Errors
/// [`StorageError::Taken`] when the name is in use.
pub async fn update(
    transaction: &mut Transaction,
    row: &AuthenticationSettingRow,
) -> Result<(), StorageError> {
    let done = sqlx::query(
        "UPDATE authentication_settings SET name = $2, name_key = $3, owner = $4, public_key_url = $5,
             client_function = $6, expected_issuer = $7, expected_audience = $8, leeway_seconds = $9,
             single_use = $10, updated_at = $11, version = $12
         WHERE id = $1 AND version + 1 = $12",
    )
    .bind(row.id.as_str())
    .bind(&row.name)
    .bind(row.name.to_lowercase())
    .bind(&row.owner)
    .bind(&row.public_key_url)
    .bind(&row.client_function)
    .bind(&row.expected_issuer)
    .bind(&row.expected_audience)
    .bind(row.leeway_seconds)
    .bind(row.single_use)
    .bind(row.updated_at)
    .bind(row.version)
    .execute(&mut **transaction)
    .await?;
    changed_one(&done)?;
    configuration::changed(transaction).await
}

/// Deletes a setting.
///
/// # Errors
/// [`StorageError::InDependence`] when a chat widget uses it.
pub async fn delete(
    transaction: &mut Transaction,
    id: &AuthenticationSettingId,
    version: i64,
) -> Result<(), StorageError> {
    let done = sqlx::query("DELETE FROM authentication_settings WHERE id = $1 AND version = $2")
        .bind(id.as_str())
        .bind(version)
        .execute(&mut **transaction)
        .await?;
    changed_one(&done)?;
    configuration::changed(transaction).await
}
