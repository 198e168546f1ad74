//! A refusal shows what was found beside what was expected: whole messages, word by word.

use serde_json::{Value, json};

#[cfg(target_family = "wasm")]
use super::test;
use super::{
    claims::raw,
    judge::{judge, judge_with},
    mint::{self, NOW, PUBLIC_A, PUBLIC_B, entry, sample_claims, with_claim},
};
use crate::Policy;

fn message(token: &str, policy: &Policy) -> String {
    judge_with(token, PUBLIC_A, policy, NOW)
        .unwrap_err()
        .to_string()
}

fn of_claim(name: &str, value: &Value) -> String {
    let token = mint::a().claims(&with_claim(name, Some(value.clone())));
    message(&token, &Policy::default())
}

#[test]
fn an_issuer_stands_beside_the_expected_one() {
    let long = format!("https://login.example/{}/v2.0", "0123456789".repeat(10));
    for (found, expected, said) in [
        (
            "https://a.example/",
            "https://a.example",
            "`https://a.example/`, not the expected issuer `https://a.example`; they differ in the final `/`.".to_owned(),
        ),
        (
            "https://A.example",
            "https://a.example",
            "`https://A.example`, not the expected issuer `https://a.example`; they differ in capital and small letters.".to_owned(),
        ),
        (
            "http://a.example",
            "https://a.example",
            "`http://a.example`, not the expected issuer `https://a.example`; they differ in `http://` or `https://`.".to_owned(),
        ),
        (
            "a.example",
            "https://a.example",
            "`a.example`, not the expected issuer `https://a.example`; they differ in `http://` or `https://`.".to_owned(),
        ),
        (
            " a.example",
            "a.example",
            "` a.example`, not the expected issuer `a.example`; they differ in blanks at their ends.".to_owned(),
        ),
        (
            "https://a.example/one",
            "https://a.example/two",
            "`https://a.example/one`, not the expected issuer `https://a.example/two`; they differ from character 19 on.".to_owned(),
        ),
        ("shop", "chat", "`shop`, not the expected issuer `chat`.".to_owned()),
        (
            "a\u{202e}\u{7}",
            "b`",
            "`a\\u{202e}\\u{7}`, not the expected issuer `b``.".to_owned(),
        ),
        (
            &long,
            &long[..long.len() - 1],
            format!("`{long}`, not the expected issuer `{}`; they differ from character 127 on.", &long[..long.len() - 1]),
        ),
        (
            &"x".repeat(300),
            "y",
            format!("`{}…`, not the expected issuer `y`.", "x".repeat(200)),
        ),
    ] {
        let policy = Policy {
            expected_issuer: Some(expected.to_owned()),
            ..Policy::default()
        };
        let token = mint::a().claims(&with_claim("iss", Some(json!(found))));
        assert_eq!(message(&token, &policy), format!("The claim `iss` is {said}"));
    }
}

#[test]
fn an_audience_stands_beside_the_expected_one() {
    let policy = Policy {
        expected_audience: Some("https://chat.example".to_owned()),
        ..Policy::default()
    };
    let many: Vec<_> = (1..=7).map(|number| format!("app-{number}")).collect();
    for (found, said) in [
        (
            None,
            "is missing; the expected audience is `https://chat.example`.",
        ),
        (
            Some(json!(null)),
            "is missing; the expected audience is `https://chat.example`.",
        ),
        (
            Some(json!("https://chat.example/")),
            "is `https://chat.example/`, not the expected audience `https://chat.example`; they differ in the final `/`.",
        ),
        (
            Some(json!(["https://Chat.example"])),
            "is `https://Chat.example`, not the expected audience `https://chat.example`; they differ in capital and small letters.",
        ),
        (
            Some(json!([])),
            "names none, and not the expected audience `https://chat.example`.",
        ),
        (
            Some(json!(["a", 7, "b"])),
            "names `a` and `b`, and not the expected audience `https://chat.example`.",
        ),
        (
            Some(json!(many)),
            "names `app-1`, `app-2`, `app-3`, `app-4`, `app-5` and 2 more, and not the expected audience `https://chat.example`.",
        ),
        (
            Some(json!(7)),
            "is the number `7`, not a string or an array of strings; the expected audience is `https://chat.example`.",
        ),
    ] {
        let token = mint::a().claims(&with_claim("aud", found));
        assert_eq!(message(&token, &policy), format!("The claim `aud` {said}"));
    }
}

