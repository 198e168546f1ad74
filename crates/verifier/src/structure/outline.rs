//! What can be seen of a token without reading its JSON, in as little WebAssembly as it takes: every visitor of a website
//! downloads this. It must refuse nothing that [`check`](super::check) with reasons lets pass.

use super::Segments;

/// Three segments of canonical base64url (RFC 4648, sections 3.5 and 5).
pub(crate) fn check(token: &str, max_bytes: usize) -> Option<Segments<'_>> {
    if token.len() > max_bytes {
        return None;
    }
    let (mut header_end, mut payload_end, mut dots) = (0, 0, 0);
    // How many bits of the last character are left over. Six are a character too many, and fewer must be zero.
    let (mut last, mut count) = (0, 0);
    let is_canonical = |last: u8, count: u32| count < 6 && last & ((1 << count) - 1) == 0;
    for (at, character) in token.bytes().enumerate() {
        last = match character {
            b'A'..=b'Z' => character - b'A',
            b'a'..=b'z' => character - b'a' + 26,
            b'0'..=b'9' => character - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            b'.' if dots < 2 && is_canonical(last, count) => {
                (header_end, payload_end) = (payload_end, at);
                count = 0;
                dots += 1;
                continue;
            }
            _ => return None,
        };
        count = (count + 6) % 8;
    }
    let segments = Segments {
        token,
        header_end,
        payload_end,
    };
    (dots == 2 && is_canonical(last, count)).then_some(segments)
}
