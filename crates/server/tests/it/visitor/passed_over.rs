//! One entry of a website's keys cannot be used: visitors whose token is signed with another are let in, and administrators
//! are told of it by *Test*, by the audit and by the refusal of a token that names it.

use std::time::Duration;

use bonafide_server::Clock;
use serde_json::{Value, json};

use crate::chat::{Chat, text};
use crate::console::NOW;
use crate::scripted::ok;
use crate::website::{claims, key_array};

/// Entries that cannot be used, each with the reason behind its place.
fn broken() -> Vec<(Value, &'static str)> {
    let weak = "-----BEGIN PUBLIC KEY-----\n\
        MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDdlatRjRjogo3WojgGHFHYLugd\n\
        UWAY9iR3fy4arWNA1KoS8kVw33cJibXr8bvwUAUparCwlvdbH6dvEOfou0/gCFQs\n\
        HUfQrSDv+MuSUMAe8jzKE4qW+jK+xQU9a03GUnKHkkle+Q0pX/g6jXZ7r1/xAK5D\n\
        o2kQ+X5xK9cipRgEKwIDAQAB\n-----END PUBLIC KEY-----\n";
    let base64 = |text: &str| {
        use base64::Engine as _;
        base64::engine::general_purpose::STANDARD.encode(text)
    };
    vec![
        (
            json!(null),
            ": is `null`, not an object with `kid` and `publicKey`.",
        ),
        (
            json!("key"),
            ": is a string, not an object with `kid` and `publicKey`.",
        ),
        (json!({"kid": "bad"}), " `publicKey`: is missing."),
        (
            json!({"kid": 7, "publicKey": "LS0t"}),
            " `kid`: is the number `7`, not a string.",
        ),
        (
            json!({"kid": "bad", "publicKey": "LS0t\u{0}"}),
            " `publicKey`: is not base64: character 5 is `\\0`, which is outside the alphabet.",
        ),
        (
            json!({"kid": "bad", "publicKey": base64(weak)}),
            " `publicKey`: base64 decodes to a PEM with a 1024-bit key; at least 2048 bits are needed.",
        ),
        (
            json!({"kid": "bad", "kty": "RSA", "x5c": ["MIIC"]}),
            ": a JWK stands in an array; put the JWKs into `{\"keys\": […]}`, or publish entries of `kid` and `publicKey`.",
        ),
    ]
}

#[tokio::test]
async fn it_takes_nobody_with_it_and_administrators_are_told() {
    let chat = Chat::with(Clock::manual(NOW), |_| {}).await;
    let shop = chat.shop().await;
    let path = format!(
        "/admin/authentication-settings/{}/test",
        text(&shop.widget["authenticationSetting"]["id"])
    );
    let good: Vec<Value> = serde_json::from_str(&key_array(&[&shop.key])).unwrap();
    for (count, (bad, reason)) in (1..).zip(broken()) {
        let body = json!([bad, good[0]]).to_string();
        *shop.published.lock().unwrap() = ok(&body);
        chat.clock.advance(Duration::from_secs(600));
        let visitor = chat.visit_signed_in(&shop).await;
        assert_eq!(
            visitor.started["conversation"]["authenticated"], true,
            "{bad}"
        );

        let report = chat.admin.post(&path, &json!({})).await.ok();
        assert_eq!(report["keys"]["code"], Value::Null, "{bad}");
        assert_eq!(
            report["keys"]["message"],
            "Found 1 key; 1 entry cannot be used."
        );
        let passed_over = &report["keys"]["passedOver"];
        let said = text(&passed_over[0]["reason"]);
        let (_, rest) = said.split_once("entry 1").unwrap();
        assert_eq!(rest, reason, "{bad}");
        let kid = match &bad["kid"] {
            Value::Number(number) => json!(number.to_string()),
            other => other.clone(),
        };
        assert_eq!(
            *passed_over,
            json!([{"entry": 1, "kid": kid, "isMistake": true, "reason": said}])
        );

        // Each list of them leaves one row.
        let rows = loop {
            let rows = chat.audit("keys.passed-over").await;
            if rows.len() >= count {
                break rows;
            }
            tokio::task::yield_now().await;
        };
        assert_eq!(rows.len(), count);
        assert_eq!(rows[0]["subject"], shop.keys.url);
        // The row has no field for the id, so its sentence names it.
        let recorded = match kid.as_str() {
            Some(kid) => said.replacen("entry 1", &format!("entry 1 (`kid` `{kid}`)"), 1),
            None => said.clone(),
        };
        assert_eq!(rows[0]["details"], json!({"entries": recorded}));

        if let Some(kid) = kid.as_str() {
            let header = json!({"alg": "RS256", "kid": kid});
            let token = shop.key.token_with_header(&header, &claims(chat.now()));
            let reply = chat.ask_start(&shop, &json!({"token": token})).await;
            let problem = reply.problem("token-key-unknown");
            assert!(!problem.to_string().contains("entry 1"), "{problem}");
            let refused = chat.audit("token.refused").await;
            let cause = format!(
                "The token's `kid` is `{kid}`, and what is published under that id cannot be used. {said}"
            );
            assert_eq!(refused[0]["details"]["cause"], cause);
        }
    }
}

