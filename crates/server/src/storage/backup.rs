//! Copies a database into one file, beside the server that uses it. The copy is what was stored at one moment: all
//! that was acknowledged before the command began, and nothing by half.
//!
//! `VACUUM INTO` and not SQLite's page-by-page backup: that one begins again whenever another process writes, so that
//! under load it need not end; and it copies pages whose content was deleted. The files that people sent go with it. Must not write to the original, and must
//! not leave half a file under the name that was asked for.

use std::fs::File;
use std::io::ErrorKind;
use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::SqliteConnection;
use tokio::time::{MissedTickBehavior, interval};

use super::saved_files::{self, SavedFiles};
use super::{Check, StorageError, folder, health};

/// How far a copy is, in bytes. The sum is an estimate: a copy may come out smaller.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Progress {
    /// Written so far.
    pub done: u64,
    /// Size of what is copied.
    pub total: u64,
}

/// What was copied.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct BackedUp {
    /// The copy's size.
    pub bytes: u64,
    /// The files in it that people sent.
    pub files: SavedFiles,
}

/// Copies the database in `folder` to `file`, with the files that people sent, whether a server uses it or not, and tells
/// `progress` now and then. Only its owner may read it.
///
/// # Errors
/// When there is no database, `file` exists and may not be replaced (`overwrite`), or something cannot be read or
/// written. Then there is no new file.
pub async fn back_up(
    folder: &Path,
    file: &Path,
    overwrite: bool,
    mut progress: impl FnMut(Progress),
) -> Result<BackedUp, StorageError> {
    let database = folder::database(folder);
    if !database.exists() {
        return Err(health::unusable(
            &database,
            "does not exist: no server kept data in this folder",
            "Name the server's folder with `--data`",
        ));
    }
    refuse_destination(folder, file, overwrite)?;
    // Nobody else looked at the files, if no server runs.
    if let Some(_lock) = folder::lock(folder)? {
        health::judge(&database, Check::Heads).await?;
    }
    let parent = parent(file);
    let failed = |error| health::cannot_open(file, &error);
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    // Random, in the same folder, and removed when it is dropped. Its owner alone may read it.
    let partial = tempfile::Builder::new()
        .prefix(&format!(".{name}."))
        .suffix(".partial")
        .tempfile_in(parent)
        .map_err(failed)?;
    let mut connection = health::reader(&database).await?;
    copy(&mut connection, &database, partial.path(), &mut progress).await?;
    let _ = sqlx::Connection::close(connection).await;
    let files = saved_files::add(&folder::files(folder), partial.path(), progress).await?;
    let bytes = settle(partial.path()).map_err(failed)?;
    let moved = if overwrite {
        partial.persist(file)
    } else {
        partial.persist_noclobber(file)
    };
    moved.map_err(|error| match error.error.kind() {
        ErrorKind::AlreadyExists => exists(file),
        _ => failed(error.error),
    })?;
    folder::sync(parent).map_err(failed)?;
    Ok(BackedUp { bytes, files })
}

/// Copies what `connection` reads, the database at `from`, into the empty or missing file `to`.
pub(super) async fn copy(
    connection: &mut SqliteConnection,
    from: &Path,
    to: &Path,
    mut progress: impl FnMut(Progress),
) -> Result<(), StorageError> {
    let in_source = |error| health::from_sqlite(from, error);
    let [size, pages, free]: [i64; 3] = {
        let mut numbers = [0; 3];
        for (number, pragma) in numbers.iter_mut().zip([
            "PRAGMA page_size",
            "PRAGMA page_count",
            "PRAGMA freelist_count",
        ]) {
            *number = sqlx::query_scalar(pragma)
                .fetch_one(&mut *connection)
                .await
                .map_err(in_source)?;
        }
        numbers
    };
    let total = u64::try_from((pages - free) * size).unwrap_or_default();
    let Some(name) = to.to_str() else {
        return Err(health::unusable(
            to,
            "is a path that is not UTF-8, which SQLite cannot be given",
            "Choose another name or folder",
        ));
    };
    let copied = sqlx::query("VACUUM INTO $1").bind(name).execute(connection);
    let mut copied = std::pin::pin!(copied);
    let mut looks = interval(BETWEEN_LOOKS);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            done = &mut copied => {
                done.map_err(|error| match health::is_in_content(&error) {
                    true => in_source(error),
                    false => health::from_sqlite(to, error),
                })?;
                return Ok(());
            }
            _ = looks.tick() => {
                let done = to.metadata().map_or(0, |file| file.len());
                progress(Progress { done: done.min(total), total });
            }
        }
    }
}

/// Waits until the file is on the disk: SQLite does not, for what it copies into. Gives its size.
pub(super) fn settle(file: &Path) -> std::io::Result<u64> {
    let file = File::options().read(true).write(true).open(file)?;
    file.sync_all()?;
    Ok(file.metadata()?.len())
}

/// The folder that a file is in.
pub(super) fn parent(file: &Path) -> &Path {
    match file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

fn refuse_destination(folder: &Path, file: &Path, overwrite: bool) -> Result<(), StorageError> {
    if file.is_dir() || file.file_name().is_none() {
        return Err(health::unusable(
            file,
            "is a folder",
            "Name the file that is to be written",
        ));
    }
    if !parent(file).is_dir() {
        return Err(health::unusable(
            file,
            "cannot be made: its folder does not exist",
            "Make the folder, or name another",
        ));
    }
    if folder::is_ours(folder, file) {
        return Err(health::unusable(
            file,
            "is one of the server's own files",
            "Choose another name or folder for the backup",
        ));
    }
    if !overwrite && file.symlink_metadata().is_ok() {
        return Err(exists(file));
    }
    Ok(())
}

fn exists(file: &Path) -> StorageError {
    health::unusable(
        file,
        "exists already, and was left as it is",
        "Choose another name, or give `--overwrite`",
    )
}

const BETWEEN_LOOKS: Duration = Duration::from_millis(250);
