//! What a socket may send, and how long it may be silent.

use std::time::Duration;

use bonafide_server::Clock;
use serde_json::json;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;

use crate::chat::Chat;
use crate::scripted::PATIENCE;
use crate::socket::Socket;

const LARGEST: usize = 64 * 1024;

#[tokio::test]
async fn a_frame_of_more_than_64_kib_ends_the_socket() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    let mut agent = Socket::of_agent(&chat, &chat.admin).await;
    // Blanks around JSON mean nothing.
    let typing = |length: usize| {
        let frame = r#"{"type":"typing"}"#;
        Message::text(format!("{frame}{}", " ".repeat(length - frame.len())))
    };
    let (mut fits, _) = Socket::of_visitor(&chat, &visitor, 0).await;
    fits.send_message(typing(LARGEST)).await;
    agent.next_of("typing").await;

    let (mut too_long, _) = Socket::of_visitor(&chat, &visitor, 0).await;
    too_long.send_message(typing(LARGEST + 1)).await;
    assert!(too_long.is_cut_off().await);
    visitor.write("a", "the server is fine").await.ok();
}

#[tokio::test]
async fn a_peer_that_answers_no_ping_is_dropped() {
    let chat = Chat::with(Clock::system(), |config| {
        config.heartbeat = Duration::from_millis(100);
    })
    .await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    let (mut lively, _) = Socket::of_visitor(&chat, &visitor, 0).await;
    let (mut silent, _) = Socket::of_visitor(&chat, &visitor, 0).await;
    // Its pongs are written when it reads, so it outlives the silent one only by reading.
    let reading = async {
        loop {
            lively.next_of("message").await;
        }
    };
    tokio::select! {
        () = silent.read_without_answering() => {}
        () = reading => unreachable!(),
    }
    visitor.write("a", "hello").await.ok();
    let heard = timeout(PATIENCE, lively.next_of("message")).await.unwrap();
    assert_eq!(heard["message"]["text"], "hello");
}
