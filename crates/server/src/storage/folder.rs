//! The data folder: its lock, and its files, which only their owner may read. Must not look into the database.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::{StorageError, health, stamp};

/// Name of the database file in the data folder.
const DATABASE_FILE: &str = "bonafide.sqlite";
/// Name of the folder in it with the files that people send.
const FILES_FOLDER: &str = "files";
/// Held by the one server process that uses the folder.
const LOCK_FILE: &str = "bonafide.lock";

/// Whether a folder holds a server's database.
#[must_use]
pub fn is_in_use(folder: &Path) -> bool {
    folder.join(DATABASE_FILE).exists()
}

/// Makes a folder, and those above it, that only its owner may enter. One that exists stays as it is.
///
/// # Errors
/// When it cannot be made.
pub fn create(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Takes the folder's lock; `None` when another process holds it. Makes the folder when it is missing.
///
/// # Errors
/// When the folder cannot be made or written.
pub(super) fn lock(folder: &Path) -> Result<Option<File>, StorageError> {
    create(folder).map_err(|error| health::cannot_open(folder, &error))?;
    let path = folder.join(LOCK_FILE);
    let failed = |error| health::cannot_open(&path, &error);
    let file = owner_only()
        .create(true)
        .truncate(false)
        .open(&path)
        .map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}

/// Where the database is.
pub(super) fn database(folder: &Path) -> PathBuf {
    folder.join(DATABASE_FILE)
}

/// Where the files lie that people send.
pub(crate) fn files(folder: &Path) -> PathBuf {
    folder.join(FILES_FOLDER)
}

/// Where a restored database lies until it takes the database's place.
pub(super) fn restoring(folder: &Path) -> PathBuf {
    folder.join(format!("{DATABASE_FILE}.restoring"))
}

/// Whether two paths lead to the same file, which exists; symbolic links are followed.
pub(super) fn are_same(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

/// Whether `path` is, or would be, one of the files that a server keeps in `folder`.
pub(super) fn is_ours(folder: &Path, path: &Path) -> bool {
    let parent = match path.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) => parent,
        None => return false,
    };
    let is_inside = match (parent.canonicalize(), folder.canonicalize()) {
        (Ok(parent), Ok(folder)) => parent == folder,
        _ => false,
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    is_inside
        && (name == LOCK_FILE
            || name.starts_with(DATABASE_FILE)
            || name == FILES_FOLDER
            || name.starts_with("files."))
}

/// Makes the database's file when it is missing; whether it was. SQLite would make it readable to everybody that the
/// umask lets; what it makes beside this file gets the same permissions as this one.
///
/// # Errors
/// When it cannot be made, or others of its files are there without it: then it was there.
pub(super) fn make_database(folder: &Path) -> Result<bool, StorageError> {
    let path = database(folder);
    if !path.exists() && !path.is_symlink() {
        refuse_remains(folder)?;
    }
    // One that exists is left closed: to close it would take away the locks that this process holds on it.
    match make_file(&path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(health::cannot_open(&path, &error)),
    }
}

/// Removes a database that this process has made and could not fill, with what SQLite keeps beside it: the next start
/// would take the one for a database that lost everything, and refuse the other.
pub(super) fn remove_database(folder: &Path) {
    let database = database(folder);
    for ending in ["", "-wal", "-shm", "-journal"] {
        let mut file = database.clone().into_os_string();
        file.push(ending);
        if let Err(error) = fs::remove_file(&file)
            && error.kind() != ErrorKind::NotFound
        {
            tracing::debug!(%error, file = %file.display(), "what a failed start made could not be removed");
        }
    }
}

fn refuse_remains(folder: &Path) -> Result<(), StorageError> {
    let restored = restoring(folder);
    if restored.exists() {
        return Err(health::unusable(
            &restored,
            "is what an interrupted restore left, and there is no database yet",
            "Run `bonafide restore` again with the backup you named before",
        ));
    }
    let log = stamp::log_of(&database(folder));
    if log.metadata().is_ok_and(|log| log.len() > 0) {
        return Err(health::unusable(
            &log,
            "is there without its database",
            "Put the database back beside it, or restore a backup with `bonafide restore`",
        ));
    }
    Ok(())
}

/// Makes what was done to the folder's entries durable.
///
/// # Errors
/// When the folder cannot be opened, or the disk fails.
pub(crate) fn sync(folder: &Path) -> io::Result<()> {
    // Elsewhere than on Unix a folder cannot be opened as a file, and needs not be.
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    Ok(())
}

/// Removes a file, if there is one.
///
/// # Errors
/// When it cannot be removed.
pub(crate) fn remove(file: &Path) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Makes an empty file that only its owner may read.
///
/// # Errors
/// When it is there already, or cannot be made.
pub(super) fn make_file(path: &Path) -> io::Result<()> {
    owner_only().create_new(true).open(path).map(drop)
}

/// How a file is opened for writing that only its owner may read, where it is made.
pub(crate) fn owner_only() -> OpenOptions {
    let mut options = File::options();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
