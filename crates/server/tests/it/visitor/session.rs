//! The visitor's session: who gets in, for how long, and how it ends.

use std::time::Duration;

use axum::http::{StatusCode, header};
use bonafide_server::Clock;
use serde_json::json;

use crate::chat::{Chat, SHOP, Visitor};
use crate::socket::Socket;

#[tokio::test]
async fn only_the_holder_of_the_secret_gets_in() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    let other = chat.visit(&shop, &json!({})).await;
    let with = |authorization: &str| {
        let mut client = chat.page(SHOP);
        client
            .headers
            .insert(header::AUTHORIZATION, authorization.parse().unwrap());
        client
    };
    let clients = [
        chat.page(SHOP),
        other.client.clone(),
        with("Bearer nonsense"),
        with("Bearer "),
        with("Basic x"),
        with(""),
    ];
    for client in clients {
        for answer in [
            client.get(&visitor.path("/messages")).await,
            client
                .post(
                    &visitor.path("/messages"),
                    &json!({"clientId": "a", "text": "x"}),
                )
                .await,
            client
                .post(&visitor.path("/authenticate"), &json!({"token": "x"}))
                .await,
            client.post(&visitor.path("/end"), &json!({})).await,
            client.delete(&visitor.path("/session")).await,
        ] {
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
            answer.problem("session-expired");
        }
    }
    visitor.write("a", "still open").await.ok();
}

#[tokio::test]
async fn the_revocation_key_ends_the_session_and_opens_nothing() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    let other = chat.visit(&shop, &json!({})).await;
    let key_of = |visitor: &Visitor| {
        let key = visitor.started["session"]["revocationKey"].as_str();
        let mut client = chat.page(SHOP);
        let bearer = format!("Bearer {}", key.unwrap());
        client
            .headers
            .insert(header::AUTHORIZATION, bearer.parse().unwrap());
        client
    };
    let key = key_of(&visitor);
    let message = json!({"clientId": "a", "text": "x"});
    for answer in [
        key.get(&visitor.path("/messages")).await,
        key.post(&visitor.path("/messages"), &message).await,
        key.post(&visitor.path("/context"), &json!({"context": {}}))
            .await,
        key.post(&visitor.path("/authenticate"), &json!({"token": "x"}))
            .await,
        key.post(&visitor.path("/end"), &json!({})).await,
        // Of another conversation, it ends nothing.
        key.delete(&other.path("/session")).await,
        key_of(&other).delete(&visitor.path("/session")).await,
    ] {
        answer.problem("session-expired");
    }
    let mut socket = Socket::open(&chat, &visitor.path("/socket"), &key.headers)
        .await
        .unwrap();
    let key_text = &visitor.started["session"]["revocationKey"];
    socket
        .send(&json!({"type": "hello", "secret": key_text, "after": 0}))
        .await;
    assert_eq!(socket.closed().await.0, 4401);

    visitor.write("a", "still open").await.ok();
    let (mut open, _) = Socket::of_visitor(&chat, &visitor, 1).await;
    let answer = key.delete(&visitor.path("/session")).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert_eq!(open.closed().await.0, 4401);
    visitor.write("b", "over").await.problem("session-expired");
    // Once is enough, and twice does no harm.
    key.delete(&visitor.path("/session"))
        .await
        .problem("session-expired");
    other.write("a", "the other goes on").await.ok();
    assert_eq!(chat.audit("visitor.signed-out").await.len(), 1);
}

#[tokio::test]
async fn signing_out_closes_every_tab_and_ends_the_conversation() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit_signed_in(&shop).await;
    let (mut one, _) = Socket::of_visitor(&chat, &visitor, 0).await;
    let (mut two, _) = Socket::of_visitor(&chat, &visitor, 0).await;
    let mut agent = Socket::of_agent(&chat, &chat.admin).await;
    let answer = visitor.client.delete(&visitor.path("/session")).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    for tab in [&mut one, &mut two] {
        let (code, last) = tab.closed().await;
        assert_eq!(code, 4401);
        assert_eq!(last["problem"]["code"], "session-expired");
    }
    agent
        .until(|event| {
            event["type"] == "gone" && event["conversation"] == visitor.conversation.as_str()
        })
        .await;
    visitor
        .write("a", "hello?")
        .await
        .problem("session-expired");
    assert_eq!(chat.audit("visitor.signed-out").await.len(), 1);
}

#[tokio::test]
async fn a_session_ends_when_it_is_not_used_and_not_before() {
    let clock = Clock::manual(1_800_000_000_000);
    let chat = Chat::with(clock.clone(), |_| {}).await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    assert_eq!(
        visitor.started["session"]["expiresAt"],
        "2027-01-15T12:00:00.000Z"
    );
    // Used every three hours, it lasts.
    for number in 0..4 {
        clock.advance(Duration::from_hours(3));
        visitor.write(&number.to_string(), "x").await.ok();
    }
    clock.advance(Duration::from_hours(4));
    visitor
        .client
        .get(&visitor.path("/messages"))
        .await
        .problem("session-expired");
}

#[tokio::test]
async fn a_conversation_nobody_can_answer_in_is_closed() {
    let clock = Clock::manual(1_800_000_000_000);
    let chat = Chat::with(clock.clone(), |_| {}).await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    // A restart sweeps at once; a running server once a minute.
    clock.advance(Duration::from_hours(5));
    let chat = chat.restart().await;
    let entry = chat.audited("conversation.closed").await;
    assert_eq!(entry["subject"], visitor.conversation);
    assert_eq!(entry["actor"]["kind"], "system");
}
