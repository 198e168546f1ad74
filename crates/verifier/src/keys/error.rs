//! What is wrong with a key body, said so that the person who published it can mend it: line, column,
//! entry, what was found and what was expected. Never the body itself.

use std::fmt;

use thiserror::Error;

use super::{der::DerError, pem::PemFault};
use crate::{
    base64::Base64Error,
    json::{JsonError, Unplaced},
};

/// A key body that holds no usable key set.
///
/// `Display` is a full sentence that begins with the place where there is one:
/// ``Line 4, column 18, entry 1 `publicKey`: base64 decodes to a PEM with a 1024-bit key; at least 2048 bits are needed.``
#[derive(Clone, Debug, PartialEq)]
pub struct KeySetError {
    place: Option<Place>,
    entry: Option<usize>,
    field: Option<&'static str>,
    fault: BodyFault,
}

impl KeySetError {
    /// The body holds a private key. Whoever can read the URL can now sign tokens: tell the
    /// administrator loudly, and keep nothing of the body.
    #[must_use]
    pub fn private_key_found(&self) -> bool {
        matches!(
            self.fault,
            BodyFault::PrivateKey
                | BodyFault::Key {
                    fault: KeyFault::Private,
                    ..
                }
        )
    }

    /// The line, from 1. CR, LF and CRLF each end one.
    #[must_use]
    pub fn line(&self) -> Option<u32> {
        self.place.map(|place| place.line)
    }

    /// The column in characters, from 1.
    #[must_use]
    pub fn column(&self) -> Option<u32> {
        self.place.map(|place| place.column)
    }

    /// Which entry of the array or JWKS, from 1.
    #[must_use]
    pub fn entry(&self) -> Option<usize> {
        self.entry
    }
}

impl fmt::Display for KeySetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.place.map(|place| place.to_string());
        let part = match (self.entry, self.field) {
            (Some(entry), Some(field)) => Some(format!("entry {entry} `{field}`")),
            (Some(entry), None) => Some(format!("entry {entry}")),
            (None, field) => field.map(|field| format!("`{field}`")),
        };
        let prefix: Vec<String> = [place, part].into_iter().flatten().collect();
        let prefix = prefix.join(", ");
        let sentence = if prefix.is_empty() {
            self.fault.to_string()
        } else {
            format!("{prefix}: {}", self.fault)
        };
        let mut characters = sentence.chars();
        if let Some(first) = characters.next() {
            write!(f, "{}{}.", first.to_uppercase(), characters.as_str())?;
        }
        Ok(())
    }
}

impl std::error::Error for KeySetError {}

/// A place in a text, both from 1.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Place {
    pub(crate) line: u32,
    pub(crate) column: u32,
}

impl Place {
    /// The place of byte `at`.
    pub(crate) fn of(text: &[u8], at: usize) -> Self {
        let before = &text[..at.min(text.len())];
        let mut place = Self { line: 1, column: 1 };
        let mut previous = 0;
        for &byte in before {
            match byte {
                b'\n' if previous == b'\r' => {}
                b'\n' | b'\r' => {
                    place = Self {
                        line: place.line.saturating_add(1),
                        column: 1,
                    }
                }
                // Bytes that continue a UTF-8 character do not start a column.
                0x80..=0xBF => {}
                _ => place.column = place.column.saturating_add(1),
            }
            previous = byte;
        }
        place
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// A fault with the byte it stands at, before lines and columns are counted.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) at: Option<usize>,
    pub(crate) entry: Option<usize>,
    pub(crate) field: Option<&'static str>,
    pub(crate) fault: BodyFault,
}

impl Fault {
    pub(crate) fn new(at: usize, fault: BodyFault) -> Self {
        Self {
            at: Some(at),
            entry: None,
            field: None,
            fault,
        }
    }

    /// A fault of the body as a whole.
    pub(crate) fn of_body(fault: BodyFault) -> Self {
        Self {
            at: None,
            entry: None,
            field: None,
            fault,
        }
    }

    pub(crate) fn field(mut self, field: &'static str) -> Self {
        self.field = Some(field);
        self
    }

