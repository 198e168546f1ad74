//! Chat widgets' rows. A name is unique without regard to case.

use bonafide_protocol::admin::Reference;
use bonafide_protocol::file::FilePolicy;
use bonafide_protocol::id::{AuthenticationSettingId, ChatWidgetId, WorkStreamId};
use bonafide_protocol::visitor::{Appearance, SignIn};
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _};

use super::paging::{After, Slice, one_more};
use super::{Connection, StorageError, Transaction, changed_one, configuration, json};

/// A stored chat widget, with the names of what it refers to.
#[derive(Clone, Debug)]
pub struct ChatWidgetRow {
    /// The widget.
    pub id: ChatWidgetId,
    /// Its name.
    pub name: String,
    /// Where its conversations enter.
    pub work_stream: Reference<WorkStreamId>,
    /// Its authentication setting.
    pub authentication_setting: Option<Reference<AuthenticationSettingId>>,
    /// Whether a chat needs a token.
    pub sign_in: SignIn,
    /// Exact origins, or `*`.
    pub allowed_origins: Vec<String>,
    /// How it looks and what it says.
    pub appearance: Appearance,
    /// How long a waiting visitor who is gone keeps their place.
    pub release_seconds: u32,
    /// Which files may be sent.
    pub files: Option<FilePolicy>,
    /// Counts changes, from 1. A change is stored only on the version before this.
    pub version: i64,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Unix milliseconds.
    pub updated_at: i64,
}

impl FromRow<'_, SqliteRow> for ChatWidgetRow {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        let setting: Option<String> = row.try_get("authentication_setting_id")?;
        let setting_name: Option<String> = row.try_get("setting_name")?;
        Ok(Self {
            id: ChatWidgetId::from_text(row.try_get::<String, _>("id")?),
            name: row.try_get("name")?,
            work_stream: Reference {
                id: WorkStreamId::from_text(row.try_get::<String, _>("work_stream_id")?),
                name: row.try_get("work_stream_name")?,
            },
            authentication_setting: setting.zip(setting_name).map(|(id, name)| Reference {
                id: AuthenticationSettingId::from_text(id),
                name,
            }),
            sign_in: json::read_word(row, "sign_in")?,
            allowed_origins: json::read(row, "allowed_origins")?,
            appearance: json::read(row, "appearance")?,
            release_seconds: row.try_get("release_seconds")?,
            files: match row.try_get::<Option<String>, _>("files")? {
                Some(_) => Some(json::read(row, "files")?),
                None => None,
            },
            version: row.try_get("version")?,
            created_at: row.try_get("created_at")?,
            updated_at: row.try_get("updated_at")?,
        })
    }
}

/// The widget with this id.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(
    connection: &mut Connection,
    id: &ChatWidgetId,
) -> Result<Option<ChatWidgetRow>, StorageError> {
    let row = sqlx::query_as(
        "SELECT chat_widgets.*, work_streams.name AS work_stream_name, authentication_settings.name AS setting_name
         FROM chat_widgets
         JOIN work_streams ON work_streams.id = chat_widgets.work_stream_id
         LEFT JOIN authentication_settings ON authentication_settings.id = chat_widgets.authentication_setting_id
         WHERE chat_widgets.id = $1",
    )
    .bind(id.as_str())
    .fetch_optional(connection)
    .await?;
    Ok(row)
}

/// Widgets by name.
///
/// # Errors
/// When the database cannot be read.
pub async fn page(
    connection: &mut Connection,
    after: &After,
    limit: u32,
) -> Result<Slice<ChatWidgetRow>, StorageError> {
    let rows = sqlx::query_as(
        "SELECT chat_widgets.*, work_streams.name AS work_stream_name, authentication_settings.name AS setting_name
         FROM chat_widgets
         JOIN work_streams ON work_streams.id = chat_widgets.work_stream_id
         LEFT JOIN authentication_settings ON authentication_settings.id = chat_widgets.authentication_setting_id
         WHERE (chat_widgets.name_key, chat_widgets.id) > ($1, $2)
         ORDER BY chat_widgets.name_key, chat_widgets.id LIMIT $3",
    )
    .bind(&after.key)
    .bind(&after.id)
    .bind(one_more(limit))
    .fetch_all(connection)
    .await?;
    Ok(Slice::new(rows, limit))
}

