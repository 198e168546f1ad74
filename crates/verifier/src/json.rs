//! A strict JSON reader (RFC 8259) that borrows from its input and pulls one value at a time.
//!
//! It stands here instead of a general parser because it allocates nothing on the way, reads nothing that nobody
//! asked for, and can say where a fault lies in terms a person understands. It must
//! not recurse (nesting is counted, at most [`MAX_DEPTH`]), must not repair anything, and must refuse what
//! other parsers read in different ways: lone surrogates, control characters, anything after the value.
//! Duplicate names are the caller's to refuse, with [`UniqueNames`].

mod error;
mod kind;
mod specials;
mod text;
mod unique_names;

use std::{borrow::Cow, str::Utf8Error};

pub(crate) use self::{
    error::{Expected, JsonError, JsonFault, Unplaced},
    kind::Kind,
    text::{Text, characters_beyond},
    unique_names::UniqueNames,
};
use self::{specials::Specials, text::escape_length};

/// How many objects and arrays may stand inside each other, the outermost included.
///
/// The bound is tied to the bits of a `u128`, which remembers for each open container what it is.
pub(crate) const MAX_DEPTH: u32 = 128;

/// One value. Objects and arrays were checked to their end and are given as their source text.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Value<'a> {
    Null,
    Boolean(bool),
    Number(&'a str),
    Text(Text<'a>),
    Array(&'a str),
    Object(&'a str),
}

/// The reader. Use: [`object`](Self::object) or [`array`](Self::array), then
/// [`name`](Self::name)/[`element`](Self::element) and [`value`](Self::value) in turn, then [`end`](Self::end).
///
/// What a claim takes is inlined by force: as calls that hand their results on in memory, they took as long again.
pub(crate) struct Reader<'a> {
    text: &'a str,
    at: usize,
    specials: Specials,
    depth: u32,
    /// Nothing was read yet from the container opened last: no comma is due.
    is_fresh: bool,
}

/// UTF-8 first: every other rule may then rely on it.
pub(crate) fn utf8(bytes: &[u8]) -> Result<&str, JsonError> {
    std::str::from_utf8(bytes).map_err(not_utf8)
}

/// Where bytes stop being UTF-8.
pub(crate) fn not_utf8(error: Utf8Error) -> JsonError {
    JsonError {
        at: error.valid_up_to(),
        fault: JsonFault::NotUtf8,
        found: None,
    }
}

/// The strings in an array, in order; what else is in it is left out. `None` for what is no array.
#[cold]
pub(crate) fn texts<'a>(value: Value<'a>) -> Option<Vec<Cow<'a, str>>> {
    let Value::Array(source) = value else {
        return None;
    };
    let mut texts = Vec::new();
    let mut reader = Reader::new(source);
    reader.array().ok()?;
    while reader.element().ok()? {
        if let Value::Text(text) = reader.value().ok()? {
            texts.push(text.unescape());
        }
    }
    Some(texts)
}

