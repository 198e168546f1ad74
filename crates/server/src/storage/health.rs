//! Whether the database's files can be used, asked before anything is changed. Each refusal names the file, one cause
//! and what to do. Must leave the files as they are: whoever is refused may want to look at them, or to save them.

use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use sqlx::ConnectOptions as _;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

use super::head::Head;
use super::wal::{Wal, WalError};
use super::{StorageError, stamp, wal};

/// The schema's changes, in order.
pub(super) static MIGRATIONS: Migrator = sqlx::migrate!();

/// How thoroughly a database is looked at before it is used.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Check {
    /// Every page is read: see the README for what that costs. After a stop in which SQLite had no time to put its
    /// files in order, indexes and counts are compared too.
    #[default]
    Full,
    /// Only the heads of the files.
    Heads,
}

/// Looks at the database at `path` and what is beside it. Only for whoever holds the folder's lock.
///
/// # Errors
/// [`StorageError::Unusable`], when it must not be opened.
pub(super) async fn judge(path: &Path, check: Check) -> Result<(), StorageError> {
    let wal = judge_files(path)?;
    judge_content(path, check, wal.database_pages > 0).await
}

/// Looks at the heads of a backup's files; they need not be writable.
pub(super) fn judge_backup(path: &Path) -> Result<(), StorageError> {
    let file = File::open(path).map_err(|error| cannot_open(path, &error))?;
    judge_heads(path, file).map(drop)
}

/// A connection that only reads: it cannot put the log into the database when it is closed.
pub(super) async fn reader(path: &Path) -> Result<SqliteConnection, StorageError> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .read_only(true)
        // What reads all of a large database is slow, and not worth a warning.
        .disable_statement_logging();
    let connection = options.connect().await;
    connection.map_err(|error| from_sqlite(path, error))
}

/// Looks at all that is in a database, as SQLite reads it.
pub(super) async fn judge_all(
    path: &Path,
    connection: &mut SqliteConnection,
) -> Result<(), StorageError> {
    judge_schema(path, connection).await?;
    judge_pages(path, connection, true).await
}

/// Looks at the heads of files that a server is to use.
fn judge_files(path: &Path) -> Result<Wal, StorageError> {
    for ending in ["-wal", "-shm"] {
        let beside = with_ending(path, ending);
        if beside.symlink_metadata().is_ok() {
            openable(&beside)?;
        }
    }
    let wal = judge_heads(path, openable(path)?)?;
    let folder = path.parent().unwrap_or(path);
    // SQLite makes files beside it.
    tempfile::tempfile_in(folder).map_err(|error| cannot_open(folder, &error))?;
    Ok(wal)
}

/// What the heads say of a database and its write-ahead log. Returns what the log holds.
fn judge_heads(path: &Path, file: File) -> Result<Wal, StorageError> {
    let head = Head::read(path, file)?;
    let log = stamp::log_of(path);
    let wal = wal::read(&log).map_err(|error| match error {
        WalError::Damaged(what) => unusable(&log, &what, RESTORE_ALL),
        WalError::Io(error) => cannot_open(&log, &error),
    })?;
    let mixed = |cause: &str| Err(unusable(&log, cause, TOGETHER));
    if wal.page_size > 0 && wal.page_size != head.page_size {
        return mixed("belongs to another database, with pages of another size");
    }
    if let Some(stamps) = wal.stamps
        && !stamp::fits(head.stamp, stamps)
    {
        return mixed(&format!(
            "does not belong to the database beside it, which is an older copy or another one (stamp {} where {} would fit)",
            head.stamp, stamps.0
        ));
    }
    let pages = match wal.database_pages {
        0 => head.pages,
        pages => pages,
    };
    let is_complete = |page| wal.pages.binary_search(&page).is_ok();
    if u64::from(pages) > head.file_pages
        && !(head.file_pages + 1..=u64::from(pages))
            .all(|page| u32::try_from(page).is_ok_and(is_complete))
    {
        return match wal.database_pages {
            0 => Err(unusable(
                path,
                &format!("is cut off: it has {} of {pages} pages", head.file_pages),
                RESTORE,
            )),
            _ => mixed(
                "does not belong to the database beside it, which lacks pages that the log counts on",
            ),
        };
    }
    let journal = with_ending(path, "-journal");
    if head.is_wal && journal.metadata().is_ok_and(|file| file.len() > 0) {
        return Err(unusable(
            &journal,
            "is a rollback journal, which this database does not use: it belongs to another one",
            "Move it away",
        ));
    }
    Ok(wal)
}

