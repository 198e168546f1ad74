//! The public key URL's body: PEM, array, single object or JWKS, told apart by the first non-blank byte.
//!
//! Layout is tolerated, damage is not: DER, base64 and JSON are strict. An entry that cannot be used takes nobody with it
//! (RFC 7517, section 5): the others serve, and it is listed with the reason. No fetching here.

mod body;
mod certificate;
mod der;
mod entry;
mod error;
mod fault;
mod instead;
mod jwk;
mod list;
mod members;
mod passed_over;
mod pem;
mod private;
mod public_key;
mod rsa;
mod secret;
mod slips;
mod wide;

use std::fmt;

#[cfg(all(test, not(target_family = "wasm")))]
pub(crate) use self::error::KeyFault;
pub(crate) use self::rsa::RsaNumbers;
pub use self::{
    error::KeySetError,
    passed_over::PassedOver,
    public_key::{Fingerprint, PublicKey},
};
use crate::{
    quote::{listed, quoted},
    refusal::Reason,
    signature::{Backend, DEFAULT_BACKEND},
    time::Time,
};

/// The keys of one website, parsed once and used for many tokens.
///
/// Cheap to share behind an `Arc`. Looking a key up takes a handful of comparisons, however many there are.
#[derive(Clone, Debug)]
pub struct KeySet {
    format: KeyFormat,
    keys: Vec<PublicKey>,
    /// Places in `keys` of those that have a usable `kid`, in the order of their kids.
    by_kid: Vec<usize>,
    /// Kids that stand for different keys, in order. None of those keys is used.
    ambiguous: Vec<String>,
    /// Entries that gave no key, in the order of the body.
    passed_over: Vec<PassedOver>,
}

/// The form of a key body.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum KeyFormat {
    /// One PEM: `PUBLIC KEY`, `RSA PUBLIC KEY` or `CERTIFICATE`.
    Pem,
    /// `[{"kid", "publicKey", "expiry"}]`, or one such object.
    Array,
    /// `{"keys": […]}` (RFC 7517).
    Jwks,
}

impl KeyFormat {
    /// `pem`, `array` or `jwks`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pem => "pem",
            Self::Array => "array",
            Self::Jwks => "jwks",
        }
    }
}

impl fmt::Display for KeyFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl KeySet {
    /// Reads the body of a public key URL, in any of the forms of [`KeyFormat`]: PEM (RFC 7468) of a SubjectPublicKeyInfo
    /// or certificate (RFC 5280) or of PKCS#1 (RFC 8017, appendix A.1.1), array, or JWKS (RFC 7517).
    ///
    /// PEMs may be indented, have trailing blanks, CRLF or CR, tabs, blank lines, any wrap, and a byte order
    /// mark. Keys must be RSA with a modulus of 2,048 to 8,192 bits and an odd exponent from 3 to 2^33 − 1.
    /// At most 100 keys and 256 KiB. An entry of an array or JWKS that is no such key is passed over
    /// ([`passed_over`](Self::passed_over)), and so is a member that is `null`.
    ///
    /// # Errors
    /// A [`KeySetError`] that names line, column and entry, and what came instead: the body is empty, too long or in no
    /// known form; the JSON is not valid; there are too many entries, or none that can be used, of which the first fault
    /// is told; or there is a private key ([`private_key_found`](KeySetError::private_key_found)).
    pub fn parse(body: &[u8]) -> Result<Self, KeySetError> {
        Self::parse_for(body, DEFAULT_BACKEND)
    }

    /// Like [`parse`](Self::parse), with the backend of wasm32: the tests hold both to one suite.
    #[cfg(test)]
    pub(crate) fn parse_pure_rust(body: &[u8]) -> Result<Self, KeySetError> {
        Self::parse_for(body, Backend::PureRust)
    }

    /// The keys in the order of the body. An entry that repeats another is not listed twice.
    #[must_use]
    pub fn keys(&self) -> &[PublicKey] {
        &self.keys
    }

    /// The form that was recognised.
    #[must_use]
    pub fn format(&self) -> KeyFormat {
        self.format
    }

    /// Key ids that stand for different keys. Tokens that name one of them are refused.
    #[must_use]
    pub fn ambiguous_kids(&self) -> &[String] {
        &self.ambiguous
    }

