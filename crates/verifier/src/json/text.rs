//! Strings: the value behind their escapes.

use std::borrow::Cow;

use super::JsonFault;

/// A string of the input between its quotes, checked but not unescaped. Its bytes are whole UTF-8 characters.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text<'a> {
    pub(super) raw: &'a [u8],
    pub(super) is_escaped: bool,
}

impl<'a> Text<'a> {
    /// A text of our own, that needs no escapes.
    pub(crate) fn plain(text: &'static str) -> Self {
        Self {
            raw: text.as_bytes(),
            is_escaped: false,
        }
    }

    /// The string's value as UTF-8.
    pub(crate) fn bytes(self) -> Cow<'a, [u8]> {
        if self.is_escaped {
            let mut value = Vec::with_capacity(self.raw.len());
            unescape(self.raw, &mut value);
            Cow::Owned(value)
        } else {
            Cow::Borrowed(self.raw)
        }
    }

    /// The string's value.
    pub(crate) fn unescape(self) -> Cow<'a, str> {
        match self.bytes() {
            Cow::Borrowed(bytes) => String::from_utf8_lossy(bytes),
            Cow::Owned(bytes) => Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()),
        }
    }

    /// Appends the string's value as UTF-8.
    pub(crate) fn unescape_into(self, output: &mut Vec<u8>) {
        if self.is_escaped {
            unescape(self.raw, output);
        } else {
            output.extend_from_slice(self.raw);
        }
    }

    /// Whether U+0000 is in the string's `value`. JSON has it behind an escape only.
    pub(crate) fn has_nul(self, value: &[u8]) -> bool {
        self.is_escaped && value.contains(&0)
    }

    /// Whether the value equals `other`.
    pub(crate) fn is(self, other: &str) -> bool {
        *self.bytes() == *other.as_bytes()
    }
}

/// The number of characters in some UTF-8, if it is more than `limit`.
pub(crate) fn characters_beyond(text: &[u8], limit: usize) -> Option<usize> {
    // No text has more characters than bytes.
    if text.len() <= limit {
        return None;
    }
    let continues = |byte: &&u8| matches!(byte, 0x80..=0xBF);
    let characters = text.len() - text.iter().filter(continues).count();
    (characters > limit).then_some(characters)
}

fn hex4(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.iter().try_fold(0, |value, &digit| {
        Some((value << 4) | char::from(digit).to_digit(16)?)
    })
}

/// The length of the escape at the start: 2, 6 for a `\u`, 12 for a surrogate pair. Halves of one are refused.
#[inline(never)]
pub(super) fn escape_length(bytes: &[u8]) -> Result<usize, JsonFault> {
    match bytes.get(1) {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => return Ok(2),
        Some(b'u') => {}
        _ => return Err(JsonFault::Escape),
    }
    match hex4(bytes, 2) {
        None => Err(JsonFault::Escape),
        Some(0xD800..=0xDBFF) => {
            let is_pair =
                bytes.get(6..8) == Some(b"\\u") && matches!(hex4(bytes, 8), Some(0xDC00..=0xDFFF));
            if is_pair {
                Ok(12)
            } else {
                Err(JsonFault::LoneSurrogate)
            }
        }
        Some(0xDC00..=0xDFFF) => Err(JsonFault::LoneSurrogate),
        Some(_) => Ok(6),
    }
}

/// Appends the value of a string that the reader has checked: the only special bytes in it are backslashes.
fn unescape(raw: &[u8], output: &mut Vec<u8>) {
    let mut end = output.len();
    // No value is longer than its escapes. The last word may be written whole.
    output.resize(end + raw.len() + size_of::<u64>(), 0);
    let mut rest = raw;
    while !rest.is_empty() {
        let plain = copy_plain(rest, &mut output[end..]);
        end += plain;
        rest = rest.get(plain..).unwrap_or_default();
        let [b'\\', escape, after @ ..] = rest else {
            match plain {
                0 => break,
                _ => continue,
            }
        };
        if *escape == b'u' {
            let character;
            (character, rest) = unicode_escape(after);
            end += character.encode_utf8(&mut output[end..]).len();
        } else {
            output[end] = match escape {
                b'b' => 8,
                b'f' => 12,
                b'n' => b'\n',
                b'r' => b'\r',
                b't' => b'\t',
                // It stands for itself.
                _ => *escape,
            };
            end += 1;
            rest = after;
        }
    }
    output.truncate(end);
}

/// Copies up to eight bytes that stand before a backslash, and says how many.
#[inline]
fn copy_plain(from: &[u8], to: &mut [u8]) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = ONES * 0x80;
    match (from.first_chunk(), to.first_chunk_mut()) {
        (Some(word), Some(place)) => {
            *place = *word;
            // Backslashes become zero, and only below the lowest zero byte does nothing borrow.
            let word = u64::from_le_bytes(*word) ^ (ONES * b'\\' as u64);
            let backslashes = word.wrapping_sub(ONES) & !word & HIGH;
            (backslashes.trailing_zeros() / 8) as usize
        }
        _ => match (from, to) {
            ([byte, ..], [place, ..]) if *byte != b'\\' => {
                *place = *byte;
                1
            }
            _ => 0,
        },
    }
}

/// The character of a `\u` escape whose first two characters have been read, and what comes after it.
fn unicode_escape(escape: &[u8]) -> (char, &[u8]) {
    let unit = hex4(escape, 0).unwrap_or_default();
    let (scalar, length) = match unit {
        0xD800..=0xDBFF => {
            let low = hex4(escape, 6).unwrap_or_default();
            (0x1_0000 + (((unit & 0x3FF) << 10) | (low & 0x3FF)), 10)
        }
        _ => (unit, 4),
    };
    (
        char::from_u32(scalar).unwrap_or(char::REPLACEMENT_CHARACTER),
        escape.get(length..).unwrap_or_default(),
    )
}
