//! What a token says of its own life: `iat` and `exp`, read without proof. Good for planning, never for trust.
//!
//! Not a JSON parser: it walks the payload's outermost object and picks two numbers. Whether the payload is sound,
//! the server decides.

/// `iat` and `exp` of a token, in seconds since 1970.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct TokenLife {
    pub(super) issued_at: i64,
    pub(super) expires_at: i64,
}

/// Reads the life from a compact JWS. `None` when it cannot be read.
pub(super) fn of_token(token: &str) -> Option<TokenLife> {
    let payload = decode(token.split('.').nth(1)?)?;
    let life = TokenLife {
        issued_at: outermost_number(&payload, b"\"iat\"")?,
        expires_at: outermost_number(&payload, b"\"exp\"")?,
    };
    (life.issued_at < life.expires_at).then_some(life)
}

/// Unpadded base64url (RFC 4648, section 5).
fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in text.bytes() {
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
            bytes.push((bits >> count) as u8);
        }
    }
    Some(bytes)
}

/// The whole part of the number that follows `name` (with its quotes) in the outermost object.
fn outermost_number(json: &[u8], name: &[u8]) -> Option<i64> {
    let mut depth = 0;
    let mut at = 0;
    while let Some(&byte) = json.get(at) {
        let mut next = at + 1;
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            b'"' => {
                next = after_text(json, at)?;
                let mut rest = json.get(next..)?.trim_ascii_start();
                if depth == 1 && json.get(at..next) == Some(name) && rest.first() == Some(&b':') {
                    rest = rest.get(1..)?.trim_ascii_start();
                    return whole_number(rest);
                }
            }
            _ => {}
        }
        at = next;
    }
    None
}

/// Where the text that begins at `start` has ended.
fn after_text(json: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match json.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

fn whole_number(text: &[u8]) -> Option<i64> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    // Thirteen digits hold every second up to the year 9999 and more; `1e9` is nobody's way to write a time.
    if !(1..=13).contains(&digits) || matches!(text.get(digits), Some(b'e' | b'E')) {
        return None;
    }
    let mut value = 0;
    for byte in text.get(..digits)? {
        value = value * 10 + i64::from(byte - b'0');
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::{TokenLife, of_token, outermost_number};

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

    #[test]
    fn only_the_outermost_name_counts() {
        let exp = |json: &str| outermost_number(json.as_bytes(), b"\"exp\"");
        assert_eq!(
            exp(r#"{"a":{"exp":1},"b":"\"exp\":2","exp" : 3.9}"#),
            Some(3)
        );
        assert_eq!(exp(r#"{"a":"exp"}"#), None);
        assert_eq!(exp(r#"{"exp":"5"}"#), None);
        assert_eq!(exp(r#"{"exp":1e9}"#), None);
        assert_eq!(exp(r#"{"exp":-5}"#), None);
        assert_eq!(exp(r#"{"exp":99999999999999}"#), None);
        assert_eq!(exp(r#"["exp",3]"#), None);
        assert_eq!(exp(r#"{"exp"#), None);
    }
}
