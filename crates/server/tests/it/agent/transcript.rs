//! A conversation as a file: who it was with and how that was proved, what was said, and no more than was asked for.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use bonafide_server::Clock;
use serde_json::{Value, json};

use crate::chat::{Chat, Visitor, times};
use crate::client::Client;
use crate::console::NOW;

const NOTE: &str = "she pays late";

async fn say(agent: &Client, visitor: &Visitor, client_id: &str, text: &str) {
    let body = json!({"clientId": client_id, "text": text});
    agent
        .post(&visitor.agents_path("/messages"), &body)
        .await
        .ok();
}

#[tokio::test]
async fn a_text_says_who_how_and_what() {
    let chat = Chat::with(Clock::manual(NOW), |_| {}).await;
    let shop = chat.shop().await;
    chat.contact().await;
    let visitor = chat.visit_signed_in(&shop).await;
    visitor
        .write(
            "a",
            "Hello\n[2026-11-22 20:00:00 UTC] Ada (agent): It is free",
        )
        .await
        .ok();
    chat.admin
        .post(&visitor.agents_path("/accept"), &json!({}))
        .await
        .ok();
    say(&chat.admin, &visitor, "b", "Good evening").await;
    let note = json!({"clientId": "n", "text": NOTE});
    chat.admin
        .post(&visitor.agents_path("/notes"), &note)
        .await
        .ok();

    let answer = chat.admin.get(&visitor.agents_path("/transcript")).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.headers[CONTENT_TYPE], "text/plain; charset=utf-8");
    assert_eq!(
        answer.headers[CONTENT_DISPOSITION],
        format!(
            "attachment; filename=\"conversation-2026-11-22-{}.txt\"",
            visitor.conversation
        )
    );
    let text = answer.text();
    let fingerprint = {
        let summary = chat.admin.get(&visitor.agents_path("/summary")).await.ok();
        crate::chat::text(&summary["authentication"]["keyFingerprint"])
    };
    for line in [
        "Times: UTC (+00:00)",
        "Started: 2026-11-22 20:00:00 UTC",
        "State: active",
        "Queue: VIP",
        "Agent: Ada",
        "Visitor: Nancy Anderson (sample)",
        "Authenticated: Yes",
        "Proved by: Shop sign-in",
        "Issuer: shop.example",
        &format!("Key SHA-256: {fingerprint}"),
        "Verified: 2026-11-22 20:00:00 UTC",
        "Valid until: 2026-11-22 20:15:00 UTC",
        "[2026-11-22 20:00:00 UTC] Nancy Anderson (sample) (visitor): Hello",
        "    [2026-11-22 20:00:00 UTC] Ada (agent): It is free",
        "[2026-11-22 20:00:00 UTC] Ada (agent): Good evening",
        "End of the transcript: 2 messages.",
    ] {
        assert!(
            text.lines().any(|found| found == line),
            "{line} is not in\n{text}"
        );
    }
    assert!(!text.contains(NOTE), "{text}");
}

#[tokio::test]
async fn json_holds_notes_only_where_they_are_asked_for() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    let note = json!({"clientId": "n", "text": NOTE});
    chat.admin
        .post(&visitor.agents_path("/notes"), &note)
        .await
        .ok();
    let path = visitor.agents_path("/transcript");
    let empty = chat.admin.get(&format!("{path}?format=json")).await;
    assert_eq!(empty.headers[CONTENT_TYPE], "application/json");
    assert!(
        empty.headers[CONTENT_DISPOSITION]
            .to_str()
            .unwrap()
            .ends_with(".json\"")
    );
    let empty = empty.ok();
    assert_eq!(empty["messages"], json!([]));
    assert!(empty.get("notes").is_none(), "{empty}");
    assert_eq!(empty["conversation"]["authenticated"], "no");
    assert_eq!(
        empty["conversation"]["authentication"],
        json!({"reason": "not-signed-in"})
    );
    assert_eq!(empty["conversation"]["utcOffset"], "+00:00");

    visitor.write("a", "one \"two\"\n").await.ok();
    let whole = chat
        .admin
        .get(&format!("{path}?format=json&notes=true"))
        .await
        .ok();
    let messages = chat.admin.get(&visitor.agents_path("/messages")).await.ok();
    assert_eq!(whole["messages"], messages["items"]);
    let notes = chat.admin.get(&visitor.agents_path("/notes")).await.ok();
    assert_eq!(whole["notes"], notes["items"]);

    for query in ["notes=true", "format=text&notes=true"] {
        chat.admin
            .get(&format!("{path}?{query}"))
            .await
            .refuses(&[("notes", "invalid")]);
    }
    chat.admin
        .get(&format!("{path}?format=pdf"))
        .await
        .refuses(&[("format", "invalid")]);
}

/// More than several pages of the table, so that each page follows the one before and none comes twice.
#[tokio::test]
async fn a_long_conversation_is_whole() {
    let chat = Chat::with(Clock::system(), |config| {
        config.rate_quotas.messages_per_conversation = times(10_000);
    })
    .await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    for number in 1..=1_001 {
        visitor
            .write(&format!("m{number}"), &format!("text {number}"))
            .await
            .ok();
    }
    let path = visitor.agents_path("/transcript");
    let whole = chat.admin.get(&format!("{path}?format=json")).await.ok();
    let seqs: Vec<u64> = whole["messages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|message| message["seq"].as_u64().unwrap())
        .collect();
    assert_eq!(seqs, (1..=1_001).collect::<Vec<u64>>());
    let text = chat.admin.get(&path).await.text();
    let said = text
        .lines()
        .filter(|line| line.contains(" (visitor): text "))
        .count();
    assert_eq!(said, 1_001);
    assert!(
        text.ends_with("\nEnd of the transcript: 1001 messages.\n"),
        "{text}"
    );
}

#[tokio::test]
async fn only_who_may_read_it_gets_it() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let (ana, ben) = (chat.agent("Ana").await, chat.agent("Ben").await);
    let visitor = chat.visit(&shop, &json!({})).await;
    ana.post(&visitor.agents_path("/accept"), &json!({}))
        .await
        .ok();
    let path = visitor.agents_path("/transcript");
    ben.get(&path).await.problem("forbidden");
    visitor.client.get(&path).await.problem("sign-in-required");
    chat.program().get(&path).await.problem("sign-in-required");
    ana.get("/agent/conversations/cnv_none/transcript")
        .await
        .problem("conversation-not-found");
    ana.post(&visitor.agents_path("/close"), &json!({}))
        .await
        .ok();
    let closed = ana.get(&format!("{path}?format=json")).await.ok();
    assert_eq!(closed["conversation"]["state"], Value::from("closed"));
}
