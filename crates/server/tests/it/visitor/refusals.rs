//! Each refusal of a start: one code, no conversation, one audit row, the same request id.

use axum::http::{StatusCode, header};
use serde_json::{Value, json};

use crate::chat::{Chat, SHOP, Shop, times};
use crate::console::Answer;
use crate::scripted::{answer, ok};
use crate::website::{Key, claims, key_array};

/// Checks everything that holds for every refused token.
async fn refused(chat: &Chat, reply: &Answer, code: &str) -> Value {
    let problem = reply.problem(code);
    assert_eq!(
        reply.headers[header::ACCESS_CONTROL_ALLOW_ORIGIN],
        SHOP,
        "{code}"
    );
    let entries = chat.audit("token.refused").await;
    let rows: Vec<&Value> = entries
        .iter()
        .filter(|row| row["requestId"] == problem["requestId"])
        .collect();
    assert_eq!(rows.len(), 1, "{code}");
    assert_eq!(rows[0]["code"], code);
    assert_eq!(rows[0]["actor"]["kind"], "visitor");
    assert!(!rows[0]["details"]["cause"].as_str().unwrap().is_empty());
    // Causes are for administrators: the page learns no more than the code.
    assert_ne!(problem["detail"], rows[0]["details"]["cause"], "{code}");
    let inbox = chat.admin.get("/agent/conversations").await.ok();
    assert_eq!(inbox["items"], json!([]), "{code} made a conversation");
    rows[0].clone()
}

fn unsigned(header: &Value, claims: &Value) -> String {
    use base64::Engine as _;
    let encode =
        |value: &Value| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}.AA", encode(header), encode(claims))
}

#[tokio::test]
async fn every_refused_token_has_its_code() {
    let chat = Chat::start().await;
    let setting = json!({"expectedIssuer": "shop.example", "leewaySeconds": 0});
    let shop = chat
        .shop_with(&setting, &json!({"signIn": "optional"}))
        .await;
    let (now, stranger) = (chat.now(), Key::new("shop-1"));
    let with = |changes: Value| shop.token_with(now, &changes);
    for (code, token) in [
        ("token-malformed", "not a token".to_owned()),
        (
            "token-malformed",
            shop.key.token_with_header(
                &json!({"alg": "RS256", "crit": ["x"], "x": 1}),
                &claims(now),
            ),
        ),
        (
            "token-algorithm-unsupported",
            unsigned(&json!({"alg": "none"}), &claims(now)),
        ),
        (
            "token-algorithm-unsupported",
            unsigned(&json!({"alg": "HS256"}), &claims(now)),
        ),
        ("token-key-unknown", Key::new("other").token(&claims(now))),
        ("token-signature-invalid", stranger.token(&claims(now))),
        ("token-claim-missing", with(json!({"sub": null}))),
        (
            "token-claim-invalid",
            with(json!({"iss": "elsewhere.example"})),
        ),
        (
            "token-claim-invalid",
            with(json!({"exp": (now + 900) * 1000 })),
        ),
        ("token-expired", with(json!({"exp": now}))),
        ("token-not-yet-valid", with(json!({"nbf": now + 60}))),
        ("token-context-invalid", with(json!({"lwicontexts": "[1]"}))),
        ("token-malformed", "x".repeat(70_000)),
    ] {
        let reply = chat.ask_start(&shop, &json!({"token": token})).await;
        assert_eq!(reply.status, StatusCode::UNAUTHORIZED, "{code}");
        refused(&chat, &reply, code).await;
    }
}

#[tokio::test]
async fn how_long_a_token_may_be_is_the_configurations() {
    let mut codes = Vec::new();
    for max_token_bytes in [1_000, 64 * 1024, 128 * 1024] {
        let chat = Chat::with(bonafide_server::Clock::system(), |config| {
            config.max_token_bytes = max_token_bytes;
        })
        .await;
        let shop = chat.shop().await;
        for bytes in [500, 50_000] {
            let more = json!({"more": "x".repeat(bytes)});
            let token = shop.token_with(chat.now(), &more);
            let is_short_enough = token.len() <= max_token_bytes;
            let reply = chat.ask_start(&shop, &json!({"token": token})).await;
            if is_short_enough {
                assert_eq!(reply.ok()["conversation"]["authenticated"], true);
            } else {
                assert_eq!(reply.status, StatusCode::UNAUTHORIZED);
                reply.problem("token-malformed");
            }
            codes.push(reply.status.as_u16());
        }
    }
    assert_eq!(codes, [401, 401, 201, 401, 201, 201]);
}

#[tokio::test]
async fn a_key_past_its_expiry_refuses_its_tokens() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let mut keys: Value = serde_json::from_str(&key_array(&[&shop.key])).unwrap();
    keys[0]["expiry"] = json!(chat.now() - 1);
    *shop.published.lock().unwrap() = ok(&keys.to_string());
    let reply = chat
        .ask_start(&shop, &json!({"token": shop.token(chat.now())}))
        .await;
    refused(&chat, &reply, "token-key-expired").await;
}