/// What SQLite finds. `is_unclean`: the log holds what was not yet put into the database.
async fn judge_content(path: &Path, check: Check, is_unclean: bool) -> Result<(), StorageError> {
    let bytes = path.metadata().map_or(0, |file| file.len());
    if check == Check::Full && bytes >= WORTH_A_LINE {
        tracing::info!(bytes, "reading the database to find damage");
    }
    let mut connection = reader(path).await?;
    let judged = async {
        judge_schema(path, &mut connection).await?;
        match check {
            Check::Full => judge_pages(path, &mut connection, is_unclean).await,
            Check::Heads => Ok(()),
        }
    }
    .await;
    // Closed in turn, not behind our back: whoever opens next finds no lock.
    let _ = sqlx::Connection::close(connection).await;
    judged
}

/// Whether this version's tables can be made of what is there.
async fn judge_schema(path: &Path, connection: &mut SqliteConnection) -> Result<(), StorageError> {
    let failed = |error| from_sqlite(path, error);
    let tables: Vec<String> =
        sqlx::query_scalar("SELECT name FROM sqlite_schema WHERE type = 'table'")
            .fetch_all(&mut *connection)
            .await
            .map_err(failed)?;
    if tables.is_empty() {
        return Ok(());
    }
    if !tables.iter().any(|name| name == "_sqlx_migrations") {
        return Err(unusable(
            path,
            "is another program's database",
            "Choose another folder",
        ));
    }
    let versions: Vec<i64> = sqlx::query_scalar("SELECT version FROM _sqlx_migrations")
        .fetch_all(&mut *connection)
        .await
        .map_err(failed)?;
    let newest = MIGRATIONS.iter().map(|known| known.version).max();
    match versions.into_iter().max() {
        Some(found) if Some(found) > newest => Err(unusable(
            path,
            &format!(
                "was written by a newer version of Bonafide: it has schema {found}, and this version knows up to {}",
                newest.unwrap_or_default()
            ),
            "Start that version, or restore a backup that was made before it",
        )),
        _ => Ok(()),
    }
}

async fn judge_pages(
    path: &Path,
    connection: &mut SqliteConnection,
    is_unclean: bool,
) -> Result<(), StorageError> {
    // The integrity check also compares indexes with their tables, which takes several times as long.
    let pragma = match is_unclean {
        true => "PRAGMA integrity_check(1)",
        false => "PRAGMA quick_check(1)",
    };
    let found: String = sqlx::query_scalar(pragma)
        .fetch_one(&mut *connection)
        .await
        .map_err(|error| from_sqlite(path, error))?;
    if found != "ok" {
        return Err(damaged(path, &found));
    }
    if !is_unclean {
        return Ok(());
    }
    judge_counts(path, connection).await
}

/// What holds in every state that was ever stored, and need not in a mixture of two.
async fn judge_counts(path: &Path, connection: &mut SqliteConnection) -> Result<(), StorageError> {
    let failed = |error| from_sqlite(path, error);
    if sqlx::query("PRAGMA foreign_key_check")
        .fetch_optional(&mut *connection)
        .await
        .map_err(failed)?
        .is_some()
    {
        return Err(damaged(path, "a record refers to one that is missing"));
    }
    let has_conversations: bool =
        sqlx::query_scalar("SELECT count(*) > 0 FROM sqlite_schema WHERE name = 'conversations'")
            .fetch_one(&mut *connection)
            .await
            .map_err(failed)?;
    if !has_conversations {
        return Ok(());
    }
    let incomplete: Option<String> = sqlx::query_scalar(
        "SELECT id FROM conversations WHERE last_seq <> \
         (SELECT count(*) FROM messages WHERE conversation_id = conversations.id) LIMIT 1",
    )
    .fetch_optional(&mut *connection)
    .await
    .map_err(failed)?;
    match incomplete {
        Some(id) => Err(damaged(path, &format!("messages of {id} are missing"))),
        None => Ok(()),
    }
}

