//! What people should know of a website's keys.
//!
//! Must not hold a key, nor a token: fingerprints and ids only.

use bonafide_verifier::KeySet;

/// Something about a website's keys that people should know of.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum KeyEvent {
    /// The URL publishes these keys now: first seen since this process began, or changed.
    Published {
        /// The public key URL.
        url: String,
        /// Each key, sorted.
        keys: Vec<PublishedKey>,
    },
    /// The URL publishes entries that cannot be used, beside keys that can: first seen since this process began, or changed.
    PassedOver {
        /// The public key URL.
        url: String,
        /// Each entry's place and fault, as a sentence.
        entries: Vec<String>,
    },
    /// The URL shows a private key to everybody.
    PrivateKeyShown {
        /// The public key URL.
        url: String,
    },
}

/// A key and the id it is published under. Both count: a key that gets another's id judges another's tokens.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct PublishedKey {
    /// The id; a lone PEM has none.
    pub kid: Option<String>,
    /// SHA-256 of the key as lower-case hex.
    pub fingerprint: String,
}

/// The keys of a set, sorted.
pub(super) fn published(keys: &KeySet) -> Vec<PublishedKey> {
    let mut published: Vec<PublishedKey> = keys
        .keys()
        .iter()
        .map(|key| PublishedKey {
            kid: key.kid().map(str::to_owned),
            fingerprint: key.fingerprint().to_string(),
        })
        .collect();
    published.sort_unstable();
    published
}

/// What is wrong with the entries that were passed over. Those that are meant for somebody else are nobody's mistake.
pub(super) fn mistakes(keys: &KeySet) -> Vec<String> {
    let entries = keys.passed_over().iter();
    entries
        .filter(|entry| entry.is_mistake())
        .map(ToString::to_string)
        .collect()
}
