//! Strings: finding their end eight bytes at a time, and their value behind the escapes.

use std::borrow::Cow;

use super::JsonFault;

/// A string of the input between its quotes, checked but not unescaped.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text<'a> {
    pub(super) raw: &'a str,
    pub(super) is_escaped: bool,
}

impl<'a> Text<'a> {
    /// The string's value.
    pub(crate) fn unescape(self) -> Cow<'a, str> {
        if self.is_escaped {
            Cow::Owned(unescape(self.raw))
        } else {
            Cow::Borrowed(self.raw)
        }
    }

    /// Whether the value equals `other`.
    #[cfg(feature = "signature")]
    pub(crate) fn is(self, other: &str) -> bool {
        if self.is_escaped {
            unescape(self.raw) == other
        } else {
            self.raw == other
        }
    }
}

/// Whether an unescaped string contains U+0000, which JSON has behind an escape only.
#[cfg(feature = "signature")]
#[expect(
    clippy::ptr_arg,
    reason = "an owned one was behind an escape: that is the point"
)]
pub(crate) fn contains_nul(value: &Cow<'_, str>) -> bool {
    matches!(value, Cow::Owned(value) if value.contains('\0'))
}

/// How many bytes from the start are plain string content: no quote, backslash or control character.
///
/// Eight at a time: each term sets the high bit of the bytes it looks for. Carries can only flag bytes
/// *after* a true hit, so the first flagged byte is always right.
#[inline]
pub(super) fn plain_prefix(bytes: &[u8]) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let (words, rest) = bytes.as_chunks::<8>();
    for (place, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let quote = word ^ (ONES * b'"' as u64);
        let backslash = word ^ (ONES * b'\\' as u64);
        let hits = ((quote.wrapping_sub(ONES) & !quote)
            | (backslash.wrapping_sub(ONES) & !backslash)
            | (word.wrapping_sub(ONES * 0x20) & !word))
            & HIGH;
        if hits != 0 {
            return place * 8 + (hits.trailing_zeros() / 8) as usize;
        }
    }
    let is_special = |&byte: &u8| byte < 0x20 || byte == b'"' || byte == b'\\';
    words.len() * 8 + rest.iter().position(is_special).unwrap_or(rest.len())
}

fn hex4(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.iter().try_fold(0, |value, &digit| {
        Some((value << 4) | char::from(digit).to_digit(16)?)
    })
}

/// The length of the `\u` escape at the start: 6, or 12 for a surrogate pair. Halves of one are refused.
pub(super) fn unicode_escape_length(bytes: &[u8]) -> Result<usize, JsonFault> {
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

/// The value of a string that the reader has checked: the only special bytes in it are backslashes.
fn unescape(raw: &str) -> String {
    let mut value = String::with_capacity(raw.len());
    let mut rest = raw;
    loop {
        let (plain, escape) = rest.split_at(plain_prefix(rest.as_bytes()));
        value.push_str(plain);
        let bytes = escape.as_bytes();
        let (character, length) = match bytes.get(1) {
            Some(b'b') => ('\u{8}', 2),
            Some(b'f') => ('\u{c}', 2),
            Some(b'n') => ('\n', 2),
            Some(b'r') => ('\r', 2),
            Some(b't') => ('\t', 2),
            Some(b'u') => unicode_escape(bytes),
            Some(&other) => (char::from(other), 2),
            None => return value,
        };
        value.push(character);
        rest = escape.get(length..).unwrap_or_default();
    }
}

/// The character of the `\u` escape at the start, and the escape's length: 6, or 12 for a surrogate pair.
fn unicode_escape(bytes: &[u8]) -> (char, usize) {
    let unit = hex4(bytes, 2).unwrap_or_default();
    let (scalar, length) = match unit {
        0xD800..=0xDBFF => {
            let low = hex4(bytes, 8).unwrap_or_default();
            (0x1_0000 + (((unit & 0x3FF) << 10) | (low & 0x3FF)), 12)
        }
        _ => (unit, 6),
    };
    (
        char::from_u32(scalar).unwrap_or(char::REPLACEMENT_CHARACTER),
        length,
    )
}