/// A JWKS holds keys for others too. They are listed where somebody asks, and are no reason for a warning.
#[tokio::test]
async fn keys_for_something_else_are_listed_and_not_recorded() {
    let chat = Chat::with(Clock::manual(NOW), |_| {}).await;
    let shop = chat.shop().await;
    let path = format!(
        "/admin/authentication-settings/{}/test",
        text(&shop.widget["authenticationSetting"]["id"])
    );
    let key: Value = serde_json::from_str(&shop.key.jwk()).unwrap();
    let body =
        |broken: Value| json!({"keys": [{"kty": "EC", "kid": "ec"}, key, broken]}).to_string();
    *shop.published.lock().unwrap() = ok(&body(json!({"kty": "OKP", "kid": "ed"})));
    chat.visit_signed_in(&shop).await;
    let report = chat.admin.post(&path, &json!({})).await.ok();
    assert_eq!(report["keys"]["message"], "Found 1 key.");
    let mistakes: Vec<&Value> = report["keys"]["passedOver"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| &entry["isMistake"])
        .collect();
    assert_eq!(mistakes, [&json!(false), &json!(false)]);
    // Events are recorded in order: once this one is there, nothing came before it.
    *shop.published.lock().unwrap() = ok(&body(json!({"kty": "RSA", "kid": "x"})));
    chat.clock.advance(Duration::from_secs(600));
    chat.visit_signed_in(&shop).await;
    let row = chat.audited("keys.passed-over").await;
    let entries = text(&row["details"]["entries"]);
    assert!(
        entries.ends_with("entry 3 (`kid` `x`) `n`: is missing."),
        "{entries}"
    );
}

/// A placeholder beside a public key is none of its private parts; what is as long as one is.
#[tokio::test]
async fn a_placeholder_is_no_private_key() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let secret = "x-_9".repeat(86);
    let with = |name: &str, value: &str| {
        let mut key: Value = serde_json::from_str(&shop.key.jwk()).unwrap();
        key[name] = json!(value);
        ok(&json!({"keys": [key]}).to_string())
    };
    for (name, value) in [
        ("d", "d"),
        ("d", ""),
        ("p", "AQAB"),
        ("k", "k"),
        ("k", &secret),
    ] {
        let chat = Chat::start().await;
        let other = chat.shop().await;
        let mut key: Value = serde_json::from_str(&other.key.jwk()).unwrap();
        key[name] = json!(value);
        *other.published.lock().unwrap() = ok(&json!({"keys": [key]}).to_string());
        chat.visit_signed_in(&other).await;
        assert!(
            chat.audit("keys.private-key-shown").await.is_empty(),
            "{name}"
        );
    }
    *shop.published.lock().unwrap() = with("d", &secret);
    let reply = chat
        .ask_start(&shop, &json!({"token": shop.token(chat.now())}))
        .await;
    reply.problem("keys-invalid");
    chat.audited("keys.private-key-shown").await;
}