    pub(crate) fn entry(mut self, entry: usize) -> Self {
        self.entry = Some(entry);
        self
    }

    pub(crate) fn locate(self, body: &[u8]) -> KeySetError {
        let Self {
            at,
            entry,
            field,
            fault,
        } = self;
        KeySetError {
            place: at.map(|at| Place::of(body, at)),
            entry,
            field,
            fault,
        }
    }
}

impl From<JsonError> for Fault {
    fn from(error: JsonError) -> Self {
        Self::new(error.at, BodyFault::Json(error))
    }
}

/// What a key was published in.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub(crate) enum Carrier {
    #[error("the PEM holds")]
    Pem,
    #[error("base64 decodes to a PEM with")]
    Base64,
    #[error("the JWK is")]
    Jwk,
}

/// Everything that can be wrong with a body. Full stop and capital letter are added by `KeySetError`.
#[derive(Clone, Debug, Error, PartialEq)]
pub(crate) enum BodyFault {
    #[error("the body is {bytes} bytes long; at most {limit} are read")]
    TooLong { bytes: usize, limit: usize },
    #[error("the body is empty; expected a PEM, an array of keys or a JWKS")]
    Empty,
    #[error("expected a PEM, an array of keys or a JWKS, found {found}")]
    Unrecognised { found: String },
    #[error("{}", Unplaced(.0))]
    Json(JsonError),
    #[error("{0}")]
    Pem(PemFault),
    #[error("more than {limit} keys")]
    TooMany { limit: usize },
    #[error("the array holds no key")]
    NoKeys,
    #[error("the JWKS holds no RSA key for RS256 signatures")]
    NoUsableKeys,
    #[error("expected an object with `publicKey`, or a JWKS with `keys`")]
    NotKeys,
    #[error("both `keys` and `publicKey`; a body is either a JWKS or one key")]
    BothForms,
    #[error("is missing")]
    Missing,
    #[error("is not {expected}")]
    Not { expected: &'static str },
    #[error("contains U+0000")]
    Nul,
    #[error("lies after the year 9999; it must count seconds, not milliseconds")]
    TooLate,
    #[error("holds a PEM itself; expected the base64 of that PEM")]
    BarePem,
    #[error("is not base64: {0}")]
    Base64(Base64Error),
    #[error("is not base64url: {0}")]
    Base64Url(Base64Error),
    #[error("begins with a zero byte (RFC 7518, section 6.3.1)")]
    LeadingZero,
    #[error("base64 decodes to something that is not a PEM; expected `-----BEGIN PUBLIC KEY-----`")]
    NotPem,
    #[error("base64 decodes to a PEM with a fault at its {place}: {fault}")]
    NestedPem { place: Place, fault: PemFault },
    #[error("{carrier} {fault}")]
    Key { carrier: Carrier, fault: KeyFault },
    #[error(
        "the body holds a private key; whoever can read it can sign tokens. \
         Publish the public key only, and replace this key pair"
    )]
    PrivateKey,
}

/// What is wrong with one key, as a noun phrase.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
pub(crate) enum KeyFault {
    #[error("a {bits}-bit key; at least {least} bits are needed")]
    TooSmall { bits: u32, least: u32 },
    #[error("a {bits}-bit key; at most {most} bits are read")]
    TooLarge { bits: u32, most: u32 },
    #[error("a key with an even modulus, which is not an RSA key")]
    EvenModulus,
    #[error("a key whose public exponent is not an odd number from 3 to 2^33 - 1")]
    Exponent,
    #[error("{0}; only RSA keys with the plain RSA identifier are read")]
    NotRsa(&'static str),
    #[error("a damaged key: {0}")]
    Der(#[from] DerError),
    #[error("a `{label}`; expected a `PUBLIC KEY`, an `RSA PUBLIC KEY` or a `CERTIFICATE`")]
    Label { label: String },
    #[error("a key that the RSA implementation refuses")]
    Refused,
    #[error(
        "a private key; whoever can read it can sign tokens. \
         Publish the public key only, and replace this key pair"
    )]
    Private,
}
