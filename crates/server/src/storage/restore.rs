//! Puts a backup in the place of a data folder's database and files. The backup is read and checked whole before anything is
//! touched, and what was there before is kept under another name. Must not run beside a server.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _};

use super::backup::{Progress, copy, parent, settle};
use super::folder::remove;
use super::{StorageError, folder, health, saved_files, stamp};

/// What was restored.
#[derive(Clone, Debug)]
pub struct Restored {
    /// How many records of each kind the database holds, in the order of [`KINDS`].
    pub counts: Vec<(&'static str, i64)>,
    /// Where the former database is kept, when there was one.
    pub former: Option<PathBuf>,
    /// Where the former files are kept, when there were some, and others took their place.
    pub former_files: Option<PathBuf>,
}

/// Puts the backup in `file` into the data folder `folder`. With `replace`, a database that is there is kept under
/// another name, which ends with `now_s` (Unix seconds); without, it is left alone and nothing is done.
///
/// # Errors
/// When a server runs, the folder holds data, or the backup is damaged, another program's or of a newer version. Until
/// the backup was found good and copied, the folder is as it was.
pub async fn restore(
    file: &Path,
    folder: &Path,
    replace: bool,
    now_s: i64,
    progress: impl FnMut(Progress),
) -> Result<Restored, StorageError> {
    if !file.is_file() {
        return Err(health::unusable(file, "is no file", "Name a backup"));
    }
    let Some(_lock) = folder::lock(folder)? else {
        return Err(health::unusable(
            folder,
            "is in use by a running server",
            "Stop the server, and restore then",
        ));
    };
    let database = folder::database(folder);
    let restoring = folder::restoring(folder);
    // This folder's own files are moved or removed here.
    for (own, is) in [
        (&database, "is the server's own database"),
        (&restoring, "is what an interrupted restore left"),
    ] {
        if folder::are_same(file, own) {
            return Err(health::unusable(file, is, "Name a backup"));
        }
    }
    let former = [database.clone(), stamp::log_of(&database)];
    if !replace && former.iter().any(|file| file.symlink_metadata().is_ok()) {
        return Err(health::unusable(
            folder,
            "holds a database already, and was left as it is",
            "Choose another folder with `--data`, or give `--replace`: the former database is then kept under another name",
        ));
    }
    let failed = |error| health::cannot_open(&restoring, &error);
    remove(&restoring).map_err(failed)?;
    let files = folder::files(folder);
    let files_restoring = saved_files::restoring(folder);
    let files_failed = |error| health::cannot_open(&files, &error);
    remove_folder(&files_restoring).map_err(files_failed)?;
    let copied = copy_checked(file, &restoring, &files_restoring, progress).await;
    let (mut counts, files_count) = match copied {
        Ok(copied) => copied,
        Err(error) => {
            forget(&restoring, &files_restoring);
            return Err(of_backup(file, error));
        }
    };
    let former =
        set_aside(&database, now_s).map_err(|error| health::cannot_open(&database, &error))?;
    let mut former_files = None;
    // A database that was copied by hand has its files not with it: those that are there may well be they.
    if let Some(count) = files_count {
        if count > 0 {
            counts.push(("files", count));
        }
        let kept = folder.join(format!("files.replaced-{now_s}"));
        if rename(&files, &kept).map_err(files_failed)? {
            former_files = Some(kept);
        }
        rename(&files_restoring, &files).map_err(files_failed)?;
    }
    fs::rename(&restoring, &database).map_err(failed)?;
    folder::sync(folder).map_err(failed)?;
    Ok(Restored {
        counts,
        former,
        former_files,
    })
}

/// Restores `file` into a temporary folder beside it, to see that it can be, and counts what is there.
///
/// # Errors
/// As [`restore`].
pub async fn rehearse(file: &Path) -> Result<Restored, StorageError> {
    let folder = tempfile::Builder::new()
        .prefix(".bonafide-verify.")
        .tempdir_in(parent(file))
        .map_err(|error| health::cannot_open(file, &error))?;
    restore(file, folder.path(), false, 0, |_| ()).await
}

/// Copies a backup to `to`, and its files to the folder `files`, if it is good and can be used. Gives what it holds, and how many
/// files, if it was made to hold some.
async fn copy_checked(
    file: &Path,
    to: &Path,
    files: &Path,
    progress: impl FnMut(Progress),
) -> Result<(Vec<(&'static str, i64)>, Option<i64>), StorageError> {
    health::judge_backup(file)?;
    let mut source = health::reader(file).await?;
    health::judge_all(file, &mut source).await?;
    folder::make_file(to).map_err(|error| health::cannot_open(to, &error))?;
    copy(&mut source, file, to, progress).await?;
    let _ = source.close().await;
    let in_copy = |error| health::from_sqlite(to, error);
    let mut copy = SqliteConnectOptions::new()
        .filename(to)
        .connect()
        .await
        .map_err(in_copy)?;
    // A log of the former database fits this one no more.
    stamp::renew(&mut copy).await?;
    let files = saved_files::take_out(&mut copy, to, file, files).await?;
    let counts = count(&mut copy).await.map_err(in_copy)?;
    copy.close().await.map_err(in_copy)?;
    settle(to).map_err(|error| health::cannot_open(to, &error))?;
    Ok((
        counts,
        files.map(|count| i64::try_from(count).unwrap_or(i64::MAX)),
    ))
}

/// Removes what a restore that failed has made so far: it would stop the next start, and nothing is to be changed by it.
fn forget(restoring: &Path, files: &Path) {
    let mut journal = restoring.as_os_str().to_owned();
    journal.push("-journal");
    let removed = remove(restoring)
        .and_then(|()| remove(Path::new(&journal)))
        .and_then(|()| remove_folder(files));
    if let Err(error) = removed {
        tracing::debug!(%error, "what a failed restore made could not be removed");
    }
}

/// A fault of the backup is not mended by restoring it.
fn of_backup(file: &Path, error: StorageError) -> StorageError {
    match error {
        StorageError::Unusable { path, cause, .. } if path == file => StorageError::Unusable {
            path,
            cause,
            mend: "Name another backup; nothing was changed".to_owned(),
        },
        other => other,
    }
}

async fn count(connection: &mut SqliteConnection) -> sqlx::Result<Vec<(&'static str, i64)>> {
    let tables: Vec<String> = sqlx::query_scalar("SELECT name FROM sqlite_schema")
        .fetch_all(&mut *connection)
        .await?;
    let mut counts = Vec::new();
    for (kind, table) in KINDS {
        // An older schema may lack it.
        if tables.iter().any(|name| name == table) {
            let sql = AssertSqlSafe(format!("SELECT count(*) FROM {table}"));
            let number = sqlx::query_scalar(sql).fetch_one(&mut *connection).await?;
            counts.push((kind, number));
        }
    }
    Ok(counts)
}

/// Moves the database out of the way, with the log that belongs to it; what SQLite only works with is removed. Gives
/// the database's new name. A stop between the steps leaves what a start refuses, and another restore mends.
fn set_aside(database: &Path, now_s: i64) -> io::Result<Option<PathBuf>> {
    let mut former = database.as_os_str().to_owned();
    former.push(format!(".replaced-{now_s}"));
    let former = PathBuf::from(former);
    let there = rename(database, &former)?;
    let log_there = rename(&stamp::log_of(database), &stamp::log_of(&former))?;
    for ending in ["-shm", "-journal"] {
        let mut name = database.as_os_str().to_owned();
        name.push(ending);
        remove(Path::new(&name))?;
    }
    folder::sync(parent(database))?;
    Ok((there || log_there).then_some(former))
}

/// Whether there was something to rename.
fn rename(from: &Path, to: &Path) -> io::Result<bool> {
    match fs::rename(from, to) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

fn remove_folder(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// What is counted: how a sentence calls it, and its table.
const KINDS: [(&str, &str); 6] = [
    ("operators", "operators"),
    ("chat widgets", "chat_widgets"),
    ("contacts", "contacts"),
    ("conversations", "conversations"),
    ("messages", "messages"),
    ("audit entries", "audit"),
];
