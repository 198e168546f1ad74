//! An issuer's key pairs on disk: `keys.json` names them, one PKCS#8 PEM file each holds them.
//!
//! `keys.json` is the truth. A key file is written before `keys.json` names it and removed after
//! `keys.json` has forgotten it, so a crash at any moment leaves a directory that works.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{KeyEntry, KeyPair, KeyPairError, KeyRing, KeyRingError, Rotation, private_file};

/// A directory of key pairs. All files in it have mode 0600.
#[derive(Clone, Debug)]
pub struct KeyDirectory(PathBuf);

/// Why a key directory could not be read or changed. Names the path.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeyDirectoryError {
    /// [`KeyDirectory::add_first`] where there are keys.
    #[error(
        "`{0}` already holds key pairs; replace the one that signs with `bonafide keys rotate`."
    )]
    AlreadyInUse(PathBuf),
    /// Others than the owner may read a private key.
    #[error(
        "The private key `{path}` can be read by other users of this machine (mode {mode:03o}): run `chmod 600 '{path}'`, and rotate the key if somebody may have read it."
    )]
    Exposed {
        /// The file.
        path: PathBuf,
        /// The permission bits that others have.
        mode: u32,
    },
    /// A file could not be read or written.
    #[error("`{path}`: {source}.")]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// A private key file is not usable.
    #[error("`{path}`: {source}")]
    KeyPair {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: KeyPairError,
    },
    /// The key pairs do not fit together.
    #[error("`{path}`: {source}")]
    KeyRing {
        /// The directory.
        path: PathBuf,
        /// What does not fit.
        source: KeyRingError,
    },
    /// There is no such directory, or no keys in it.
    #[error("There are no key pairs in `{0}`; make one with `bonafide keys new --keys '{0}'`.")]
    Missing(PathBuf),
    /// `keys.json` cannot be understood.
    #[error("`{path}` is not the list of key pairs that `bonafide keys` writes: {source}.")]
    NotUnderstood {
        /// The file.
        path: PathBuf,
        /// Where reading stopped.
        source: serde_json::Error,
    },
}

impl KeyDirectory {
    /// Names a directory. Touches nothing.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// Whether it holds key pairs.
    #[must_use]
    pub fn is_in_use(&self) -> bool {
        self.list_path().exists()
    }

