//! What a token says of its own life: `iat` and `exp`, read without proof. Whether the payload is sound, the server decides.

use super::json::Json;
use crate::machine::TokenLife;

/// Reads the life from a compact JWS. `None` when it cannot be read.
pub(super) fn of_token(token: &str) -> Option<TokenLife> {
    let payload = decode(token.as_bytes().split(|byte| *byte == b'.').nth(1)?)?;
    let payload = Json::of(&payload);
    let life = TokenLife {
        issued_at: payload.field("iat").whole()?,
        expires_at: payload.field("exp").whole()?,
    };
    (life.issued_at < life.expires_at).then_some(life)
}

/// Unpadded base64url (RFC 4648, section 5). Each byte becomes a character of its own: what is asked for is ASCII, and no
/// byte of another character looks like it.
fn decode(text: &[u8]) -> Option<String> {
    let mut decoded = String::with_capacity(text.len());
    let (mut bits, mut count) = (0_u32, 0);
    for byte in text {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(six);
        count += 6;
        if count >= 8 {
            count -= 8;
            decoded.push(char::from((bits >> count) as u8));
        }
    }
    Some(decoded)
}
