//! A client that sends its request and is gone before the answer: what it asked for is done, and whoever must know is
//! told.
//!
//! Twenty times each, so that some are caught at every step.

use std::collections::BTreeSet;
use std::pin::pin;

use axum::http::StatusCode;
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::chat::{Chat, SHOP, page, text};
use crate::console::World;
use crate::scripted::PATIENCE;
use crate::socket::Socket;

const TIMES: usize = 20;

/// Posts from the shop's page and closes the connection at once.
async fn post_and_hang_up(chat: &Chat, path: &str, secret: &str, body: &Value) {
    let address = chat.address.strip_prefix("http://").unwrap();
    let body = body.to_string();
    let length = body.len();
    let request = format!(
        "POST /api/v1{path} HTTP/1.1\r\nHost: {address}\r\nOrigin: {SHOP}\r\nAuthorization: Bearer {secret}\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_agent_hears_a_message_whose_sender_hung_up() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    let mut agent = Socket::of_agent(&chat, &chat.admin).await;
    let mut expected = BTreeSet::new();
    for number in 0..TIMES {
        let id = format!("m{number}");
        let body = json!({"clientId": id, "text": "gone already"});
        post_and_hang_up(&chat, &visitor.path("/messages"), &visitor.secret, &body).await;
        expected.insert(id);
    }
    while !expected.is_empty() {
        let event = agent.next_of("message").await;
        assert!(expected.remove(&text(&event["message"]["clientId"])));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_agent_hears_of_a_start_whose_visitor_hung_up() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let mut agent = Socket::of_agent(&chat, &chat.admin).await;
    let path = format!("/widgets/{}/conversations", text(&shop.widget["id"]));
    for _ in 0..TIMES {
        post_and_hang_up(&chat, &path, "", &json!({"page": page()})).await;
    }
    let mut heard = BTreeSet::new();
    while heard.len() < TIMES {
        let event = agent.next_of("conversation").await;
        heard.insert(text(&event["conversation"]["id"]));
    }
}

/// Whatever serves the routes may give a request up at any time.
#[tokio::test]
async fn a_change_that_nobody_waits_for_is_made() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let body = json!({"name": "Sales"});
    {
        let asked = pin!(admin.post("/admin/queues", &body));
        tokio::select! {
            biased;
            _ = asked => panic!("answered before anything could be stored"),
            () = std::future::ready(()) => {}
        }
    }
    let made = async {
        loop {
            let list = admin.get("/admin/queues").await;
            if list.expect(StatusCode::OK)["items"][1]["name"] == "Sales" {
                break;
            }
            tokio::task::yield_now().await;
        }
    };
    timeout(PATIENCE, made).await.expect("the queue");
}
