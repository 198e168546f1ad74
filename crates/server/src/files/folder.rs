//! A store in a folder, beside the database. Only its owner may read it.
//!
//! A file is written under another name, brought to the disk, and renamed: under its own name it is whole. Its folder is
//! brought to the disk too, so that a power cut does not take the name away.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use bonafide_protocol::id::FileId;
use bytes::Bytes;
use tokio::task::spawn_blocking;

use super::store::{FileReader, FileStore, FileWriter};
use crate::storage::create_folder;

/// Keeps files in a folder, which is made with the first of them.
#[derive(Clone, Debug)]
pub(crate) struct FolderStore {
    root: PathBuf,
}

impl FolderStore {
    pub(crate) fn new(root: PathBuf) -> Self {
        Self { root }
    }

    fn path(&self, id: &FileId) -> io::Result<PathBuf> {
        path_in(&self.root, id)
    }
}

/// Where a file lies in a folder of files. One folder with all of them would be slow to list for whoever looks after the disk.
///
/// # Errors
/// When the id is none that a file can have.
pub(crate) fn path_in(root: &Path, id: &FileId) -> io::Result<PathBuf> {
    let name = id.as_str();
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    if name.len() < SHARD || !name.bytes().all(is_plain) {
        return Err(io::Error::new(ErrorKind::InvalidInput, "no id of a file"));
    }
    let shard = &name[name.len() - SHARD..];
    Ok(root.join(shard).join(name))
}

#[async_trait]
impl FileStore for FolderStore {
    async fn create(&self, id: &FileId) -> io::Result<Box<dyn FileWriter>> {
        let path = self.path(id)?;
        let root = self.root.clone();
        let writer = blocking(move || {
            let folder = path.parent().unwrap_or(&root);
            if !folder.is_dir() {
                create_folder(folder)?;
                for made in [root.parent(), Some(&root)].into_iter().flatten() {
                    sync(made)?;
                }
            }
            let partial = partial(&path);
            let file = owner_only().create_new(true).open(&partial)?;
            Ok(Writer {
                file: Some(file),
                gathered: Vec::new(),
                partial: Some(partial),
                path,
            })
        });
        Ok(Box::new(writer.await?))
    }

    async fn open(&self, id: &FileId) -> io::Result<Option<Box<dyn FileReader>>> {
        let path = self.path(id)?;
        match blocking(move || File::open(path)).await {
            Ok(file) => Ok(Some(Box::new(Reader { file: Some(file) }))),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn delete(&self, id: &FileId) -> io::Result<()> {
        let path = self.path(id)?;
        blocking(move || {
            remove(&partial(&path))?;
            remove(&path)
        })
        .await
    }
}

struct Writer {
    /// Away only while another thread writes to it.
    file: Option<File>,
    gathered: Vec<u8>,
    /// What is to be removed if it comes to nothing.
    partial: Option<PathBuf>,
    path: PathBuf,
}

impl Writer {
    async fn write_gathered(&mut self) -> io::Result<()> {
        let gathered = std::mem::take(&mut self.gathered);
        let mut file = self.file.take().ok_or_else(broken)?;
        let file = blocking(move || {
            file.write_all(&gathered)?;
            Ok(file)
        });
        self.file = Some(file.await?);
        Ok(())
    }
}

#[async_trait]
impl FileWriter for Writer {
    async fn write(&mut self, piece: Bytes) -> io::Result<()> {
        self.gathered.extend_from_slice(&piece);
        if self.gathered.len() < PIECE {
            return Ok(());
        }
        self.write_gathered().await
    }

    async fn store(mut self: Box<Self>) -> io::Result<()> {
        self.write_gathered().await?;
        let file = self.file.take().ok_or_else(broken)?;
        let (partial, path) = (self.partial.clone(), self.path.clone());
        blocking(move || {
            file.sync_all()?;
            drop(file);
            fs::rename(partial.ok_or_else(broken)?, &path)?;
            path.parent().map_or(Ok(()), sync)
        })
        .await?;
        self.partial = None;
        Ok(())
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if let Some(partial) = &self.partial
            && let Err(error) = remove(partial)
        {
            tracing::debug!(%error, "what was written of a file could not be removed; the sweep tries again");
        }
    }
}

struct Reader {
    file: Option<File>,
}

#[async_trait]
impl FileReader for Reader {
    async fn read(&mut self) -> io::Result<Option<Bytes>> {
        let mut file = self.file.take().ok_or_else(broken)?;
        let (file, piece) = blocking(move || {
            let mut piece = vec![0; PIECE];
            let length = loop {
                match file.read(&mut piece) {
                    Err(error) if error.kind() == ErrorKind::Interrupted => {}
                    read => break read?,
                }
            };
            piece.truncate(length);
            Ok((file, piece))
        })
        .await?;
        self.file = Some(file);
        Ok((!piece.is_empty()).then(|| piece.into()))
    }
}

fn partial(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".partial");
    name.into()
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn sync(folder: &Path) -> io::Result<()> {
    // Elsewhere than on Unix a folder cannot be opened as a file, and needs not be.
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    Ok(())
}

fn owner_only() -> fs::OpenOptions {
    let mut options = File::options();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// After an error, or when its caller gave up in the middle of a piece.
fn broken() -> io::Error {
    io::Error::other("an earlier piece failed")
}

/// Disks may be slow: no thread that serves connections waits for one.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    spawn_blocking(work).await.map_err(io::Error::other)?
}

/// Read and written at once.
const PIECE: usize = 64 * 1024;

/// Characters at the end of an id that name its folder: random ones.
const SHARD: usize = 2;

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u128) -> FileId {
        FileId::from_bits(number)
    }

