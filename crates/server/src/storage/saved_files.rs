//! The files that people sent, in a backup: as a table of the copied database, so that a backup stays one file, which is there
//! whole or not at all.
//!
//! The database is copied first. Its complete files lie in the folder by then, and stay: what is added meanwhile belongs to
//! messages that the copy does not have. Each is read and written a part at a time.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

use aws_lc_rs::digest::{Context, SHA256};
use bonafide_protocol::id::FileId;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _};

use super::backup::{Progress, settle};
use super::{StorageError, folder, health};
use crate::files::path_in;
use crate::random;

/// How many files were copied, and how many were not there.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct SavedFiles {
    /// Copied.
    pub copied: u64,
    /// Messages bring them, and the folder does not have them.
    pub missing: u64,
}

/// Adds the files in the folder `from` to the backup `to`, which holds the database and which nobody else has open.
pub(super) async fn add(
    from: &Path,
    to: &Path,
    mut progress: impl FnMut(Progress),
) -> Result<SavedFiles, StorageError> {
    let in_backup = |error| health::from_sqlite(to, error);
    // What is half done is thrown away, and what is done is brought to the disk afterwards: no journal is needed.
    let options = SqliteConnectOptions::new()
        .filename(to)
        .journal_mode(SqliteJournalMode::Off)
        .synchronous(SqliteSynchronous::Off)
        .disable_statement_logging();
    let mut backup = options.connect().await.map_err(in_backup)?;
    let saved = add_to(&mut backup, from, to, &mut progress).await;
    backup.close().await.map_err(in_backup)?;
    saved
}

async fn add_to(
    backup: &mut SqliteConnection,
    from: &Path,
    to: &Path,
    progress: &mut impl FnMut(Progress),
) -> Result<SavedFiles, StorageError> {
    let in_backup = |error| health::from_sqlite(to, error);
    let mut saved = SavedFiles::default();
    if !has(backup, "files").await.map_err(in_backup)? {
        return Ok(saved);
    }
    let total: i64 = sqlx::query_scalar(
        "SELECT CAST(COALESCE(sum(bytes), 0) AS BIGINT) FROM files WHERE stored_at IS NOT NULL",
    )
    .fetch_one(&mut *backup)
    .await
    .map_err(in_backup)?;
    let mut done = 0;
    let mut last = String::new();
    while let Some(id) = next(backup, &last).await.map_err(in_backup)? {
        let path = path_in(from, &id).map_err(|error| health::cannot_open(from, &error))?;
        let failed = |error| health::cannot_open(&path, &error);
        last = id.as_str().to_owned();
        let mut file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                saved.missing += 1;
                continue;
            }
            Err(error) => return Err(failed(error)),
        };
        if saved.copied == 0 {
            let table = "CREATE TABLE saved_files (file_id TEXT NOT NULL, part BIGINT NOT NULL, content BLOB NOT NULL,
                 PRIMARY KEY (file_id, part))";
            sqlx::query(table)
                .execute(&mut *backup)
                .await
                .map_err(in_backup)?;
        }
        for part in 0_i64.. {
            let content = read_part(&mut file).map_err(failed)?;
            if content.is_empty() {
                break;
            }
            done += content.len() as u64;
            sqlx::query("INSERT INTO saved_files (file_id, part, content) VALUES ($1, $2, $3)")
                .bind(&last)
                .bind(part)
                .bind(content)
                .execute(&mut *backup)
                .await
                .map_err(in_backup)?;
            progress(Progress {
                done,
                total: total.unsigned_abs().max(done),
            });
        }
        saved.copied += 1;
    }
    Ok(saved)
}

