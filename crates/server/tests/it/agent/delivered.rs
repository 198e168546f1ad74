//! How far messages came: into the visitor's browser, which answers the ping that follows them.

use serde_json::{Value, json};

use crate::chat::{Chat, Visitor};
use crate::client::Client;
use crate::socket::Socket;

async fn delivered(agent: &Client, visitor: &Visitor) -> Value {
    let list = agent.get("/agent/conversations?state=active").await.ok();
    let items = list["items"].as_array().unwrap();
    assert_eq!(items[0]["id"], visitor.conversation);
    items[0]["deliveredToVisitor"].clone()
}

async fn told(console: &mut Socket, seq: u32) -> Value {
    let event = console
        .until(|event| event["conversation"]["deliveredToVisitor"] == seq)
        .await;
    event["conversation"].clone()
}

#[tokio::test]
async fn a_message_is_delivered_once_the_browser_has_it_and_read_later() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit_accepted(&shop, &chat.admin).await;
    let (mut page, _) = Socket::of_visitor(&chat, &visitor, 0).await;
    let mut console = Socket::of_agent(&chat, &chat.admin).await;
    visitor.answer(&chat.admin, "a").await.ok();
    visitor.answer(&chat.admin, "b").await.ok();
    assert_eq!(delivered(&chat.admin, &visitor).await, 0);

    // Whoever reads answers pings.
    let all_read = async {
        loop {
            page.next().await;
        }
    };
    let conversation = tokio::select! {
        conversation = told(&mut console, 2) => conversation,
        () = all_read => unreachable!(),
    };
    assert_eq!(conversation["readByVisitor"], 0);
    assert_eq!(delivered(&chat.admin, &visitor).await, 2);
}

#[tokio::test]
async fn what_a_page_does_not_answer_for_is_not_delivered() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit_accepted(&shop, &chat.admin).await;
    let mut console = Socket::of_agent(&chat, &chat.admin).await;
    // It invents a proof of what it was never sent.
    let (mut page, _) = Socket::of_visitor(&chat, &visitor, 0).await;
    let invented = tokio_tungstenite::tungstenite::Message::Pong(b"9".to_vec().into());
    page.send_message(invented).await;
    page.send(&json!({"type": "typing"})).await;
    console.next_of("typing").await;
    visitor.answer(&chat.admin, "a").await.ok();
    console
        .until(|event| event["conversation"]["lastSeq"] == 1)
        .await;
    assert_eq!(delivered(&chat.admin, &visitor).await, 0);
    // What it says it has, when it comes back, it has.
    page.leave().await;
    let (_page, _) = Socket::of_visitor(&chat, &visitor, 1).await;
    told(&mut console, 1).await;
}

#[tokio::test]
async fn a_page_that_polls_has_what_it_asks_no_more_for() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit_accepted(&shop, &chat.admin).await;
    visitor.answer(&chat.admin, "a").await.ok();
    let poll = async |after: u32| {
        let path = visitor.path(&format!("/messages?after={after}"));
        visitor.client.get(&path).await.ok();
    };
    poll(0).await;
    assert_eq!(delivered(&chat.admin, &visitor).await, 0);
    poll(1).await;
    assert_eq!(delivered(&chat.admin, &visitor).await, 1);
    poll(9).await;
    assert_eq!(
        delivered(&chat.admin, &visitor).await,
        1,
        "there are no more"
    );
    // Their own message is theirs to have, and so is all before.
    visitor.write("b", "thanks").await.ok();
    assert_eq!(delivered(&chat.admin, &visitor).await, 2);
}

/// What is left for the page to read over HTTP has not arrived because a later message has.
#[tokio::test]
async fn what_a_socket_passes_over_is_not_delivered_by_its_last_message() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit_accepted(&shop, &chat.admin).await;
    for number in 0..=101 {
        visitor.answer(&chat.admin, &number.to_string()).await.ok();
    }
    let (mut page, _) = Socket::of_visitor(&chat, &visitor, 0).await;
    assert_eq!(page.next_of("message").await["message"]["seq"], 102);
    let mut console = Socket::of_agent(&chat, &chat.admin).await;
    // Pongs come before what is said after them.
    page.send(&json!({"type": "typing"})).await;
    console.next_of("typing").await;
    assert_eq!(delivered(&chat.admin, &visitor).await, 0);
    // Once the page shows them, it has them all.
    page.send(&json!({"type": "read", "seq": 102})).await;
    told(&mut console, 102).await;
}
