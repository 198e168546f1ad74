//! Visitors who wait and are gone give up their place.

use std::time::Duration;

use bonafide_server::Clock;
use serde_json::{Value, json};

use crate::chat::{Chat, Visitor, text};
use crate::client::Client;
use crate::console::NOW;
use crate::socket::Socket;

async fn listed(agent: &Client, state: &str) -> Vec<String> {
    let path = format!("/agent/conversations?state={state}");
    let page = agent.get(&path).await.ok();
    let items = page["items"].as_array().unwrap();
    items.iter().map(|item| text(&item["id"])).collect()
}

async fn state(visitor: &Visitor) -> Value {
    let read = visitor.client.get(&visitor.path("/messages")).await.ok();
    read["conversation"]["state"].clone()
}

#[tokio::test]
async fn the_place_of_a_visitor_who_is_gone_is_released_and_the_others_move_up() {
    let chat = Chat::with(Clock::manual(NOW), |_| {}).await;
    let widget = json!({"signIn": "optional", "releaseSeconds": 60});
    let shop = chat.shop_with(&json!({}), &widget).await;
    let ghost = chat.visit(&shop, &json!({})).await;
    let taken = chat.visit_accepted(&shop, &chat.admin).await;
    chat.clock.advance(Duration::from_secs(1));
    // It waits like the ghost and is as silent, but its widget keeps places for longer.
    let mut body = json!({"name": "Patient", "workStream": shop.work_stream["id"],
        "authenticationSetting": null, "signIn": "optional", "allowedOrigins": ["*"]});
    body["releaseSeconds"] = json!(600);
    let patient = chat.admin.post("/admin/chat-widgets", &body).await.ok();
    let start = format!("/widgets/{}/conversations", text(&patient["id"]));
    let body = json!({"page": crate::chat::page()});
    let patient = chat.program().post(&start, &body).await.ok();
    chat.clock.advance(Duration::from_secs(1));
    let there = chat.visit(&shop, &json!({})).await;
    let (mut page, welcome) = Socket::of_visitor(&chat, &there, 0).await;
    assert_eq!(welcome["conversation"]["position"], 3);
    let mut console = Socket::of_agent(&chat, &chat.admin).await;

    chat.clock.advance(Duration::from_secs(75));
    let moved = page.next_of("conversation").await;
    assert_eq!(moved["conversation"]["position"], 2);
    assert_eq!(
        console.next_of("gone").await["conversation"],
        ghost.conversation
    );
    let entry = chat.audited("conversation.released").await;
    assert_eq!(entry["subject"], ghost.conversation);
    assert_eq!(
        (&entry["actor"]["kind"], &entry["details"]["queue"]),
        (&json!("system"), &json!("General"))
    );
    assert_eq!(
        listed(&chat.admin, "unanswered").await,
        std::slice::from_ref(&ghost.conversation)
    );
    assert_eq!(
        listed(&chat.admin, "waiting").await,
        [
            text(&patient["conversation"]["id"]),
            there.conversation.clone()
        ]
    );
    let metrics = chat.metrics().await;
    assert!(metrics.contains("bonafide_conversations_released_total"));
    // One that an agent has is the agent's to end.
    assert_eq!(
        listed(&chat.admin, "active").await,
        std::slice::from_ref(&taken.conversation)
    );
    // Who comes back too late is told so, and what they write is not lost silently.
    assert_eq!(state(&ghost).await, "closed");
    ghost.write("a", "anybody there?").await.problem("conflict");
    assert_eq!(state(&there).await, "waiting");
}

#[tokio::test]
async fn who_polls_or_writes_keeps_their_place() {
    let chat = Chat::with(Clock::manual(NOW), |_| {}).await;
    let widget = json!({"signIn": "optional", "releaseSeconds": 60});
    let shop = chat.shop_with(&json!({}), &widget).await;
    let polls = chat.visit(&shop, &json!({})).await;
    chat.clock.advance(Duration::from_secs(1));
    let writes = chat.visit(&shop, &json!({})).await;
    let ghost = chat.visit(&shop, &json!({})).await;
    let mut console = Socket::of_agent(&chat, &chat.admin).await;
    chat.clock.advance(Duration::from_secs(55));
    assert_eq!(state(&polls).await, "waiting");
    writes.write("a", "still here").await.ok();
    chat.clock.advance(Duration::from_secs(20));
    assert_eq!(
        console.next_of("gone").await["conversation"],
        ghost.conversation
    );
    assert_eq!(
        listed(&chat.admin, "waiting").await,
        [polls.conversation, writes.conversation]
    );
}

/// However often it is tried: what the visitor was told is stored is there, and a conversation that was released takes
/// nothing any more.
#[tokio::test(flavor = "multi_thread")]
async fn a_release_against_a_message_loses_nothing() {
    let chat = Chat::with(Clock::manual(NOW), |_| {}).await;
    let widget = json!({"signIn": "optional", "releaseSeconds": 60});
    let shop = chat.shop_with(&json!({}), &widget).await;
    let mut visitors = Vec::new();
    for _ in 0..12 {
        visitors.push(chat.visit(&shop, &json!({})).await);
    }
    let ghost = chat.visit(&shop, &json!({})).await;
    let mut console = Socket::of_agent(&chat, &chat.admin).await;
    chat.clock.advance(Duration::from_secs(75));
    let writes: Vec<_> = visitors
        .into_iter()
        .map(|visitor| {
            tokio::spawn(async move {
                let answer = visitor.write("a", "wait!").await;
                (visitor, answer.status.is_success())
            })
        })
        .collect();
    console
        .until(|event| event["type"] == "gone" && event["conversation"] == ghost.conversation)
        .await;
    for write in writes {
        let (visitor, is_stored) = write.await.unwrap();
        let read = visitor.client.get(&visitor.path("/messages")).await.ok();
        let expected = if is_stored { "waiting" } else { "closed" };
        assert_eq!(read["conversation"]["state"], expected);
        assert_eq!(
            read["items"].as_array().unwrap().len(),
            usize::from(is_stored)
        );
    }
}
