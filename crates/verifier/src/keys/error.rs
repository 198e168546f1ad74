//! Where something is wrong with a key body, for the person who has to mend it: line, column and entry. What can be
//! wrong stands in `fault`.

use std::fmt;

pub(crate) use super::fault::{BodyFault, Carrier, KeyFault};
use super::{instead::Instead, slips};
use crate::{json::JsonError, quote::quoted};

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
        self.fault.is_private_key()
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

impl KeySetError {
    /// The sentence, with the key id of the entry it is about where it has one.
    pub(super) fn write(&self, kid: Option<&str>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let phrase = self.phrase(kid);
        let mut characters = phrase.chars();
        if let Some(first) = characters.next() {
            write!(f, "{}{}.", first.to_uppercase(), characters.as_str())?;
        }
        Ok(())
    }

    /// Without its capital letter and its full stop.
    fn phrase(&self, kid: Option<&str>) -> String {
        let place = self.place.map(|place| place.to_string());
        let entry = self.entry.map(|entry| match kid {
            Some(kid) => format!("entry {entry} (`kid` {})", quoted(kid)),
            None => format!("entry {entry}"),
        });
        let part = match (entry, self.field) {
            (Some(entry), Some(field)) => Some(format!("{entry} `{field}`")),
            (None, Some(field)) => Some(format!("`{field}`")),
            (entry, None) => entry,
        };
        let prefix: Vec<String> = [place, part].into_iter().flatten().collect();
        let prefix = prefix.join(", ");
        if prefix.is_empty() {
            self.fault.to_string()
        } else {
            format!("{prefix}: {}", self.fault)
        }
    }
}

impl fmt::Display for KeySetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(None, f)
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

    /// The body is something else.
    pub(crate) fn instead(instead: Instead) -> Self {
        Self::of_body(BodyFault::Instead(instead))
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
            mut fault,
        } = self;
        if let BodyFault::Json { error, mend } = &mut fault {
            *mend = slips::mend(body, error);
        }
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
        let mend = slips::UNKNOWN;
        Self::new(error.at, BodyFault::Json { error, mend })
    }
}
