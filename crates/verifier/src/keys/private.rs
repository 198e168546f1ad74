//! Private keys in a body, found before anything is parsed: a website that publishes one must hear of that, and of
//! nothing else that may be wrong with the body too.
//!
//! Looks at bytes, not at structure, so that neither broken JSON nor an entry with another fault hides a key. What it
//! cannot see (a name behind escapes, a short JWK member) the parsers of entries and JWKs refuse in their turn. It must
//! not look at how public keys are written: every pattern here is one that only a private key has, of whatever kind and
//! size, since a key of another kind signs something too.

use crate::base64;

use super::der::{INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE};

/// The end of the first line of every private key's PEM.
const PEM: &[u8] = b"PRIVATE KEY-----";
/// What [`PEM`] becomes in base64, by the number of bytes before it modulo 3; without the characters at both ends that
/// depend on what stands around it.
const PEM_IN_BASE64: [&[u8]; 3] = [
    b"UFJJVkFURSBLRVktLS0tL",
    b"BSSVZBVEUgS0VZLS0tLS",
    b"QUklWQVRFIEtFWS0tLS0t",
];
/// Members that only private and symmetric JWKs have (RFC 7518, sections 6.2.2, 6.3.2 and 6.4).
pub(super) const JWK_MEMBERS: [&[u8]; 8] = [b"d", b"p", b"q", b"dp", b"dq", b"qi", b"oth", b"k"];
/// The shortest secret that is found outside a JWK, in base64url characters: 32 bytes, as Ed25519 and P-256 have.
/// Shorter values under such short names may be anything, and so may shorter texts that begin like a private key.
const SHORTEST_SECRET: usize = 43;

/// How many characters of base64 are decoded to see whether a private key begins there. The longest beginning needed is of
/// PKCS#1, 13 bytes.
const DECODED: usize = 20;

/// Where a private key begins: DER, a PEM, base64 of either, or a member of a JWK.
pub(super) fn find(body: &[u8]) -> Option<usize> {
    if is_der(body) {
        return Some(0);
    }
    let places = [
        find_pem(body),
        PEM_IN_BASE64
            .into_iter()
            .filter_map(|pattern| find_wrapped(body, pattern))
            .min(),
        (0..body.len()).find(|&at| {
            let (before, text) = body.split_at(at);
            is_beginning(before) && is_der_in_base64(text)
        }),
        (0..body.len()).find(|&at| body[at] == b'"' && is_member(&body[at + 1..])),
    ];
    places.into_iter().flatten().min()
}

/// Where the first line of a private key's PEM ends.
fn find_pem(text: &[u8]) -> Option<usize> {
    text.windows(PEM.len()).position(|window| window == PEM)
}

/// Where `pattern` stands, whatever line breaks are in it: real ones, or JSON's escapes of them.
fn find_wrapped(body: &[u8], pattern: &[u8]) -> Option<usize> {
    (0..body.len()).find(|&start| {
        let mut rest = &body[start..];
        // It begins with its own first byte, or each blank before it would be a place too.
        rest.first() == pattern.first()
            && pattern.iter().all(|expected| {
                rest = without_breaks(rest);
                match rest.split_first() {
                    Some((found, after)) if found == expected => {
                        rest = after;
                        true
                    }
                    _ => false,
                }
            })
    })
}

fn without_breaks(mut text: &[u8]) -> &[u8] {
    loop {
        text = match text {
            [b' ' | b'\t' | b'\n' | b'\r', rest @ ..] | [b'\\', b'n' | b'r' | b't', rest @ ..] => {
                rest
            }
            _ => return text,
        };
    }
}

/// Whether base64 may begin behind `before`, rather than go on: a string, a line, or something between other signs.
fn is_beginning(before: &[u8]) -> bool {
    match before {
        [.., b'\\', b'n' | b'r' | b't'] => true,
        [.., last] => !last.is_ascii_alphanumeric() && !matches!(last, b'+' | b'/' | b'_'),
        [] => true,
    }
}

/// Whether base64 of a private key's DER begins here. Both alphabets, whatever breaks are in it.
fn is_der_in_base64(mut text: &[u8]) -> bool {
    // A SEQUENCE is an `M` in base64. Nearly everything ends here.
    if text.first() != Some(&b'M') {
        return false;
    }
    let mut beginning = [0; DECODED];
    for place in 0..SHORTEST_SECRET {
        text = without_breaks(text);
        // PHP writes a slash so in JSON.
        text = text.strip_prefix(b"\\").unwrap_or(text);
        let character = match text.first() {
            Some(b'-') => b'+',
            Some(b'_') => b'/',
            Some(&other) if other.is_ascii_alphanumeric() || matches!(other, b'+' | b'/') => other,
            _ => return false,
        };
        text = &text[1..];
        if let Some(digit) = beginning.get_mut(place) {
            *digit = character;
        }
    }
    base64::decode_standard(&beginning).is_ok_and(|decoded| is_der(&decoded))
}

/// Whether the DER of a private key begins here: a SEQUENCE of the version 0 or 1 and what only private keys have behind
/// it. It may be cut off: what is looked at is the beginning.
fn is_der(bytes: &[u8]) -> bool {
    let Some((tag, length, [version_tag, 1, 0 | 1, key @ ..])) = element(bytes) else {
        return false;
    };
    // No secret is shorter than 16 bytes, and structures with a version and little else are common.
    let is_versioned = tag == SEQUENCE.byte() && *version_tag == INTEGER.byte() && length >= 16;
    is_versioned
        && element(key).is_some_and(|(tag, length, content)| match content {
            // PKCS#8 (RFC 5958): the algorithm, which begins with its identifier.
            [first, ..] if tag == SEQUENCE.byte() => *first == OBJECT_IDENTIFIER.byte(),
            // PKCS#1 (RFC 8017, appendix A.1.2): the modulus, at least 512 bits, as DER writes a positive number.
            [first, second, ..] if tag == INTEGER.byte() => {
                length >= 64 && ((1..0x80).contains(first) || *first == 0 && *second >= 0x80)
            }
            // SEC 1 (RFC 5915): the secret itself, as long as a number of its curve.
            [_, ..] => tag == OCTET_STRING.byte() && (16..=66).contains(&length),
            [] => false,
        })
}

/// The tag, the length, and what is there of the content and what follows.
fn element(bytes: &[u8]) -> Option<(u8, usize, &[u8])> {
    match *bytes {
        [tag, length @ ..=0x7F, ref rest @ ..] => Some((tag, length.into(), rest)),
        [tag, 0x81, length, ref rest @ ..] => Some((tag, length.into(), rest)),
        [tag, 0x82, high, low, ref rest @ ..] => {
            Some((tag, u16::from_be_bytes([high, low]).into(), rest))
        }
        _ => None,
    }
}

/// `d":"…"` and its like.
fn is_member(text: &[u8]) -> bool {
    JWK_MEMBERS.into_iter().any(|name| {
        let value = text
            .strip_prefix(name)
            .and_then(|rest| rest.strip_prefix(b"\""))
            .map(without_breaks)
            .and_then(|rest| rest.strip_prefix(b":"))
            .map(without_breaks)
            .and_then(|rest| rest.strip_prefix(b"\""));
        value.is_some_and(|value| {
            let is_digit = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
            value.iter().take_while(is_digit).count() >= SHORTEST_SECRET
        })
    })
}