/// Takes the files out of the database at `of`, restored from `backup`, into the folder `to`; `None` when it knows of files, and
/// was saved without them. Each is compared with what was noted of it.
pub(super) async fn take_out(
    database: &mut SqliteConnection,
    of: &Path,
    backup: &Path,
    to: &Path,
) -> Result<Option<u64>, StorageError> {
    let in_database = |error| health::from_sqlite(of, error);
    if !has(database, "saved_files").await.map_err(in_database)? {
        let knows_some = has(database, "files").await.map_err(in_database)?
            && next(database, "").await.map_err(in_database)?.is_some();
        return Ok(if knows_some { None } else { Some(0) });
    }
    let mut count = 0;
    let mut last = String::new();
    while let Some(id) = next(database, &last).await.map_err(in_database)? {
        last = id.as_str().to_owned();
        let path = path_in(to, &id).map_err(|error| health::cannot_open(to, &error))?;
        let failed = |error| health::cannot_open(&path, &error);
        let mut digest = Context::new(&SHA256);
        let mut file = None;
        for part in 0_i64.. {
            let content: Option<Vec<u8>> = sqlx::query_scalar(
                "SELECT content FROM saved_files WHERE file_id = $1 AND part = $2",
            )
            .bind(&last)
            .bind(part)
            .fetch_optional(&mut *database)
            .await
            .map_err(in_database)?;
            let Some(content) = content else { break };
            digest.update(&content);
            let file = match &mut file {
                Some(file) => file,
                None => file.insert(make(&path).map_err(failed)?),
            };
            file.write_all(&content).map_err(failed)?;
        }
        // It was missing when the backup was made.
        let Some(file) = file else { continue };
        drop(file);
        let expected: String = sqlx::query_scalar("SELECT sha256 FROM files WHERE id = $1")
            .bind(&last)
            .fetch_one(&mut *database)
            .await
            .map_err(in_database)?;
        if random::hex(digest.finish().as_ref()) != expected {
            return Err(health::unusable(
                backup,
                "holds a damaged file",
                "Name another backup; nothing was changed",
            ));
        }
        settle(&path).map_err(failed)?;
        count += 1;
    }
    for shard in fs::read_dir(to).into_iter().flatten().flatten() {
        folder::sync(&shard.path()).map_err(|error| health::cannot_open(to, &error))?;
    }
    if to.is_dir() {
        folder::sync(to).map_err(|error| health::cannot_open(to, &error))?;
    }
    // The pages that they had go too.
    for sql in ["DROP TABLE saved_files", "VACUUM"] {
        sqlx::query(sql)
            .execute(&mut *database)
            .await
            .map_err(in_database)?;
    }
    Ok(Some(count))
}

/// Where files lie until a restored database has taken its place.
pub(super) fn restoring(folder: &Path) -> PathBuf {
    folder.join("files.restoring")
}

/// The complete file after `last`, in the order of ids.
async fn next(connection: &mut SqliteConnection, last: &str) -> sqlx::Result<Option<FileId>> {
    let id: Option<String> = sqlx::query_scalar(
        "SELECT id FROM files WHERE stored_at IS NOT NULL AND id > $1 ORDER BY id LIMIT 1",
    )
    .bind(last)
    .fetch_optional(connection)
    .await?;
    Ok(id.map(FileId::from_text))
}

async fn has(connection: &mut SqliteConnection, table: &str) -> sqlx::Result<bool> {
    let found: Option<String> =
        sqlx::query_scalar("SELECT name FROM sqlite_schema WHERE type = 'table' AND name = $1")
            .bind(table)
            .fetch_optional(connection)
            .await?;
    Ok(found.is_some())
}

fn read_part(file: &mut File) -> io::Result<Vec<u8>> {
    let mut content = Vec::new();
    file.take(PART).read_to_end(&mut content)?;
    Ok(content)
}

fn make(path: &Path) -> io::Result<File> {
    if let Some(parent) = path.parent() {
        folder::create(parent)?;
    }
    folder::make_file(path)?;
    File::options().write(true).open(path)
}

/// Bytes in memory at once.
const PART: u64 = 1024 * 1024;
