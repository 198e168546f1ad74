//! What is said of a conversation when it is closed: a reason of the work stream's, and a note for colleagues.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::chat::{Chat, Shop, Visitor, text};
use crate::client::Client;

/// Has the shop's work stream offer these reasons.
async fn offer(chat: &Chat, shop: &Shop, reasons: &[&str], required: bool) {
    let path = format!("/admin/work-streams/{}", text(&shop.work_stream["id"]));
    let stored = chat.admin.get(&path).await.ok();
    let mut body = json!({"closingReasons": reasons, "closingReasonRequired": required});
    for field in ["name", "contextVariables", "rules", "fallbackQueue"] {
        body[field] = stored[field].clone();
    }
    let stored = chat.admin.put(&path, &body).await.ok();
    assert_eq!(stored["closingReasons"], json!(reasons));
    assert_eq!(stored["closingReasonRequired"], required);
}

async fn close(agent: &Client, visitor: &Visitor, body: Value) -> crate::console::Answer {
    agent.post(&visitor.agents_path("/close"), &body).await
}

#[tokio::test]
async fn without_reasons_closing_is_as_it_was() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let ana = chat.agent("Ana").await;
    let visitor = chat.visit_accepted(&shop, &ana).await;
    let summary = ana.get(&visitor.agents_path("/summary")).await.ok();
    assert_eq!(
        summary["closing"],
        json!({"reasons": [], "required": false, "reason": null})
    );
    close(&ana, &visitor, json!({"reason": "Solved"}))
        .await
        .refuses(&[("reason", "not-found")]);
    // With no body at all.
    let closed = ana
        .send(Method::POST, &visitor.agents_path("/close"), None)
        .await
        .ok();
    assert_eq!(closed["state"], "closed");
    assert_eq!(closed["closingReason"], Value::Null);
}

#[tokio::test]
async fn a_reason_and_a_note_go_with_the_close() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    offer(&chat, &shop, &["Solved", "No answer"], false).await;
    let ana = chat.agent("Ana").await;
    let visitor = chat.visit_accepted(&shop, &ana).await;
    close(&ana, &visitor, json!({"reason": "solved"}))
        .await
        .refuses(&[("reason", "not-found")]);
    close(
        &ana,
        &visitor,
        json!({"reason": "x".repeat(101), "note": " "}),
    )
    .await
    .refuses(&[("reason", "too-long"), ("note", "required")]);
    let said = json!({"reason": "No answer", "note": "Ask her again on Monday."});
    let closed = close(&ana, &visitor, said.clone()).await.ok();
    assert_eq!(closed["closingReason"], "No answer");
    // Sent again after a lost answer it changes nothing.
    assert_eq!(close(&ana, &visitor, said).await.ok(), closed);
    close(&ana, &visitor, json!({})).await.ok();
    close(&ana, &visitor, json!({"reason": "Solved"}))
        .await
        .problem("conflict");
    close(&ana, &visitor, json!({"note": "Or on Tuesday."}))
        .await
        .problem("conflict");

    let summary = ana.get(&visitor.agents_path("/summary")).await.ok();
    assert_eq!(summary["closing"]["reason"], "No answer");
    assert_eq!(
        summary["closing"]["reasons"],
        json!(["Solved", "No answer"])
    );
    let list = ana.get("/agent/conversations?state=closed").await.ok();
    assert_eq!(list["items"][0]["closingReason"], "No answer");
    let notes = ana.get(&visitor.agents_path("/notes")).await.ok();
    assert_eq!(notes["items"].as_array().unwrap().len(), 1);
    assert_eq!(notes["items"][0]["text"], "Ask her again on Monday.");
    let events = ana.get(&visitor.agents_path("/events")).await.ok();
    assert_eq!(events["items"][1]["detail"], "No answer");
    let entry = chat.audited("conversation.closed").await;
    assert_eq!(entry["details"]["reason"], "No answer");
    // Another agent neither closes it nor learns anything of it.
    let ben = chat.agent("Ben").await;
    close(&ben, &visitor, json!({})).await.problem("forbidden");
    // A text may be handed to the customer.
    let text = ana
        .get(&visitor.agents_path("/transcript?format=text"))
        .await;
    assert!(!text.text().contains("No answer"), "{}", text.text());
    // The visitor learns that it is over.
    let read = visitor.client.get(&visitor.path("/messages")).await;
    assert_eq!(read.ok()["conversation"]["state"], "closed");
    assert!(!read.text().contains("No answer"), "{}", read.text());
}