impl<'a> Reader<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            specials: Specials::default(),
            depth: 0,
            is_fresh: false,
        }
    }

    /// Reads on from byte `at`, which must be a character boundary. Offsets stay those of the whole text.
    pub(crate) fn starting_at(text: &'a str, at: usize) -> Self {
        Self {
            at,
            ..Self::new(text)
        }
    }

    /// Byte offset of what is read next, blanks skipped.
    #[inline]
    pub(crate) fn position(&mut self) -> usize {
        self.peek_past_blanks();
        self.at
    }

    /// Opens an object.
    pub(crate) fn object(&mut self) -> Result<(), JsonError> {
        self.open(b'{', Expected::ObjectStart)
    }

    /// Opens an array.
    pub(crate) fn array(&mut self) -> Result<(), JsonError> {
        self.open(b'[', Expected::ArrayStart)
    }

    /// The next name of the object that is open and its byte offset, or `None` at its end. A call of [`value`](Self::value)
    /// (or of [`object`](Self::object), [`array`](Self::array)) must follow.
    #[inline(always)]
    pub(crate) fn name(&mut self) -> Result<Option<(Text<'a>, usize)>, JsonError> {
        if self.is_closed_by(b'}', Expected::CommaOrBrace)? {
            return Ok(None);
        }
        let (name, at) = self.name_and_colon()?;
        Ok(Some((name, at)))
    }

    /// Whether the array that is open has another element, which must then be read.
    pub(crate) fn element(&mut self) -> Result<bool, JsonError> {
        Ok(!self.is_closed_by(b']', Expected::CommaOrBracket)?)
    }

    /// Reads one value whole.
    #[inline(always)]
    pub(crate) fn value(&mut self) -> Result<Value<'a>, JsonError> {
        match self.peek_past_blanks() {
            Some(bracket @ (b'{' | b'[')) => {
                let start = self.at;
                self.skip_container()?;
                let source = self.since(start);
                Ok(match bracket {
                    b'{' => Value::Object(source),
                    _ => Value::Array(source),
                })
            }
            first => self.scalar(first),
        }
    }

    /// Nothing but blanks may follow.
    pub(crate) fn end(&mut self) -> Result<(), JsonError> {
        match self.peek_past_blanks() {
            None => Ok(()),
            Some(_) => Err(self.expected(Expected::End)),
        }
    }

    /// An error at `at`, for a rule of the caller's.
    #[cold]
    pub(crate) fn error_at(&self, at: usize, fault: JsonFault) -> JsonError {
        JsonError {
            at,
            fault,
            found: self.text.get(at..).and_then(|rest| rest.chars().next()),
        }
    }

    fn open(&mut self, bracket: u8, name: Expected) -> Result<(), JsonError> {
        if self.peek_past_blanks() != Some(bracket) {
            return Err(self.expected(name));
        }
        self.descend()?;
        self.at += 1;
        self.is_fresh = true;
        Ok(())
    }

    /// Consumes the closing bracket, or the comma that is due before what follows.
    #[inline]
    fn is_closed_by(&mut self, bracket: u8, expected: Expected) -> Result<bool, JsonError> {
        let found = self.peek_past_blanks();
        let is_fresh = std::mem::replace(&mut self.is_fresh, false);
        if found == Some(bracket) {
            self.at += 1;
            self.depth = self.depth.saturating_sub(1);
            return Ok(true);
        }
        if !is_fresh {
            if found != Some(b',') {
                return Err(self.expected(expected));
            }
            self.at += 1;
        }
        Ok(false)
    }

    #[inline(always)]
    fn name_and_colon(&mut self) -> Result<(Text<'a>, usize), JsonError> {
        if self.peek_past_blanks() != Some(b'"') {
            return Err(self.expected(Expected::Name));
        }
        let at = self.at;
        let name = self.string()?;
        if self.peek_past_blanks() != Some(b':') {
            return Err(self.expected(Expected::Colon));
        }
        self.at += 1;
        Ok((name, at))
    }

    /// From an opening bracket to the matching one, without recursion. Bit 0 of `kinds` says whether the
    /// innermost container is an object, bit 1 the one around it, and so on.
    fn skip_container(&mut self) -> Result<(), JsonError> {
        let outer = self.depth;
        let mut kinds = 0_u128;
        loop {
            match self.peek_past_blanks() {
                Some(bracket @ (b'{' | b'[')) => {
                    let is_object = bracket == b'{';
                    self.descend()?;
                    kinds = (kinds << 1) | u128::from(is_object);
                    self.at += 1;
                    let close = if is_object { b'}' } else { b']' };
                    if self.peek_past_blanks() != Some(close) {
                        if is_object {
                            self.name_and_colon()?;
                        }
                        continue;
                    }
                }
                first => {
                    self.scalar(first)?;
                }
            }
            // A value has ended, or an empty container waits to be closed.
            loop {
                if self.depth == outer {
                    return Ok(());
                }
                let is_object = kinds & 1 == 1;
                match (self.peek_past_blanks(), is_object) {
                    (Some(b'}'), true) | (Some(b']'), false) => {
                        self.at += 1;
                        self.depth -= 1;
                        kinds >>= 1;
                    }
                    (Some(b','), _) => {
                        self.at += 1;
                        if is_object {
                            self.name_and_colon()?;
                        }
                        break;
                    }
                    (_, true) => return Err(self.expected(Expected::CommaOrBrace)),
                    (_, false) => return Err(self.expected(Expected::CommaOrBracket)),
                }
            }
        }
    }

    #[inline(always)]
    fn scalar(&mut self, first: Option<u8>) -> Result<Value<'a>, JsonError> {
        match first {
            Some(b'"') => self.string().map(Value::Text),
            Some(b'-' | b'0'..=b'9') => self.number().map(Value::Number),
            Some(b't') => self.literal("true", Value::Boolean(true)),
            Some(b'f') => self.literal("false", Value::Boolean(false)),
            Some(b'n') => self.literal("null", Value::Null),
            _ => Err(self.expected(Expected::Value)),
        }
    }

    fn literal(&mut self, word: &'static str, value: Value<'a>) -> Result<Value<'a>, JsonError> {
        if self.text.as_bytes()[self.at..].starts_with(word.as_bytes()) {
            self.at += word.len();
            Ok(value)
        } else {
            Err(self.expected(Expected::Value))
        }
    }

    /// RFC 8259, section 6: no leading zero, no bare point, no plus sign.
    fn number(&mut self) -> Result<&'a str, JsonError> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        if self.peek() == Some(b'0') {
            self.at += 1;
            if matches!(self.peek(), Some(b'0'..=b'9')) {
                return Err(self.expected(Expected::NumberWithoutLeadingZero));
            }
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(self.since(start))
    }

    /// At least one digit.
    fn digits(&mut self) -> Result<(), JsonError> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at == start {
            return Err(self.expected(Expected::Digit));
        }
        Ok(())
    }

    /// From the opening quote to past the closing one.
    #[inline(always)]
    fn string(&mut self) -> Result<Text<'a>, JsonError> {
        let bytes = self.text.as_bytes();
        let start = self.at + 1;
        let mut at = start;
        let mut is_escaped = false;
        loop {
            at = self.specials.next(bytes, at);
            match bytes.get(at) {
                Some(b'"') => {
                    let raw = bytes.get(start..at).unwrap_or_default();
                    self.at = at + 1;
                    return Ok(Text { raw, is_escaped });
                }
                Some(b'\\') => {
                    is_escaped = true;
                    at += match bytes.get(at + 1) {
                        // By far the most frequent: JSON within JSON.
                        Some(b'"') => 2,
                        _ => {
                            escape_length(&bytes[at..]).map_err(|fault| self.error_at(at, fault))?
                        }
                    };
                }
                None => return Err(self.error_at(at, JsonFault::Expected(Expected::StringEnd))),
                Some(_) => return Err(self.error_at(at, JsonFault::ControlCharacter)),
            }
        }
    }

    fn descend(&mut self) -> Result<(), JsonError> {
        if self.depth == MAX_DEPTH {
            return Err(self.error_at(self.at, JsonFault::TooDeep));
        }
        self.depth += 1;
        Ok(())
    }

    /// The next byte that is no blank. It stays.
    #[inline]
    fn peek_past_blanks(&mut self) -> Option<u8> {
        loop {
            match self.peek() {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                next => return next,
            }
        }
    }

    #[inline]
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The text from `start` up to here. Both ends stand beside ASCII, so they are character boundaries.
    #[inline]
    fn since(&self, start: usize) -> &'a str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    #[cold]
    fn expected(&self, what: Expected) -> JsonError {
        self.error_at(self.at, JsonFault::Expected(what))
    }
}
