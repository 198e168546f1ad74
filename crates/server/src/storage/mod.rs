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
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePoolOptions,
    SqliteQueryResult, SqliteSynchronous,
};

pub mod api_tokens;
pub mod audit;
pub(crate) mod availability;
mod backup;
pub(crate) mod canned_replies;
pub(crate) mod colleagues;
pub(crate) mod configuration;
pub mod contacts;
pub mod conversations;
pub mod error;
pub(crate) mod events;
pub(crate) mod files;
pub(crate) mod folder;
mod head;
mod health;
mod idle;
pub mod json;
mod kept;
pub(crate) mod lines;
pub mod messages;
pub(crate) mod notes;
pub mod operators;
pub mod paging;
pub mod probe;
pub mod published_keys;
pub mod queues;
mod readers;
mod restore;
mod saved_files;
pub mod sessions;
pub mod set_up;
pub mod settings;
mod stamp;
pub(crate) mod statement;
pub mod token_ids;
pub mod visitor_sessions;
mod wal;
pub mod widgets;
pub mod work_streams;
mod writer;

pub use backup::{BackedUp, Progress, back_up};
pub use error::StorageError;
pub(crate) use folder::files as files_folder;
pub use folder::{create as create_folder, is_in_use};
pub use health::Check;
pub use readers::Reader;
pub use restore::{Restored, rehearse, restore};
pub use saved_files::SavedFiles;

use kept::{Changes, Kept};
use lines::{Lines, Move};
use readers::Readers;
use stamp::Stamp;
use statement::Batch;
use writer::{Turn, Writer};

/// What queries run on; both [`Reader`] and [`Transaction`] are one.
pub type Connection = SqliteConnection;

/// Readers work beside the writer (WAL); more than this only queue for two disks' worth of work.
const READERS: u32 = 8;
/// How long a statement waits for another process's short transaction (`bonafide operator` beside a server).
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a request waits for a connection before it is told that storage is busy.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);

/// Whether a statement found the one row, of the version that it is meant for.
fn changed_one(done: &SqliteQueryResult) -> Result<(), StorageError> {
    match done.rows_affected() {
        0 => Err(StorageError::Stale),
        _ => Ok(()),
    }
}

/// The version of a new record.
pub(crate) const FIRST_VERSION: i64 = 1;

/// An open database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Storage {
    readers: Readers,
    writer: Writer,
    kept: Kept,
    /// `None` for the command line beside a running server.
    alone: Option<Arc<Alone>>,
}

/// What only the one process has that holds the folder.
#[derive(Debug)]
struct Alone {
    lock: File,
    stamp: Stamp,
}

/// A transaction that holds the write lock from its beginning. Dropping it undoes everything. It may be committed together with
/// others, and sees what they did before that is on the disk: who answers "done" from what was read here commits too.
#[derive(Debug)]
#[must_use = "a transaction that is not committed is undone"]
pub struct Transaction {
    turn: Turn,
    changes: Changes,
}

impl Storage {
    /// Opens the database in `folder` as its server: makes what is missing, and brings the schema up to date.
    ///
    /// # Errors
    /// When another server holds the folder, a file cannot be used, or a migration fails.
    pub async fn open(folder: &Path, check: Check) -> Result<Self, StorageError> {
        let lock = folder::lock(folder)?.ok_or_else(|| StorageError::InUse(folder.to_owned()))?;
        Self::open_alone(folder, lock, check).await
    }

    /// Opens the database in `folder` for a command beside a server that may be running. Migrates only when no
    /// server is.
    ///
    /// # Errors
    /// When a file cannot be used, or a migration fails.
    pub async fn open_beside(folder: &Path) -> Result<Self, StorageError> {
        match folder::lock(folder)? {
            // Short commands do not read the whole database.
            Some(lock) => Self::open_alone(folder, lock, Check::Heads).await,
            None => {
                folder::make_database(folder)?;
                Self::connect(&folder::database(folder)).await
            }
        }
    }

