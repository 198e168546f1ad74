//! Finds and decodes the segments of a token, and says what is wrong with one that has none.

use thiserror::Error;

use super::{
    Segments,
    misread::{Cut, Parts, Stray},
};
use crate::{
    base64::{self, Base64Error},
    header::Header,
    refusal::Reason,
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
        let header_end = token.find('.').ok_or_else(|| misshapen(token))?;
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
            return Err(misshapen(token));
        }
        Ok(Self {
            token,
            header_end,
            payload_end,
        })
    }

    /// What to say about a segment that is not base64url. Further dots end up inside the payload.
    #[cold]
    pub(crate) fn fault(&self, part: Part, error: Base64Error) -> Reason {
        match error {
            Base64Error::Character { .. } => misshapen(self.token),
            error if self.token.bytes().filter(|&byte| byte == b'.').count() == 2 => {
                let ends_at = match part {
                    Part::Header => self.header_end,
                    Part::Payload => self.payload_end,
                    Part::Signature => self.token.len(),
                };
                Reason::Cut(Cut {
                    part,
                    ends_at,
                    error,
                })
            }
            _ => misshapen(self.token),
        }
    }
}

/// What to say about a token with a character that does not belong there, or else with the wrong number of dots.
#[cold]
fn misshapen(token: &str) -> Reason {
    match Stray::find(token) {
        Some(stray) => Reason::Stray(stray),
        None if token.is_empty() => Reason::Parts(Parts(0)),
        None => Reason::Parts(Parts(token.split('.').count())),
    }
}
