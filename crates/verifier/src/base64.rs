//! Base64 as this crate reads it: canonical or not at all (RFC 4648, sections 3.5, 4 and 5).
//!
//! A decoder that forgives lets one signed token be written in many ways, so nothing is forgiven: no
//! padding in base64url, exact padding in base64, unused bits zero, no character outside the alphabet.
//! Blanks in a PEM are its parser's business. Errors carry a position, never content.
//!
//! Natively SIMD decodes (`base64-simd`), because anything else takes as long as all the rest of a verification but the
//! signature; only what it refuses is looked at again, character by character, for the place of the fault. In wasm32
//! that second way is the only one. The tests hold one against the other.

use thiserror::Error;

use crate::quote::quoted_character;

/// Why a text is not canonical base64.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub(crate) enum Base64Error {
    #[error("character {} is outside the alphabet", .at + 1)]
    Character {
        /// Offset in bytes.
        at: usize,
    },
    #[error("{characters} characters cannot be a whole number of bytes")]
    Length { characters: usize },
    #[error("the last character's unused bits are not zero")]
    TrailingBits,
    #[error("the `=` padding at the end is missing or too much")]
    Padding,
}

impl Base64Error {
    /// The character that is outside the alphabet of this text, which is where the fault was found.
    pub(crate) fn character(self, text: &str) -> Option<char> {
        match self {
            Self::Character { at } => text.get(at..)?.chars().next(),
            _ => None,
        }
    }

    /// The fault with the character that was found.
    pub(crate) fn with(self, found: Option<char>) -> String {
        match (self, found) {
            (Self::Character { at }, Some(found)) => {
                let found = quoted_character(found);
                format!(
                    "character {} is {found}, which is outside the alphabet",
                    at + 1
                )
            }
            _ => self.to_string(),
        }
    }
}

/// The last two characters of an alphabet, in which alphabets differ.
type LastTwo = [u8; 2];

const STANDARD: LastTwo = *b"+/";
const URL_SAFE: LastTwo = *b"-_";

/// How many bytes `characters` of unpadded base64 stand for.
pub(crate) fn decoded_length(characters: usize) -> usize {
    characters / 4 * 3 + (characters % 4).saturating_sub(1)
}

/// Checks base64url without decoding it.
pub(crate) fn check_url(text: &[u8]) -> Result<(), Base64Error> {
    #[cfg(not(target_family = "wasm"))]
    if base64_simd::URL_SAFE_NO_PAD.check(text).is_ok() {
        return Ok(());
    }
    by_character(text, URL_SAFE, |_| ())
}

/// Decodes base64url.
pub(crate) fn decode_url(text: &[u8]) -> Result<Vec<u8>, Base64Error> {
    let mut bytes = vec![0; decoded_length(text.len())];
    decode_url_into(text, &mut bytes)?;
    Ok(bytes)
}

/// Decodes base64url into `bytes`, which must be [`decoded_length`] long.
pub(crate) fn decode_url_into(text: &[u8], bytes: &mut [u8]) -> Result<(), Base64Error> {
    #[cfg(not(target_family = "wasm"))]
    {
        use base64_simd::{AsOut as _, URL_SAFE_NO_PAD};
        if URL_SAFE_NO_PAD.decode(text, bytes.as_out()).is_ok() {
            return Ok(());
        }
    }
    decode_by_character(text, bytes, URL_SAFE)
}

/// Decodes base64url as wasm32 does.
#[cfg(all(test, not(target_family = "wasm")))]
pub(crate) fn decode_url_by_character(text: &[u8]) -> Result<Vec<u8>, Base64Error> {
    let mut bytes = vec![0; decoded_length(text.len())];
    decode_by_character(text, &mut bytes, URL_SAFE)?;
    Ok(bytes)
}

/// Decodes padded base64 with the standard alphabet.
pub(crate) fn decode_standard(text: &[u8]) -> Result<Vec<u8>, Base64Error> {
    let padding = text.iter().rev().take_while(|&&byte| byte == b'=').count();
    let digits = &text[..text.len() - padding];
    if padding != (4 - digits.len() % 4) % 4 {
        // A stray character is the likelier mistake, and the more useful thing to hear about.
        by_character(digits, STANDARD, |_| ())?;
        return Err(Base64Error::Padding);
    }
    let mut bytes = vec![0; decoded_length(digits.len())];
    decode_by_character(digits, &mut bytes, STANDARD)?;
    Ok(bytes)
}

/// Decodes the digits of either alphabet and leaves everything else out: for whoever only searches what it may hold.
pub(crate) fn decode_leniently(text: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = text
        .iter()
        .filter_map(|&character| match character {
            b'-' => Some(b'+'),
            b'_' => Some(b'/'),
            b'+' | b'/' => Some(character),
            _ => character.is_ascii_alphanumeric().then_some(character),
        })
        .collect();
    let mut bytes = vec![0; decoded_length(digits.len())];
    // What it may complain of is how the text ends; all whole bytes are there by then.
    let _ = decode_by_character(&digits, &mut bytes, STANDARD);
    bytes
}

fn decode_by_character(
    text: &[u8],
    bytes: &mut [u8],
    last_two: LastTwo,
) -> Result<(), Base64Error> {
    let mut places = bytes.iter_mut();
    by_character(text, last_two, |byte| {
        if let Some(place) = places.next() {
            *place = byte;
        }
    })
}

/// Gives each byte to `write`, and says where the first fault is.
fn by_character(
    text: &[u8],
    last_two: LastTwo,
    mut write: impl FnMut(u8),
) -> Result<(), Base64Error> {
    let (mut bits, mut count) = (0_u32, 0);
    for (at, &character) in text.iter().enumerate() {
        let value = match character {
            b'A'..=b'Z' => character - b'A',
            b'a'..=b'z' => character - b'a' + 26,
            b'0'..=b'9' => character - b'0' + 52,
            _ if character == last_two[0] => 62,
            _ if character == last_two[1] => 63,
            _ => return Err(Base64Error::Character { at }),
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            write((bits >> count) as u8);
        }
    }
    match count {
        6 => Err(Base64Error::Length {
            characters: text.len(),
        }),
        _ if bits & ((1 << count) - 1) != 0 => Err(Base64Error::TrailingBits),
        _ => Ok(()),
    }
}
