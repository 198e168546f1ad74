//! The agent console's socket.

use axum::http::{StatusCode, header};
use serde_json::json;

use crate::chat::Chat;
use crate::client::Client;
use crate::console::PASSWORD;
use crate::socket::Socket;

async fn id_of(agent: &Client) -> String {
    agent.get("/operator/session").await.ok()["id"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn new_conversations_and_messages_arrive() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let mut socket = Socket::of_agent(&chat, &chat.admin).await;
    let visitor = chat.visit_signed_in(&shop).await;
    let event = socket.next_of("conversation").await;
    assert_eq!(event["conversation"]["id"], visitor.conversation);
    assert_eq!(event["conversation"]["authenticated"], "yes");
    for number in 1..=3 {
        visitor.write(&format!("m{number}"), "x").await.ok();
        let event = socket.next_of("message").await;
        assert_eq!(event["conversation"], visitor.conversation);
        assert_eq!(event["message"]["seq"], number);
        assert_eq!(
            socket.next_of("conversation").await["conversation"]["lastSeq"],
            number
        );
    }
}

#[tokio::test]
async fn what_another_agent_takes_is_gone() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    let (ana, ben) = (chat.agent("Ana").await, chat.agent("Ben").await);
    let mut anas = Socket::of_agent(&chat, &ana).await;
    let mut bens = Socket::of_agent(&chat, &ben).await;
    ana.post(&visitor.agents_path("/accept"), &json!({}))
        .await
        .ok();
    let event = anas.next_of("conversation").await;
    assert_eq!(event["conversation"]["state"], "active");
    assert_eq!(
        bens.next_of("gone").await["conversation"],
        visitor.conversation
    );
    // Ben hears no more of it: the next he hears of is another one.
    visitor.write("a", "for Ana").await.ok();
    let other = chat.visit(&shop, &json!({})).await;
    assert_eq!(bens.next().await["conversation"]["id"], other.conversation);
    anas.until(|event| event["message"]["text"] == "for Ana")
        .await;
}

#[tokio::test]
async fn agents_hear_of_their_own_queues_only() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let ana = chat.agent("Ana").await;
    let vip = json!({"name": "VIP", "members": [id_of(&ana).await]});
    let path = format!("/admin/queues/{}", chat.queue("VIP").await);
    chat.admin.put(&path, &vip).await.ok();
    let mut admins = Socket::of_agent(&chat, &chat.admin).await;
    let full_cart = chat.visit_signed_in(&shop).await;
    let general = chat.visit(&shop, &json!({})).await;
    assert_eq!(
        admins.next().await["conversation"]["id"],
        general.conversation
    );
    // When the members change, everybody reads again, and sees.
    chat.admin.put(&path, &json!({"name": "VIP"})).await.ok();
    admins.next_of("resync").await;
    full_cart.write("a", "hello").await.ok();
    assert_eq!(
        admins.next_of("message").await["conversation"],
        full_cart.conversation
    );
}

#[tokio::test]
async fn an_upgrade_moves_the_conversation_between_agents() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let (ana, ben) = (chat.agent("Ana").await, chat.agent("Ben").await);
    for (name, agent) in [("General", &ana), ("VIP", &ben)] {
        let queue = json!({"name": name, "members": [id_of(agent).await]});
        chat.admin
            .put(&format!("/admin/queues/{}", chat.queue(name).await), &queue)
            .await
            .ok();
    }
    let visitor = chat.visit(&shop, &json!({})).await;
    let mut anas = Socket::of_agent(&chat, &ana).await;
    let mut bens = Socket::of_agent(&chat, &ben).await;
    let body = json!({"token": shop.token(chat.now())});
    visitor
        .client
        .post(&visitor.path("/authenticate"), &body)
        .await
        .ok();
    assert_eq!(
        anas.next_of("gone").await["conversation"],
        visitor.conversation
    );
    assert_eq!(
        bens.next_of("conversation").await["conversation"]["queue"]["name"],
        "VIP"
    );
}

#[tokio::test]
async fn the_handshake_needs_a_sign_in_and_our_own_origin() {
    let chat = Chat::start().await;
    let open = async |client: &Client| {
        Socket::open(&chat, "/agent/socket", &client.headers)
            .await
            .err()
    };
    assert_eq!(open(&chat.program()).await, Some(StatusCode::UNAUTHORIZED));
    let mut foreign = chat.admin.clone();
    foreign
        .headers
        .insert(header::ORIGIN, "https://attacker.example".parse().unwrap());
    assert_eq!(open(&foreign).await, Some(StatusCode::FORBIDDEN));
    let mut without = chat.admin.clone();
    without.headers.remove(header::ORIGIN);
    assert_eq!(open(&without).await, Some(StatusCode::FORBIDDEN));
    assert_eq!(open(&chat.admin).await, None);
}

#[tokio::test]
async fn signing_out_closes_the_socket() {
    let chat = Chat::start().await;
    let agent = chat.agent("Ana").await;
    let mut socket = Socket::of_agent(&chat, &agent).await;
    let mut other = Socket::of_agent(&chat, &chat.admin).await;
    agent.delete("/operator/session").await.ok();
    let (code, last) = socket.closed().await;
    assert_eq!(code, 4401);
    assert_eq!(last["problem"]["code"], "sign-in-required");
    // The administrator's stays.
    chat.queue("New").await;
    other.next_of("resync").await;
}

#[tokio::test]
async fn an_operator_who_is_disabled_hears_no_more() {
    let chat = Chat::start().await;
    let agent = chat.agent("Ana").await;
    let mut socket = Socket::of_agent(&chat, &agent).await;
    let path = format!("/admin/operators/{}", id_of(&agent).await);
    chat.admin
        .put(
            &path,
            &json!({"name": "Ana", "role": "agent", "disabled": true}),
        )
        .await
        .ok();
    assert_eq!(socket.closed().await.0, 4401);
    agent
        .get("/agent/conversations")
        .await
        .problem("session-expired");
    let enabled = json!({"name": "Ana", "role": "agent", "disabled": false, "password": PASSWORD});
    chat.admin.put(&path, &enabled).await.ok();
}

#[tokio::test]
async fn wrong_frames_close_the_socket_and_forbidden_ones_are_ignored() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    visitor.write("a", "hello").await.ok();
    let mut socket = Socket::of_agent(&chat, &chat.admin).await;
    // It waits: nobody reads it for the visitor, nobody types in it.
    socket
        .send(&json!({"type": "read", "conversation": visitor.conversation, "seq": 1}))
        .await;
    socket
        .send(&json!({"type": "typing", "conversation": visitor.conversation}))
        .await;
    socket
        .send(&json!({"type": "hello", "secret": "x", "after": 0}))
        .await;
    assert_eq!(socket.closed().await.0, 4400);
    let inbox = chat.admin.get("/agent/conversations").await.ok();
    assert_eq!(inbox["items"][0]["readByAgent"], 0);
}
