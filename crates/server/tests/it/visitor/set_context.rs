//! What the page says of its visitor while the conversation runs.

use std::time::Duration;

use axum::http::StatusCode;
use bonafide_server::Clock;
use serde_json::{Value, json};

use crate::chat::Chat;
use crate::console::NOW;
use crate::socket::Socket;

#[tokio::test]
async fn an_anonymous_conversation_is_told_and_its_agent_sees_it() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat
        .visit(&shop, &json!({"context": {"note": "at the start"}}))
        .await;
    let mut agent = Socket::of_agent(&chat, &chat.admin).await;
    let summary = || async { chat.admin.get(&visitor.agents_path("/summary")).await.ok() };
    let queue = summary().await["queue"].clone();
    let sets = |context: Value| {
        let body = json!({ "context": context });
        let visitor = &visitor;
        async move { visitor.client.post(&visitor.path("/context"), &body).await }
    };
    let answer =
        sets(json!({"msdyn_cartvalue": 70000, "evil": "<b>", "note": true, "gone": null})).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    let event = agent.next_of("conversation").await;
    assert_eq!(event["conversation"]["id"], visitor.conversation);
    let seen = summary().await;
    assert_eq!(seen["authenticated"], "no");
    // As at the start: what is not declared, or does not fit, is left out. What was said before is gone.
    assert_eq!(
        seen["context"],
        json!({"signed": {}, "unsigned": {"msdyn_cartvalue": 70000}})
    );
    assert_eq!(seen["queue"], queue, "a page must not move its visitors");
    assert_eq!(chat.audit("context.not-admitted").await.len(), 1);

    // The same again is no news: the next event is of the message.
    let again = json!({"msdyn_cartvalue": 70000, "note": null});
    assert_eq!(sets(again).await.status, StatusCode::NO_CONTENT);
    visitor.write("a", "hello").await.ok();
    assert_eq!(agent.next().await["type"], "message");
    sets(json!({})).await;
    assert_eq!(summary().await["context"]["unsigned"], json!({}));
}

/// A page may say the same with each step of its visitor, and each row of the audit stays for months.
#[tokio::test]
async fn what_is_not_admitted_is_recorded_at_once_and_then_once_a_minute() {
    let chat = Chat::with(Clock::manual(NOW), |_| {}).await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    let other = chat.visit(&shop, &json!({})).await;
    let path = visitor.path("/context");
    let recorded = async || chat.audit("context.not-admitted").await.len();
    // Nothing to record does not count.
    let good = json!({"context": {"msdyn_cartvalue": 1}});
    visitor.client.post(&path, &good).await;
    for minute in 1..=2 {
        for number in 0..5 {
            let changing = json!({"context": {"msdyn_cartvalue": number, "evil": number}});
            let unknown_alone = json!({"context": {"evil": number}});
            for body in [unknown_alone, changing] {
                let answer = visitor.client.post(&path, &body).await;
                assert_eq!(answer.status, StatusCode::NO_CONTENT);
                assert_eq!(recorded().await, minute);
            }
        }
        chat.clock.advance(Duration::from_secs(60));
    }
    let evil = json!({"context": {"evil": 1}});
    other.client.post(&other.path("/context"), &evil).await;
    assert_eq!(recorded().await, 3, "each conversation has its own");
}

#[tokio::test]
async fn what_a_website_signed_is_not_replaced_nor_what_is_over() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let proved = chat.visit_signed_in(&shop).await;
    let before = chat.admin.get(&proved.agents_path("/summary")).await.ok()["context"].clone();
    let body = json!({"context": {"msdyn_cartvalue": 1}});
    let answer = proved.client.post(&proved.path("/context"), &body).await;
    answer.problem("conflict");
    let after = chat.admin.get(&proved.agents_path("/summary")).await.ok();
    assert_eq!(after["context"], before);

    let visitor = chat.visit(&shop, &json!({})).await;
    visitor.client.post(&visitor.path("/end"), &json!({})).await;
    let answer = visitor.client.post(&visitor.path("/context"), &body).await;
    answer.problem("conflict");
}

#[tokio::test]
async fn wrong_contexts_are_refused_by_field() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    let many: serde_json::Map<_, _> = (0..101).map(|n| (format!("v{n}"), json!(1))).collect();
    for (context, field, code) in [
        (json!(many), "context", "too-long"),
        (
            json!({"note": "x".repeat(4_001)}),
            "context.note",
            "too-long",
        ),
        (json!({"note": "nul \u{0}"}), "context.note", "invalid"),
        (json!({"note": {}}), "context.note", "invalid"),
        (json!({"": 1}), "context", "required"),
    ] {
        let body = json!({ "context": context });
        let answer = visitor.client.post(&visitor.path("/context"), &body).await;
        answer.refuses(&[(field, code)]);
    }
    let path = visitor.path("/context");
    let answer = visitor.client.post(&path, &json!({})).await;
    answer.refuses(&[("context", "required")]);
}