    /// Entries of an array or JWKS that give no key, in the order of the body, each with the reason.
    #[must_use]
    pub fn passed_over(&self) -> &[PassedOver] {
        &self.passed_over
    }

    /// The key for a token with this `kid`. One without is served by a lone usable key, whatever was passed over beside it:
    /// no second key is ever tried, and what another key signed fails at the signature.
    pub(crate) fn choose(&self, kid: Option<&str>) -> Result<&PublicKey, Reason> {
        let Some(kid) = kid else {
            return match self.keys.as_slice() {
                [key] => Ok(key),
                keys => Err(Reason::KidNeeded {
                    keys: keys.len(),
                    kids: self.kids(),
                }),
            };
        };
        let unknown = || match self
            .passed_over
            .iter()
            .find(|entry| entry.kid() == Some(kid))
        {
            Some(entry) => Reason::KidUnusable {
                kid: quoted(kid),
                why: entry.error().to_string(),
            },
            None => Reason::KidUnknown {
                kid: quoted(kid),
                keys: self.keys.len(),
                kids: self.kids(),
            },
        };
        // No key can have such an id, and storage cannot hold it.
        if kid.contains('\0') {
            return Err(unknown());
        }
        if let (KeyFormat::Pem, [key]) = (self.format, self.keys.as_slice()) {
            return Ok(key);
        }
        let found = self
            .by_kid
            .binary_search_by(|&place| self.keys[place].kid().cmp(&Some(kid)));
        match found {
            Ok(place) => Ok(&self.keys[self.by_kid[place]]),
            Err(_) if self.ambiguous.iter().any(|ambiguous| ambiguous == kid) => {
                Err(Reason::KidAmbiguous { kid: quoted(kid) })
            }
            Err(_) => Err(unknown()),
        }
    }

    fn parse_for(body: &[u8], backend: Backend) -> Result<Self, KeySetError> {
        let (format, listed) = body::parse(body, backend).map_err(|fault| fault.locate(body))?;
        let passed_over = listed.passed_over.into_iter();
        Ok(Self {
            passed_over: passed_over.map(|unused| unused.locate(body)).collect(),
            ..Self::new(format, listed.keys)
        })
    }

    /// The ids of the published keys, for a sentence; empty where none has one.
    #[cold]
    fn kids(&self) -> String {
        let kids: Vec<&str> = self.keys.iter().filter_map(PublicKey::kid).collect();
        match kids.as_slice() {
            [] => String::new(),
            kids => listed(kids.iter().map(|kid| quoted(kid)), SHOWN_KIDS),
        }
    }

    fn new(format: KeyFormat, published: Vec<PublicKey>) -> Self {
        let mut keys: Vec<PublicKey> = Vec::with_capacity(published.len());
        for key in published {
            let twin = keys
                .iter_mut()
                .find(|other| other.kid == key.kid && other.fingerprint() == key.fingerprint());
            match twin {
                // The same key twice under one id: it serves while both do.
                Some(twin) => {
                    twin.not_before = twin.not_before.max(key.not_before);
                    twin.expires_at = earlier(twin.expires_at, key.expires_at);
                }
                None => keys.push(key),
            }
        }
        let mut by_kid: Vec<usize> = (0..keys.len())
            .filter(|&place| keys[place].kid.is_some())
            .collect();
        by_kid.sort_by(|&a, &b| keys[a].kid.cmp(&keys[b].kid));
        let mut ambiguous: Vec<String> = by_kid
            .windows(2)
            .filter(|pair| keys[pair[0]].kid == keys[pair[1]].kid)
            .filter_map(|pair| keys[pair[0]].kid.clone())
            .collect();
        ambiguous.dedup();
        by_kid.retain(|&place| {
            keys[place]
                .kid
                .as_ref()
                .is_some_and(|kid| !ambiguous.contains(kid))
        });
        Self {
            format,
            keys,
            by_kid,
            ambiguous,
            passed_over: Vec::new(),
        }
    }
}

/// How many ids of published keys a sentence names.
const SHOWN_KIDS: usize = 5;

fn earlier(a: Option<Time>, b: Option<Time>) -> Option<Time> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (one, other) => one.or(other),
    }
}
