//! All texts of one verified token in one buffer: a verification allocates a handful of times, however many
//! claims and context variables there are.

/// Where a text lies in its [`Arena`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Span {
    start: usize,
    end: usize,
}

/// The buffer. Spans stay valid, since it only grows.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Arena(String);

impl Arena {
    /// Room for `bytes` bytes before it has to move.
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self(String::with_capacity(bytes))
    }

    pub(crate) fn push(&mut self, text: &str) -> Span {
        self.fill(|buffer| buffer.push_str(text))
    }

    /// What `write` appends becomes one text.
    pub(crate) fn fill(&mut self, write: impl FnOnce(&mut String)) -> Span {
        let start = self.0.len();
        write(&mut self.0);
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
