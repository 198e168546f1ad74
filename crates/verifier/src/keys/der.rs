//! A strict reader for the little DER (X.690) that public keys and certificates are made of.
//!
//! It stands here instead of the `der` family of crates because it is less code than their use would be,
//! adds no dependency to audit, and can say at which byte what was expected: a damaged paste is the most
//! common fault of a key, and "invalid" helps nobody. The tests hold it against those crates. It reads
//! definite, minimal lengths only, never recurses, and repairs nothing.

use std::fmt;

/// Where DER stops being what it should be.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct DerError {
    /// Offset in bytes.
    pub(crate) at: usize,
    expected: &'static str,
    found: Option<u8>,
}

impl fmt::Display for DerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.at == 0 && self.expected == SEQUENCE.1 && self.found.is_some() {
            // Whatever it is, no byte of it is a key's.
            f.write_str("a key begins with the byte 0x30, and this with ")?;
        } else {
            write!(
                f,
                "expected {} at DER byte {}, found ",
                self.expected, self.at
            )?;
        }
        match self.found {
            Some(byte) => write!(f, "0x{byte:02x}"),
            None => f.write_str("the end"),
        }
    }
}

impl std::error::Error for DerError {}

/// The tags that are needed, with the names that errors use.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Tag(u8, &'static str);

impl Tag {
    /// As DER writes it.
    pub(crate) const fn byte(self) -> u8 {
        self.0
    }
}

pub(crate) const INTEGER: Tag = Tag(0x02, "an INTEGER (0x02)");
pub(crate) const BIT_STRING: Tag = Tag(0x03, "a BIT STRING (0x03)");
pub(crate) const OCTET_STRING: Tag = Tag(0x04, "an OCTET STRING (0x04)");
pub(crate) const NULL: Tag = Tag(0x05, "NULL (0x05)");
pub(crate) const OBJECT_IDENTIFIER: Tag = Tag(0x06, "an OBJECT IDENTIFIER (0x06)");
pub(crate) const UTC_TIME: Tag = Tag(0x17, "a UTCTime (0x17)");
pub(crate) const GENERALIZED_TIME: Tag = Tag(0x18, "a GeneralizedTime (0x18)");
pub(crate) const SEQUENCE: Tag = Tag(0x30, "a SEQUENCE (0x30)");
/// `[0] EXPLICIT`, a certificate's version.
pub(crate) const VERSION: Tag = Tag(0xA0, "a version (0xa0)");
/// `[1] IMPLICIT BIT STRING`, an identifier of a certificate's issuer.
pub(crate) const ISSUER_ID: Tag = Tag(0x81, "an issuer identifier (0x81)");
/// `[2] IMPLICIT BIT STRING`, an identifier of its subject.
pub(crate) const SUBJECT_ID: Tag = Tag(0x82, "a subject identifier (0x82)");
/// `[3] EXPLICIT`, its extensions.
pub(crate) const EXTENSIONS: Tag = Tag(0xA3, "extensions (0xa3)");

/// The bit of a tag that says: its content is elements.
const CONSTRUCTED: u8 = 0x20;
/// The bits of a tag that, all set, say: the tag goes on in the next byte.
const LONG_TAG: u8 = 0x1F;

/// Whether these bytes are whole elements, and every element inside them is whole too. What is in the content of primitive
/// elements is not looked at, and no tag of more than one byte is known here: keys and certificates have none.
///
/// Elements are read in the order of the bytes. All that must hold of one inside another is that it ends in time.
pub(crate) fn check(bytes: &[u8]) -> Result<(), DerError> {
    let mut rest = Der::new(bytes);
    // Where the elements end that are open, the outermost first.
    let mut ends = vec![bytes.len()];
    while let Some(&end) = ends.last() {
        if rest.at == end {
            ends.pop();
            continue;
        }
        let mut inside = Der {
            bytes: rest.bytes.get(..end - rest.at).unwrap_or_default(),
            at: rest.at,
        };
        let tag = match inside.bytes.first() {
            Some(&tag) if tag & LONG_TAG != LONG_TAG && tag != 0 => tag,
            _ => return Err(inside.expected("a tag of one byte")),
        };
        let content = inside.read(Tag(tag, "an element"))?;
        let is_constructed = tag & CONSTRUCTED != 0;
        rest.skip(if is_constructed {
            content.at - rest.at
        } else {
            inside.at - rest.at
        });
        if is_constructed {
            ends.push(inside.at);
        }
    }
    rest.end()
}