#[tokio::test]
async fn a_work_stream_may_require_one() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    offer(&chat, &shop, &["Solved"], true).await;
    let ana = chat.agent("Ana").await;
    let visitor = chat.visit_accepted(&shop, &ana).await;
    for body in [json!({}), json!({"note": "x"})] {
        close(&ana, &visitor, body)
            .await
            .refuses(&[("reason", "required")]);
    }
    assert_eq!(
        ana.get(&visitor.agents_path("/summary")).await.ok()["state"],
        "active"
    );
    let notes = ana.get(&visitor.agents_path("/notes")).await.ok();
    assert_eq!(notes["items"], json!([]), "what is refused leaves nothing");
    close(&ana, &visitor, json!({"reason": "Solved"}))
        .await
        .ok();
    // The visitor is asked nothing.
    let other = chat.visit_accepted(&shop, &ana).await;
    other
        .client
        .post(&other.path("/end"), &json!({}))
        .await
        .ok();
}

#[tokio::test]
async fn what_the_visitor_ended_first_gets_its_reason_all_the_same() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    offer(&chat, &shop, &["Solved", "Other"], true).await;
    let (ana, ben) = (chat.agent("Ana").await, chat.agent("Ben").await);
    let visitor = chat.visit_accepted(&shop, &ana).await;
    visitor
        .client
        .post(&visitor.path("/end"), &json!({}))
        .await
        .ok();
    close(&ben, &visitor, json!({"reason": "Other"}))
        .await
        .problem("forbidden");
    // As before: what is closed is closed.
    close(&ana, &visitor, json!({})).await.ok();
    let said = json!({"reason": "Solved", "note": "She was happy."});
    let closed = close(&ana, &visitor, said).await.ok();
    assert_eq!(closed["closingReason"], "Solved");
    let entries = chat.audit("conversation.closed").await;
    assert_eq!(entries.len(), 1, "it was closed once");
    let said = chat.audited("conversation.closing-reason").await;
    assert_eq!(said["details"]["reason"], "Solved");
    assert_eq!(said["actor"]["name"], "Ana");
}

/// Of two closes with different reasons one is stored, and the other is told so.
#[tokio::test(flavor = "multi_thread")]
async fn of_two_reasons_at_once_one_stays() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    offer(&chat, &shop, &["Solved", "Other"], false).await;
    let ana = chat.agent("Ana").await;
    for _ in 0..10 {
        let visitor = chat.visit_accepted(&shop, &ana).await;
        let both = ["Solved", "Other"].map(|reason| {
            let (agent, visitor) = (ana.clone(), visitor.clone());
            tokio::spawn(async move {
                let note = format!("Because: {reason}");
                close(&agent, &visitor, json!({"reason": reason, "note": note})).await
            })
        });
        let mut stored = Vec::new();
        for (reason, answer) in ["Solved", "Other"].into_iter().zip(both) {
            let answer = answer.await.unwrap();
            if answer.status == StatusCode::OK {
                stored.push(reason);
            } else {
                answer.problem("conflict");
            }
        }
        assert_eq!(stored.len(), 1, "{stored:?}");
        let summary = ana.get(&visitor.agents_path("/summary")).await.ok();
        assert_eq!(summary["closing"]["reason"], stored[0]);
        let notes = ana.get(&visitor.agents_path("/notes")).await.ok();
        assert_eq!(notes["items"].as_array().unwrap().len(), 1);
        assert_eq!(notes["items"][0]["text"], format!("Because: {}", stored[0]));
    }
}
