//! Where files lie. One implementation keeps them in a folder; another may keep them elsewhere.
//!
//! A file is written once and then never changed. Content passes through in pieces, so that none is ever in memory whole.
//! A store must not know whose a file is: the database does.

use std::fmt::Debug;
use std::io;

use async_trait::async_trait;
use bonafide_protocol::id::FileId;
use bytes::Bytes;

/// Keeps files under their ids.
#[async_trait]
pub(crate) trait FileStore: Debug + Send + Sync {
    /// Begins a file. It is not there before [`FileWriter::store`]; a writer that is dropped leaves nothing, and what one
    /// leaves that was killed, [`Self::delete`] removes.
    ///
    /// # Errors
    /// When the store cannot be written.
    async fn create(&self, id: &FileId) -> io::Result<Box<dyn FileWriter>>;

    /// Opens a file; `None` when there is none.
    ///
    /// # Errors
    /// When the store cannot be read.
    async fn open(&self, id: &FileId) -> io::Result<Option<Box<dyn FileReader>>>;

    /// Removes a file, or what was written of one. None is as good as one that is removed.
    ///
    /// # Errors
    /// When it is still there.
    async fn delete(&self, id: &FileId) -> io::Result<()>;
}

/// Takes a file's content.
#[async_trait]
pub(crate) trait FileWriter: Send {
    /// Takes the next piece.
    ///
    /// # Errors
    /// When it cannot be written: the disk may be full.
    async fn write(&mut self, piece: Bytes) -> io::Result<()>;

    /// Makes the file durable, then lets it be found.
    ///
    /// # Errors
    /// When it could not be; then there is none.
    async fn store(self: Box<Self>) -> io::Result<()>;
}

/// Gives a file's content.
#[async_trait]
pub(crate) trait FileReader: Send {
    /// The next piece; `None` at the end.
    ///
    /// # Errors
    /// When it cannot be read.
    async fn read(&mut self) -> io::Result<Option<Bytes>>;
}
