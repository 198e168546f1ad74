//! Whether the visitor is there, as agents see it.

use std::time::Duration;

use bonafide_server::Clock;
use serde_json::{Value, json};

use crate::chat::{Chat, Visitor};
use crate::client::Client;
use crate::console::NOW;
use crate::socket::Socket;

const BEGIN: &str = "2026-11-22T20:00:00.000Z";

async fn presence(agent: &Client, visitor: &Visitor) -> Value {
    let list = agent.get("/agent/conversations").await.ok();
    let items = list["items"].as_array().unwrap();
    let item = items
        .iter()
        .find(|item| item["id"] == visitor.conversation)
        .unwrap();
    item["visitorPresence"].clone()
}

/// Waits until the console is told that the visitor is in this state; since when.
async fn told(console: &mut Socket, visitor: &Visitor, state: &str) -> Value {
    let event = console
        .until(|event| {
            let conversation = &event["conversation"];
            conversation["id"] == visitor.conversation
                && conversation["visitorPresence"]["state"] == state
        })
        .await;
    event["conversation"]["visitorPresence"]["since"].clone()
}

#[tokio::test]
async fn a_visitor_is_here_until_their_page_is_closed_for_longer_than_a_reload() {
    let chat = Chat::with(Clock::manual(NOW), |_| {}).await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    assert_eq!(
        presence(&chat.admin, &visitor).await,
        json!({"state": "here", "since": BEGIN})
    );
    let mut console = Socket::of_agent(&chat, &chat.admin).await;
    let (page, _) = Socket::of_visitor(&chat, &visitor, 0).await;
    chat.clock.advance(Duration::from_secs(100));
    page.leave().await;
    chat.clock.advance(Duration::from_secs(4));
    assert_eq!(presence(&chat.admin, &visitor).await["state"], "here");
    chat.clock.advance(Duration::from_secs(1));
    let left = "2026-11-22T20:01:40.000Z";
    assert_eq!(told(&mut console, &visitor, "gone").await, left);
    let summary = chat.admin.get(&visitor.agents_path("/summary")).await.ok();
    assert_eq!(
        summary["visitorPresence"],
        json!({"state": "gone", "since": left})
    );

    let (_page, _) = Socket::of_visitor(&chat, &visitor, 0).await;
    assert_eq!(
        told(&mut console, &visitor, "here").await,
        "2026-11-22T20:01:45.000Z"
    );
}

#[tokio::test]
async fn a_visitor_who_does_nothing_is_idle_until_they_type() {
    let chat = Chat::with(Clock::manual(NOW), |_| {}).await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    let mut console = Socket::of_agent(&chat, &chat.admin).await;
    let (mut page, _) = Socket::of_visitor(&chat, &visitor, 0).await;
    chat.clock.advance(Duration::from_mins(5));
    assert_eq!(told(&mut console, &visitor, "idle").await, BEGIN);
    chat.clock.advance(Duration::from_mins(1));
    page.send(&json!({"type": "typing"})).await;
    assert_eq!(
        told(&mut console, &visitor, "here").await,
        "2026-11-22T20:06:00.000Z"
    );
}

#[tokio::test]
async fn a_page_that_polls_is_there_and_one_that_stopped_is_gone() {
    let chat = Chat::with(Clock::manual(NOW), |_| {}).await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    let mut console = Socket::of_agent(&chat, &chat.admin).await;
    for _ in 0..6 {
        chat.clock.advance(Duration::from_secs(10));
        visitor.client.get(&visitor.path("/messages")).await.ok();
    }
    assert_eq!(
        presence(&chat.admin, &visitor).await,
        json!({"state": "here", "since": BEGIN})
    );
    chat.clock.advance(Duration::from_secs(75));
    assert_eq!(
        told(&mut console, &visitor, "gone").await,
        "2026-11-22T20:01:00.000Z"
    );
    visitor.write("a", "back again").await.ok();
    told(&mut console, &visitor, "here").await;
}

#[tokio::test]
async fn after_a_start_everybody_is_gone_since_then_and_nobody_is_there_in_what_is_over() {
    let chat = Chat::with(Clock::manual(NOW), |_| {}).await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    let over = chat.visit_accepted(&shop, &chat.admin).await;
    let (_page, _) = Socket::of_visitor(&chat, &over, 0).await;
    chat.clock.advance(Duration::from_mins(1));
    let closed = chat
        .admin
        .post(&over.agents_path("/close"), &json!({}))
        .await
        .ok();
    assert_eq!(
        closed["visitorPresence"],
        json!({"state": "gone", "since": closed["closedAt"]})
    );
    chat.clock.advance(Duration::from_mins(1));
    let chat = chat.restart().await;
    assert_eq!(
        presence(&chat.admin, &visitor).await,
        json!({"state": "gone", "since": "2026-11-22T20:02:00.000Z"})
    );
}
