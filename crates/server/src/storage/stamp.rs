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
use std::sync::{Mutex, PoisonError};

use sqlx::AssertSqlSafe;
use sqlx::sqlite::SqlitePool;

use super::wal::{self, Salts};
use super::{Connection, StorageError};
use crate::random;

/// Where the stamp is in the first page.
pub(super) const OFFSET: usize = 60;

/// Knows which generation of the log was stamped last.
#[derive(Debug)]
pub(super) struct Stamp {
    log: PathBuf,
    stamped: Mutex<Option<Salts>>,
}

impl Stamp {
    /// For the database at `path`, whose log is as it was found.
    pub(super) fn new(path: &Path) -> Self {
        let log = log_of(path);
        let stamped = Mutex::new(wal::salts(&log));
        Self { log, stamped }
    }

    /// To be called after each commit: raises the stamp when the log was begun anew since. That is once in some
    /// hundred transactions; otherwise this reads 32 bytes.
    pub(super) fn note_commit(&self, writer: &SqlitePool) {
        let salts = wal::salts(&self.log);
        {
            let mut stamped = self.stamped.lock().unwrap_or_else(PoisonError::into_inner);
            if salts.is_none() || *stamped == salts {
                return;
            }
            *stamped = salts;
        }
        // Whoever waits for the commit need not wait for this one too.
        let writer = writer.clone();
        tokio::spawn(async move {
            if let Err(error) = raise(&writer).await {
                // The next generation is stamped again; nothing else depends on it.
                tracing::debug!(%error, "the write-ahead log could not be stamped");
            }
        });
    }
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

async fn raise(writer: &SqlitePool) -> Result<(), StorageError> {
    let mut transaction = writer.begin_with("BEGIN IMMEDIATE").await?;
    let stamp = read(&mut transaction).await?;
    write(&mut transaction, stamp + 1).await?;
    Ok(transaction.commit().await?)
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
mod tests {
    use super::fits;

    #[test]
    fn a_log_fits_the_database_it_was_begun_over() {
        for (base, log, is_fitting) in [
            // Stamped in its first transaction, before and after a checkpoint.
            (6, (7, 7), true),
            (7, (7, 7), true),
            // Stamped after another transaction wrote the first page.
            (6, (6, 7), true),
            (7, (6, 7), true),
            // A copy of a generation ago, a newer database, another one.
            (5, (7, 7), false),
            (5, (6, 7), false),
            (8, (7, 7), false),
            (912_345, (7, 7), false),
            // Written before stamps were.
            (0, (0, 0), true),
            (0, (0, 1), true),
        ] {
            assert_eq!(fits(base, log), is_fitting, "{base} {log:?}");
        }
    }
}