/// Stores a new widget. The names in its references are not stored.
///
/// # Errors
/// [`StorageError::Taken`] when the name is in use; [`StorageError::InDependence`] when a reference does not exist.
pub async fn insert(
    transaction: &mut Transaction,
    row: &ChatWidgetRow,
) -> Result<(), StorageError> {
    sqlx::query(
        "INSERT INTO chat_widgets (id, name, name_key, work_stream_id, authentication_setting_id, sign_in,
             allowed_origins, appearance, release_seconds, files, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(row.id.as_str())
    .bind(&row.name)
    .bind(row.name.to_lowercase())
    .bind(row.work_stream.id.as_str())
    .bind(row.authentication_setting.as_ref().map(|setting| setting.id.as_str()))
    .bind(json::write_word(&row.sign_in)?)
    .bind(json::write(&row.allowed_origins)?)
    .bind(json::write(&row.appearance)?)
    .bind(row.release_seconds)
    .bind(row.files.as_ref().map(json::write).transpose()?)
    .bind(row.created_at)
    .bind(row.updated_at)
    .execute(&mut **transaction)
    .await?;
    configuration::changed(transaction).await
}

/// Stores a changed widget.
///
/// # Errors
/// As [`insert`].
pub async fn update(
    transaction: &mut Transaction,
    row: &ChatWidgetRow,
) -> Result<(), StorageError> {
    let done = sqlx::query(
        "UPDATE chat_widgets SET name = $2, name_key = $3, work_stream_id = $4, authentication_setting_id = $5,
             sign_in = $6, allowed_origins = $7, appearance = $8, release_seconds = $9, files = $10, updated_at = $11, version = $12
         WHERE id = $1 AND version + 1 = $12",
    )
    .bind(row.id.as_str())
    .bind(&row.name)
    .bind(row.name.to_lowercase())
    .bind(row.work_stream.id.as_str())
    .bind(row.authentication_setting.as_ref().map(|setting| setting.id.as_str()))
    .bind(json::write_word(&row.sign_in)?)
    .bind(json::write(&row.allowed_origins)?)
    .bind(json::write(&row.appearance)?)
    .bind(row.release_seconds)
    .bind(row.files.as_ref().map(json::write).transpose()?)
    .bind(row.updated_at)
    .bind(row.version)
    .execute(&mut **transaction)
    .await?;
    changed_one(&done)?;
    configuration::changed(transaction).await
}

/// Which files may be sent in a widget's conversations; none where the widget is gone.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn files(
    connection: &mut Connection,
    id: &ChatWidgetId,
) -> Result<Option<FilePolicy>, StorageError> {
    Ok(find(connection, id).await?.and_then(|widget| widget.files))
}

/// How many conversations of a widget are not over.
///
/// # Errors
/// When the database cannot be read.
pub async fn open_conversations(
    connection: &mut Connection,
    id: &ChatWidgetId,
) -> Result<u32, StorageError> {
    let count = sqlx::query_scalar(
        "SELECT count(*) FROM conversations WHERE open_queue_id IS NOT NULL AND widget_id = $1",
    )
    .bind(id.as_str())
    .fetch_one(connection)
    .await?;
    Ok(count)
}

/// Deletes a widget.
///
/// # Errors
/// When it cannot be deleted.
pub async fn delete(
    transaction: &mut Transaction,
    id: &ChatWidgetId,
    version: i64,
) -> Result<(), StorageError> {
    let done = sqlx::query("DELETE FROM chat_widgets WHERE id = $1 AND version = $2")
        .bind(id.as_str())
        .bind(version)
        .execute(&mut **transaction)
        .await?;
    changed_one(&done)?;
    configuration::changed(transaction).await
}
