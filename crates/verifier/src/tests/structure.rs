//! Step 1: the shape of a token.

#[cfg(target_family = "wasm")]
use super::test;

use crate::{Policy, structure};

use super::{
    judge::{code, code_with},
    mint::{self, NOW, PUBLIC_A, encode_url, sample_claims},
};

const HEADER: &str = r#"{"alg":"RS256"}"#;

fn token_with_header(header: &str) -> String {
    mint::a().token(header, sample_claims().to_string())
}

#[test]
fn the_sample_is_accepted_and_its_segments_are_given() {
    let token = token_with_header(HEADER);
    assert_eq!(code(&token, PUBLIC_A), "accepted");
    let segments = structure::check(&token, 64 * 1024).unwrap();
    assert_eq!(segments.header(), encode_url(HEADER.as_bytes()));
    assert_eq!(
        segments.payload(),
        encode_url(sample_claims().to_string().as_bytes())
    );
    assert_eq!(
        format!("{}.{}", segments.signing_input(), segments.signature()),
        token
    );
    assert_eq!(
        format!("{segments:?}"),
        format!(
            "Segments {{ header_bytes: 20, payload_bytes: {}, signature_bytes: 342 }}",
            segments.payload().len()
        ),
        "Debug must not show a credential"
    );
}

#[test]
fn every_broken_shape_is_malformed() {
    let good = token_with_header(HEADER);
    let (input, signature) = good.rsplit_once('.').unwrap();
    let (header, payload) = input.split_once('.').unwrap();
    let mut cases: Vec<(&str, String)> = vec![
        ("empty", String::new()),
        ("no dot", "abcd".to_owned()),
        ("one dot", input.to_owned()),
        ("three dots", format!("{good}.")),
        ("four dots", format!("{header}.{payload}..{signature}.")),
        ("a dot in front", format!(".{good}")),
        ("only dots", "..".to_owned()),
        ("100,000 dots", ".".repeat(60_000)),
        ("leading blank", format!(" {good}")),
        ("trailing newline", format!("{good}\n")),
        ("padded header", format!("{header}=.{payload}.{signature}")),
        ("padded signature", format!("{good}==")),
        (
            "plus sign",
            format!("{header}.{payload}.+{}", &signature[1..]),
        ),
        ("slash", format!("{header}.{payload}./{}", &signature[1..])),
        ("percent", format!("{header}.%41{payload}.{signature}")),
        ("non-ASCII", format!("{header}.{payload}.é{signature}")),
        ("NUL", format!("{header}.{payload}.\0{}", &signature[1..])),
        ("one character too much", format!("{good}AAA")),
        (
            "a character missing in the header",
            format!("{}.{payload}.{signature}", &header[1..]),
        ),
        (
            "JSON serialisation",
            format!(r#"{{"payload":"{payload}","signature":"{signature}"}}"#),
        ),
        ("JWE with five segments", "a.b.c.d.e".to_owned()),
    ];
    // The last character of a segment with unused bits: each of its siblings decodes to the same bytes.
    let last = signature.chars().last().unwrap();
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let value = alphabet.find(last).unwrap();
    assert_eq!(
        (signature.len() % 4, value & 0b1111),
        (2, 0),
        "256 bytes leave four unused bits"
    );
    for unused in 1..16 {
        let sibling = &alphabet[value + unused..=value + unused];
        cases.push((
            "unused bits",
            format!("{}{sibling}", &good[..good.len() - 1]),
        ));
    }
    // The same in the segments that end with a dot, where fewer bits are left over, or six.
    for unused in ["QQ", "QR", "QUI", "QUJ", "QUJDR"] {
        let is_canonical = matches!(unused, "QQ" | "QUI");
        let payload = format!("{header}.{unused}.{signature}");
        let expected = ["token-malformed", "token-signature-invalid"][usize::from(is_canonical)];
        assert_eq!(code(&payload, PUBLIC_A), expected, "{unused}");
        cases.push(("unused bits in the header", format!("{unused}.{payload}.")));
    }
    for (what, token) in cases {
        assert_eq!(code(&token, PUBLIC_A), "token-malformed", "{what}");
    }
}

/// Where a 2,048-bit signature would have its dot there may be another one.
#[test]
fn a_dot_is_where_it_is_and_not_where_it_is_likely() {
    let header = encode_url(HEADER.as_bytes());
    for payload in [0, 4, 336, 340] {
        let token = format!(
            "{header}.{}.{}",
            "A".repeat(payload),
            "A".repeat(341 - payload)
        );
        assert_eq!(
            code(&token, PUBLIC_A),
            ["token-signature-invalid", "token-malformed"][usize::from((341 - payload) % 4 == 1)],
            "{payload}"
        );
    }
    let token = format!("{header}.AA.{}", "A".repeat(339));
    assert_eq!(code(&token, PUBLIC_A), "token-signature-invalid");
}

#[test]
fn the_header_must_be_one_json_object_without_duplicates() {
    let deep = |levels: usize| {
        format!(
            r#"{{"alg":"RS256","x":{}{}}}"#,
            "[".repeat(levels),
            "]".repeat(levels)
        )
    };
    let cases = [
        ("not JSON", "alg=RS256".to_owned()),
        ("empty", String::new()),
        ("array", r#"["RS256"]"#.to_owned()),
        ("string", r#""RS256""#.to_owned()),
        ("null", "null".to_owned()),
        (
            "trailing comma",
            r#"{"alg":"RS256","typ":"JWT",}"#.to_owned(),
        ),
        ("single quotes", "{'alg':'RS256'}".to_owned()),
        ("comment", r#"{"alg":"RS256"/**/}"#.to_owned()),
        ("two objects", r#"{"alg":"RS256"}{}"#.to_owned()),
        ("cut off", r#"{"alg":"RS256""#.to_owned()),
        ("byte order mark", "\u{feff}{\"alg\":\"RS256\"}".to_owned()),
        (
            "duplicate alg",
            r#"{"alg":"RS256","alg":"RS256"}"#.to_owned(),
        ),
        (
            "duplicate alg behind an escape",
            r#"{"alg":"RS256","\u0061lg":"none"}"#.to_owned(),
        ),
        (
            "duplicate of an unknown name",
            r#"{"x":1,"alg":"RS256","x":2}"#.to_owned(),
        ),
        ("NaN", r#"{"alg":"RS256","x":NaN}"#.to_owned()),
        ("leading zero", r#"{"alg":"RS256","x":01}"#.to_owned()),
        ("bare point", r#"{"alg":"RS256","x":1.}"#.to_owned()),
        (
            "control character",
            "{\"alg\":\"RS256\",\"x\":\"\t\"}".to_owned(),
        ),
        (
            "lone surrogate",
            r#"{"alg":"RS256","x":"\ud800"}"#.to_owned(),
        ),
        (
            "reversed surrogates",
            r#"{"alg":"RS256","x":"\udc00\ud800"}"#.to_owned(),
        ),
        ("unknown escape", r#"{"alg":"RS256","x":"\x41"}"#.to_owned()),
        ("129 levels", deep(128)),
        ("5,000 levels", deep(5_000)),
    ];
    for (what, header) in cases {
        assert_eq!(
            code(&token_with_header(&header), PUBLIC_A),
            "token-malformed",
            "{what}"
        );
    }
    let not_utf8 = mint::a().token(
        b"{\"alg\":\"RS256\",\"x\":\"\xff\"}",
        sample_claims().to_string(),
    );
    assert_eq!(code(&not_utf8, PUBLIC_A), "token-malformed");

    for (what, header) in [
        ("128 levels", deep(127)),
        ("blanks", " {\r\n\t\"alg\" : \"RS256\" } \n".to_owned()),
        (
            "escaped name and value",
            r#"{"\u0061lg":"RS25\u0036"}"#.to_owned(),
        ),
        (
            "surrogate pair",
            r#"{"alg":"RS256","x":"\ud83d\ude00"}"#.to_owned(),
        ),
        (
            "keys to be ignored",
            r#"{"alg":"RS256","jku":"https://evil.example","jwk":{},"x5u":1,"x5c":[]}"#.to_owned(),
        ),
        (
            "duplicate names deeper down, which nobody reads",
            r#"{"alg":"RS256","x":{"y":1,"y":2}}"#.to_owned(),
        ),
    ] {
        assert_eq!(
            code(&token_with_header(&header), PUBLIC_A),
            "accepted",
            "{what}"
        );
    }
}

#[test]
fn the_length_limit_is_exact_and_configurable() {
    let token = token_with_header(HEADER);
    let policy = |max_token_bytes| Policy {
        max_token_bytes,
        ..Policy::default()
    };
    assert_eq!(
        code_with(&token, PUBLIC_A, &policy(token.len()), NOW),
        "accepted"
    );
    assert_eq!(
        code_with(&token, PUBLIC_A, &policy(token.len() - 1), NOW),
        "token-malformed"
    );
    assert_eq!(
        code_with(&token, PUBLIC_A, &policy(0), NOW),
        "token-malformed"
    );
    assert_eq!(Policy::default().max_token_bytes, 65_536);
}

/// Each text as somebody pasted it or as a page gave it, and the whole message.
#[test]
fn what_is_no_token_is_told_by_its_character_and_place() {
    let token = token_with_header(HEADER);
    let (input, signature) = token.rsplit_once('.').unwrap();
    let (header, payload) = input.split_once('.').unwrap();
    let (first, second) = (header.len() + 1, input.len() + 1);
    let stray = |place: usize, part: &str, character: &str, slip: &str| {
        format!(
            "Character {place} of the token{part} is {character}; a token has only letters, digits, `-`, `_` and two dots{slip}."
        )
    };
    let quotes =
        ". It stands in quotation marks: give it without them, such as the result of `JSON.parse`";
    let json = ". It stands in JSON: give the string alone that is the token";
    let bearer = ". `Bearer ` stands in front of it, which belongs into a header alone";
    let invisible = ". It cannot be seen, and comes along when text is copied";
    let base64 = ". This is plain base64, and a token is base64url, with `-` and `_`";
    let padding = ". This is padding, which base64url in a token does not have";
    let parts =
        |rest: &str| format!("A signed token (compact JWS) has 3 parts, joined by dots; {rest}");
    let cut = |part: &str, ends_at: usize, error: &str| {
        format!(
            "The token's {part}, which ends with character {ends_at} of the token, is not canonical base64url: {error}. A character was lost, added or changed."
        )
    };
    for (text, expected) in [
        (String::new(), parts("this one is empty.")),
        ("abc".to_owned(), parts("this text has no dot, and is no token.")),
        (input.to_owned(), parts("this one has 2, so its signature is missing, or its end was cut off.")),
        (format!("{token}."), parts("this one has 4.")),
        (format!("{token}.{token}"), parts("this one has 6.")),
        (
            format!("{header}.a.b.c.d"),
            parts("this one has 5, as an encrypted token (JWE) has. The website must sign tokens with RS256, and not encrypt them."),
        ),
        // The dot where a signature usually begins is taken for the last one at first.
        (format!("{header}..{}.{}", "A".repeat(100), "A".repeat(241)), parts("this one has 4.")),
        (format!("Bearer {token}"), stray(7, ", in its header,", "` `", bearer)),
        (format!("bearer {token}"), stray(7, ", in its header,", "` `", bearer)),
        (format!("Bearer%20{token}"), stray(7, ", in its header,", "`%`", bearer)),
        (
            format!("Authorization: Bearer {token}"),
            stray(14, ", in its header,", "`:`", ". A whole header stands there: give what follows `Bearer `"),
        ),
        (format!("\"{token}\""), stray(1, ", in its header,", "`\"`", quotes)),
        (format!("'{token}'"), stray(1, ", in its header,", "`'`", quotes)),
        (format!("`{token}`"), stray(1, ", in its header,", "'`'", quotes)),
        (format!("{token}\""), stray(token.len() + 1, ", in its signature,", "`\"`", quotes)),
        (format!("{{\"token\":\"{token}\"}}"), stray(1, ", in its header,", "`{`", json)),
        (format!("[\"{token}\"]"), stray(1, ", in its header,", "`[`", json)),
        (
            "<!DOCTYPE html><title>Sign in</title>".to_owned(),
            stray(1, "", "`<`", ". This is an HTML page, perhaps one for signing in: the page's function must call back with the token alone"),
        ),
        (format!("token={token}"), stray(6, ", in its header,", "`=`", ". A name stands in front of it: give what follows the `=`")),
        (format!("id_token:{token}"), stray(9, ", in its header,", "`:`", ". A name stands in front of it: give what follows the `:`")),
        (
            format!("{header}.{}\r\n{}.{signature}", &payload[..9], &payload[9..]),
            stray(first + 10, ", in its payload,", "`\\r`", ". A line break stands in it: give it in one line"),
        ),
        (format!("{token}\n"), stray(token.len() + 1, ", in its signature,", "`\\n`", ". A line break stands in it: give it in one line")),
        (
            format!("{token}\\n"),
            stray(token.len() + 1, ", in its signature,", "`\\\\`", ". It is escaped as inside of a string: give what that string holds"),
        ),
        (format!(" {token}"), stray(1, ", in its header,", "` `", ". A blank stands in it")),
        (format!("{header}.{payload}%2E{signature}"), stray(second, "", "`%`", ". It is percent-encoded: give it decoded")),
        (format!("{header}.{payload}.+{signature}"), stray(second + 1, ", in its signature,", "`+`", base64)),
        (format!("{header}./{payload}.{signature}"), stray(first + 1, ", in its payload,", "`/`", base64)),
        (format!("{header}=.{payload}.{signature}"), stray(first, ", in its header,", "`=`", padding)),
        (format!("{token}=="), stray(token.len() + 1, ", in its signature,", "`=`", padding)),
        (format!("{}…", &token[..40]), stray(41, "", "`…`", ". It was shortened where it was copied")),
        (format!("{token},{header}"), stray(token.len() + 1, ", in its signature,", "`,`", ". Several things stand there: give one token alone")),
        (format!("\u{feff}{token}"), stray(1, ", in its header,", "`\\u{feff}`", invisible)),
        (format!("{header}\u{200b}.{payload}.{signature}"), stray(first, ", in its header,", "`\\u{200b}`", invisible)),
        (format!("{token}\u{202e}"), stray(token.len() + 1, ", in its signature,", "`\\u{202e}`", invisible)),
        (format!("{header}.é{payload}.{signature}"), stray(first + 1, ", in its payload,", "`é`", "")),
        (format!("{token}\0"), stray(token.len() + 1, ", in its signature,", "`\\0`", ". Perhaps it is text in UTF-16")),
        ("[object Object]".to_owned(), stray(1, "", "`[`", json)),
        (
            format!("{header}A.{payload}.{signature}"),
            cut("header", first, "21 characters cannot be a whole number of bytes"),
        ),
        (
            format!("{input}.{}", &signature[..341]),
            cut("signature", token.len() - 1, "341 characters cannot be a whole number of bytes"),
        ),
        (
            format!("{input}.{}B", &signature[..341]),
            cut("signature", token.len(), "the last character's unused bits are not zero"),
        ),
        (
            format!("{}..", encode_url(b"{\"alg\":\"RS256\",}")),
            "The token's header is not one JSON object: expected a name in double quotes, found `}` at byte 15.".to_owned(),
        ),
    ] {
        assert_eq!(code(&text, PUBLIC_A), "token-malformed", "{text:?}");
        assert_eq!(structure::check(&text, 65_536).unwrap_err().to_string(), expected);
    }
}