#[tokio::test]
async fn a_required_sign_in_needs_a_token() {
    let chat = Chat::start().await;
    let shop = chat
        .shop_with(&json!({}), &json!({"signIn": "required"}))
        .await;
    for body in [
        json!({}),
        json!({"token": ""}),
        json!({"context": {"note": "x"}}),
    ] {
        let reply = chat.ask_start(&shop, &body).await;
        assert_eq!(reply.status, StatusCode::UNAUTHORIZED);
        refused(&chat, &reply, "token-not-provided").await;
    }
}

async fn shop_with_keys(chat: &Chat, body: Vec<u8>) -> Shop {
    let shop = chat.shop().await;
    *shop.published.lock().unwrap() = body;
    shop
}

#[tokio::test]
async fn without_keys_nobody_is_let_in() {
    let chat = Chat::start().await;
    let shop = shop_with_keys(&chat, answer("500 Oops", "Content-Length: 0\r\n", "")).await;
    let reply = chat
        .ask_start(&shop, &json!({"token": shop.token(chat.now())}))
        .await;
    assert_eq!(reply.status, StatusCode::SERVICE_UNAVAILABLE);
    let row = refused(&chat, &reply, "keys-unavailable").await;
    assert!(
        row["details"]["cause"]
            .as_str()
            .unwrap()
            .contains("status 500"),
        "{row}"
    );
}

/// Nor does it make the server ask the website, whose outage has nothing to do with it.
#[tokio::test]
async fn what_no_key_can_make_good_is_refused_without_keys() {
    let chat = Chat::start().await;
    let shop = shop_with_keys(&chat, answer("500 Oops", "Content-Length: 0\r\n", "")).await;
    for (code, header) in [
        ("token-algorithm-unsupported", json!({"alg": "none"})),
        ("token-algorithm-unsupported", json!({"alg": "HS256"})),
        ("token-algorithm-unsupported", json!({"typ": "JWT"})),
        ("token-malformed", json!({"alg": "RS256", "crit": ["x"]})),
        ("token-malformed", json!({"alg": "RS256", "typ": "at+jwt"})),
        ("token-malformed", json!({"alg": "RS256", "cty": "JWT"})),
        ("token-malformed", json!({"alg": "RS256", "kid": 1})),
    ] {
        let token = unsigned(&header, &claims(chat.now()));
        let reply = chat.ask_start(&shop, &json!({"token": token})).await;
        assert_eq!(reply.status, StatusCode::UNAUTHORIZED, "{header}");
        refused(&chat, &reply, code).await;
    }
    assert_eq!(shop.keys.requests(), 0);
}

#[tokio::test]
async fn unusable_keys_are_told_apart_and_a_private_one_is_reported() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    *shop.published.lock().unwrap() = ok(&shop.key.private_pem());
    let reply = chat
        .ask_start(&shop, &json!({"token": shop.token(chat.now())}))
        .await;
    assert_eq!(reply.status, StatusCode::SERVICE_UNAVAILABLE);
    refused(&chat, &reply, "keys-invalid").await;
    let entry = chat.audited("keys.private-key-shown").await;
    assert_eq!(entry["subject"], shop.keys.url);
}

#[tokio::test]
async fn starts_that_come_too_often_wait() {
    let chat = Chat::with(bonafide_server::Clock::system(), |config| {
        config.rate_quotas.attempts_per_network = times(3);
    })
    .await;
    let shop = chat.shop().await;
    for _ in 0..3 {
        chat.visit(&shop, &json!({})).await;
    }
    let reply = chat.ask_start(&shop, &json!({})).await;
    assert_eq!(reply.status, StatusCode::TOO_MANY_REQUESTS);
    reply.problem("rate-limited");
    let seconds: u64 = reply.headers[header::RETRY_AFTER]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!((1..=20).contains(&seconds), "{seconds}");
    assert_eq!(reply.headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], SHOP);
}

#[tokio::test]
async fn one_person_cannot_flood_the_agents() {
    let chat = Chat::with(bonafide_server::Clock::system(), |config| {
        config.rate_quotas.starts_per_subject = times(2);
    })
    .await;
    let shop = chat.shop().await;
    chat.visit_signed_in(&shop).await;
    chat.visit_signed_in(&shop).await;
    let token = shop.token(chat.now());
    chat.ask_start(&shop, &json!({"token": token}))
        .await
        .problem("rate-limited");
    let somebody_else = shop.token_with(chat.now(), &json!({"sub": "somebody-else"}));
    chat.visit(&shop, &json!({"token": somebody_else})).await;
}

#[tokio::test]
async fn one_widget_cannot_be_flooded_from_many_places() {
    let chat = Chat::with(bonafide_server::Clock::system(), |config| {
        config.rate_quotas.starts_per_widget = times(2);
    })
    .await;
    let shop = chat.shop().await;
    let other = chat
        .admin
        .post(
            "/admin/chat-widgets",
            &json!({
                "name": "Other", "workStream": shop.work_stream["id"], "authenticationSetting": null,
                "signIn": "optional", "allowedOrigins": [SHOP],
            }),
        )
        .await
        .ok();
    for _ in 0..2 {
        chat.visit(&shop, &json!({})).await;
    }
    let reply = chat.ask_start(&shop, &json!({})).await;
    reply.problem("rate-limited");
    assert!(reply.headers.contains_key(header::RETRY_AFTER));
    let shop = Shop {
        widget: other,
        ..shop
    };
    chat.visit(&shop, &json!({})).await;
}
