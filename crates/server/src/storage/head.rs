//! The first bytes of a database's file, as SQLite writes them. Must not change them.

use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::Path;

use super::health::{RESTORE, cannot_open, unusable};
use super::wal::be32;
use super::{StorageError, stamp};

/// The first bytes of a database (<https://www.sqlite.org/fileformat2.html#the_database_header>).
pub(super) struct Head {
    /// In bytes.
    pub(super) page_size: u32,
    /// Size in pages that the head names.
    pub(super) pages: u32,
    /// Whole pages that the file has.
    pub(super) file_pages: u64,
    /// See [`stamp`].
    pub(super) stamp: u32,
    /// Whether it is written through a write-ahead log.
    pub(super) is_wal: bool,
}

impl Head {
    /// # Errors
    /// When the file does not begin as a database does.
    pub(super) fn read(path: &Path, mut file: File) -> Result<Self, StorageError> {
        let cannot_read = |error: std::io::Error| cannot_open(path, &error);
        let length = file.metadata().map_err(cannot_read)?.len();
        if length == 0 {
            return Err(unusable(
                path,
                "is empty (0 bytes)",
                "Restore a backup, or remove the file if this server never held data",
            ));
        }
        let mut bytes = [0; 100];
        file.read_exact(&mut bytes)
            .map_err(|error| match error.kind() {
                ErrorKind::UnexpectedEof => {
                    unusable(path, &format!("is cut off after {length} bytes"), RESTORE)
                }
                _ => cannot_read(error),
            })?;
        let damaged = |what: &str| unusable(path, what, RESTORE);
        if !bytes.starts_with(b"SQLite format 3\0") {
            return Err(damaged(
                "does not begin as a SQLite database does: its head is damaged, or it is another kind of file",
            ));
        }
        let page_size = match u16::from_be_bytes([bytes[16], bytes[17]]) {
            1 => 65_536,
            size if size.is_power_of_two() && size >= 512 => u32::from(size),
            _ => {
                return Err(damaged(
                    "has a damaged head: it names no possible page size",
                ));
            }
        };
        // Only what was written together counts; very old writers left the size as it was.
        let is_size_current = bytes[24..28] == bytes[92..96];
        Ok(Self {
            page_size,
            pages: if is_size_current { be32(&bytes, 28) } else { 0 },
            file_pages: length / u64::from(page_size),
            stamp: be32(&bytes, stamp::OFFSET),
            is_wal: bytes[18] == 2,
        })
    }
}