    async fn content(store: &FolderStore, id: &FileId) -> Option<Vec<u8>> {
        let mut reader = store.open(id).await.unwrap()?;
        let mut all = Vec::new();
        while let Some(piece) = reader.read().await.unwrap() {
            all.extend_from_slice(&piece);
        }
        Some(all)
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names = Vec::new();
        for shard in fs::read_dir(folder).unwrap() {
            for file in fs::read_dir(shard.unwrap().path()).unwrap() {
                names.push(file.unwrap().file_name().into_string().unwrap());
            }
        }
        names
    }

    #[tokio::test]
    async fn a_file_is_there_once_it_is_stored_and_not_before() {
        let folder = tempfile::tempdir().unwrap();
        let store = FolderStore::new(folder.path().join("files"));
        let mut writer = store.create(&id(1)).await.unwrap();
        let whole = vec![7; PIECE * 2 + 1];
        for piece in whole.chunks(1_000) {
            writer.write(Bytes::copy_from_slice(piece)).await.unwrap();
        }
        assert_eq!(content(&store, &id(1)).await, None);
        writer.store().await.unwrap();
        assert_eq!(content(&store, &id(1)).await, Some(whole));
        store.delete(&id(1)).await.unwrap();
        store.delete(&id(1)).await.unwrap();
        assert_eq!(content(&store, &id(1)).await, None);
        assert!(names(&store.root).is_empty());
    }

    #[tokio::test]
    async fn one_that_comes_to_nothing_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let store = FolderStore::new(folder.path().join("files"));
        let mut writer = store.create(&id(2)).await.unwrap();
        writer.write(Bytes::from_static(b"half")).await.unwrap();
        assert_eq!(names(&store.root), [format!("{}.partial", id(2))]);
        drop(writer);
        assert!(names(&store.root).is_empty());
        // As after a kill.
        let partial = partial(&store.path(&id(2)).unwrap());
        fs::write(&partial, "half").unwrap();
        store.delete(&id(2)).await.unwrap();
        assert!(names(&store.root).is_empty());
    }

    #[tokio::test]
    async fn an_id_is_no_path() {
        let store = FolderStore::new(PathBuf::from("/nowhere"));
        for wrong in ["../../etc/passwd", "fil_/1", "", "fil_\0", ".."] {
            let id = FileId::from_text(wrong);
            assert!(store.open(&id).await.is_err(), "{wrong:?}");
            assert!(store.delete(&id).await.is_err(), "{wrong:?}");
        }
    }
}
