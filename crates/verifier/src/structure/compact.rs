//! The verdict of [`check`](super::check) in as little WebAssembly as it takes: well-formed or not, without a reason.
//!
//! Every visitor of a website downloads this, and a browser only judges the page's own token. So it compares names in
//! pairs and recurses into the header: smaller, not faster. It must not differ from [`check`](super::check) in any
//! verdict: the tests judge every token with both.

use super::Segments;

/// How many objects and arrays may stand inside each other, the outermost included.
const MAX_DEPTH: u32 = 128;

/// Three segments of canonical base64url (RFC 4648, sections 3.5 and 5), the first being one JSON object without
/// duplicate names.
pub(crate) fn check(token: &str, max_bytes: usize) -> Option<Segments<'_>> {
    if token.len() > max_bytes {
        return None;
    }
    let (mut header_end, mut payload_end, mut dots) = (0, 0, 0);
    let mut header = Vec::new();
    // What is left of the characters so far. Six bits are a character too many, and fewer must be zero.
    let (mut bits, mut count) = (0_u32, 0);
    let is_canonical = |bits: u32, count: u32| count < 6 && bits & ((1 << count) - 1) == 0;
    for (at, character) in token.bytes().enumerate() {
        let value = match character {
            b'A'..=b'Z' => character - b'A',
            b'a'..=b'z' => character - b'a' + 26,
            b'0'..=b'9' => character - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            b'.' if dots < 2 && is_canonical(bits, count) => {
                (header_end, payload_end) = (payload_end, at);
                count = 0;
                dots += 1;
                continue;
            }
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            if dots == 0 {
                header.push((bits >> count) as u8);
            }
        }
    }
    let segments = Segments {
        token,
        header_end,
        payload_end,
    };
    let is_token = dots == 2 && is_canonical(bits, count) && is_object(&header);
    is_token.then_some(segments)
}

/// One JSON object whose own names differ, and nothing after it but blanks.
fn is_object(json: &[u8]) -> bool {
    let mut reader = Reader { json, at: 0 };
    reader.next() == b'{'
        && reader.container(b'}', MAX_DEPTH).is_some()
        && reader.next() == END
        && reader.at > json.len()
}

/// Stands for the byte after the last one. The byte itself is not in any JSON text.
const END: u8 = 0;

/// Reads bytes. Each method reads one thing, or returns `None` if something else is there.
#[derive(Clone, Copy)]
struct Reader<'a> {
    json: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn byte(&mut self) -> u8 {
        let byte = self.json.get(self.at).copied().unwrap_or(END);
        self.at += 1;
        byte
    }

    /// The next byte that is no blank.
    fn next(&mut self) -> u8 {
        loop {
            let byte = self.byte();
            if !matches!(byte, b' ' | b'\t' | b'\n' | b'\r') {
                return byte;
            }
        }
    }

    fn value(&mut self, levels: u32) -> Option<()> {
        match self.next() {
            b'{' => self.container(b'}', levels),
            b'[' => self.container(b']', levels),
            b'"' => self.string(),
            b't' => self.word(b"rue"),
            b'f' => self.word(b"alse"),
            b'n' => self.word(b"ull"),
            first => self.number(first),
        }
    }

    /// The rest of an object or an array.
    fn container(&mut self, close: u8, levels: u32) -> Option<()> {
        let levels = levels.checked_sub(1)?;
        let mut names: Vec<Self> = Vec::new();
        let start = self.at;
        if self.next() == close {
            return Some(());
        }
        self.at = start;
        loop {
            if close == b'}' {
                if self.next() != b'"' {
                    return None;
                }
                let name = *self;
                self.string()?;
                // Deeper down nobody reads names.
                if levels == MAX_DEPTH - 1 {
                    if names.iter().any(|earlier| earlier.equals(name)) {
                        return None;
                    }
                    names.push(name);
                }
                if self.next() != b':' {
                    return None;
                }
            }
            self.value(levels)?;
            match self.next() {
                b',' => {}
                other => return (other == close).then_some(()),
            }
        }
    }

    /// The rest of a string.
    fn string(&mut self) -> Option<()> {
        while self.character()?.is_some() {}
        Some(())
    }

    /// Whether the same string follows here and there.
    fn equals(mut self, mut other: Self) -> bool {
        loop {
            let character = self.character();
            if character != other.character() {
                return false;
            }
            if character == Some(None) {
                return true;
            }
        }
    }

    /// A character of a string, or `Some(None)` for the quote at its end.
    fn character(&mut self) -> Option<Option<char>> {
        let first = self.byte();
        let (scalar, least) = match first {
            b'"' => return Some(None),
            b'\\' => (self.escape()?, 0),
            b' '..0x80 => (u32::from(first), 0),
            // UTF-8 (RFC 3629, section 3).
            0xC0..0xE0 => (self.continued(first & 0x1F, 1)?, 0x80),
            0xE0..0xF0 => (self.continued(first & 0x0F, 2)?, 0x800),
            0xF0.. => (self.continued(first & 0x0F, 3)?, 0x1_0000),
            _ => return None,
        };
        if scalar < least {
            return None;
        }
        char::from_u32(scalar).map(Some)
    }

    fn continued(&mut self, first: u8, bytes: u32) -> Option<u32> {
        (0..bytes).try_fold(u32::from(first), |scalar, _| {
            let byte = self.byte();
            (byte & 0xC0 == 0x80).then_some(scalar << 6 | u32::from(byte & 0x3F))
        })
    }

    /// The rest of an escape. Half of a surrogate pair comes out as no scalar value.
    fn escape(&mut self) -> Option<u32> {
        let escape = self.byte();
        Some(u32::from(match escape {
            b'"' | b'\\' | b'/' => escape,
            b'b' => 8,
            b'f' => 12,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'u' => {
                let unit = self.unit()?;
                if !(0xD800..0xDC00).contains(&unit) {
                    return Some(unit);
                }
                self.word(b"\\u")?;
                let low = self.unit()?.wrapping_sub(0xDC00);
                if low >= 0x400 {
                    return None;
                }
                return Some(0x1_0000 + ((unit - 0xD800) << 10) + low);
            }
            _ => return None,
        }))
    }

    fn unit(&mut self) -> Option<u32> {
        (0..4).try_fold(0, |unit, _| {
            Some(unit << 4 | char::from(self.byte()).to_digit(16)?)
        })
    }

    /// The rest of a number (RFC 8259, section 6). A digit after a leading zero is nothing that may follow a value.
    fn number(&mut self, mut first: u8) -> Option<()> {
        if first == b'-' {
            first = self.byte();
        }
        match first {
            b'0' => {}
            b'1'..=b'9' => {
                self.digits();
            }
            _ => return None,
        }
        if self.byte() == b'.' {
            self.digits()?;
        } else {
            self.at -= 1;
        }
        if matches!(self.byte(), b'e' | b'E') {
            if !matches!(self.byte(), b'+' | b'-') {
                self.at -= 1;
            }
            self.digits()
        } else {
            self.at -= 1;
            Some(())
        }
    }

    /// At least one.
    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while self.byte().is_ascii_digit() {}
        self.at -= 1;
        (self.at > start).then_some(())
    }

    fn word(&mut self, word: &[u8]) -> Option<()> {
        word.iter().all(|&byte| self.byte() == byte).then_some(())
    }
}
