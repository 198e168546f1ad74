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
            let mut value = String::with_capacity(self.raw.len());
            unescape(self.raw, &mut value);
            Cow::Owned(value)
        } else {
            Cow::Borrowed(self.raw)
        }
    }

    /// Appends the string's value.
    pub(crate) fn unescape_into(self, output: &mut String) {
        if self.is_escaped {
            unescape(self.raw, output);
        } else {
            output.push_str(self.raw);
        }
    }

    /// Whether the value is written with escapes: only then can it contain U+0000.
    pub(crate) fn is_escaped(self) -> bool {
        self.is_escaped
    }

    /// Whether the value equals `other`.
    pub(crate) fn is(self, other: &str) -> bool {
        self.unescape() == other
    }
}

/// Whether an unescaped string contains U+0000, which JSON has behind an escape only.
#[expect(
    clippy::ptr_arg,
    reason = "an owned one was behind an escape: that is the point"
)]
pub(crate) fn contains_nul(value: &Cow<'_, str>) -> bool {
    matches!(value, Cow::Owned(value) if value.contains('\0'))
}

/// How many bytes from the start are plain string content: no quote, backslash or control character.
#[inline]
pub(super) fn plain_prefix(bytes: &[u8]) -> usize {
    let (words, rest) = bytes.as_chunks::<8>();
    for (place, word) in words.iter().enumerate() {
        let hits = special_bytes(u64::from_le_bytes(*word));
        if hits != 0 {
            return place * 8 + (hits.trailing_zeros() / 8) as usize;
        }
    }
    let is_special = |&byte: &u8| byte < 0x20 || byte == b'"' || byte == b'\\';
    words.len() * 8 + rest.iter().position(is_special).unwrap_or(rest.len())
}

/// Eight bytes at a time: the high bit of each byte that is a quote, a backslash or a control character.
///
/// A byte without its high bit carries into it when 0x7F is added, unless it is zero; and when 0x60 is
/// added, unless it is below 0x20. No carry leaves its byte.
#[inline]
fn special_bytes(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = ONES * 0x80;
    const LOW: u64 = ONES * 0x7F;
    let is_not_zero = |word: u64| ((word & LOW) + LOW) | word;
    let is_not_quote = is_not_zero(word ^ (ONES * b'"' as u64));
    let is_not_backslash = is_not_zero(word ^ (ONES * b'\\' as u64));
    let is_not_control = ((word & LOW) + ONES * 0x60) | word;
    !(is_not_quote & is_not_backslash & is_not_control) & HIGH
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

/// Appends the value of a string that the reader has checked: the only special bytes in it are backslashes.
fn unescape(raw: &str, output: &mut String) {
    let mut rest = raw;
    while let Some((plain, escape)) = rest.split_once('\\') {
        output.push_str(plain);
        let (character, length) = match escape.as_bytes().first() {
            Some(b'b') => ('\u{8}', 1),
            Some(b'f') => ('\u{c}', 1),
            Some(b'n') => ('\n', 1),
            Some(b'r') => ('\r', 1),
            Some(b't') => ('\t', 1),
            Some(b'u') => unicode_escape(escape.as_bytes()),
            Some(&other) => (char::from(other), 1),
            None => break,
        };
        output.push(character);
        rest = escape.get(length..).unwrap_or_default();
    }
    output.push_str(rest);
}

/// The character of the `u` escape at the start, its backslash gone, and the escape's length: 5, or 11 for a surrogate
/// pair.
fn unicode_escape(bytes: &[u8]) -> (char, usize) {
    let unit = hex4(bytes, 1).unwrap_or_default();
    let (scalar, length) = match unit {
        0xD800..=0xDBFF => {
            let low = hex4(bytes, 7).unwrap_or_default();
            (0x1_0000 + (((unit & 0x3FF) << 10) | (low & 0x3FF)), 11)
        }
        _ => (unit, 5),
    };
    (
        char::from_u32(scalar).unwrap_or(char::REPLACEMENT_CHARACTER),
        length,
    )
}
