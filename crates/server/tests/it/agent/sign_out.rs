//! Who signs out leaves no conversation behind that nobody sees.

use axum::http::Method;
use bonafide_server::Clock;
use serde_json::{Value, json};

use crate::chat::{Chat, text};
use crate::client::{Client, sign_in};
use crate::console::{NOW, PASSWORD};
use crate::socket::Socket;

async fn again(chat: &Chat) -> Client {
    sign_in(&reqwest::Client::new(), &chat.address, "ana@example.com").await
}

/// Whether the one conversation waits.
async fn waits(chat: &Chat) -> bool {
    let page = chat
        .admin
        .get("/agent/conversations?state=waiting")
        .await
        .ok();
    page["items"].as_array().unwrap().len() == 1
}

#[tokio::test]
async fn what_an_agent_has_waits_again_in_the_moment_they_sign_out() {
    // Time stands still: nothing here is left to an absence.
    let chat = Chat::with(Clock::manual(NOW), |_| {}).await;
    let shop = chat.shop().await;
    let ana = chat.agent("Ana").await;
    let visitor = chat.visit_accepted(&shop, &ana).await;
    visitor.answer(&ana, "a").await.ok();
    let (mut page, _) = Socket::of_visitor(&chat, &visitor, 1).await;
    let mut console = Socket::of_agent(&chat, &ana).await;
    let mine = ana.get("/agent/conversations?state=active").await.ok();
    assert_eq!(
        mine["items"].as_array().unwrap().len(),
        1,
        "what a console asks about"
    );

    let signed_out = ana.delete("/operator/session").await;
    signed_out.ok();
    assert!(waits(&chat).await);
    assert_eq!(console.closed().await.0, 4401);
    let told = page.next_of("conversation").await["conversation"].clone();
    assert_eq!(
        (&told["state"], &told["agent"]),
        (&json!("waiting"), &Value::Null)
    );
    let entry = chat.audited("conversation.handed-back").await;
    assert_eq!(entry["details"]["reason"], "signed-out");
    assert_eq!(entry["actor"]["name"], "Ana");
    let request_id = signed_out.headers["x-request-id"].to_str().unwrap();
    assert_eq!(entry["requestId"], request_id);
    let metrics = chat.metrics().await;
    for name in [
        "bonafide_conversations_handed_back_total{reason=\"signed-out\"}",
        "bonafide_agents_present ",
        "bonafide_visitors_present ",
    ] {
        assert!(metrics.contains(name), "{name} in {metrics}");
    }

    let ana = again(&chat).await;
    let refused = visitor.answer(&ana, "b").await.problem("conflict");
    assert!(text(&refused["detail"]).contains("waits in its queue again"));
    ana.post(&visitor.agents_path("/accept"), &json!({}))
        .await
        .ok();
    let messages = ana.get(&visitor.agents_path("/messages")).await.ok();
    assert_eq!(messages["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn another_console_that_is_open_keeps_it() {
    let chat = Chat::with(Clock::manual(NOW), |_| {}).await;
    let shop = chat.shop().await;
    let desk = chat.agent("Ana").await;
    let phone = again(&chat).await;
    let _visitor = chat.visit_accepted(&shop, &desk).await;
    let at_desk = Socket::of_agent(&chat, &desk).await;
    let _on_phone = Socket::of_agent(&chat, &phone).await;
    desk.delete("/operator/session").await.ok();
    drop(at_desk);
    assert!(!waits(&chat).await);
    assert!(chat.audit("conversation.handed-back").await.is_empty());
    phone.send(Method::DELETE, "/operator/session", None).await;
    assert!(waits(&chat).await);
}

#[tokio::test]
async fn a_new_password_ends_all_sign_ins_and_with_them_what_they_had() {
    let chat = Chat::with(Clock::manual(NOW), |_| {}).await;
    let shop = chat.shop().await;
    let ana = chat.agent("Ana").await;
    let visitor = chat.visit_accepted(&shop, &ana).await;
    let _console = Socket::of_agent(&chat, &ana).await;
    let _phone = Socket::of_agent(&chat, &again(&chat).await).await;
    let me = ana.get("/operator/session").await.ok();
    let path = format!("/admin/operators/{}", text(&me["id"]));
    let body = json!({"name": "Ana", "role": "agent", "disabled": false, "password": PASSWORD});
    chat.admin.put(&path, &body).await.ok();
    assert!(waits(&chat).await);
    let entry = chat.audited("conversation.handed-back").await;
    assert_eq!(entry["details"]["reason"], "signed-out");
    assert_eq!(entry["subject"], visitor.conversation);
    assert_eq!(entry["actor"]["name"], "Ada", "who changed the password");
}
