//! What can go wrong with the database, sorted by what the caller can do about it.

use std::path::PathBuf;

/// Why storage did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// A stored value is not what this version writes.
    #[error("the database holds an unreadable value: {0}")]
    Corrupt(String),
    /// The data folder cannot be used.
    #[error("the data folder {} cannot be used: {source}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// Another row still refers to the one that was to be deleted, or the row referred to does not exist.
    #[error("another record depends on this one")]
    InDependence,
    /// Another server process holds the data folder.
    #[error("another server is using this data folder; one SQLite file serves one process")]
    InUse,
    /// The schema could not be brought up to date.
    #[error("the database could not be brought up to date: {0}")]
    Migration(#[source] Box<sqlx::migrate::MigrateError>),
    /// Another row has this value already.
    #[error("another record has this value already")]
    Taken,
    /// The database cannot be reached, is locked for too long, or its disk is full.
    #[error("the database cannot be reached: {0}")]
    Unavailable(#[source] sqlx::Error),
}

impl From<sqlx::Error> for StorageError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(database) if database.is_unique_violation() => Self::Taken,
            sqlx::Error::Database(database) if database.is_foreign_key_violation() => {
                Self::InDependence
            }
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => {
                Self::Corrupt(error.to_string())
            }
            _ => Self::Unavailable(error),
        }
    }
}
