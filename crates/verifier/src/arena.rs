//! All texts of one verified token in one buffer: a verification allocates three times, however many claims and
//! context variables there are.

use crate::json::Text;

/// Where a text lies in its [`Arena`].
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

/// The buffer. Spans stay valid, since it only grows.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Arena(String);

impl Arena {
    /// Room for `bytes` bytes before it has to move.
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self(String::with_capacity(bytes))
    }

    /// Where the next text will start.
    pub(crate) fn end(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn push(&mut self, text: &str) -> Span {
        let start = self.0.len();
        self.0.push_str(text);
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

    /// The text; empty for a span of another arena that is out of range.
    pub(crate) fn text(&self, span: Span) -> &str {
        self.0.get(span.start..span.end).unwrap_or_default()
    }
}