    async fn open_alone(folder: &Path, lock: File, check: Check) -> Result<Self, StorageError> {
        let path = folder::database(folder);
        let is_new = folder::make_database(folder)?;
        if !is_new {
            health::judge(&path, check).await?;
        }
        match Self::connect_ready(&path).await {
            Ok(storage) => {
                storage.kept.fill(&mut *storage.read().await?).await?;
                let stamp = Stamp::new(&path);
                let alone = Arc::new(Alone { lock, stamp });
                Ok(Self {
                    writer: storage.writer.alone(alone.clone()),
                    alone: Some(alone),
                    ..storage
                })
            }
            Err(error) => {
                if is_new {
                    folder::remove_database(folder);
                }
                Err(error)
            }
        }
    }

    async fn connect_ready(path: &Path) -> Result<Self, StorageError> {
        let storage = Self::connect(path).await?;
        if let Err(error) = storage.make_ready().await {
            // Dropped, it would go on with its files for a while.
            storage.close().await;
            return Err(error);
        }
        Ok(storage)
    }

    async fn make_ready(&self) -> Result<(), StorageError> {
        self.migrate().await?;
        let mut connection = self.writer.pool().acquire().await?;
        stamp::ensure(&mut connection).await
    }

    /// A connection to read with.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn read(&self) -> Result<Reader, StorageError> {
        self.readers.reader().await
    }

    /// Begins a transaction that writes. Writers take turns.
    ///
    /// # Errors
    /// When the database cannot be reached, or stays locked.
    pub async fn write(&self) -> Result<Transaction, StorageError> {
        Ok(Transaction {
            turn: self.writer.begin().await?,
            changes: Changes::default(),
        })
    }

    /// Who waits in which queue. Empty for a command beside a running server.
    pub(crate) fn lines(&self) -> &Lines {
        &self.kept.lines
    }

    /// The version of the configuration after the last commit of this process.
    pub(crate) fn configuration(&self) -> i64 {
        self.kept.configuration()
    }

    /// Learns of the changes of another process.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(crate) async fn look_at_configuration(&self) -> Result<(), StorageError> {
        let mut reader = self.read().await?;
        let version = configuration::version(&mut reader).await?;
        self.kept.note_configuration(version);
        Ok(())
    }

    /// Stores a batch, with whatever others want to store at that moment.
    ///
    /// # Errors
    /// When it could not be stored; then nothing of it is.
    pub(crate) async fn store(&self, batch: Batch) -> Result<(), StorageError> {
        self.writer.store(batch).await
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
        self.readers.close().await;
        self.writer.close().await;
        if let Some(alone) = &self.alone
            && let Err(error) = alone.lock.unlock()
        {
            // The operating system lets go of it when the process ends.
            tracing::debug!(%error, "the data folder's lock could not be released");
        }
    }

    async fn connect(path: &Path) -> Result<Self, StorageError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
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
            .await
            .map_err(|error| health::from_sqlite(path, error))?;
        let readers = pool.max_connections(READERS).connect_lazy_with(options);
        let kept = Kept::default();
        Ok(Self {
            readers: Readers::new(readers, READERS),
            writer: Writer::new(writer, kept.clone()),
            kept,
            alone: None,
        })
    }

    async fn migrate(&self) -> Result<(), StorageError> {
        health::MIGRATIONS
            .run(self.writer.pool())
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
        self.turn.commit(self.changes).await
    }

    /// Does what a batch does as a part of this.
    ///
    /// # Errors
    /// When it could not be stored. A part of it may have been: the transaction is not to be committed then.
    pub(crate) async fn store(&mut self, batch: Batch) -> Result<(), StorageError> {
        Batch::run([&batch], &mut self.turn, "", "").await?;
        self.changes.moves.extend(batch.moves);
        Ok(())
    }

    /// Notes that a conversation comes into a line or leaves it, once this is committed. Whether there is one.
    fn note(&mut self, moved: Option<Move>) -> bool {
        let is_there = moved.is_some();
        self.changes.moves.extend(moved);
        is_there
    }
}

impl Deref for Transaction {
    type Target = Connection;
    fn deref(&self) -> &Connection {
        &self.turn
    }
}

impl DerefMut for Transaction {
    fn deref_mut(&mut self) -> &mut Connection {
        &mut self.turn
    }
}
