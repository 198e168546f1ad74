//! Is this text shaped like a token? Step 1 of verification, which needs no key and no cryptography.
//!
//! Available with the feature `signature` off, so that a browser can refuse what no server would accept
//! before sending it. What is checked here is advice: it says nothing about who made the token, and the
//! claims are not read at all.

use thiserror::Error;

use crate::{
    base64,
    header::Header,
    refusal::{Dots, Reason, Refusal},
};

/// The largest token that is read unless a policy says otherwise: 64 KiB.
///
/// Tokens with context are around 1 KB. The bound is what a visitor who has not proved anything yet can
/// make the server decode and hash.
pub const DEFAULT_MAX_TOKEN_BYTES: usize = 64 * 1024;

/// 256 bytes in base64url.
const SIGNATURE_CHARACTERS_2048: usize = 342;

/// The three segments of a compact JWS (RFC 7515, section 7.1), still base64url.
#[derive(Clone, Copy)]
pub struct Segments<'a> {
    token: &'a str,
    header_end: usize,
    payload_end: usize,
}

/// Which of the three segments.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub(crate) enum Part {
    #[error("header")]
    Header,
    #[error("payload")]
    Payload,
    #[error("signature")]
    Signature,
}

/// Checks the shape of a token of at most `max_bytes` bytes: two dots, canonical unpadded base64url in each
/// segment, and a header that is one JSON object without duplicate names, at most 128 levels deep.
///
/// # Errors
/// A [`Refusal`] with code `token-malformed` that says what is wrong and where.
pub fn check(token: &str, max_bytes: usize) -> Result<Segments<'_>, Refusal> {
    let segments = Segments::split(token, max_bytes)?;
    let text = segments.header().as_bytes();
    let mut header = Vec::with_capacity(base64::decoded_length(text.len()));
    base64::decode_url(text, &mut header).map_err(|error| segments.fault(Part::Header, error))?;
    for (part, text) in [
        (Part::Payload, segments.payload()),
        (Part::Signature, segments.signature()),
    ] {
        base64::check_url(text.as_bytes()).map_err(|error| segments.fault(part, error))?;
    }
    Header::parse(&header)?;
    Ok(segments)
}

impl<'a> Segments<'a> {
    /// Finds the two dots of a token that is not too long.
    pub(crate) fn split(token: &'a str, max_bytes: usize) -> Result<Self, Reason> {
        if token.len() > max_bytes {
            return Err(Reason::TooLong {
                bytes: token.len(),
                limit: max_bytes,
            });
        }
        let header_end = token.find('.').ok_or(Reason::Dots { dots: Dots::None })?;
        // The dot before a 2,048-bit signature is where it nearly always is; else it is looked for from the
        // end. A wrong guess changes no verdict: some segment then holds a dot, which is not base64url.
        let likely = token.len().saturating_sub(SIGNATURE_CHARACTERS_2048 + 1);
        let is_likely = likely > header_end && token.as_bytes()[likely] == b'.';
        let payload_end = if is_likely {
            likely
        } else {
            token.rfind('.').unwrap_or(header_end)
        };
        if payload_end == header_end {
            return Err(Reason::Dots { dots: Dots::One });
        }
        Ok(Self {
            token,
            header_end,
            payload_end,
        })
    }

    /// What to say about a segment that is not base64url. Further dots end up inside the payload.
    pub(crate) fn fault(&self, part: Part, error: base64::Base64Error) -> Reason {
        match part {
            Part::Payload if self.payload().contains('.') => Reason::Dots { dots: Dots::More },
            Part::Signature if self.signature().contains('.') => Reason::Dots { dots: Dots::More },
            _ => Reason::Base64 { part, error },
        }
    }

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
