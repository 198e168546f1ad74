//! A website changes its keys while visitors come: who signs with the new one is let in, and administrators hear of it.

use axum::http::StatusCode;
use bonafide_server::Clock;
use serde_json::json;
use tokio::time::timeout;

use crate::chat::{Chat, text};
use crate::console::Answer;
use crate::scripted::{Act, PATIENCE, Scripted, ok};
use crate::website::{Key, claims, key_array};

/// A key that stands alone need not be named, so that it was exchanged shows as a wrong signature only.
#[tokio::test]
async fn a_lone_key_that_was_exchanged_is_found() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let unnamed = |key: &Key| key.token_with_header(&json!({"alg": "RS256"}), &claims(chat.now()));
    chat.visit(&shop, &json!({"token": unnamed(&shop.key)}))
        .await;
    let next = Key::new("shop-2");
    *shop.published.lock().unwrap() = ok(&key_array(&[&next]));
    let visitor = chat.visit(&shop, &json!({"token": unnamed(&next)})).await;
    assert_eq!(visitor.started["conversation"]["authenticated"], true);
    assert_eq!(shop.keys.requests(), 2);
    // Wrong signatures do not make the server ask again and again.
    let stranger = Key::new("stranger");
    for _ in 0..5 {
        let reply = chat
            .ask_start(&shop, &json!({"token": unnamed(&stranger)}))
            .await;
        refused_token(&reply);
    }
    assert_eq!(shop.keys.requests(), 2);
}

fn refused_token(reply: &Answer) {
    assert_eq!(reply.status, StatusCode::UNAUTHORIZED);
    reply.problem("token-signature-invalid");
}

#[tokio::test]
async fn a_changed_key_is_recorded() {
    let chat = Chat::with(Clock::manual(1_800_000_000_000), |_| {}).await;
    let mut shop = chat.shop().await;
    chat.visit_signed_in(&shop).await;
    let next = Key::new("shop-2");
    *shop.published.lock().unwrap() = ok(&key_array(&[&next]));
    shop.key = next;
    chat.visit_signed_in(&shop).await;
    let entry = chat.audited("keys.changed").await;
    assert_eq!(entry["subject"], shop.keys.url);
    assert_eq!(entry["actor"]["kind"], "system");
    assert_ne!(entry["details"]["before"], entry["details"]["after"]);
}

/// Every node fetches for itself, and after a restart each URL is fetched again: what the database knows already is no
/// change.
#[tokio::test]
async fn a_changed_key_is_recorded_once_by_all_nodes_and_restarts() {
    let chat = Chat::with(Clock::manual(1_800_000_000_000), |_| {}).await;
    let mut shop = chat.shop().await;
    chat.visit_signed_in(&shop).await;
    let second = chat.second_node(|_| {}).await;
    second.visit_signed_in(&shop).await;
    shop.key = Key::new("shop-2");
    *shop.published.lock().unwrap() = ok(&key_array(&[&shop.key]));
    chat.visit_signed_in(&shop).await;
    second.visit_signed_in(&shop).await;
    assert_eq!(shop.keys.requests(), 4, "each node fetches for itself");
    chat.audited("keys.changed").await;
    let second = second.restart().await;
    second.visit_signed_in(&shop).await;
    assert_eq!(shop.keys.requests(), 5);

    // A mark behind what each node may still have to tell: events are recorded in order.
    for (node, private) in [(&chat, "a"), (&second, "b")] {
        let shown = Scripted::start({
            let pem = Key::new("shown").private_pem();
            move |_| Act::Send(ok(&pem))
        })
        .await;
        let setting =
            json!({"name": private, "publicKeyUrl": shown.url, "clientFunction": "auth.token"});
        let made = node
            .admin
            .post("/admin/authentication-settings", &setting)
            .await
            .ok();
        let path = format!("/admin/authentication-settings/{}/test", text(&made["id"]));
        node.admin.post(&path, &json!({})).await.ok();
        let is_recorded = async || {
            let entries = node.audit("keys.private-key-shown").await;
            entries.iter().any(|entry| entry["subject"] == shown.url)
        };
        let recorded = async {
            while !is_recorded().await {
                tokio::task::yield_now().await;
            }
        };
        timeout(PATIENCE, recorded).await.expect("recorded in time");
    }
    assert_eq!(chat.audit("keys.changed").await.len(), 1);
}
