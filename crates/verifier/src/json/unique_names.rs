//! Duplicate names, which other parsers resolve in different ways and this one refuses (RFC 8725, section 2.4).

use std::borrow::Cow;

/// Collects the names of one object to find one that stands twice.
///
/// Sorting keeps the worst case at n log n: thousands of names fit into a hostile header, and comparing
/// each with each would take longer than the signature.
#[derive(Default)]
pub(crate) struct UniqueNames<'a> {
    names: Vec<(Cow<'a, [u8]>, usize)>,
}

impl<'a> UniqueNames<'a> {
    /// `at` is the name's byte offset.
    pub(crate) fn push(&mut self, name: Cow<'a, [u8]>, at: usize) {
        self.names.push((name, at));
    }

    /// The offset of the second of two equal names.
    pub(crate) fn duplicate(mut self) -> Option<usize> {
        self.names.sort_unstable();
        self.names
            .windows(2)
            .find(|pair| pair[0].0 == pair[1].0)
            .map(|pair| pair[1].1)
    }
}
