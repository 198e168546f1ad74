//! Members of JWKs that are secrets, found in bytes that need not be JSON.
//!
//! Must take a time that grows with the body alone: anybody may publish one that is made of nothing but such members.

use std::{cell::LazyCell, ops::Deref};

use super::{SHORTEST_SECRET, digits, without_breaks};

/// Members that only private JWKs have (RFC 7518, sections 6.2.2 and 6.3.2); those of `oth` are among them.
const OF_PRIVATE: [&[u8]; 6] = [b"d", b"p", b"q", b"dp", b"dq", b"qi"];
/// The member that is the secret of a symmetric JWK (section 6.4), and means nothing in any other.
const OF_SYMMETRIC: &[u8] = b"k";

/// Where the first of them stands.
pub(super) fn find(body: &[u8]) -> Option<usize> {
    let (place, searched) = search(body);
    debug_assert!(searched <= body.len(), "a byte is searched once for a type");
    place
}

/// As [`find`], and how many bytes were searched for the type of a key: the work that the secrets themselves do not bound.
///
/// A JWK has no objects in it, but for those of `oth`, so what stands behind one opening brace and before the next is of one
/// JWK; each such piece is searched at most once, however many members in it look like secrets.
fn search(body: &[u8]) -> (Option<usize>, usize) {
    let (mut start, mut searched) = (0, 0);
    for piece in body.split(|&byte| byte == b'{') {
        let secret = {
            let types = LazyCell::new(|| {
                searched += piece.len();
                Types::of(piece)
            });
            (0..piece.len()).find(|&at| piece[at] == b'"' && is_secret(piece, at, &types))
        };
        if let Some(at) = secret {
            return (Some(start + at), searched);
        }
        start += piece.len() + 1;
    }
    (None, searched)
}

/// Whether the quote at `at` begins `"d":"…"` or its like. What stands inside of a string, its quotes escaped, is a JWK only
/// where a `kty` stands with it; and a symmetric one says of itself that it is.
fn is_secret(piece: &[u8], at: usize, types: &impl Deref<Target = Types>) -> bool {
    let (before, text) = (&piece[..at], &piece[at + 1..]);
    let is_escaped = before.last() == Some(&b'\\');
    if OF_PRIVATE.into_iter().any(|name| is_member(text, name)) {
        return !is_escaped || types.has_any;
    }
    is_member(text, OF_SYMMETRIC) && types.has_symmetric
}

/// Whether `text` goes on as `d":"…"` does, the quotes perhaps escaped.
fn is_member(text: &[u8], name: &[u8]) -> bool {
    let quote = |text| strip_backslashes(text).strip_prefix(b"\"");
    let value = text
        .strip_prefix(name)
        .and_then(quote)
        .map(without_breaks)
        .and_then(|rest| rest.strip_prefix(b":"))
        .map(without_breaks)
        .and_then(quote);
    value.is_some_and(|value| digits(value) >= SHORTEST_SECRET)
}

fn strip_backslashes(mut text: &[u8]) -> &[u8] {
    while let Some(rest) = text.strip_prefix(b"\\") {
        text = rest;
    }
    text
}

/// Which types of keys (`kty`) a piece of the body names.
struct Types {
    has_any: bool,
    /// `oct`.
    has_symmetric: bool,
}

impl Types {
    fn of(piece: &[u8]) -> Self {
        let value = |at: usize| {
            let name = piece[at..].strip_prefix(b"\"kty")?;
            let rest = without_breaks(strip_backslashes(name).strip_prefix(b"\"")?);
            let rest = without_breaks(rest.strip_prefix(b":")?);
            strip_backslashes(rest).strip_prefix(b"\"")
        };
        let mut types = Self {
            has_any: false,
            has_symmetric: false,
        };
        for value in (0..piece.len()).filter_map(value) {
            types.has_any = true;
            types.has_symmetric |= value.starts_with(b"oct");
        }
        types
    }
}
