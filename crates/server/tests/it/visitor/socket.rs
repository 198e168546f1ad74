//! The visitor's socket.

use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use crate::chat::{Chat, SHOP};
use crate::socket::Socket;

fn seqs(events: &[Value]) -> Vec<u64> {
    events
        .iter()
        .map(|event| event["message"]["seq"].as_u64().unwrap())
        .collect()
}

#[tokio::test]
async fn what_was_missed_comes_first_then_what_happens() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    chat.somebody_is_there().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    for number in 1..=3 {
        visitor.write(&format!("m{number}"), "x").await.ok();
    }
    let (mut socket, welcome) = Socket::of_visitor(&chat, &visitor, 1).await;
    assert_eq!(welcome["conversation"]["id"], visitor.conversation);
    assert_eq!(welcome["conversation"]["position"], 1);
    assert!(welcome["serverTime"].is_string());
    assert_eq!(seqs(&[socket.next().await, socket.next().await]), [2, 3]);

    chat.admin
        .post(&visitor.agents_path("/accept"), &json!({}))
        .await
        .ok();
    let event = socket.next_of("conversation").await;
    assert_eq!(event["conversation"]["state"], "active");
    assert_eq!(event["conversation"]["agent"], "Ada");
    assert_eq!(event["conversation"]["position"], Value::Null);

    let body = json!({"clientId": "a", "text": "How can I help?"});
    chat.admin
        .post(&visitor.agents_path("/messages"), &body)
        .await
        .ok();
    let event = socket.next_of("message").await;
    assert_eq!(event["message"]["seq"], 4);
    assert_eq!(event["message"]["from"], "agent");
    assert_eq!(event["message"]["name"], "Ada");
    assert_eq!(event["message"]["text"], "How can I help?");
}

#[tokio::test]
async fn each_message_comes_once_and_in_order_on_every_socket() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    let (mut one, _) = Socket::of_visitor(&chat, &visitor, 0).await;
    let (mut two, _) = Socket::of_visitor(&chat, &visitor, 0).await;
    let sends = (0..100).map(|number| {
        let visitor = visitor.clone();
        async move { visitor.write(&format!("m{number}"), "x").await.ok() }
    });
    futures_util::future::join_all(sends).await;
    for socket in [&mut one, &mut two] {
        for seq in 1..=100 {
            assert_eq!(socket.next_of("message").await["message"]["seq"], seq);
        }
    }
}

#[tokio::test]
async fn of_many_missed_messages_only_the_newest_is_sent() {
    let chat = Chat::with(bonafide_server::Clock::system(), |config| {
        config.rate_quotas.messages_per_conversation = crate::chat::times(1_000);
    })
    .await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    for number in 0..150 {
        visitor.write(&format!("m{number}"), "x").await.ok();
    }
    for (after, first) in [(0, 150), (49, 150), (50, 51), (149, 150)] {
        let (mut socket, _) = Socket::of_visitor(&chat, &visitor, after).await;
        for seq in first..=150 {
            assert_eq!(socket.next().await["message"]["seq"], seq, "after {after}");
        }
    }
    // Whoever has everything is sent nothing until there is more.
    let (mut socket, _) = Socket::of_visitor(&chat, &visitor, 150).await;
    visitor.write("more", "x").await.ok();
    assert_eq!(socket.next().await["message"]["seq"], 151);
}

#[tokio::test]
async fn a_socket_says_that_it_lives_as_often_as_it_promised() {
    let chat = Chat::with(bonafide_server::Clock::system(), |config| {
        config.heartbeat = std::time::Duration::from_millis(50);
    })
    .await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    let (mut page, welcome) = Socket::of_visitor(&chat, &visitor, 0).await;
    assert_eq!(welcome["heartbeatMs"], 50);
    let mut agent = Socket::open(&chat, "/agent/socket", &chat.admin.headers)
        .await
        .unwrap();
    assert_eq!(agent.next().await["heartbeatMs"], 50);
    let three = async |socket: &mut Socket| {
        for _ in 0..3 {
            let heartbeat = socket.next().await;
            assert_eq!(heartbeat["type"], "heartbeat");
            assert!(heartbeat["serverTime"].is_string());
        }
    };
    // Both at once: one that nobody reads answers no ping, and is dead after two.
    tokio::join!(three(&mut page), three(&mut agent));
}

#[tokio::test]
async fn whoever_asks_for_a_heartbeat_gets_one_at_once() {
    // By itself it would come in 20 s, which is longer than this test waits.
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    let (mut page, welcome) = Socket::of_visitor(&chat, &visitor, 0).await;
    assert_eq!(welcome["heartbeatMs"], 20_000);
    let mut agent = Socket::of_agent(&chat, &chat.admin).await;
    for socket in [&mut page, &mut agent] {
        for _ in 0..2 {
            socket.send(&json!({"type": "heartbeat"})).await;
            assert_eq!(socket.next().await["type"], "heartbeat");
        }
    }
}

#[tokio::test]
async fn places_move_up_when_somebody_ahead_is_served() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    chat.somebody_is_there().await;
    let first = chat.visit(&shop, &json!({})).await;
    let second = chat.visit(&shop, &json!({})).await;
    let (mut socket, welcome) = Socket::of_visitor(&chat, &second, 0).await;
    assert_eq!(welcome["conversation"]["position"], 2);
    chat.admin
        .post(&first.agents_path("/accept"), &json!({}))
        .await
        .ok();
    assert_eq!(
        socket.next_of("conversation").await["conversation"]["position"],
        1
    );
}

