//! Sockets follow hints and read the table: whatever happens while one opens, or is slow, it misses nothing.

use futures_util::future::join;
use serde_json::{Value, json};

use crate::chat::{Chat, times};
use crate::socket::Socket;

/// A change between the socket's first look and its beginning to listen would be told to nobody. Where exactly it falls
/// cannot be chosen from outside, so it is tried often: of a hundred changes, several fall there.
#[tokio::test(flavor = "multi_thread")]
async fn a_change_while_the_socket_opens_is_in_its_welcome_or_told_after_it() {
    let chat = Chat::with(bonafide_server::Clock::system(), |config| {
        config.rate_quotas.attempts_per_network = times(100_000);
    })
    .await;
    let shop = chat.shop().await;
    for round in 0..150 {
        let visitor = chat.visit(&shop, &json!({})).await;
        let (id, accept) = (round, visitor.agents_path("/accept"));
        let accepted = async {
            // Now sooner, now later.
            for _ in 0..id % 50 * 4 {
                tokio::task::yield_now().await;
            }
            chat.admin.post(&accept, &json!({})).await.ok();
        };
        let ((mut socket, welcome), ()) =
            join(Socket::of_visitor(&chat, &visitor, 0), accepted).await;
        if welcome["conversation"]["state"] == "waiting" {
            let told = socket
                .until(|event| event["conversation"]["state"] == "active")
                .await;
            assert_eq!(told["conversation"]["agent"], "Ada", "round {round}");
        }
    }
}

/// More than any buffer between the two holds, and more hints than the hub keeps for a socket.
#[tokio::test(flavor = "multi_thread")]
async fn a_socket_that_reads_slowly_gets_every_message_once_and_in_order() {
    const MESSAGES: u64 = 600;
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    let mut socket = Socket::narrow(&chat, &visitor).await;
    let hello = json!({"type": "hello", "secret": visitor.secret, "after": 0});
    socket.send(&hello).await;
    assert_eq!(socket.next().await["type"], "welcome");
    let accept = visitor.agents_path("/accept");
    chat.admin.post(&accept, &json!({})).await.ok();

    let text = "x".repeat(3_900);
    for number in 0..MESSAGES {
        let message = json!({"clientId": number.to_string(), "text": text});
        let path = visitor.agents_path("/messages");
        chat.admin.post(&path, &message).await.ok();
        // It reads one for every three that come.
        if number % 3 == 0 {
            socket.next_of("message").await;
        }
    }
    let mut expected = MESSAGES.div_ceil(3) + 1;
    while expected <= MESSAGES {
        let event: Value = socket.next_of("message").await;
        assert_eq!(event["message"]["seq"], expected);
        expected += 1;
    }
    chat.admin
        .post(&visitor.agents_path("/close"), &json!({}))
        .await
        .ok();
    let (code, last) = socket.closed().await;
    assert_eq!((code, &last["type"]), (1000, &json!("conversation")));
}
