//! Is this text shaped like a token? Step 1 of verification, which needs no key and no cryptography.
//!
//! Available with the feature `signature` off, so that a browser can refuse what no server would accept
//! before sending it; there, it looks at the outline alone. What is checked here is advice: it says nothing about who made
//! the token, and the claims are not read at all.

#[cfg(feature = "signature")]
mod misread;
#[cfg(any(test, not(feature = "signature")))]
pub(crate) mod outline;
#[cfg(feature = "signature")]
mod shape;

#[cfg(feature = "signature")]
pub(crate) use self::{
    misread::{Cut, Parts, Stray},
    shape::Part,
};
use crate::refusal::Refusal;

/// The largest token that is read unless a policy says otherwise: 64 KiB.
///
/// Tokens with context are around 1 KB. The bound is what a visitor who has not proved anything yet can
/// make the server decode and hash.
pub const DEFAULT_MAX_TOKEN_BYTES: usize = 64 * 1024;

/// The three segments of a compact JWS (RFC 7515, section 7.1), still base64url.
#[derive(Clone, Copy)]
pub struct Segments<'a> {
    token: &'a str,
    header_end: usize,
    payload_end: usize,
}

/// Checks the shape of a token of at most `max_bytes` bytes: two dots, canonical unpadded base64url in each
/// segment, and a header that is one JSON object without duplicate names, at most 128 levels deep.
///
/// # Errors
/// A [`Refusal`] with code `token-malformed` that says what is wrong and where. Without the feature `signature` the
/// header is not read, and the sentence says no more than that.
pub fn check(token: &str, max_bytes: usize) -> Result<Segments<'_>, Refusal> {
    #[cfg(feature = "signature")]
    return Ok(shape::check(token, max_bytes)?);
    #[cfg(not(feature = "signature"))]
    outline::check(token, max_bytes).ok_or_else(|| crate::refusal::Reason::Misshapen.into())
}

impl<'a> Segments<'a> {
    /// The header.
    #[must_use]
    pub fn header(&self) -> &'a str {
        &self.token[..self.header_end]
    }

    /// The claims.
    #[must_use]
    pub fn payload(&self) -> &'a str {
        &self.token[self.header_end + 1..self.payload_end]
    }

    /// The signature.
    #[must_use]
    pub fn signature(&self) -> &'a str {
        &self.token[self.payload_end + 1..]
    }

    /// What was signed: header and payload with the dot between them.
    #[must_use]
    pub fn signing_input(&self) -> &'a str {
        &self.token[..self.payload_end]
    }
}

/// Says the lengths only: a token is a credential and must not reach a log.
impl std::fmt::Debug for Segments<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Segments")
            .field("header_bytes", &self.header().len())
            .field("payload_bytes", &self.payload().len())
            .field("signature_bytes", &self.signature().len())
            .finish()
    }
}
