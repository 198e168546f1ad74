//! Takes a file apart while it arrives: a format says what it waits for, and is asked again when that is there.

use super::Size;

/// How a format is followed. A refusal is what is wrong, without a full stop.
pub(super) trait Format {
    /// What it waits for at the beginning.
    fn begin() -> Next;

    /// What it waited for is there: as many bytes as it wanted to take, or none where it wanted some passed.
    ///
    /// # Errors
    /// What is wrong.
    fn step(&mut self, taken: &[u8]) -> Result<Next, &'static str>;

    /// Bytes that are passed go by.
    fn pass(&mut self, _: &[u8]) {}

    /// Looks through bytes for what ends the stretch; gives how many it went through, and what it waits for if it found
    /// that. Goes through all where it found nothing.
    ///
    /// # Errors
    /// What is wrong.
    fn scan(&mut self, bytes: &[u8]) -> Result<(usize, Option<Next>), &'static str> {
        Ok((bytes.len(), None))
    }

    /// The image's size, known at the end.
    fn size(&self) -> Size;
}

/// What a format waits for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Next {
    /// So many bytes, at least one, together.
    Take(usize),
    /// So many bytes to pass.
    Pass(u64),
    /// Something that [`Format::scan`] finds.
    Scan,
    /// Nothing: this was the end.
    End,
}

/// A format that is followed.
#[derive(Debug)]
pub(super) struct Steps<F> {
    format: F,
    next: Next,
    taken: Vec<u8>,
}

impl<F: Format + Default> Default for Steps<F> {
    fn default() -> Self {
        Self {
            format: F::default(),
            next: F::begin(),
            taken: Vec::new(),
        }
    }
}

impl<F: Format> Steps<F> {
    /// Follows a piece. Gives how many of its bytes come before the end.
    pub(super) fn feed(&mut self, piece: &[u8]) -> Result<usize, &'static str> {
        let mut rest = piece;
        loop {
            match self.next {
                Next::End => return Ok(piece.len() - rest.len()),
                Next::Pass(0) => self.next = self.format.step(&[])?,
                _ if rest.is_empty() => return Ok(piece.len()),
                Next::Take(wanted) => {
                    let missing = wanted.saturating_sub(self.taken.len()).min(rest.len());
                    let (part, after) = rest.split_at(missing);
                    self.taken.extend_from_slice(part);
                    rest = after;
                    if self.taken.len() >= wanted {
                        self.next = self.format.step(&self.taken)?;
                        self.taken.clear();
                    }
                }
                Next::Pass(left) => {
                    let length = usize::try_from(left).unwrap_or(usize::MAX).min(rest.len());
                    let (part, after) = rest.split_at(length);
                    self.format.pass(part);
                    rest = after;
                    self.next = Next::Pass(left - length as u64);
                }
                Next::Scan => {
                    let (length, found) = self.format.scan(rest)?;
                    rest = rest.get(length..).unwrap_or_default();
                    if let Some(next) = found {
                        self.next = next;
                    }
                }
            }
        }
    }

    /// The image's size, if its end was there.
    pub(super) fn ended(&self) -> Option<Size> {
        (self.next == Next::End).then(|| self.format.size())
    }
}

/// The big-endian number that begins at `at`; 0 where there is none.
pub(super) fn be(bytes: &[u8], at: usize, length: usize) -> u32 {
    let part = bytes.get(at..at + length).unwrap_or_default();
    part.iter()
        .fold(0, |number, byte| number << 8 | u32::from(*byte))
}

/// The little-endian number that begins at `at`; 0 where there is none.
pub(super) fn le(bytes: &[u8], at: usize, length: usize) -> u32 {
    let part = bytes.get(at..at + length).unwrap_or_default();
    part.iter()
        .rev()
        .fold(0, |number, byte| number << 8 | u32::from(*byte))
}
