//! Queues that push: who is given a conversation, when, and that everybody hears of it.

use std::time::Duration;

use axum::http::header;
use bonafide_server::Clock;
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::chat::{Chat, Visitor, text};
use crate::client::Client;
use crate::console::NOW;
use crate::scripted::PATIENCE;
use crate::socket::Socket;

/// Makes a queue push.
async fn push(chat: &Chat, queue: &str, changes: &Value) -> String {
    let path = format!("/admin/queues/{}", chat.queue(queue).await);
    let body = json!({"name": queue, "assignment": "push"});
    chat.admin
        .put(&path, &crate::chat::with_fields(body, changes))
        .await
        .ok();
    path
}

async fn id_of(agent: &Client) -> String {
    text(&agent.get("/operator/session").await.ok()["id"])
}

async fn capacity(chat: &Chat, agent: &Client, capacity: u32) {
    let me = agent.get("/operator/session").await.ok();
    let body =
        json!({"name": me["name"], "role": me["role"], "disabled": false, "capacity": capacity});
    let path = format!("/admin/operators/{}", text(&me["id"]));
    chat.admin.put(&path, &body).await.ok();
}

async fn say(agent: &Client, body: &Value) -> Value {
    agent.put("/agent/availability", body).await.ok()
}

async fn active(agent: &Client) -> Vec<String> {
    let page = agent
        .get("/agent/conversations?state=active&limit=200")
        .await
        .ok();
    let items = page["items"].as_array().unwrap();
    items.iter().map(|item| text(&item["id"])).collect()
}

/// The event with which a console learns that it was given a conversation.
async fn given(console: &mut Socket, visitor: &Visitor) -> Value {
    let is_given = |event: &Value| {
        event["conversation"]["id"] == visitor.conversation
            && event["conversation"]["state"] == "active"
    };
    // Heartbeats would keep it waiting for ever.
    let event = timeout(PATIENCE, console.until(is_given)).await;
    event.expect("it is given in time")["conversation"].clone()
}

async fn waits(chat: &Chat, visitor: &Visitor) {
    let summary = chat.admin.get(&visitor.agents_path("/summary")).await;
    assert_eq!(summary.ok()["state"], "waiting");
}

#[tokio::test]
async fn a_chat_is_given_to_whoever_has_the_fewest_and_then_to_whoever_waited_longest_for_one() {
    let chat = Chat::with(Clock::manual(NOW), |_| {}).await;
    let shop = chat.shop().await;
    let (ana, ben) = (chat.agent("Ana").await, chat.agent("Ben").await);
    let zoe = chat.agent("Zoe").await;
    push(&chat, "General", &json!({})).await;
    let mut anas = Socket::of_agent(&chat, &ana).await;

    let first = chat.visit(&shop, &json!({})).await;
    let told = given(&mut anas, &first).await;
    assert_eq!(
        (&told["agent"]["name"], &told["pushed"]),
        (&json!("Ana"), &json!(true))
    );
    let (_page, welcome) = Socket::of_visitor(&chat, &first, 0).await;
    assert_eq!(welcome["conversation"]["state"], "active");
    assert_eq!(welcome["conversation"]["agent"], "Ana");
    let events = ana.get(&first.agents_path("/events")).await.ok();
    assert_eq!(events["items"][0]["kind"], "pushed");
    assert_eq!(events["items"][0]["by"], "system");
    assert_eq!(events["items"][0]["name"], "Ana");
    let entry = chat.audited("conversation.pushed").await;
    assert_eq!(
        entry["details"],
        json!({"agent": "Ana", "queue": "General"})
    );
    assert_eq!(entry["actor"]["kind"], "system");

    // Ben has none.
    chat.clock.advance(Duration::from_secs(1));
    let mut bens = Socket::of_agent(&chat, &ben).await;
    let second = chat.visit(&shop, &json!({})).await;
    given(&mut bens, &second).await;
    // One each; Ana got hers before Ben.
    chat.clock.advance(Duration::from_secs(1));
    let third = chat.visit(&shop, &json!({})).await;
    given(&mut anas, &third).await;
    // Zoe is signed in, but no console of hers is connected.
    assert_eq!(active(&zoe).await, [] as [String; 0]);
    // Nothing is pushed in a queue that is not told to.
    let member = chat.visit_signed_in(&shop).await;
    let waits = bens
        .until(|event| event["conversation"]["id"] == member.conversation)
        .await;
    assert_eq!(waits["conversation"]["state"], "waiting");
}