#[test]
fn times_tell_their_difference_in_words() {
    let at = "2018-11-19T10:08:20Z (1542622100)";
    for (name, value, said) in [
        (
            "iat",
            NOW + 85,
            "2018-11-19T10:09:45Z (1542622185), 85 s ahead",
        ),
        (
            "iat",
            NOW + 3_600,
            "2018-11-19T11:08:20Z (1542625700), 60 min ahead",
        ),
        (
            "nbf",
            NOW + 7_265,
            "2018-11-19T12:09:25Z (1542629365), 2 h 1 min ahead",
        ),
        (
            "nbf",
            NOW + 200_000,
            "2018-11-21T17:41:40Z (1542822100), 2 days ahead",
        ),
    ] {
        let expected =
            format!("The claim `{name}` is {said}; now is {at}, and the setting allows 60 s.");
        assert_eq!(of_claim(name, &json!(value)), expected);
    }
    for (value, said) in [
        (NOW - 60, "2018-11-19T10:07:20Z (1542622040), 60 s ago"),
        (
            NOW - 185,
            "2018-11-19T10:05:15Z (1542621915), 3 min 5 s ago",
        ),
        (NOW - 180, "2018-11-19T10:05:20Z (1542621920), 3 min ago"),
        (1, "1970-01-01T00:00:01Z (1), 17854 days ago"),
    ] {
        let expected =
            format!("The token expired at {said}; now is {at}, and the setting allows 60 s.");
        assert_eq!(of_claim("exp", &json!(value)), expected);
    }
    let strict = Policy {
        leeway_seconds: 0,
        ..Policy::default()
    };
    let token = mint::a().claims(&with_claim("exp", Some(json!(NOW))));
    let expected =
        format!("The token expired at {at}, 0 s ago; now is {at}, and the setting allows 0 s.");
    assert_eq!(message(&token, &strict), expected);
    // No difference is too large to be told.
    let token = mint::a().claims(&sample_claims());
    let refusal = judge_with(&token, PUBLIC_A, &strict, i64::MIN).unwrap_err();
    assert!(
        refusal.to_string().contains("106751991185155 days ahead"),
        "{refusal}"
    );
}

#[test]
fn a_claim_of_another_kind_is_told_by_its_kind() {
    for (name, value, said) in [
        // Who it is stays with the visitor, whatever the kind.
        ("sub", json!(4_711), "is a number, not a string."),
        ("sub", json!(true), "is a boolean, not a string."),
        ("sub", json!(null), "is `null`, not a string."),
        ("iss", json!(["a"]), "is an array, not a string."),
        ("iss", json!({}), "is an object, not a string."),
        (
            "exp",
            json!("1542625672"),
            "is a string, not a number of seconds since 1970.",
        ),
        (
            "iat",
            json!(null),
            "is `null`, not a number of seconds since 1970.",
        ),
        (
            "nbf",
            json!(true),
            "is `true`, not a number of seconds since 1970.",
        ),
        (
            "exp",
            json!(1_542_625_672_000_i64),
            "is the number `1542625672000`, which lies after the year 9999; it must count seconds, not milliseconds.",
        ),
    ] {
        assert_eq!(of_claim(name, &value), format!("The claim `{name}` {said}"));
    }
    assert_eq!(
        message(&raw("exp", "1e400"), &Policy::default()),
        "The claim `exp` is the number `1e400`, not a number of seconds since 1970."
    );
}

#[test]
fn a_header_is_told_by_what_it_says() {
    for (header, said) in [
        (
            r#"{"alg":"HS256"}"#,
            "The header's `alg` is `HS256`; only `RS256` is accepted.",
        ),
        (
            r#"{"alg":256}"#,
            "The header's `alg` is the number `256`; only `RS256` is accepted.",
        ),
        (
            r#"{"alg":null}"#,
            "The header has no `alg`; it must be `RS256`.",
        ),
        (
            r#"{"alg":"RS256","typ":"at+jwt"}"#,
            "The header's `typ` is `at+jwt`, neither `JWT` nor `application/jwt`.",
        ),
        (
            r#"{"alg":"RS256","typ":1}"#,
            "The header's `typ` is the number `1`, not a string.",
        ),
        (
            r#"{"alg":"RS256","cty":"JWT"}"#,
            "The header's `cty` is `JWT`, not `json`; nested tokens are not read.",
        ),
        (
            r#"{"alg":"RS256","cty":["json"]}"#,
            "The header's `cty` is an array, not a string.",
        ),
        (
            r#"{"alg":"RS256","kid":7}"#,
            "The header's `kid` is the number `7`, not a string.",
        ),
        (
            r#"{"alg":"RS256","crit":["b64","exp"]}"#,
            "The header has `crit`, which asks for `b64` and `exp`, and no extension is understood here (RFC 7515, section 4.1.11).",
        ),
        (
            r#"{"alg":"RS256","crit":null}"#,
            "The header has `crit`, which asks for `null`, and no extension is understood here (RFC 7515, section 4.1.11).",
        ),
    ] {
        let token = mint::a().token(header, sample_claims().to_string());
        assert_eq!(message(&token, &Policy::default()), said);
    }
}

#[test]
fn a_kid_stands_among_the_known_ones() {
    let token =
        |kid: &str| mint::a().token(json!({ "alg": "RS256", "kid": kid }).to_string(), "{}");
    let named = |kid: &str, body: Value| {
        judge(&token(kid), &body.to_string())
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        named("b", json!([entry("a", PUBLIC_A)])),
        "The token's `kid` is `b`; the id of the one published key is `a`."
    );
    assert_eq!(
        named("c", json!([entry("a", PUBLIC_A), entry("b", PUBLIC_B)])),
        "The token's `kid` is `c`; none of the 2 published keys has exactly that id. Theirs are `a` and `b`."
    );
    let many: Vec<_> = (1..=7)
        .map(|number| entry(&format!("k{number}"), PUBLIC_A))
        .collect();
    assert_eq!(
        named("k", json!(many)),
        "The token's `kid` is `k`; none of the 7 published keys has exactly that id. Theirs are `k1`, `k2`, `k3`, `k4`, `k5` and 2 more."
    );
    let (n, e) = mint::a().jwk_numbers();
    assert_eq!(
        named("k", json!({ "keys": [{ "kty": "RSA", "n": n, "e": e }] })),
        "The token's `kid` is `k`; the one published key has no id."
    );
}
