//! Strings: finding their end eight bytes at a time, and their value behind the escapes.

use std::borrow::Cow;

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

/// How many bytes from the start are plain string content: no quote, backslash or control character.
///
/// Eight at a time: each term sets the high bit of the bytes it looks for. Carries can only flag bytes
/// *after* a true hit, so the first flagged byte is always right.
pub(super) fn plain_prefix(bytes: &[u8]) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let mut length = 0;
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let word = chunk
            .iter()
            .rev()
            .fold(0_u64, |word, &byte| (word << 8) | u64::from(byte));
        let quote = word ^ (ONES * u64::from(b'"'));
        let backslash = word ^ (ONES * u64::from(b'\\'));
        let hits = ((quote.wrapping_sub(ONES) & !quote)
            | (backslash.wrapping_sub(ONES) & !backslash)
            | (word.wrapping_sub(ONES * 0x20) & !word))
            & HIGH;
        if hits != 0 {
            return length + (hits.trailing_zeros() / 8) as usize;
        }
        length += 8;
    }
    let rest = chunks.remainder();
    length
        + rest
            .iter()
            .position(|&byte| byte < 0x20 || byte == b'"' || byte == b'\\')
            .unwrap_or(rest.len())
}

pub(super) fn hex4(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.iter().try_fold(0, |value, &digit| {
        Some((value << 4) | char::from(digit).to_digit(16)?)
    })
}

/// The value of a string that the reader has checked.
fn unescape(raw: &str) -> String {
    let mut value = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        value.push_str(&rest[..at]);
        let bytes = rest.as_bytes();
        let (character, length) = match bytes.get(at + 1) {
            Some(b'b') => ('\u{8}', 2),
            Some(b'f') => ('\u{c}', 2),
            Some(b'n') => ('\n', 2),
            Some(b'r') => ('\r', 2),
            Some(b't') => ('\t', 2),
            Some(b'u') => unicode_escape(bytes, at),
            Some(&other) => (char::from(other), 2),
            None => break,
        };
        value.push(character);
        rest = rest.get(at + length..).unwrap_or_default();
    }
    value.push_str(rest);
    value
}

/// The character of the `\u` escape at `at`, and the escape's length: 6, or 12 for a surrogate pair.
fn unicode_escape(bytes: &[u8], at: usize) -> (char, usize) {
    let unit = hex4(bytes, at + 2).unwrap_or_default();
    let (scalar, length) = match unit {
        0xD800..=0xDBFF => {
            let low = hex4(bytes, at + 8).unwrap_or_default();
            (0x1_0000 + (((unit & 0x3FF) << 10) | (low & 0x3FF)), 12)
        }
        _ => (unit, 6),
    };
    (
        char::from_u32(scalar).unwrap_or(char::REPLACEMENT_CHARACTER),
        length,
    )
}
