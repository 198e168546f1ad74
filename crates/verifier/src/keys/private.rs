//! Private keys in a body, found before anything is parsed: a website that publishes one must hear of that, and of
//! nothing else that may be wrong with the body too.
//!
//! Looks at bytes, not at structure, so that neither broken JSON nor an entry with another fault hides a key. What it
//! cannot see (a short symmetric key) the parser of JWKs refuses in its turn. It must
//! not look at how public keys are written: every pattern here is one that only a private key has, of whatever kind and
//! size, since a key of another kind signs something too.

mod member;

use super::{
    der::{INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE},
    wide,
};
use crate::base64;

/// How the label of every private key's PEM ends, PGP's too.
const PEM: [&[u8]; 2] = [b"PRIVATE KEY-----", b"PRIVATE KEY BLOCK-----"];
/// What the first of [`PEM`] becomes in base64, by the number of bytes before it modulo 3; without the characters at both ends that
/// depend on what stands around it.
const PEM_IN_BASE64: [&[u8]; 3] = [
    b"UFJJVkFURSBLRVktLS0tL",
    b"BSSVZBVEUgS0VZLS0tLS",
    b"QUklWQVRFIEtFWS0tLS0t",
];
/// The shortest secret that is found, in base64url characters: 32 bytes, as Ed25519 and P-256 have. Shorter values under
/// such short names are placeholders or may be anything, and so may shorter texts that begin like a private key.
const SHORTEST_SECRET: usize = 43;
/// A run of base64 characters that no word of a sentence has: some of what is between the lines of a PEM.
const SHORTEST_LINE: usize = 24;

/// How far in front of a PEM's last line some of the key is looked for: a few lines.
const LAST_LINES: usize = 256;

/// How many characters of base64 are decoded to see whether a private key begins there. The longest beginning needed is of
/// PKCS#1, 13 bytes.
const DECODED: usize = 20;

/// Where a private key begins: DER, a PEM, base64 of either, a member of a JWK, the XML of .NET, a file of PuTTY. In texts in
/// wide characters and behind JSON's escapes too.
pub(super) fn find(body: &[u8]) -> Option<usize> {
    if let Some((_, ascii)) = wide::ascii(body) {
        return find_in(&ascii).map(|_| 0);
    }
    find_in(body).or_else(|| {
        let (plain, places) = without_escapes(body)?;
        places.get(find_in(&plain)?).copied()
    })
}

fn find_in(body: &[u8]) -> Option<usize> {
    if is_der(body) {
        return Some(0);
    }
    let places = [
        (0..body.len()).find(|&at| is_pem(body, at)),
        PEM_IN_BASE64
            .into_iter()
            .filter_map(|pattern| find_wrapped(body, pattern))
            .min(),
        (0..body.len()).find(|&at| {
            let (before, text) = body.split_at(at);
            is_beginning(before) && is_der_in_base64(text)
        }),
        member::find(body),
        (0..body.len()).find(|&at| {
            let inside = body[at..].strip_prefix(b"<D>");
            inside.is_some_and(|secret| digits(secret) >= SHORTEST_SECRET)
        }),
        body.starts_with(b"PuTTY-User-Key-File-").then_some(0),
    ];
    places.into_iter().flatten().min()
}

/// The text with the escapes of ASCII characters resolved (`\u002B` for `+`, as .NET writes base64), and where each byte
/// stands in the body. `None` without escapes.
fn without_escapes(body: &[u8]) -> Option<(Vec<u8>, Vec<usize>)> {
    body.windows(4).position(|window| window == b"\\u00")?;
    let (mut plain, mut places) = (Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(&byte) = body.get(at) {
        let character = match &body[at..] {
            [b'\\', b'u', b'0', b'0', high, low, ..] => {
                let digit = |byte: &u8| char::from(*byte).to_digit(16);
                let code = digit(high)
                    .zip(digit(low))
                    .map(|(high, low)| high << 4 | low);
                code.and_then(|code| u8::try_from(code).ok())
                    .filter(u8::is_ascii)
            }
            _ => None,
        };
        plain.push(character.unwrap_or(byte));
        places.push(at);
        at += if character.is_some() { 6 } else { 1 };
    }
    Some((plain, places))
}

/// Whether a private key's label ends its line here, with some of the key behind it, or in front of it where the line is the
/// last. A label alone is what instructions and placeholders hold.
fn is_pem(body: &[u8], at: usize) -> bool {
    let (before, text) = body.split_at(at);
    let Some(after) = PEM.into_iter().find_map(|label| text.strip_prefix(label)) else {
        return false;
    };
    let lines = &before[before.len().saturating_sub(LAST_LINES)..];
    let dashes = |text: &[u8]| text.windows(5).rposition(|window| window == b"-----");
    let line = dashes(lines).unwrap_or(0);
    if lines[line..].starts_with(b"-----END ") {
        let lines = &lines[..line];
        return holds_line(&lines[dashes(lines).unwrap_or(0)..]);
    }
    let end = after.windows(5).position(|window| window == b"-----");
    holds_line(&after[..end.unwrap_or(after.len())])
}

fn holds_line(text: &[u8]) -> bool {
    let is_digit = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    text.chunk_by(|a, b| is_digit(a) == is_digit(b))
        .any(|run| run.len() >= SHORTEST_LINE && is_digit(&run[0]))
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

/// How many characters of base64, in either alphabet, a text begins with.
fn digits(text: &[u8]) -> usize {
    let is_digit =
        |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'+' | b'/');
    text.iter().take_while(is_digit).count()
}
