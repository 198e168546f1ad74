//! All texts of one verified token in one buffer, and not one allocation for each.

use crate::json::{self, JsonError, Text};

/// Where a text lies in its [`Arena`] and in the [`Texts`] that become of it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Span {
    start: usize,
    end: usize,
}

impl Span {
    /// `bytes` bytes from `start` on.
    pub(crate) fn new(start: usize, bytes: usize) -> Self {
        Self {
            start,
            end: start + bytes,
        }
    }

    /// `bytes` bytes of it, `at` bytes behind its start.
    pub(crate) fn part(self, at: usize, bytes: usize) -> Self {
        Self::new(self.start + at, bytes)
    }
}

/// The buffer while it is filled. Spans stay valid, since it only grows.
pub(crate) struct Arena(Vec<u8>);

impl Arena {
    /// Room for `bytes` bytes before it has to move.
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self(Vec::with_capacity(bytes))
    }

    /// Where the next text will start.
    pub(crate) fn end(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn push(&mut self, text: &[u8]) -> Span {
        let start = self.0.len();
        self.0.extend_from_slice(text);
        Span::new(start, text.len())
    }

    /// Appends the value of a JSON string.
    pub(crate) fn unescape(&mut self, text: Text<'_>) -> Span {
        let start = self.0.len();
        text.unescape_into(&mut self.0);
        Span {
            start,
            end: self.0.len(),
        }
    }

    /// The text as bytes; empty for a span of another arena that is out of range.
    pub(crate) fn bytes(&self, span: Span) -> &[u8] {
        self.0.get(span.start..span.end).unwrap_or_default()
    }

    /// The end of filling.
    ///
    /// # Errors
    /// Never, as long as whole texts were pushed; should that ever fail, there must be no verified token.
    pub(crate) fn seal(self) -> Result<Texts, JsonError> {
        String::from_utf8(self.0)
            .map(Texts)
            .map_err(|error| json::not_utf8(error.utf8_error()))
    }
}

/// The buffer when it is full.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Texts(String);

impl Texts {
    /// The text; empty for a span of another arena that is out of range.
    pub(crate) fn text(&self, span: Span) -> &str {
        self.0.get(span.start..span.end).unwrap_or_default()
    }
}
