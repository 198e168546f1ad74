//! The one place with SQL. Functions take a [`Connection`] and give rows: `find` gives an Option, writes happen in
//! a [`Transaction`] that must be committed. Nothing here knows HTTP or decides who may do what.
//!
//! SQL is written with `$1` placeholders and portable types, so that PostgreSQL can run it unchanged: ids and JSON
//! are TEXT, times and integers BIGINT (unix milliseconds).

use std::fs::File;
use std::ops::{Deref, DerefMut};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use sqlx::Connection as _;
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{
    Sqlite, SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool,
    SqlitePoolOptions, SqliteSynchronous,
};

pub mod api_tokens;
pub mod audit;
pub mod contacts;
pub mod conversations;
pub mod error;
mod folder;
pub mod json;
pub mod messages;
pub mod operators;
pub mod paging;
pub mod probe;
pub mod published_keys;
pub mod queues;
pub mod sessions;
pub mod set_up;
pub mod settings;
pub mod token_ids;
pub mod visitor_sessions;
pub mod widgets;
pub mod work_streams;

pub use error::StorageError;
pub use folder::{create as create_folder, is_in_use};

/// What queries run on; both [`Reader`] and [`Transaction`] are one.
pub type Connection = SqliteConnection;

/// Readers work beside the writer (WAL); more than this only queue for two disks' worth of work.
const READERS: u32 = 8;
/// How long a statement waits for another process's short transaction (`bonafide operator` beside a server).
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a request waits for a connection before it is told that storage is busy.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);

/// An open database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Storage {
    reader: SqlitePool,
    writer: SqlitePool,
    /// `None` for the command line beside a running server.
    lock: Option<Arc<File>>,
}

/// A connection that reads.
#[derive(Debug)]
pub struct Reader(PoolConnection<Sqlite>);

/// A transaction that holds the write lock from its beginning. Dropping it undoes everything.
#[derive(Debug)]
#[must_use = "a transaction that is not committed is undone"]
pub struct Transaction(sqlx::Transaction<'static, Sqlite>);

impl Storage {
    /// Opens the database in `folder` as its server: makes what is missing, and brings the schema up to date.
    ///
    /// # Errors
    /// When the folder cannot be made or written, another server holds it, or a migration fails.
    pub async fn open(folder: &Path) -> Result<Self, StorageError> {
        let lock = folder::lock(folder)?.ok_or(StorageError::InUse)?;
        let storage = Self::connect(folder, Some(lock)).await?;
        storage.migrate().await?;
        Ok(storage)
    }

    /// Opens the database in `folder` for a command beside a server that may be running. Migrates only when no
    /// server is.
    ///
    /// # Errors
    /// When the folder cannot be made or written, or a migration fails.
    pub async fn open_beside(folder: &Path) -> Result<Self, StorageError> {
        let lock = folder::lock(folder)?;
        let alone = lock.is_some();
        let storage = Self::connect(folder, lock).await?;
        if alone {
            storage.migrate().await?;
        }
        Ok(storage)
    }

    /// A connection to read with.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn read(&self) -> Result<Reader, StorageError> {
        Ok(Reader(self.reader.acquire().await?))
    }

    /// Begins a transaction that writes. Writers take turns.
    ///
    /// # Errors
    /// When the database cannot be reached, or stays locked.
    pub async fn write(&self) -> Result<Transaction, StorageError> {
        Ok(Transaction(
            self.writer.begin_with("BEGIN IMMEDIATE").await?,
        ))
    }

    /// Appends one audit entry in a transaction of its own: for refusals, which change nothing else.
    ///
    /// # Errors
    /// When it cannot be stored.
    pub async fn audit(&self, entry: audit::Entry) -> Result<(), StorageError> {
        let mut transaction = self.write().await?;
        audit::append(&mut transaction, entry).await?;
        transaction.commit().await
    }

    /// Whether the database can be read and written at `now_ms` (Unix milliseconds): writes a row to the disk.
    ///
    /// # Errors
    /// When one of the two fails.
    pub async fn ping(&self, now_ms: i64) -> Result<(), StorageError> {
        let mut reader = self.read().await?;
        probe::last(&mut reader).await?;
        drop(reader);
        let mut transaction = self.write().await?;
        probe::note(&mut transaction, now_ms).await?;
        transaction.commit().await
    }

    /// Closes all connections after the work in hand, and lets another process have the folder. Every clone is
    /// closed with it.
    pub async fn close(&self) {
        self.reader.close().await;
        self.writer.close().await;
        if let Some(lock) = &self.lock
            && let Err(error) = lock.unlock()
        {
            // The operating system lets go of it when the process ends.
            tracing::debug!(%error, "the data folder's lock could not be released");
        }
    }

    async fn connect(folder: &Path, lock: Option<File>) -> Result<Self, StorageError> {
        let options = SqliteConnectOptions::new()
            .filename(folder::database(folder)?)
            .journal_mode(SqliteJournalMode::Wal)
            // Acknowledged means stored: FULL waits for the disk at every commit.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT);
        let pool = SqlitePoolOptions::new()
            .acquire_timeout(ACQUIRE_TIMEOUT)
            // A file does not hang up: asking whether it is still there would double the cost of a short read.
            .test_before_acquire(false);
        let writer = pool
            .clone()
            .max_connections(1)
            // A full disk makes SQLite undo the transaction by itself. The connection still counts it as open then,
            // and would begin no other: it goes, and the next writer opens a new one.
            .after_release(|connection, _| {
                Box::pin(async {
                    if connection.is_in_transaction() {
                        // What was not committed is undone now, in turn.
                        connection.ping().await?;
                    }
                    Ok(!connection.is_in_transaction())
                })
            })
            .connect_with(options.clone())
            .await?;
        let reader = pool.max_connections(READERS).connect_lazy_with(options);
        Ok(Self {
            reader,
            writer,
            lock: lock.map(Arc::new),
        })
    }

    async fn migrate(&self) -> Result<(), StorageError> {
        sqlx::migrate!()
            .run(&self.writer)
            .await
            .map_err(|error| StorageError::Migration(error.into()))
    }
}

impl Transaction {
    /// Makes the changes durable. Only after this may anybody be told of them.
    ///
    /// # Errors
    /// When they could not be stored; then none of them is.
    pub async fn commit(self) -> Result<(), StorageError> {
        Ok(self.0.commit().await?)
    }
}

impl Deref for Transaction {
    type Target = Connection;
    fn deref(&self) -> &Connection {
        &self.0
    }
}

impl DerefMut for Transaction {
    fn deref_mut(&mut self) -> &mut Connection {
        &mut self.0
    }
}

impl Deref for Reader {
    type Target = Connection;
    fn deref(&self) -> &Connection {
        &self.0
    }
}

impl DerefMut for Reader {
    fn deref_mut(&mut self) -> &mut Connection {
        &mut self.0
    }
}
