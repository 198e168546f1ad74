//! A number in the database's header that grows with each generation of the write-ahead log, so that a start sees
//! whether log and database belong together. It begins at random: two databases do not share it.
//!
//! SQLite moves the log into the database from time to time and then begins it anew. From then on the log is of use
//! only for that database, in that state: put over an older copy of it, the log gives pages of different times. The
//! stamp makes this visible. It is SQLite's `user_version`, four bytes at a fixed place of the first page, in the
//! database's file as in the log's frames.
//!
//! Must not be needed to read or write: a database without a stamp is a good one.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sqlx::{AssertSqlSafe, Connection as _};

use super::wal::{self, Salts};
use super::writer::Writer;
use super::{Connection, StorageError};
use crate::random;

/// Where the stamp is in the first page.
pub(super) const OFFSET: usize = 60;

/// Raises the stamp once in each generation of the log.
#[derive(Debug)]
pub(super) struct Stamp {
    log: PathBuf,
    progress: Arc<Mutex<Progress>>,
}

#[derive(Debug)]
struct Progress {
    stamped: Stamped,
    /// Whether a raise waits for the writer, or is being written. A second one could stamp the same generation again.
    is_raising: bool,
}

/// Which generation of the log was stamped last.
#[derive(Debug)]
enum Stamped {
    /// The one with these salts; `None` when there was no log.
    Known(Option<Salts>),
    /// The log could not be read. The next generation that is seen counts as stamped: one without a stamp of its own
    /// is a good one, and one with two looks like another database's.
    Unknown,
}

impl Stamped {
    fn now(log: &Path) -> Self {
        wal::salts(log).map_or(Self::Unknown, Self::Known)
    }
}

impl Stamp {
    /// For the database at `path`, whose log is as it was found.
    pub(super) fn new(path: &Path) -> Self {
        let log = log_of(path);
        let progress = Progress {
            stamped: Stamped::now(&log),
            is_raising: false,
        };
        Self {
            log,
            progress: Arc::new(Mutex::new(progress)),
        }
    }

    /// To be called after each commit: raises the stamp when the log was begun anew since. That is once in some
    /// hundred transactions; otherwise this reads 32 bytes.
    pub(super) fn note_commit(&self, writer: &Writer) {
        let mut progress = lock(&self.progress);
        if progress.is_raising || !progress.needs_stamp(&self.log) {
            return;
        }
        progress.is_raising = true;
        drop(progress);
        // Whoever waits for the commit need not wait for this one too.
        let (log, progress, writer) = (self.log.clone(), self.progress.clone(), writer.clone());
        tokio::spawn(async move {
            if let Err(error) = raise(&writer, &log, &progress).await {
                // The next commit tries again; nothing else depends on it.
                tracing::debug!(%error, "the write-ahead log could not be stamped");
            }
            lock(&progress).is_raising = false;
        });
    }
}

impl Progress {
    /// Whether the log's generation, as it is now, has no stamp yet.
    fn needs_stamp(&mut self, log: &Path) -> bool {
        let Ok(salts @ Some(_)) = wal::salts(log) else {
            return false;
        };
        match self.stamped {
            Stamped::Known(stamped) => stamped != salts,
            Stamped::Unknown => {
                self.stamped = Stamped::Known(salts);
                false
            }
        }
    }
}

async fn raise(
    writer: &Writer,
    log: &Path,
    progress: &Mutex<Progress>,
) -> Result<(), StorageError> {
    // Held until the generation is noted: nobody else in this process begins another one before.
    let mut connection = writer.exclusive().await?;
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    let stamp = read(&mut transaction).await?;
    write(&mut transaction, stamp + 1).await?;
    transaction.commit().await?;
    // Not the salts from before: SQLite may have begun the log anew with this very transaction.
    lock(progress).stamped = Stamped::now(log);
    Ok(())
}

fn lock(progress: &Mutex<Progress>) -> MutexGuard<'_, Progress> {
    progress.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether a log with these stamps belongs to a database whose file has `base`. The file has the stamp of the
/// generation before, until a checkpoint brings the log's.
pub(super) fn fits(base: u32, (first, last): (u32, u32)) -> bool {
    if first == last {
        base == last || base == last.wrapping_sub(1)
    } else {
        // The log's first page is older than its stamp: it shows what the file had.
        (first..=last).contains(&base)
    }
}

/// The log beside the database at `path`.
pub(super) fn log_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

/// Gives a database a stamp of its own, at random.
///
/// # Errors
/// When it cannot be stored.
pub(super) async fn renew(connection: &mut Connection) -> Result<(), StorageError> {
    // Half of the range, so that counting up does not come to its end.
    let stamp = u32::try_from(random::bits() & 0x3fff_ffff)
        .unwrap_or(1)
        .max(1);
    write(connection, i64::from(stamp)).await
}

/// Gives a database a stamp, if it has none, and puts it into the file at once: the first log is then begun over it.
///
/// # Errors
/// When it cannot be stored.
pub(super) async fn ensure(connection: &mut Connection) -> Result<(), StorageError> {
    if read(connection).await? == 0 {
        renew(connection).await?;
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
            .execute(connection)
            .await?;
    }
    Ok(())
}

async fn read(connection: &mut Connection) -> Result<i64, StorageError> {
    Ok(sqlx::query_scalar("PRAGMA user_version")
        .fetch_one(connection)
        .await?)
}

async fn write(connection: &mut Connection, stamp: i64) -> Result<(), StorageError> {
    // A pragma takes no parameter; this is a number.
    sqlx::query(AssertSqlSafe(format!("PRAGMA user_version = {stamp}")))
        .execute(connection)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests;
