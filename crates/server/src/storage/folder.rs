//! The data folder: its lock, and its files, which only their owner may read. Must not look into the database.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::StorageError;

/// Name of the database file in the data folder.
const DATABASE_FILE: &str = "bonafide.sqlite";
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
    let failed = |source| unusable(folder, source);
    create(folder).map_err(failed)?;
    let file = owner_only()
        .create(true)
        .truncate(false)
        .open(folder.join(LOCK_FILE))
        .map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(source)) => Err(failed(source)),
    }
}

/// The database's file, made when it is missing. SQLite would make it readable to everybody that the umask lets;
/// what it makes beside this file gets the same permissions as this one.
///
/// # Errors
/// When it cannot be made.
pub(super) fn database(folder: &Path) -> Result<PathBuf, StorageError> {
    let path = folder.join(DATABASE_FILE);
    // One that exists is left closed: to close it would take away the locks that this process holds on it.
    match owner_only().create_new(true).open(&path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(unusable(folder, error)),
        _ => Ok(path),
    }
}

fn owner_only() -> OpenOptions {
    let mut options = File::options();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn unusable(folder: &Path, source: io::Error) -> StorageError {
    StorageError::Folder {
        path: folder.to_owned(),
        source,
    }
}
