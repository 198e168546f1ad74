//! What a socket may send, and how long it may be silent.

use std::time::Duration;

use bonafide_server::Clock;
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
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
    assert_eq!(too_long.close_code().await, 1009);
    visitor.write("a", "the server is fine").await.ok();
}

#[tokio::test]
async fn a_peer_that_answers_no_ping_is_dropped() {
    let chat = Chat::with(Clock::system(), |config| {
        config.heartbeat = Duration::from_millis(500);
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
    // It goes on reading meanwhile.
    let heard = timeout(PATIENCE, lively.next_of("message"));
    let (written, heard) = tokio::join!(visitor.write("a", "hello"), heard);
    written.ok();
    assert_eq!(heard.unwrap()["message"]["text"], "hello");
}

/// What the library that reads frames tells nobody of counts all the same: pings, and pieces of a message that never
/// ends. And so does everything together.
#[tokio::test]
async fn frames_of_every_kind_count() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    // A client's frames: first byte, and a second that says that they are masked; then the mask.
    let empty = |first: u8| [first, 0x80, 1, 2, 3, 4];
    let typing = br#"{"type":"typing"}"#;
    let mut typed = vec![0x81, 0x80 | typing.len() as u8, 0, 0, 0, 0];
    typed.extend(typing);
    let begun = empty(0x01);
    for (what, first, each) in [
        ("pings", None, empty(0x89).to_vec()),
        ("pongs", None, empty(0x8a).to_vec()),
        ("empty continuations", Some(begun), empty(0x00).to_vec()),
        ("pings between pieces", Some(begun), empty(0x89).to_vec()),
        ("frames of this socket", None, typed),
    ] {
        let (socket, _) = Socket::of_visitor(&chat, &visitor, 0).await;
        let mut stream = socket.into_stream();
        stream
            .write_all(first.as_ref().map_or(&[], |first| &first[..]))
            .await
            .unwrap();
        // 200 fit, with the `hello`.
        for number in 0..300_000 {
            if stream.write_all(&each).await.is_err() {
                assert!(number > 200, "{what}");
                break;
            }
            assert!(number < 299_999, "{what}: all were taken");
        }
    }
    // Whoever stops after the first too many is told.
    let (mut socket, _) = Socket::of_visitor(&chat, &visitor, 0).await;
    for _ in 0..201 {
        socket.send_message(Message::Ping(Vec::new().into())).await;
    }
    assert_eq!(socket.close_code().await, 4400);
    visitor.write("a", "the server is fine").await.ok();
}

/// RFC 6455, section 7.4.1: each fault of a frame has its number.
#[tokio::test]
async fn a_bad_frame_closes_with_its_number() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    for (what, bytes, code) in [
        (
            "text that is not UTF-8",
            &[0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28][..],
            1007,
        ),
        ("half a character", &[0x81, 0x81, 0, 0, 0, 0, 0xc3], 1007),
        (
            "a piece that is not UTF-8",
            &[0x01, 0x81, 0, 0, 0, 0, 0xff, 0x80, 0x80, 0, 0, 0, 0],
            1007,
        ),
        (
            "a surrogate",
            &[0x81, 0x83, 0, 0, 0, 0, 0xed, 0xa0, 0x80],
            1007,
        ),
        ("an unmasked frame", &[0x81, 0x01, b'x'], 1002),
        ("a reserved bit", &[0xc1, 0x80, 0, 0, 0, 0], 1002),
        ("an unknown kind", &[0x83, 0x80, 0, 0, 0, 0], 1002),
        ("a ping in pieces", &[0x09, 0x80, 0, 0, 0, 0], 1002),
        ("a continuation of nothing", &[0x80, 0x80, 0, 0, 0, 0], 1002),
        (
            "a frame that is too long",
            &[0x81, 0xff, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0],
            1009,
        ),
        ("bytes", &[0x82, 0x80, 0, 0, 0, 0], 4400),
        ("no JSON", &[0x81, 0x80, 0, 0, 0, 0], 4400),
    ] {
        let (socket, _) = Socket::of_visitor(&chat, &visitor, 0).await;
        let mut stream = socket.into_stream();
        stream.write_all(bytes).await.unwrap();
        let mut answer = Vec::new();
        timeout(PATIENCE, stream.read_to_end(&mut answer))
            .await
            .unwrap()
            .unwrap();
        // The first frame may be the heartbeat's ping.
        let close = answer
            .iter()
            .position(|&byte| byte == 0x88)
            .unwrap_or_else(|| panic!("{what}: no close"));
        let found = u16::from_be_bytes([answer[close + 2], answer[close + 3]]);
        assert_eq!(found, code, "{what}");
    }
}