#[tokio::test]
async fn typing_and_reading_reach_the_other_side() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    visitor.write("a", "hello").await.ok();
    chat.admin
        .post(&visitor.agents_path("/accept"), &json!({}))
        .await
        .ok();
    let mut agent = Socket::of_agent(&chat, &chat.admin).await;
    let (mut page, _) = Socket::of_visitor(&chat, &visitor, 0).await;
    page.send(&json!({"type": "typing"})).await;
    assert_eq!(
        agent.next_of("typing").await["conversation"],
        visitor.conversation
    );
    agent
        .send(&json!({"type": "typing", "conversation": visitor.conversation}))
        .await;
    page.next_of("typing").await;

    agent
        .send(&json!({"type": "read", "conversation": visitor.conversation, "seq": 1}))
        .await;
    assert_eq!(
        page.next_of("conversation").await["conversation"]["readByAgent"],
        1
    );
    let body = json!({"clientId": "a", "text": "hello"});
    chat.admin
        .post(&visitor.agents_path("/messages"), &body)
        .await
        .ok();
    page.send(&json!({"type": "read", "seq": 2})).await;
    agent
        .until(|event| event["conversation"]["readByVisitor"] == 2)
        .await;
    // There is no such message yet, so nobody has read it.
    page.send(&json!({"type": "read", "seq": 99})).await;
    page.send(&json!({"type": "nonsense"})).await;
    assert_eq!(page.closed().await.0, 4400);
    let inbox = chat.admin.get("/agent/conversations").await.ok();
    assert_eq!(inbox["items"][0]["readByVisitor"], 2);
}

#[tokio::test]
async fn only_the_session_of_this_conversation_opens_its_socket() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    let other = chat.visit(&shop, &json!({})).await;
    for secret in [other.secret.as_str(), "vs_nonsense", ""] {
        let mut socket = Socket::open(&chat, &visitor.path("/socket"), &visitor.client.headers)
            .await
            .unwrap();
        socket
            .send(&json!({"type": "hello", "secret": secret, "after": 0}))
            .await;
        let (code, last) = socket.closed().await;
        assert_eq!(
            (code, &last["problem"]["code"]),
            (4401, &json!("session-expired"))
        );
        assert!(
            last["problem"]["requestId"]
                .as_str()
                .unwrap()
                .starts_with("req_")
        );
    }
}

#[tokio::test]
async fn what_is_no_frame_closes_the_socket() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    let hello = json!({"type": "hello", "secret": visitor.secret, "after": 0});
    let text = |value: Value| Message::text(value.to_string());
    for frames in [
        vec![text(json!({"type": "typing"}))],
        vec![Message::text("nonsense")],
        vec![Message::binary(vec![1, 2, 3])],
        vec![text(hello.clone()), text(hello.clone())],
        vec![
            text(hello.clone()),
            text(json!({"type": "message", "message": {"from": "agent"}})),
        ],
        vec![
            text(hello.clone()),
            text(json!({"type": "read", "seq": 1, "authenticated": true})),
        ],
    ] {
        let mut socket = Socket::open(&chat, &visitor.path("/socket"), &visitor.client.headers)
            .await
            .unwrap();
        for frame in frames {
            socket.send_message(frame).await;
        }
        assert_eq!(socket.closed().await.0, 4400);
    }
    visitor.write("a", "the server is fine").await.ok();
}

#[tokio::test]
async fn a_flood_of_frames_closes_the_socket() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    let (mut socket, _) = Socket::of_visitor(&chat, &visitor, 0).await;
    for _ in 0..300 {
        socket.send(&json!({"type": "typing"})).await;
    }
    assert_eq!(socket.closed().await.0, 4400);
}

#[tokio::test]
async fn without_a_hello_the_socket_closes() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    let mut socket = Socket::open(&chat, &visitor.path("/socket"), &visitor.client.headers)
        .await
        .unwrap();
    assert_eq!(socket.closed().await.0, 4400);
}

#[tokio::test]
async fn the_socket_of_a_closed_conversation_sends_all_and_closes() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    let (mut live, _) = Socket::of_visitor(&chat, &visitor, 0).await;
    visitor.write("a", "last words").await.ok();
    live.next_of("message").await;
    visitor
        .client
        .post(&visitor.path("/end"), &json!({}))
        .await
        .ok();
    let (code, last) = live.closed().await;
    assert_eq!(
        (code, &last["conversation"]["state"]),
        (1000, &json!("closed"))
    );

    let (mut late, welcome) = Socket::of_visitor(&chat, &visitor, 0).await;
    assert_eq!(welcome["conversation"]["state"], "closed");
    let (code, last) = late.closed().await;
    assert_eq!(
        (code, &last["message"]["text"]),
        (1000, &json!("last words"))
    );
}

#[tokio::test]
async fn a_server_that_stops_tells_its_sockets_to_come_back() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    let (mut page, _) = Socket::of_visitor(&chat, &visitor, 0).await;
    let mut agent = Socket::of_agent(&chat, &chat.admin).await;
    let both = async { (page.closed().await.0, agent.closed().await.0) };
    let (chat, codes) = tokio::join!(chat.restart(), both);
    assert_eq!(codes, (1012, 1012));
    let messages = chat.page(SHOP).get(&visitor.path("/messages")).await;
    messages.problem("session-expired");
}
