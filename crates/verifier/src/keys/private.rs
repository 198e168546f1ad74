//! Private keys in a body, found before anything is parsed: a website that publishes one must hear of that, and of
//! nothing else that may be wrong with the body too.
//!
//! Looks at bytes, not at structure, so that neither broken JSON nor an entry with another fault hides a key. What it
//! cannot see (a name behind escapes, a short JWK member) the parsers of entries and JWKs refuse in their turn. It must
//! not look at how public keys are written: every pattern here is one that only a private key has.

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
/// Shorter values under such short names may be anything.
const SHORTEST_SECRET: usize = 43;

/// Where a private key begins: a PEM, base64 of a PEM or of DER, or a member of a JWK.
pub(super) fn find(body: &[u8]) -> Option<usize> {
    let places = [
        find_pem(body),
        PEM_IN_BASE64
            .into_iter()
            .filter_map(|pattern| find_wrapped(body, pattern))
            .min(),
        (0..body.len()).find(|&at| body[at] == b'"' && is_secret(&body[at + 1..])),
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

/// Whether a string that begins here, behind its opening quote, is a private key or the name of a part of one.
fn is_secret(text: &[u8]) -> bool {
    is_der(text) || is_member(text)
}

/// Base64 of an RSA private key of 2,048 to 8,192 bits, PKCS#8 or PKCS#1: a SEQUENCE with two bytes of length, the
/// version 0, then `rsaEncryption` or a modulus.
fn is_der(text: &[u8]) -> bool {
    let Some((b"MII", rest)) = text.split_at_checked(3) else {
        return false;
    };
    // Three characters hold the length and the first bits of the version.
    rest.get(3..).is_some_and(|rest| {
        rest.starts_with(b"IBADANBgkqhkiG9w0BAQEF") || rest.starts_with(b"IBAAKC")
    })
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
