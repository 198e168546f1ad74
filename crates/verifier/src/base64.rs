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

/// The values of the 64 characters, one table for each of the four places in a group: the value stands
/// where it belongs in the group's 24 bits, so that four look-ups joined by `|` are the group.
struct Alphabet([[u32; 256]; 4]);

static URL_SAFE: Alphabet = Alphabet::new(*b"-_");
#[cfg(feature = "signature")]
static STANDARD: Alphabet = Alphabet::new(*b"+/");

/// The value of every byte outside the alphabet: a bit that no value has.
const FOREIGN: u32 = 1 << 24;

impl Alphabet {
    const fn new(last_two: [u8; 2]) -> Self {
        let mut tables = [[FOREIGN; 256]; 4];
        let mut place = 0;
        while place < 4 {
            let shift = 18 - 6 * place;
            let mut letter = 0;
            while letter < 26 {
                tables[place][b'A' as usize + letter] = (letter as u32) << shift;
                tables[place][b'a' as usize + letter] = (letter as u32 + 26) << shift;
                letter += 1;
            }
            let mut digit = 0;
            while digit < 10 {
                tables[place][b'0' as usize + digit] = (digit as u32 + 52) << shift;
                digit += 1;
            }
            tables[place][last_two[0] as usize] = 62 << shift;
            tables[place][last_two[1] as usize] = 63 << shift;
            place += 1;
        }
        Self(tables)
    }

    /// The 24 bits of a group, and [`FOREIGN`] if one of its characters is.
    #[inline]
    fn word(&self, group: [u8; 4]) -> u32 {
        let [a, b, c, d] = group.map(usize::from);
        self.0[0][a] | self.0[1][b] | self.0[2][c] | self.0[3][d]
    }

    /// The value of one character.
    fn value(&self, character: u8) -> u32 {
        self.0[3][usize::from(character)]
    }
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
///
/// Natively with SIMD, because the table costs as much as all the rest of a verification but the signature.
/// `base64-simd` reads exactly what [`check_url`] lets pass; the tests hold one against the other.
#[cfg(all(feature = "signature", not(target_family = "wasm")))]
pub(crate) fn decode_url_into(text: &[u8], bytes: &mut [u8]) -> Result<(), Base64Error> {
    use base64_simd::{AsOut, URL_SAFE_NO_PAD};
    match URL_SAFE_NO_PAD.decode(text, bytes.as_out()) {
        Ok(decoded) if decoded.len() == decoded_length(text.len()) => Ok(()),
        // The place of the fault is worth a second look.
        _ => check_url(text).and(Err(Base64Error::Length {
            characters: text.len(),
        })),
    }
}

/// Decodes base64url into `bytes`, which must be [`decoded_length`] long.
#[cfg(all(feature = "signature", target_family = "wasm"))]
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

/// The same rules without output, and with the place of a fault.
fn check(text: &[u8], alphabet: &Alphabet) -> Result<(), Base64Error> {
    if let Some(at) = text
        .iter()
        .position(|&byte| alphabet.value(byte) == FOREIGN)
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
        Some(&last) if alphabet.value(last) & unused_bits != 0 => Err(Base64Error::TrailingBits),
        _ => Ok(()),
    }
}

fn decode_into(text: &[u8], bytes: &mut [u8], alphabet: &Alphabet) -> Result<(), Base64Error> {
    let (groups, rest) = text.as_chunks::<8>();
    let (sextuples, tail) = bytes.split_at_mut(groups.len() * 6);
    // Gathering the bits of all values finds a foreign character without a branch for each.
    let mut seen = 0;
    for (group, bytes) in groups.iter().zip(sextuples.as_chunks_mut::<6>().0) {
        let high = alphabet.word([group[0], group[1], group[2], group[3]]);
        let low = alphabet.word([group[4], group[5], group[6], group[7]]);
        seen |= high | low;
        let [_, _, word @ ..] = ((u64::from(high) << 24) | u64::from(low)).to_be_bytes();
        *bytes = word;
    }
    let (groups, rest) = rest.as_chunks::<4>();
    let (triples, tail) = tail.split_at_mut(groups.len() * 3);
    for (group, bytes) in groups.iter().zip(triples.as_chunks_mut::<3>().0) {
        let word = alphabet.word(*group);
        seen |= word;
        let [_, bytes_of_word @ ..] = word.to_be_bytes();
        *bytes = bytes_of_word;
    }
    // 2 or 3 characters that stand for 1 or 2 bytes. `A` is zero, so it fills up.
    let (padded, unused) = match *rest {
        [] => ([b'A'; 4], 0),
        [a, b] => ([a, b, b'A', b'A'], 0xF << 12),
        [a, b, c] => ([a, b, c, b'A'], 0b11 << 6),
        _ => {
            return check(text, alphabet).and(Err(Base64Error::Length {
                characters: text.len(),
            }));
        }
    };
    let word = alphabet.word(padded);
    seen |= word;
    tail.iter_mut()
        .zip(&word.to_be_bytes()[1..])
        .for_each(|(to, from)| *to = *from);
    if seen >= FOREIGN || word & unused != 0 {
        check(text, alphabet)
    } else {
        Ok(())
    }
}
