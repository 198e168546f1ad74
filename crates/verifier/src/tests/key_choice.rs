//! Step 3: which key a token is judged with.

#[cfg(target_family = "wasm")]
use super::test;

use crate::Policy;
use serde_json::{Value, json};

use super::{
    judge::{code, code_with, judge},
    mint::{self, KID, NOW, PUBLIC_A, PUBLIC_B, Signer, entry, sample_claims},
};

fn token(signer: &Signer, kid: Option<&str>) -> String {
    let mut header = json!({ "alg": "RS256", "typ": "JWT" });
    if let Some(kid) = kid {
        header["kid"] = Value::from(kid);
    }
    signer.token(header.to_string(), sample_claims().to_string())
}

fn two_keys() -> String {
    json!([entry(KID, PUBLIC_A), entry("b", PUBLIC_B)]).to_string()
}

#[test]
fn a_kid_selects_exactly_that_key() {
    let body = two_keys();
    assert_eq!(code(&token(&mint::a(), Some(KID)), &body), "accepted");
    assert_eq!(code(&token(&mint::b(), Some("b")), &body), "accepted");
    assert_eq!(
        judge(&token(&mint::b(), Some("b")), &body)
            .unwrap()
            .key_id(),
        Some("b")
    );
    assert_eq!(
        code(&token(&mint::b(), Some(KID)), &body),
        "token-signature-invalid",
        "no second key is tried"
    );
    for kid in [
        "",
        "B",
        "b ",
        "bb",
        "c",
        "b\0",
        "qWO4EaKT1xRO7JC_oqALz6DCVr41B_qL0Hqp4in7hu4",
    ] {
        assert_eq!(
            code(&token(&mint::a(), Some(kid)), &body),
            "token-key-unknown",
            "{kid:?}"
        );
    }
    assert_eq!(
        judge_message(&token(&mint::a(), Some("c")), &body, NOW),
        format!(
            "The token's `kid` is `c`; none of the 2 published keys has exactly that id. Theirs are `{KID}` and `b`."
        )
    );
    let shown = format!("a\"'\n\u{202e}{}", "x".repeat(60));
    assert_eq!(
        judge_message(&token(&mint::a(), Some(&shown)), &body, NOW),
        format!(
            "The token's `kid` is `a\"'\\n\\u{{202e}}{}…`; none of the 2 published keys has exactly that id. Theirs are `{KID}` and `b`.",
            "x".repeat(59)
        )
    );
}

#[test]
fn without_a_kid_the_body_must_hold_one_key() {
    assert_eq!(
        code(&token(&mint::a(), None), &two_keys()),
        "token-key-unknown"
    );
    let lone_entry = json!([entry(KID, PUBLIC_A)]).to_string();
    assert_eq!(code(&token(&mint::a(), None), &lone_entry), "accepted");
    assert_eq!(
        code(&token(&mint::a(), Some("other")), &lone_entry),
        "token-key-unknown"
    );
    let same_key_twice = json!([entry("x", PUBLIC_A), entry("y", PUBLIC_A)]).to_string();
    assert_eq!(
        code(&token(&mint::a(), None), &same_key_twice),
        "token-key-unknown"
    );
}

#[test]
fn a_lone_pem_serves_any_kid() {
    let longest = "é".repeat(255);
    for kid in ["x", "", KID, &longest] {
        let verified = judge(&token(&mint::a(), Some(kid)), PUBLIC_A).unwrap();
        assert_eq!(verified.key_id(), Some(kid));
    }
    let too_long = judge(&token(&mint::a(), Some(&"é".repeat(256))), PUBLIC_A).unwrap();
    assert_eq!(too_long.key_id(), None);
    assert_eq!(code(&token(&mint::a(), None), PUBLIC_A), "accepted");
    assert_eq!(
        code(&token(&mint::a(), Some("x\0")), PUBLIC_A),
        "token-key-unknown"
    );
}

#[test]
fn a_kid_that_stands_for_two_keys_is_refused_and_the_others_serve() {
    let body = json!([
        entry("x", PUBLIC_A),
        entry("b", PUBLIC_B),
        entry("x", PUBLIC_B)
    ])
    .to_string();
    let refusal = judge(&token(&mint::a(), Some("x")), &body).unwrap_err();
    assert_eq!(refusal.code().as_str(), "token-key-unknown");
    assert_eq!(
        refusal.to_string(),
        "The token's `kid` is `x`, and different keys are published under that id, so none of them is used."
    );
    assert_eq!(
        code(&token(&mint::b(), Some("x")), &body),
        "token-key-unknown"
    );
    assert_eq!(code(&token(&mint::b(), Some("b")), &body), "accepted");
}

#[test]
fn the_same_key_twice_under_one_kid_is_one_key() {
    let mut late = entry("x", PUBLIC_A);
    late["expiry"] = json!(NOW + 100);
    let mut early = entry("x", PUBLIC_A);
    early["expiry"] = json!(NOW + 10);
    let body = json!([late, early, entry("x", PUBLIC_A)]).to_string();
    let at = |now| code_with(&token(&mint::a(), None), &body, &Policy::default(), now);
    assert_eq!(
        (at(NOW + 10), at(NOW + 11)),
        ("accepted", "token-key-expired")
    );
}

#[test]
fn a_key_serves_until_its_expiry_and_no_leeway_applies() {
    let mut expiring = entry(KID, PUBLIC_A);
    expiring["expiry"] = json!(NOW);
    let body = json!([expiring]).to_string();
    let token = token(&mint::a(), Some(KID));
    let at = |now| {
        code_with(
            &token,
            &body,
            &Policy {
                leeway_seconds: 300,
                ..Policy::default()
            },
            now,
        )
    };
    assert_eq!((at(NOW), at(NOW + 1)), ("accepted", "token-key-expired"));
    assert_eq!(
        judge_message(&token, &body, NOW + 1),
        "The token's key expired at 2018-11-19T10:08:20Z (1542622100), 1 s ago; now is 2018-11-19T10:08:21Z (1542622101)."
    );
}

#[test]
fn the_key_is_judged_before_the_signature() {
    let forged = token(&mint::a(), Some("nobody"));
    let (input, _) = forged.rsplit_once('.').unwrap();
    assert_eq!(code(&format!("{input}."), &two_keys()), "token-key-unknown");
}

fn judge_message(token: &str, body: &str, now: i64) -> String {
    super::judge::judge_with(token, body, &Policy::default(), now)
        .unwrap_err()
        .to_string()
}