/// The rest of some DER, and where it starts in the whole.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Der<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Der<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    pub(crate) fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    pub(crate) fn starts_with(&self, tag: Tag) -> bool {
        self.bytes.first() == Some(&tag.0)
    }

    /// The content of the next element, which must have this tag.
    pub(crate) fn read(&mut self, tag: Tag) -> Result<Der<'a>, DerError> {
        if !self.starts_with(tag) {
            return Err(self.expected(tag.1));
        }
        self.skip(1);
        let length = self.length()?;
        let Some((bytes, rest)) = self.bytes.split_at_checked(length) else {
            return Err(DerError {
                at: self.at + self.bytes.len(),
                expected: "more bytes",
                found: None,
            });
        };
        let content = Der { bytes, at: self.at };
        self.at += length;
        self.bytes = rest;
        Ok(content)
    }

    /// An INTEGER that is not negative, big-endian without leading zeros; empty for zero.
    pub(crate) fn read_unsigned(&mut self) -> Result<&'a [u8], DerError> {
        let content = self.read(INTEGER)?;
        match content.bytes {
            [0] => Ok(&[]),
            // A zero byte may only stand before a byte that would otherwise read as a sign.
            [0, next, ..] if *next >= 0x80 => Ok(&content.bytes[1..]),
            [first, ..] if *first != 0 && *first < 0x80 => Ok(content.bytes),
            _ => Err(content.expected("a positive, minimal INTEGER")),
        }
    }

    /// The content of a BIT STRING whose length is a whole number of bytes.
    pub(crate) fn read_bytes(&mut self) -> Result<Der<'a>, DerError> {
        let mut content = self.read(BIT_STRING)?;
        if content.bytes.first() != Some(&0) {
            return Err(content.expected("0 unused bits"));
        }
        content.skip(1);
        Ok(content)
    }

    /// Nothing may be left.
    pub(crate) fn end(&self) -> Result<(), DerError> {
        if self.bytes.is_empty() {
            Ok(())
        } else {
            Err(self.expected("the end"))
        }
    }

    /// An error about the next byte.
    pub(crate) fn expected(&self, expected: &'static str) -> DerError {
        DerError {
            at: self.at,
            expected,
            found: self.bytes.first().copied(),
        }
    }

    /// Definite and minimal. Three bytes of length are more than any accepted body has.
    fn length(&mut self) -> Result<usize, DerError> {
        const MINIMAL: &str = "a minimal, definite length";
        let start = *self;
        let first = *self.bytes.first().ok_or_else(|| start.expected(MINIMAL))?;
        self.skip(1);
        if first < 0x80 {
            return Ok(usize::from(first));
        }
        let count = usize::from(first & 0x7F);
        if !(1..=3).contains(&count) {
            return Err(start.expected(MINIMAL));
        }
        let digits = self
            .bytes
            .get(..count)
            .ok_or_else(|| start.expected(MINIMAL))?;
        self.skip(count);
        let length = digits
            .iter()
            .fold(0, |length, &digit| (length << 8) | usize::from(digit));
        let is_minimal = length >= 0x80 && digits.first() != Some(&0);
        if is_minimal {
            Ok(length)
        } else {
            Err(start.expected(MINIMAL))
        }
    }

    fn skip(&mut self, count: usize) {
        self.bytes = self.bytes.get(count..).unwrap_or_default();
        self.at += count;
    }
}

/// Appends one element.
pub(crate) fn write(output: &mut Vec<u8>, tag: Tag, content: &[u8]) {
    output.push(tag.0);
    let length = content.len().to_be_bytes();
    let significant = &length[length.iter().take_while(|&&byte| byte == 0).count()..];
    match significant {
        [] => output.push(0),
        [short] if *short < 0x80 => output.push(*short),
        _ => {
            output.push(0x80 | significant.len() as u8);
            output.extend_from_slice(significant);
        }
    }
    output.extend_from_slice(content);
}

/// Appends an INTEGER given big-endian without leading zeros.
pub(crate) fn write_unsigned(output: &mut Vec<u8>, digits: &[u8]) {
    let needs_sign = digits.first().is_none_or(|&first| first >= 0x80);
    let mut content = Vec::with_capacity(digits.len() + 1);
    if needs_sign {
        content.push(0);
    }
    content.extend_from_slice(digits);
    write(output, INTEGER, &content);
}

#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use super::{Der, OCTET_STRING, write};

    #[test]
    fn what_is_written_is_read_at_every_form_of_the_length() {
        for length in (0..=300).chain([65_535, 65_536]) {
            let content = vec![7; length];
            let mut der = Vec::new();
            write(&mut der, OCTET_STRING, &content);
            let mut reader = Der::new(&der);
            assert_eq!(reader.read(OCTET_STRING).unwrap().bytes(), content);
            assert!(reader.end().is_ok());
        }
    }
}
