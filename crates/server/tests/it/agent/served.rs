//! A queue that nobody serves now: a visitor in it has no place in line until somebody comes.

use std::time::Duration;

use axum::http::header;
use bonafide_server::Clock;
use serde_json::{Value, json};
use tokio::time::{Instant, timeout};

use crate::chat::{Chat, Visitor, text};
use crate::client::Client;
use crate::console::NOW;
use crate::scripted::PATIENCE;
use crate::socket::Socket;

/// So long after a start all consoles are back.
const STARTED: Duration = Duration::from_secs(10);

/// Where the visitor stands, as their page polls it.
async fn place(visitor: &Visitor) -> Value {
    let read = visitor.client.get(&visitor.path("/messages")).await.ok();
    assert_eq!(read["conversation"]["state"], "waiting");
    read["conversation"]["position"].clone()
}

/// Waits until the visitor's page is told this place.
async fn told(page: &mut Socket, place: &Value) {
    let is_told = page.until(|event| {
        event["type"] == "conversation" && event["conversation"]["position"] == *place
    });
    timeout(PATIENCE, is_told).await.expect("told in time");
}

async fn say(agent: &Client, state: &str) {
    let body = json!({"state": state});
    agent.put("/agent/availability", &body).await.ok();
}

/// A program of the agent's, with an API token: it is nobody at a console.
async fn program(chat: &Chat, agent: &Client) -> Client {
    let made = agent
        .post("/admin/api-tokens", &json!({"name": "Wall"}))
        .await
        .ok();
    let mut program = chat.program();
    let bearer = format!("Bearer {}", text(&made["secret"]));
    program
        .headers
        .insert(header::AUTHORIZATION, bearer.parse().unwrap());
    program
        .headers
        .insert(header::ORIGIN, chat.address.parse().unwrap());
    program
}

async fn id_of(agent: &Client) -> Value {
    agent.get("/operator/session").await.ok()["id"].clone()
}

#[tokio::test]
async fn a_visitor_has_a_place_while_somebody_is_there() {
    let chat = Chat::with(Clock::manual(NOW), |_| {}).await;
    let shop = chat.shop().await;
    let (ana, ben) = (chat.agent("Ana").await, chat.agent("Ben").await);
    let members =
        json!({"name": "General", "members": [id_of(&ana).await, id_of(&chat.admin).await]});
    let path = format!("/admin/queues/{}", chat.queue("General").await);
    chat.admin.put(&path, &members).await.ok();

    // After a start consoles have time to come back.
    let visitor = chat.visit(&shop, &json!({})).await;
    assert_eq!(visitor.started["conversation"]["state"], "waiting");
    assert_eq!(visitor.started["conversation"]["position"], 1);
    let (mut page, welcome) = Socket::of_visitor(&chat, &visitor, 0).await;
    assert_eq!(welcome["conversation"]["position"], 1);
    chat.clock.advance(STARTED);
    told(&mut page, &Value::Null).await;
    assert_eq!(place(&visitor).await, Value::Null);
    // Neither who serves another queue nor a program that listens answers them.
    let bens = Socket::of_agent(&chat, &ben).await;
    let wall = program(&chat, &chat.admin).await;
    let listens = Socket::of_agent(&chat, &wall).await;
    wall.get("/agent/conversations").await.ok();
    assert_eq!(place(&visitor).await, Value::Null);

    let anas = Socket::of_agent(&chat, &ana).await;
    told(&mut page, &json!(1)).await;
    assert_eq!(place(&visitor).await, 1);
    chat.clock.advance(Duration::from_secs(1));
    let behind = chat.visit(&shop, &json!({})).await;
    assert_eq!(behind.started["conversation"]["position"], 2);
    for (state, first, second) in [
        ("away", Value::Null, Value::Null),
        ("here", json!(1), json!(2)),
    ] {
        say(&ana, state).await;
        told(&mut page, &first).await;
        assert_eq!(place(&behind).await, second);
    }
    // A page that is loaded anew is no absence.
    anas.leave().await;
    chat.clock.advance(Duration::from_secs(4));
    assert_eq!(place(&visitor).await, 1);
    chat.clock.advance(Duration::from_secs(1));
    told(&mut page, &Value::Null).await;
    // A console that can have no socket asks in turns.
    ana.get("/agent/conversations").await.ok();
    told(&mut page, &json!(1)).await;
    chat.clock.advance(Duration::from_secs(75));
    told(&mut page, &Value::Null).await;
    // A supervisor serves all queues.
    let sue = chat.supervisor("Sue").await;
    let sues = Socket::of_agent(&chat, &sue).await;
    told(&mut page, &json!(1)).await;
    // Who serves the queue may change too.
    sues.leave().await;
    chat.clock.advance(Duration::from_secs(5));
    told(&mut page, &Value::Null).await;
    let everyone = json!({"name": "General"});
    chat.admin.put(&path, &everyone).await.ok();
    told(&mut page, &json!(1)).await;
    bens.leave().await;
    listens.leave().await;
}

/// Somebody who comes and goes all the time makes no page draw all the time.
#[tokio::test]
async fn it_is_told_at_most_once_a_second() {
    let chat = Chat::with(Clock::manual(NOW), |_| {}).await;
    chat.clock.advance(STARTED);
    let shop = chat.shop().await;
    let ana = chat.agent("Ana").await;
    let path = format!("/admin/queues/{}", chat.queue("General").await);
    let members = json!({"name": "General", "members": [id_of(&ana).await]});
    chat.admin.put(&path, &members).await.ok();
    let visitor = chat.visit(&shop, &json!({})).await;
    let (mut page, _) = Socket::of_visitor(&chat, &visitor, 0).await;
    let _console = Socket::of_agent(&chat, &ana).await;
    told(&mut page, &json!(1)).await;
    let began = Instant::now();
    for _ in 0..30 {
        say(&ana, "away").await;
        assert_eq!(place(&visitor).await, Value::Null);
        say(&ana, "here").await;
        assert_eq!(place(&visitor).await, 1);
    }
    // Whoever looks meanwhile sees how it is; what is told of it is another matter.
    visitor.write("a", "the last").await.ok();
    let mut times = 0;
    while page.next().await["type"] != "message" {
        times += 1;
    }
    let seconds = began.elapsed().as_secs();
    assert!(times <= seconds + 2, "{times} in {seconds} s");
}

#[tokio::test]
async fn what_is_written_while_nobody_is_there_is_found() {
    let chat = Chat::with(Clock::manual(NOW), |_| {}).await;
    chat.clock.advance(STARTED);
    let shop = chat.shop().await;
    let stays = chat.visit(&shop, &json!({})).await;
    let leaves = chat.visit(&shop, &json!({})).await;
    for visitor in [&stays, &leaves] {
        assert_eq!(visitor.started["conversation"]["position"], Value::Null);
        visitor.write("a", "Please call me back.").await.ok();
    }
    leaves
        .client
        .post(&leaves.path("/end"), &json!({}))
        .await
        .ok();

    let ana = chat.agent("Ana").await;
    for (state, visitor) in [("waiting", &stays), ("unanswered", &leaves)] {
        let path = format!("/agent/conversations?state={state}");
        let listed = ana.get(&path).await.ok();
        let items = listed["items"].as_array().unwrap();
        assert_eq!(items.len(), 1, "{state}");
        assert_eq!(items[0]["id"], visitor.conversation);
        assert_eq!(items[0]["lastText"], "Please call me back.");
        let read = ana.get(&visitor.agents_path("/messages")).await.ok();
        assert_eq!(read["items"][0]["text"], "Please call me back.");
    }
}
