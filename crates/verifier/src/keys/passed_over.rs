//! Entries of an array or JWKS that give no key. They take nobody with them (RFC 7517, section 5): the others serve.

use std::fmt;

use super::{
    KeySetError,
    error::{BodyFault, Fault},
};

/// An entry of an array or JWKS that is passed over, and why. `Display` is a full sentence that begins with its place
/// and names its `kid` where it has one:
/// ``Line 1, column 10, entry 1 (`kid` `k1`): the JWK is a 1024-bit key; at least 2048 bits are needed.``
#[derive(Clone, Debug, PartialEq)]
pub struct PassedOver {
    kid: Option<String>,
    is_mistake: bool,
    error: KeySetError,
}

impl PassedOver {
    /// The key id it is published under, where it has one that can be read.
    #[must_use]
    pub fn kid(&self) -> Option<&str> {
        self.kid.as_deref()
    }

    /// Whether something is wrong with it. An elliptic-curve key, or one that encrypts, stands in a JWKS for somebody
    /// else, and is no mistake.
    #[must_use]
    pub fn is_mistake(&self) -> bool {
        self.is_mistake
    }

    /// What is wrong and where: line, column and entry. Its sentence does not name the `kid`.
    #[must_use]
    pub fn error(&self) -> &KeySetError {
        &self.error
    }
}

impl fmt::Display for PassedOver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.write(self.kid(), f)
    }
}

/// An entry without a key, before lines and columns are counted.
#[derive(Debug)]
pub(super) struct Unused {
    pub(super) kid: Option<String>,
    pub(super) fault: Box<Fault>,
}

impl Unused {
    pub(super) fn entry(mut self, entry: usize) -> Self {
        self.fault.entry = Some(entry);
        self
    }

    pub(super) fn is_mistake(&self) -> bool {
        !matches!(self.fault.fault, BodyFault::OtherUse { .. })
    }

    pub(super) fn locate(self, body: &[u8]) -> PassedOver {
        PassedOver {
            is_mistake: self.is_mistake(),
            kid: self.kid,
            error: self.fault.locate(body),
        }
    }
}

impl From<Fault> for Unused {
    fn from(fault: Fault) -> Self {
        Self {
            kid: None,
            fault: Box::new(fault),
        }
    }
}