/// Each of these makes room for one that waits: nobody has to ask for it.
#[tokio::test]
async fn one_that_waits_is_given_to_whoever_becomes_free() {
    let chat = Chat::with(Clock::manual(NOW), |_| {}).await;
    let shop = chat.shop().await;
    let ana = chat.agent("Ana").await;
    let general = push(&chat, "General", &json!({})).await;

    let came = chat.visit(&shop, &json!({})).await;
    assert_eq!(came.started["conversation"]["state"], "waiting");
    // It was pushed before the answer, which says how it stood when it came.
    assert_eq!(came.started["conversation"]["position"], 1);
    let mut console = Socket::of_agent(&chat, &ana).await;
    given(&mut console, &came).await;

    capacity(&chat, &ana, 1).await;
    let closed = chat.visit(&shop, &json!({})).await;
    let close = came.agents_path("/close");
    ana.post(&close, &json!({})).await.ok();
    given(&mut console, &closed).await;

    let more = chat.visit(&shop, &json!({})).await;
    capacity(&chat, &ana, 2).await;
    given(&mut console, &more).await;

    say(&ana, &json!({"state": "away"})).await;
    capacity(&chat, &ana, 100).await;
    let back = chat.visit(&shop, &json!({})).await;
    waits(&chat, &back).await;
    say(&ana, &json!({"state": "here"})).await;
    given(&mut console, &back).await;

    let pick = json!({"name": "General"});
    chat.admin.put(&general, &pick).await.ok();
    let changed = chat.visit(&shop, &json!({})).await;
    push(&chat, "General", &json!({})).await;
    given(&mut console, &changed).await;

    push(&chat, "General", &json!({"members": []})).await;
    // She lost all of them with her membership, and gets them back with it.
    console.next_of("resync").await;
    let joined = chat.visit(&shop, &json!({})).await;
    push(&chat, "General", &json!({"members": [id_of(&ana).await]})).await;
    given(&mut console, &joined).await;
    assert_eq!(active(&ana).await.len(), 5);
}

#[tokio::test]
async fn one_that_cannot_be_pushed_waits_and_can_be_picked_beyond_the_capacity() {
    let chat = Chat::with(Clock::manual(NOW), |_| {}).await;
    let shop = chat.shop().await;
    let ana = chat.agent("Ana").await;
    push(&chat, "General", &json!({})).await;
    capacity(&chat, &ana, 1).await;
    let mut console = Socket::of_agent(&chat, &ana).await;
    let first = chat.visit(&shop, &json!({})).await;
    given(&mut console, &first).await;
    let second = chat.visit(&shop, &json!({})).await;
    let waits = console
        .until(|event| event["conversation"]["id"] == second.conversation)
        .await;
    assert_eq!(waits["conversation"]["state"], "waiting");

    let refused = ana
        .post("/agent/accept-next", &json!({}))
        .await
        .problem("conflict");
    assert_eq!(
        refused["detail"],
        "You have 1 conversation, and your capacity is 1. Close one first, or pick one by hand: that is not limited."
    );
    let accept = second.agents_path("/accept");
    let taken = ana.post(&accept, &json!({})).await.ok();
    assert_eq!(taken["pushed"], false, "she took it herself");
}

#[tokio::test]
async fn of_several_queues_what_is_served_first_is_given_first() {
    let chat = Chat::with(Clock::manual(NOW), |_| {}).await;
    let shop = chat.shop().await;
    let ana = chat.agent("Ana").await;
    for queue in ["General", "VIP"] {
        push(&chat, queue, &json!({})).await;
    }
    capacity(&chat, &ana, 0).await;
    let mut console = Socket::of_agent(&chat, &ana).await;
    let general = chat.visit(&shop, &json!({})).await;
    chat.clock.advance(Duration::from_secs(1));
    let vip = chat.visit_signed_in(&shop).await;
    assert_eq!(
        active(&ana).await,
        [] as [String; 0],
        "none is what she is to be given"
    );
    capacity(&chat, &ana, 1).await;
    given(&mut console, &vip).await;
    assert_eq!(active(&ana).await, [vip.conversation]);
    capacity(&chat, &ana, 2).await;
    given(&mut console, &general).await;
}

