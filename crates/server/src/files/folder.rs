//! A store in a folder, beside the database. Only its owner may read it.
//!
//! A file is written under another name, brought to the disk, and renamed: under its own name it is whole. Its folder is
//! brought to the disk too, so that a power cut does not take the name away.
//!
//! No file is open between two pieces: many people may send and read at once, each slowly, and the process may have only so
//! many files open.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use bonafide_protocol::id::FileId;
use bytes::Bytes;
use tokio::task::spawn_blocking;

use super::store::{FileReader, FileStore, FileWriter};
use crate::storage::create_folder;
use crate::storage::folder::{owner_only, remove, sync};

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
            owner_only().create_new(true).open(&partial)?;
            Ok(Writer {
                gathered: Vec::new(),
                is_whole: true,
                partial: Some(partial),
                path,
            })
        });
        Ok(Box::new(writer.await?))
    }

    async fn open(&self, id: &FileId) -> io::Result<Option<Box<dyn FileReader>>> {
        let path = self.path(id)?;
        let reader = blocking(move || {
            File::open(&path)?;
            Ok(Reader { path, at: 0 })
        });
        match reader.await {
            Ok(reader) => Ok(Some(Box::new(reader))),
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
    gathered: Vec<u8>,
    /// Whether all that was gathered before was written. Not so while another thread writes it.
    is_whole: bool,
    /// What is to be removed if it comes to nothing.
    partial: Option<PathBuf>,
    path: PathBuf,
}

impl Writer {
    /// Writes what was gathered, and with what is there then does what `then` does.
    async fn write_gathered(
        &mut self,
        then: impl FnOnce(&File) -> io::Result<()> + Send + 'static,
    ) -> io::Result<()> {
        if !std::mem::replace(&mut self.is_whole, false) {
            return Err(io::Error::other("an earlier piece failed"));
        }
        let gathered = std::mem::take(&mut self.gathered);
        let partial = partial(&self.path);
        blocking(move || {
            let mut file = owner_only().append(true).open(partial)?;
            file.write_all(&gathered)?;
            then(&file)
        })
        .await?;
        self.is_whole = true;
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
        self.write_gathered(|_| Ok(())).await
    }

    async fn store(mut self: Box<Self>) -> io::Result<()> {
        self.write_gathered(File::sync_all).await?;
        let path = self.path.clone();
        blocking(move || {
            fs::rename(partial(&path), &path)?;
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
    path: PathBuf,
    /// Bytes that were read.
    at: u64,
}

#[async_trait]
impl FileReader for Reader {
    async fn read(&mut self) -> io::Result<Option<Bytes>> {
        let (path, at) = (self.path.clone(), self.at);
        let piece = blocking(move || {
            let mut file = File::open(path)?;
            file.seek(SeekFrom::Start(at))?;
            let mut piece = vec![0; PIECE];
            let length = loop {
                match file.read(&mut piece) {
                    Err(error) if error.kind() == ErrorKind::Interrupted => {}
                    read => break read?,
                }
            };
            piece.truncate(length);
            Ok(piece)
        })
        .await?;
        self.at += piece.len() as u64;
        Ok((!piece.is_empty()).then(|| piece.into()))
    }
}

fn partial(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".partial");
    name.into()
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

    /// How many files below it this process has open.
    #[cfg(target_os = "linux")]
    fn open_below(folder: &Path) -> usize {
        let folder = folder.canonicalize().unwrap();
        fs::read_dir("/proc/self/fd")
            .unwrap()
            .filter(|entry| {
                let open = fs::read_link(entry.as_ref().unwrap().path());
                open.is_ok_and(|path| path.starts_with(&folder))
            })
            .count()
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn none_is_open_between_two_pieces() {
        let folder = tempfile::tempdir().unwrap();
        let store = FolderStore::new(folder.path().join("files"));
        let mut writer = store.create(&id(3)).await.unwrap();
        for _ in 0..2 {
            assert_eq!(open_below(folder.path()), 0);
            writer.write(vec![7; PIECE].into()).await.unwrap();
        }
        assert_eq!(open_below(folder.path()), 0);
        writer.store().await.unwrap();
        let mut reader = store.open(&id(3)).await.unwrap().unwrap();
        for _ in 0..2 {
            assert_eq!(open_below(folder.path()), 0);
            assert_eq!(reader.read().await.unwrap().unwrap().len(), PIECE);
        }
        assert_eq!(reader.read().await.unwrap(), None);
        assert_eq!(open_below(folder.path()), 0);
    }

    #[tokio::test]
    async fn after_a_failed_piece_nothing_is_stored() {
        let folder = tempfile::tempdir().unwrap();
        let store = FolderStore::new(folder.path().join("files"));
        let mut writer = store.create(&id(4)).await.unwrap();
        let partial = partial(&store.path(&id(4)).unwrap());
        fs::remove_file(&partial).unwrap();
        writer.write(vec![7; PIECE].into()).await.unwrap_err();
        fs::write(&partial, "").unwrap();
        writer.store().await.unwrap_err();
        assert_eq!(content(&store, &id(4)).await, None);
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
