//! Finds and decodes the segments of a token, and says what is wrong with one that has none.

use thiserror::Error;

use super::Segments;
use crate::{
    base64::{self, Base64Error},
    header::Header,
    refusal::{Dots, Reason},
};

/// 256 bytes in base64url.
const SIGNATURE_CHARACTERS_2048: usize = 342;

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

/// All of step 1, without keeping what was decoded.
pub(super) fn check(token: &str, max_bytes: usize) -> Result<Segments<'_>, Reason> {
    let segments = Segments::split(token, max_bytes)?;
    let fault = |part| move |error| segments.fault(part, error);
    let header = base64::decode_url(segments.header().as_bytes()).map_err(fault(Part::Header))?;
    base64::check_url(segments.payload().as_bytes()).map_err(fault(Part::Payload))?;
    base64::check_url(segments.signature().as_bytes()).map_err(fault(Part::Signature))?;
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
    pub(crate) fn fault(&self, part: Part, error: Base64Error) -> Reason {
        match part {
            Part::Payload if self.payload().contains('.') => Reason::Dots { dots: Dots::More },
            Part::Signature if self.signature().contains('.') => Reason::Dots { dots: Dots::More },
            _ => Reason::Base64 { part, error },
        }
    }
}
