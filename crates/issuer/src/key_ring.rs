//! The key pairs of one issuer over time: which one signs now, which are published, and how they rotate.
//!
//! Holds no files and reads no clock; times are Unix seconds, given by the caller.
//!
//! A rotation overlaps on both sides. The new key is published at once but signs only after a *lead*,
//! because a chat server may go on with the keys it fetched before. The old key stays published for an
//! *overlap* after that, because tokens it signed are still in use.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use crate::KeyPair;

/// A key pair and the time it is for.
#[derive(Clone, Debug)]
pub struct KeyEntry {
    /// Names the key in tokens and in what is published. Any text but the empty one.
    pub key_id: String,
    /// The key pair.
    pub key_pair: Arc<KeyPair>,
    /// From when it signs, in Unix seconds.
    pub signs_from: i64,
    /// When it is no longer published, in Unix seconds; `None` while no rotation has set it.
    pub expires_at: Option<i64>,
}

/// What a key does at a given time.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum KeyState {
    /// Published, does not sign yet.
    Upcoming,
    /// Published, and the one that signs.
    Signing,
    /// Published so that tokens it signed still verify.
    Retiring,
    /// No longer published.
    Expired,
}

/// How long a rotation overlaps.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Rotation {
    /// Seconds for which the new key is published before it signs.
    pub lead_seconds: u32,
    /// Seconds for which the old key stays published after that.
    pub overlap_seconds: u32,
}

impl Default for Rotation {
    /// 15 minutes before, longer than the 10 for which a chat server keeps fetched keys; 75 minutes
    /// after, longer than the longest token's hour and the greatest leeway of 5 minutes.
    fn default() -> Self {
        Self {
            lead_seconds: 900,
            overlap_seconds: 4_500,
        }
    }
}

/// The key pairs of one issuer. Never empty, no key id twice.
#[derive(Clone, Debug)]
pub struct KeyRing(Vec<KeyEntry>);

/// Why key pairs do not make a ring.
#[derive(Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyRingError {
    /// Two keys have this id.
    #[error("Two key pairs have the key id `{0}`; a token could not say which of them signed it.")]
    DuplicateKeyId(String),
    /// There is no key pair.
    #[error("There is no key pair; make one with `bonafide keys new`.")]
    Empty,
    /// A key id is empty, or longer than 200 characters.
    #[error("A key id has 1 to 200 characters.")]
    InvalidKeyId,
}

/// What stands at the public key URL.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PublishedKeys {
    /// The body.
    pub body: String,
    /// Its media type: `text/plain` for PEM, `application/json` for an array.
    pub content_type: &'static str,
}

impl KeyRing {
    /// A ring of one key pair that always signs, under its own key id.
    #[must_use]
    pub fn single(key_pair: KeyPair) -> Self {
        Self(vec![KeyEntry {
            key_id: key_pair.key_id().to_owned(),
            key_pair: Arc::new(key_pair),
            signs_from: 0,
            expires_at: None,
        }])
    }

    /// A ring of several key pairs.
    ///
    /// # Errors
    /// Each [`KeyRingError`].
    pub fn new(mut entries: Vec<KeyEntry>) -> Result<Self, KeyRingError> {
        if entries.is_empty() {
            return Err(KeyRingError::Empty);
        }
        for (index, entry) in entries.iter().enumerate() {
            if entry.key_id.is_empty() || entry.key_id.chars().count() > MAX_KEY_ID {
                return Err(KeyRingError::InvalidKeyId);
            }
            if entries[..index].iter().any(|e| e.key_id == entry.key_id) {
                return Err(KeyRingError::DuplicateKeyId(entry.key_id.clone()));
            }
        }
        entries.sort_by_key(|entry| entry.signs_from);
        Ok(Self(entries))
    }

    /// All key pairs, the one that signs first in time first.
    #[must_use]
    pub fn entries(&self) -> &[KeyEntry] {
        &self.0
    }

    /// The key pair that signs at `now`; `None` once all have expired.
    #[must_use]
    pub fn signing(&self, now: i64) -> Option<&KeyEntry> {
        let alive = || self.0.iter().filter(|entry| !entry.is_expired(now));
        alive()
            .rfind(|entry| entry.signs_from <= now)
            // A clock that was set back must not stop the website: the earliest key is published, too.
            .or_else(|| alive().next())
    }

    /// What `entry` does at `now`.
    #[must_use]
    pub fn state(&self, entry: &KeyEntry, now: i64) -> KeyState {
        if entry.is_expired(now) {
            KeyState::Expired
        } else if self.signing(now).is_some_and(|s| s.key_id == entry.key_id) {
            KeyState::Signing
        } else if entry.signs_from > now {
            KeyState::Upcoming
        } else {
            KeyState::Retiring
        }
    }

    /// The body of the public key URL at `now`: PEM for one key, an array of
    /// `{"kid", "publicKey", "expiry"}` for several. `None` once all have expired.
    #[must_use]
    pub fn published(&self, now: i64) -> Option<PublishedKeys> {
        let alive: Vec<_> = self.0.iter().filter(|e| !e.is_expired(now)).collect();
        match alive.as_slice() {
            [] => None,
            [only] => Some(PublishedKeys {
                body: only.key_pair.public_key_pem(),
                content_type: "text/plain; charset=utf-8",
            }),
            several => Some(PublishedKeys {
                body: array(several),
                content_type: "application/json",
            }),
        }
    }

    /// Adds `key_pair` as the one that signs after the rotation's lead, sets the others' expiry, and
    /// forgets what had expired by `now`.
    ///
    /// # Errors
    /// [`KeyRingError::DuplicateKeyId`], [`KeyRingError::InvalidKeyId`]
    pub fn rotated(
        &self,
        key_pair: KeyPair,
        key_id: Option<String>,
        rotation: Rotation,
        now: i64,
    ) -> Result<Self, KeyRingError> {
        let signs_from = now.saturating_add(rotation.lead_seconds.into());
        let retire_at = signs_from.saturating_add(rotation.overlap_seconds.into());
        let mut entries: Vec<_> = self
            .0
            .iter()
            .filter(|entry| !entry.is_expired(now))
            .cloned()
            .map(|entry| KeyEntry {
                expires_at: Some(entry.expires_at.map_or(retire_at, |at| at.min(retire_at))),
                ..entry
            })
            .collect();
        entries.push(KeyEntry {
            key_id: key_id.unwrap_or_else(|| key_pair.key_id().to_owned()),
            key_pair: Arc::new(key_pair),
            signs_from,
            expires_at: None,
        });
        Self::new(entries)
    }
}

impl KeyEntry {
    fn is_expired(&self, now: i64) -> bool {
        self.expires_at.is_some_and(|at| at <= now)
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PublishedKey<'a> {
    kid: &'a str,
    public_key: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    expiry: Option<i64>,
}

#[expect(
    clippy::expect_used,
    reason = "text and integers always serialize; there is no map key or writer that could fail"
)]
fn array(entries: &[&KeyEntry]) -> String {
    let keys: Vec<_> = entries
        .iter()
        .map(|entry| PublishedKey {
            kid: &entry.key_id,
            public_key: STANDARD.encode(entry.key_pair.public_key_pem_crlf()),
            expiry: entry.expires_at,
        })
        .collect();
    serde_json::to_string_pretty(&keys).expect("published keys are plain JSON")
}

const MAX_KEY_ID: usize = 200;
