//! Contacts' rows. An id that is a GUID is stored in lower case, because GUIDs are the same in either.

use bonafide_protocol::id::ContactId;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _};

use super::paging::{After, Slice, one_more};
use super::{Connection, StorageError, changed_one};

/// A stored contact.
#[derive(Clone, Debug)]
pub struct ContactRow {
    /// The contact.
    pub id: ContactId,
    /// Its name.
    pub name: String,
    /// E-mail address.
    pub email: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// Whether it is linked to conversations.
    pub active: bool,
    /// Counts changes, from 1. A change is stored only on the version before this.
    pub version: i64,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Unix milliseconds.
    pub updated_at: i64,
}

impl FromRow<'_, SqliteRow> for ContactRow {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        Ok(Self {
            id: ContactId::from_text(row.try_get::<String, _>("id")?),
            name: row.try_get("name")?,
            email: row.try_get("email")?,
            phone: row.try_get("phone")?,
            active: row.try_get("active")?,
            version: row.try_get("version")?,
            created_at: row.try_get("created_at")?,
            updated_at: row.try_get("updated_at")?,
        })
    }
}

/// The contact with this id, in any case: a token's `sub` may write a GUID in capitals.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(
    connection: &mut Connection,
    id: &str,
) -> Result<Option<ContactRow>, StorageError> {
    let row = sqlx::query_as("SELECT * FROM contacts WHERE id = $1")
        .bind(id.to_ascii_lowercase())
        .fetch_optional(connection)
        .await?;
    Ok(row)
}

/// Contacts by name.
///
/// # Errors
/// When the database cannot be read.
pub async fn page(
    connection: &mut Connection,
    after: &After,
    limit: u32,
) -> Result<Slice<ContactRow>, StorageError> {
    let rows = sqlx::query_as(
        "SELECT * FROM contacts WHERE (name_key, id) > ($1, $2) ORDER BY name_key, id LIMIT $3",
    )
    .bind(&after.key)
    .bind(&after.id)
    .bind(one_more(limit))
    .fetch_all(connection)
    .await?;
    Ok(Slice::new(rows, limit))
}

/// Stores a new contact.
///
/// # Errors
/// [`StorageError::Taken`] when the id is in use.
pub async fn insert(connection: &mut Connection, row: &ContactRow) -> Result<(), StorageError> {
    sqlx::query(
        "INSERT INTO contacts (id, name, name_key, email, phone, active, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(row.id.as_str().to_ascii_lowercase())
    .bind(&row.name)
    .bind(row.name.to_lowercase())
    .bind(&row.email)
    .bind(&row.phone)
    .bind(row.active)
    .bind(row.created_at)
    .bind(row.updated_at)
    .execute(connection)
    .await?;
    Ok(())
}

/// Stores a changed contact.
///
/// # Errors
/// When it cannot be stored.
pub async fn update(connection: &mut Connection, row: &ContactRow) -> Result<(), StorageError> {
    let done = sqlx::query(
        "UPDATE contacts SET name = $2, name_key = $3, email = $4, phone = $5, active = $6, updated_at = $7, version = $8
         WHERE id = $1 AND version + 1 = $8",
    )
    .bind(row.id.as_str())
    .bind(&row.name)
    .bind(row.name.to_lowercase())
    .bind(&row.email)
    .bind(&row.phone)
    .bind(row.active)
    .bind(row.updated_at)
    .bind(row.version)
    .execute(connection)
    .await?;
    changed_one(&done)?;
    Ok(())
}

/// Deletes a contact.
///
/// # Errors
/// When it cannot be deleted.
pub async fn delete(
    connection: &mut Connection,
    id: &ContactId,
    version: i64,
) -> Result<(), StorageError> {
    let done = sqlx::query("DELETE FROM contacts WHERE id = $1 AND version = $2")
        .bind(id.as_str())
        .bind(version)
        .execute(connection)
        .await?;
    changed_one(&done)
}
