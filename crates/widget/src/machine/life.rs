//! What a token says of its own life: `iat` and `exp`, read without proof. Good for planning, never for trust.
//!
//! Whether the payload is sound, the server decides.

use crate::json::Document;

/// `iat` and `exp` of a token, in seconds since 1970.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct TokenLife {
    pub(super) issued_at: i64,
    pub(super) expires_at: i64,
}

/// Reads the life from a compact JWS. `None` when it cannot be read.
pub(super) fn of_token(token: &str) -> Option<TokenLife> {
    let payload = decode(token.as_bytes().split(|byte| *byte == b'.').nth(1)?)?;
    let document = Document::of(&payload);
    let payload = document.root();
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

#[cfg(test)]
mod tests {
    use super::{TokenLife, of_token};

    #[test]
    fn the_life_is_read_from_the_payload() {
        // {"iss":"x","iat":1542622071,"exp":1542625672}
        let token = "e30.eyJpc3MiOiJ4IiwiaWF0IjoxNTQyNjIyMDcxLCJleHAiOjE1NDI2MjU2NzJ9.AA";
        let life = TokenLife {
            issued_at: 1_542_622_071,
            expires_at: 1_542_625_672,
        };
        assert_eq!(of_token(token), Some(life));
        for bad in [
            "",
            "a",
            "a.b.c",
            "e30.e30.AA",
            "e30.!.AA",
            "..",
            "\u{1F600}.\u{1F600}",
        ] {
            assert_eq!(of_token(bad), None, "{bad}");
        }
    }
}