#[tokio::test]
async fn one_that_moves_into_a_queue_that_pushes_is_given() {
    let chat = Chat::with(Clock::manual(NOW), |_| {}).await;
    let shop = chat.shop().await;
    let ana = chat.agent("Ana").await;
    push(&chat, "VIP", &json!({})).await;
    let mut console = Socket::of_agent(&chat, &ana).await;
    let visitor = chat.visit(&shop, &json!({})).await;
    let token = json!({"token": shop.token(chat.now())});
    let path = visitor.path("/authenticate");
    visitor.client.post(&path, &token).await.ok();
    let told = given(&mut console, &visitor).await;
    assert_eq!(told["queue"]["name"], "VIP");
}

#[tokio::test]
async fn what_somebody_lost_by_an_absence_is_not_given_to_them_again() {
    let chat = Chat::with(Clock::manual(NOW), |_| {}).await;
    let shop = chat.shop().await;
    let (ana, ben) = (chat.agent("Ana").await, chat.agent("Ben").await);
    push(&chat, "General", &json!({})).await;
    let mut anas = Socket::of_agent(&chat, &ana).await;
    let lost = chat.visit(&shop, &json!({})).await;
    given(&mut anas, &lost).await;
    say(&ben, &json!({"state": "away", "reason": "Training"})).await;
    let mut bens = Socket::of_agent(&chat, &ben).await;

    anas.leave().await;
    chat.clock.advance(Duration::from_mins(2));
    bens.until(|event| event["conversation"]["id"] == lost.conversation)
        .await;
    let mut anas = Socket::of_agent(&chat, &ana).await;
    waits(&chat, &lost).await;
    chat.clock.advance(Duration::from_secs(1));
    // It stands in front; she is given the one behind it.
    let next = chat.visit(&shop, &json!({})).await;
    given(&mut anas, &next).await;
    assert_eq!(active(&ana).await, [next.conversation]);
    waits(&chat, &lost).await;

    say(&ben, &json!({"state": "here"})).await;
    let told = given(&mut bens, &lost).await;
    assert_eq!(told["handedBack"], true);
    // And by hand she could have had it.
    ben.delete("/operator/session").await.ok();
    anas.until(|event| {
        event["conversation"]["id"] == lost.conversation
            && event["conversation"]["state"] == "waiting"
    })
    .await;
    ana.post(&lost.agents_path("/accept"), &json!({}))
        .await
        .ok();
}

#[tokio::test]
async fn a_program_that_listens_is_given_nothing() {
    let chat = Chat::with(Clock::manual(NOW), |_| {}).await;
    let shop = chat.shop().await;
    push(&chat, "General", &json!({})).await;
    let made = chat
        .admin
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
    let mut listens = Socket::of_agent(&chat, &program).await;
    let visitor = chat.visit(&shop, &json!({})).await;
    let event = listens
        .until(|event| event["conversation"]["id"] == visitor.conversation)
        .await;
    assert_eq!(event["conversation"]["state"], "waiting");
    let _console = Socket::of_agent(&chat, &chat.admin).await;
    let told = given(&mut listens, &visitor).await;
    assert_eq!(told["agent"]["name"], "Ada");
}

#[tokio::test]
async fn what_changes_hands_is_pushed_on_and_never_back() {
    let chat = Chat::with(Clock::manual(NOW), |_| {}).await;
    let shop = chat.shop().await;
    let (ana, ben) = (chat.agent("Ana").await, chat.agent("Ben").await);
    let general = chat.queue("General").await;
    push(&chat, "General", &json!({})).await;
    let mut anas = Socket::of_agent(&chat, &ana).await;
    let visitor = chat.visit(&shop, &json!({})).await;
    given(&mut anas, &visitor).await;

    // Nobody else is there: it waits, although Ana has the fewest.
    let hand_over = visitor.agents_path("/hand-over");
    ana.post(&hand_over, &json!({"queue": general})).await.ok();
    waits(&chat, &visitor).await;
    let mut bens = Socket::of_agent(&chat, &ben).await;
    given(&mut bens, &visitor).await;
    assert_eq!(active(&ana).await, [] as [String; 0]);

    // Whoever is free by what somebody took from them is given the next.
    capacity(&chat, &ben, 1).await;
    let next = chat.visit(&shop, &json!({})).await;
    given(&mut anas, &next).await;
    capacity(&chat, &ana, 1).await;
    let third = chat.visit(&shop, &json!({})).await;
    waits(&chat, &third).await;
    let sue = chat.supervisor("Sue").await;
    let take_over = visitor.agents_path("/take-over");
    let taken = sue
        .post(&take_over, &json!({"from": id_of(&ben).await}))
        .await
        .ok();
    assert_eq!(taken["pushed"], false, "she took it herself");
    given(&mut bens, &third).await;
}
