//! What can go wrong with the database, sorted by what the caller can do about it.

use std::path::PathBuf;

use sqlx::error::ErrorKind;

/// Why storage did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// A stored value is not what this version writes.
    #[error("the database holds an unreadable value: {0}")]
    Corrupt(String),
    /// Another row still refers to the one that was to be deleted, or the row referred to does not exist.
    #[error("another record depends on this one")]
    InDependence,
    /// Another server process holds the data folder.
    #[error("another server is using the data folder `{}`; one SQLite file serves one process", .0.display())]
    InUse(PathBuf),
    /// The schema could not be brought up to date.
    #[error("the database could not be brought up to date: {0}")]
    Migration(#[source] Box<sqlx::migrate::MigrateError>),
    /// The row is not of the version that the change is based on, or is gone.
    #[error("the record was changed meanwhile")]
    Stale,
    /// What was decided by is out of date: the configuration was changed meanwhile.
    #[error("the configuration was changed meanwhile")]
    OutOfDate,
    /// Another row has this value already.
    #[error("another record has this value already")]
    Taken,
    /// The database cannot be reached, is locked for too long, or its disk is full.
    #[error("the database cannot be reached: {0}")]
    Unavailable(#[source] sqlx::Error),
    /// Nothing of it is stored, as what was to be stored together could not be.
    #[error("nothing of it was stored: {0}")]
    Undone(String),
    /// A file of the database, or its folder, cannot be used. Nothing was changed.
    #[error("`{}` {cause}. {mend}.{}", path.display(), process_owner())]
    Unusable {
        /// The file or folder.
        path: PathBuf,
        /// What is wrong: the sentence goes on so after the path.
        cause: String,
        /// What to do: a sentence without its full stop.
        mend: String,
    },
}

impl From<sqlx::Error> for StorageError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(database) if database.is_unique_violation() => Self::Taken,
            sqlx::Error::Database(database) if database.is_foreign_key_violation() => {
                Self::InDependence
            }
            // What depends on the version of the configuration comes out empty.
            sqlx::Error::Database(database)
                if database.kind() == ErrorKind::NotNullViolation
                    && database.message().contains("widget_id") =>
            {
                Self::OutOfDate
            }
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => {
                Self::Corrupt(error.to_string())
            }
            _ => Self::Unavailable(error),
        }
    }
}

/// Files have owners; whoever reads that one cannot be used must know as whom it was tried.
#[cfg(unix)]
fn process_owner() -> String {
    format!(
        " This process runs as user {}.",
        rustix::process::geteuid().as_raw()
    )
}

#[cfg(not(unix))]
fn process_owner() -> String {
    String::new()
}