    /// Reads the key pairs.
    ///
    /// # Errors
    /// Each [`KeyDirectoryError`] but `AlreadyInUse`. A file that others may read is refused, not tolerated.
    pub fn read(&self) -> Result<KeyRing, KeyDirectoryError> {
        let path = self.list_path();
        let text = match fs::read_to_string(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(KeyDirectoryError::Missing(self.0.clone()));
            }
            other => other.map_err(at(&path))?,
        };
        let list: List = serde_json::from_str(&text)
            .map_err(|source| KeyDirectoryError::NotUnderstood { path, source })?;
        let entries = list
            .keys
            .into_iter()
            .map(|row| self.read_entry(row))
            .collect::<Result<_, _>>()?;
        KeyRing::new(entries).map_err(|source| self.ring_fault(source))
    }

    /// Puts the first key pair in, which signs from `now`; makes the directory.
    ///
    /// # Errors
    /// [`KeyDirectoryError::AlreadyInUse`], [`KeyDirectoryError::Io`], [`KeyDirectoryError::KeyRing`]
    pub fn add_first(
        &self,
        key_pair: KeyPair,
        key_id: Option<String>,
        now: i64,
    ) -> Result<KeyRing, KeyDirectoryError> {
        private_file::create_directory(&self.0).map_err(at(&self.0))?;
        let _lock = self.lock()?;
        if self.is_in_use() {
            return Err(KeyDirectoryError::AlreadyInUse(self.0.clone()));
        }
        let ring = KeyRing::new(vec![KeyEntry {
            key_id: key_id.unwrap_or_else(|| key_pair.key_id().to_owned()),
            key_pair: Arc::new(key_pair),
            signs_from: now,
            expires_at: None,
        }])
        .map_err(|source| self.ring_fault(source))?;
        self.write(&ring)?;
        Ok(ring)
    }

    /// Brings in a new key pair as [`KeyRing::rotated`] says, and removes the files of expired ones.
    ///
    /// # Errors
    /// As [`read`](Self::read), and [`KeyDirectoryError::KeyRing`] for a key id that is in use.
    pub fn rotate(
        &self,
        key_pair: KeyPair,
        key_id: Option<String>,
        rotation: Rotation,
        now: i64,
    ) -> Result<KeyRing, KeyDirectoryError> {
        if !self.is_in_use() {
            return Err(KeyDirectoryError::Missing(self.0.clone()));
        }
        let _lock = self.lock()?;
        let before = self.read()?;
        let after = before
            .rotated(key_pair, key_id, rotation, now)
            .map_err(|source| self.ring_fault(source))?;
        self.write(&after)?;
        let kept: Vec<_> = after.entries().iter().map(file_name).collect();
        for gone in before.entries().iter().map(file_name) {
            if !kept.contains(&gone) {
                let path = self.0.join(gone);
                fs::remove_file(&path).map_err(at(&path))?;
            }
        }
        Ok(after)
    }

    /// What [`read`](Self::read) depends on, cheap to compare: changes whenever the key pairs do.
    ///
    /// # Errors
    /// [`KeyDirectoryError::Io`]
    pub fn revision(&self) -> Result<String, KeyDirectoryError> {
        let path = self.list_path();
        fs::read_to_string(&path).map_err(at(&path))
    }

    fn read_entry(&self, row: Row) -> Result<KeyEntry, KeyDirectoryError> {
        let path = self.0.join(&row.file);
        let mode = private_file::exposed_mode(&path).map_err(at(&path))?;
        if mode != 0 {
            return Err(KeyDirectoryError::Exposed { path, mode });
        }
        let text = fs::read_to_string(&path)
            .map(zeroize::Zeroizing::new)
            .map_err(at(&path))?;
        let key_pair = KeyPair::from_pem(&text)
            .map_err(|source| KeyDirectoryError::KeyPair { path, source })?;
        Ok(KeyEntry {
            key_id: row.kid,
            key_pair: Arc::new(key_pair),
            signs_from: row.signs_from,
            expires_at: row.expires_at,
        })
    }

    fn write(&self, ring: &KeyRing) -> Result<(), KeyDirectoryError> {
        let mut list = List { keys: Vec::new() };
        for entry in ring.entries() {
            let file = file_name(entry);
            let path = self.0.join(&file);
            if !path.exists() {
                let pem = entry.key_pair.private_key_pem().map_err(|source| {
                    KeyDirectoryError::KeyPair {
                        path: path.clone(),
                        source,
                    }
                })?;
                private_file::replace(&path, pem.as_bytes()).map_err(at(&path))?;
            }
            list.keys.push(Row {
                kid: entry.key_id.clone(),
                file,
                signs_from: entry.signs_from,
                expires_at: entry.expires_at,
            });
        }
        let path = self.list_path();
        let text = serde_json::to_string_pretty(&list).map_err(|source| {
            KeyDirectoryError::NotUnderstood {
                path: path.clone(),
                source,
            }
        })?;
        private_file::replace(&path, text.as_bytes()).map_err(at(&path))
    }

    /// Held by whoever writes; the system frees it when a process dies.
    fn lock(&self) -> Result<File, KeyDirectoryError> {
        let path = self.0.join("keys.lock");
        let file = private_file::lock_file(&path).map_err(at(&path))?;
        file.lock().map_err(at(&path))?;
        Ok(file)
    }

    fn list_path(&self) -> PathBuf {
        self.0.join("keys.json")
    }

    fn ring_fault(&self, source: KeyRingError) -> KeyDirectoryError {
        KeyDirectoryError::KeyRing {
            path: self.0.clone(),
            source,
        }
    }
}

/// `keys.json`.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct List {
    keys: Vec<Row>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Row {
    kid: String,
    file: String,
    signs_from: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<i64>,
}

/// By fingerprint, since a key id may hold `/` and be as long as it likes.
fn file_name(entry: &KeyEntry) -> String {
    format!("{}.private.pem", entry.key_pair.fingerprint())
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> KeyDirectoryError {
    let path = path.to_path_buf();
    move |source| KeyDirectoryError::Io { path, source }
}