/// Opens a file that the server must be able to read and write.
fn openable(path: &Path) -> Result<File, StorageError> {
    if path.is_dir() {
        return Err(unusable(
            path,
            "is a directory, not a file",
            "Move it away, or choose another folder",
        ));
    }
    let opened = File::options().read(true).write(true).open(path);
    opened.map_err(|error| cannot_open(path, &error))
}

/// What the operating system says, with what an operator needs to mend it.
pub(super) fn cannot_open(path: &Path, error: &std::io::Error) -> StorageError {
    let (cause, mend) = match error.kind() {
        ErrorKind::PermissionDenied => (
            format!("may not be read and written: {}", ownership(path)),
            "Give it to the account that runs the server (chown), or start the server as its owner",
        ),
        ErrorKind::ReadOnlyFilesystem => (
            "is on a file system that is mounted read-only".to_owned(),
            "Mount it for writing, or choose another folder",
        ),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => (
            "cannot be written: the disk is full".to_owned(),
            "Make room",
        ),
        ErrorKind::AlreadyExists | ErrorKind::NotADirectory => (
            "is a file, or lies below one, where a folder belongs".to_owned(),
            "Choose another folder",
        ),
        ErrorKind::NotFound if path.is_symlink() => {
            ("is a link that leads nowhere".to_owned(), "Mend the link")
        }
        _ => (
            format!("cannot be opened: {error}"),
            "Mend that, and start again",
        ),
    };
    unusable(path, &cause, mend)
}

/// Whether a fault is in what a database holds, and not in writing elsewhere.
pub(super) fn is_in_content(error: &sqlx::Error) -> bool {
    matches!(primary_code(error), Some(11 | 26))
}

/// SQLite's result code without its details (<https://www.sqlite.org/rescode.html>).
fn primary_code(error: &sqlx::Error) -> Option<i32> {
    let code: i32 = error.as_database_error()?.code()?.parse().ok()?;
    Some(code & 0xff)
}

/// A fault of SQLite's as one cause.
pub(super) fn from_sqlite(path: &Path, error: sqlx::Error) -> StorageError {
    match primary_code(&error) {
        Some(8) => unusable(
            path,
            "cannot be written: it is read-only",
            "Make it writable",
        ),
        Some(10) => unusable(
            path,
            "cannot be read or written: the disk reports an error",
            RESTORE,
        ),
        Some(11) => damaged(path, "a page is not what the others say"),
        Some(13) => unusable(path, "cannot be written: the disk is full", "Make room"),
        Some(14) => unusable(
            path,
            "cannot be opened, or the files beside it cannot be made",
            "See who owns the folder and its files",
        ),
        Some(26) => unusable(path, "is no SQLite database", RESTORE),
        _ => error.into(),
    }
}

fn damaged(path: &Path, what: &str) -> StorageError {
    // SQLite begins some findings with a line of its own.
    let what = what.lines().last().unwrap_or(what);
    unusable(path, &format!("is damaged ({what})"), RESTORE)
}

/// `cause` goes on after the path; `mend` is a sentence without its full stop.
pub(super) fn unusable(path: &Path, cause: &str, mend: &str) -> StorageError {
    StorageError::Unusable {
        path: path.to_owned(),
        cause: cause.to_owned(),
        mend: mend.to_owned(),
    }
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Whose file it is; of the folder, where the file cannot even be looked at.
#[cfg(unix)]
fn ownership(path: &Path) -> String {
    use std::os::unix::fs::MetadataExt as _;
    let parent = path.parent().unwrap_or(path);
    let (what, metadata) = match path.metadata() {
        Ok(metadata) => ("it", Ok(metadata)),
        Err(_) => ("its folder", parent.metadata()),
    };
    metadata.map_or_else(
        |error| error.to_string(),
        |metadata| {
            format!(
                "{what} belongs to user {} with mode {:04o}",
                metadata.uid(),
                metadata.mode() & 0o7777
            )
        },
    )
}

#[cfg(not(unix))]
fn ownership(_: &Path) -> String {
    "access is denied".to_owned()
}

/// From here on, whoever starts a server may wonder why nothing happens: 100 MB.
const WORTH_A_LINE: u64 = 100_000_000;

pub(super) const RESTORE: &str = "Restore a backup with `bonafide restore`";
const RESTORE_ALL: &str =
    "Restore a backup with `bonafide restore`; without the log, the last messages are missing";
const TOGETHER: &str =
    "Put both files back as they were found together, or restore a backup with `bonafide restore`";
