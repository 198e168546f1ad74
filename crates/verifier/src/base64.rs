//! Base64 as this crate reads it: canonical or not at all (RFC 4648, sections 3.5, 4 and 5).
//!
//! A decoder that forgives lets one signed token be written in many ways, so nothing is forgiven: no
//! padding in base64url, exact padding in base64, unused bits zero, no character outside the alphabet.
//! Blanks in a PEM are its parser's business. Errors carry a position, never content.

use thiserror::Error;

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
    #[cfg(feature = "signature")]
    #[error("the `=` padding at the end is missing or too much")]
    Padding,
}

/// Value of each byte in base64url; [`INVALID`] for bytes outside the alphabet.
static URL_SAFE: [u8; 256] = alphabet(*b"-_");
/// Value of each byte in the standard alphabet.
#[cfg(feature = "signature")]
static STANDARD: [u8; 256] = alphabet(*b"+/");
const INVALID: u8 = 0xFF;

const fn alphabet(last_two: [u8; 2]) -> [u8; 256] {
    let mut values = [INVALID; 256];
    let mut value = 0;
    while value < 26 {
        values[b'A' as usize + value] = value as u8;
        values[b'a' as usize + value] = value as u8 + 26;
        value += 1;
    }
    let mut digit = 0;
    while digit < 10 {
        values[b'0' as usize + digit] = digit as u8 + 52;
        digit += 1;
    }
    values[last_two[0] as usize] = 62;
    values[last_two[1] as usize] = 63;
    values
}

/// Checks base64url without decoding it.
pub(crate) fn check_url(text: &[u8]) -> Result<(), Base64Error> {
    check(text, &URL_SAFE)
}

/// How many bytes `characters` of unpadded base64 stand for.
pub(crate) fn decoded_length(characters: usize) -> usize {
    characters / 4 * 3 + (characters % 4).saturating_sub(1)
}

/// Decodes base64url and appends to `bytes`.
pub(crate) fn decode_url(text: &[u8], bytes: &mut Vec<u8>) -> Result<(), Base64Error> {
    let start = bytes.len();
    bytes.resize(start + decoded_length(text.len()), 0);
    decode_into(text, &mut bytes[start..], &URL_SAFE)
}

/// Decodes base64url into `bytes`, which must be [`decoded_length`] long.
#[cfg(feature = "signature")]
pub(crate) fn decode_url_into(text: &[u8], bytes: &mut [u8]) -> Result<(), Base64Error> {
    decode_into(text, bytes, &URL_SAFE)
}

/// Decodes padded base64 with the standard alphabet.
#[cfg(feature = "signature")]
pub(crate) fn decode_standard(text: &[u8]) -> Result<Vec<u8>, Base64Error> {
    let padding = text.iter().rev().take_while(|&&byte| byte == b'=').count();
    let digits = &text[..text.len() - padding];
    if padding != (4 - digits.len() % 4) % 4 {
        // A stray character is the likelier mistake, and the more useful thing to hear about.
        check(digits, &STANDARD)?;
        return Err(Base64Error::Padding);
    }
    let mut bytes = vec![0; decoded_length(digits.len())];
    decode_into(digits, &mut bytes, &STANDARD)?;
    Ok(bytes)
}

fn check(text: &[u8], values: &[u8; 256]) -> Result<(), Base64Error> {
    if let Some(at) = text
        .iter()
        .position(|&byte| values[usize::from(byte)] == INVALID)
    {
        return Err(Base64Error::Character { at });
    }
    let unused_bits = match text.len() % 4 {
        0 => return Ok(()),
        1 => {
            return Err(Base64Error::Length {
                characters: text.len(),
            });
        }
        2 => 0b1111,
        _ => 0b11,
    };
    match text.last() {
        Some(&last) if values[usize::from(last)] & unused_bits != 0 => {
            Err(Base64Error::TrailingBits)
        }
        _ => Ok(()),
    }
}

fn decode_into(text: &[u8], bytes: &mut [u8], values: &[u8; 256]) -> Result<(), Base64Error> {
    let mut groups = text.chunks_exact(4);
    let mut triples = bytes.chunks_exact_mut(3);
    // `INVALID` has bits that no value has: gathering all values in one byte finds it without a branch each.
    let mut seen = 0;
    for (group, triple) in (&mut groups).zip(&mut triples) {
        let [a, b, c, d] = [0, 1, 2, 3].map(|place| values[usize::from(group[place])]);
        seen |= a | b | c | d;
        triple[0] = (a << 2) | (b >> 4);
        triple[1] = (b << 4) | (c >> 2);
        triple[2] = (c << 6) | d;
    }
    match (groups.remainder(), triples.into_remainder()) {
        ([], []) => {}
        (&[a, b], [first]) => {
            let [a, b] = [a, b].map(|byte| values[usize::from(byte)]);
            seen |= a | b;
            if b & 0b1111 != 0 {
                return check(text, values);
            }
            *first = (a << 2) | (b >> 4);
        }
        (&[a, b, c], [first, second]) => {
            let [a, b, c] = [a, b, c].map(|byte| values[usize::from(byte)]);
            seen |= a | b | c;
            if c & 0b11 != 0 {
                return check(text, values);
            }
            *first = (a << 2) | (b >> 4);
            *second = (b << 4) | (c >> 2);
        }
        _ => {
            return check(text, values).and(Err(Base64Error::Length {
                characters: text.len(),
            }));
        }
    }
    if seen > 63 {
        check(text, values)
    } else {
        Ok(())
    }
}
