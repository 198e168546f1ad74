//! A conversation whose agent can go on with it no more waits again, and everybody hears of it.

use serde_json::{Value, json};

use crate::chat::{Chat, Shop, Visitor, text};
use crate::client::Client;
use crate::socket::Socket;

/// A visitor whose chat `agent` has taken and answered.
async fn taken_by(chat: &Chat, shop: &Shop, agent: &Client) -> Visitor {
    let visitor = chat.visit_signed_in(shop).await;
    agent
        .post(&visitor.agents_path("/accept"), &json!({}))
        .await
        .ok();
    let answer = json!({"clientId": "a", "text": "I am looking."});
    agent
        .post(&visitor.agents_path("/messages"), &answer)
        .await
        .ok();
    visitor
}

async fn path_of(agent: &Client) -> String {
    let me = agent.get("/operator/session").await.ok();
    format!("/admin/operators/{}", text(&me["id"]))
}

fn change(disabled: bool) -> Value {
    json!({"name": "Ana", "role": "agent", "disabled": disabled})
}

async fn state(visitor: &Visitor, agent: &Client) -> Value {
    let summary = agent.get(&visitor.agents_path("/summary")).await.ok();
    summary["state"].clone()
}

#[tokio::test]
async fn the_conversations_of_a_disabled_agent_wait_again() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let (ana, ben) = (chat.agent("Ana").await, chat.agent("Ben").await);
    let visitor = taken_by(&chat, &shop, &ana).await;
    let bens = taken_by(&chat, &shop, &ben).await;
    let behind = chat.visit_signed_in(&shop).await;
    let (mut page, welcome) = Socket::of_visitor(&chat, &visitor, 1).await;
    assert_eq!(welcome["conversation"]["agent"], "Ana");
    let (mut page_behind, _) = Socket::of_visitor(&chat, &behind, 0).await;
    let mut console = Socket::of_agent(&chat, &ben).await;

    let path = path_of(&ana).await;
    let disabled = chat.admin.put(&path, &change(true)).await;
    disabled.ok();

    let told = page.next_of("conversation").await["conversation"].clone();
    assert_eq!(told["state"], "waiting");
    assert_eq!(told["agent"], Value::Null);
    assert_eq!(
        told["position"], 1,
        "it waited first, so it is served first"
    );
    let moved = page_behind.next_of("conversation").await;
    assert_eq!(moved["conversation"]["position"], 2);
    let offered = console.next_of("conversation").await["conversation"].clone();
    assert_eq!(offered["id"], visitor.conversation);
    assert_eq!(offered["state"], "waiting");

    // One transaction, one request: the same id joins what was done.
    let entry = chat.audited("conversation.handed-back").await;
    assert_eq!(entry["subject"], visitor.conversation);
    assert_eq!(entry["details"]["agent"], "Ana");
    assert_eq!(entry["details"]["queue"], "VIP");
    assert_eq!(entry["details"]["reason"], "disabled");
    assert_eq!(entry["actor"]["kind"], "operator");
    let request_id = disabled.headers["x-request-id"].to_str().unwrap();
    assert_eq!(entry["requestId"], request_id);
    assert_eq!(state(&bens, &ben).await, "active", "the others' stay");

    ben.post(&visitor.agents_path("/accept"), &json!({}))
        .await
        .ok();
    let taken = page.next_of("conversation").await["conversation"].clone();
    assert_eq!(taken["agent"], "Ben");
    let messages = visitor.client.get(&visitor.path("/messages")).await.ok();
    assert_eq!(
        messages["items"][0]["name"], "Ana",
        "what was said was said by her"
    );
}

#[tokio::test]
async fn a_new_name_or_role_takes_no_conversation_away() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let ana = chat.agent("Ana").await;
    let visitor = taken_by(&chat, &shop, &ana).await;
    let path = path_of(&ana).await;
    for body in [
        json!({"name": "Ana Maria", "role": "agent", "disabled": false}),
        json!({"name": "Ana", "role": "administrator", "disabled": false}),
    ] {
        chat.admin.put(&path, &body).await.ok();
    }
    let entries = chat.audit("conversation.handed-back").await;
    assert_eq!(entries, [] as [Value; 0]);
    visitor.write("b", "still there?").await.ok();
    assert_eq!(state(&visitor, &ana).await, "active");
}

#[tokio::test]
async fn a_change_that_is_refused_hands_nothing_back() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = taken_by(&chat, &shop, &chat.admin).await;
    let last = json!({"name": "Ada", "role": "administrator", "disabled": true});
    chat.admin
        .put(&path_of(&chat.admin).await, &last)
        .await
        .problem("conflict");
    assert_eq!(state(&visitor, &chat.admin).await, "active");
    assert!(chat.audit("conversation.handed-back").await.is_empty());
}

/// They could neither see it nor answer in it any more.
#[tokio::test]
async fn the_conversations_of_an_agent_who_leaves_the_queue_wait_again() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let (ana, ben) = (chat.agent("Ana").await, chat.agent("Ben").await);
    let visitor = taken_by(&chat, &shop, &ana).await;
    let (mut page, _) = Socket::of_visitor(&chat, &visitor, 1).await;
    let mut console = Socket::of_agent(&chat, &ana).await;
    let ids = |agents: Vec<String>| {
        let ids: Vec<_> = agents
            .iter()
            .map(|path| path.rsplit('/').next().unwrap())
            .collect();
        json!({"name": "VIP", "members": ids})
    };
    let queue = format!("/admin/queues/{}", chat.queue("VIP").await);
    let both = ids(vec![path_of(&ana).await, path_of(&ben).await]);
    chat.admin.put(&queue, &both).await.ok();
    assert_eq!(state(&visitor, &ana).await, "active");
    let only_ben = ids(vec![path_of(&ben).await]);
    chat.admin.put(&queue, &only_ben).await.ok();

    let told = page.next_of("conversation").await["conversation"].clone();
    assert_eq!(
        (&told["state"], &told["agent"]),
        (&json!("waiting"), &Value::Null)
    );
    console.next_of("resync").await;
    ana.get(&visitor.agents_path("/summary"))
        .await
        .problem("conversation-not-found");
    assert_eq!(state(&visitor, &ben).await, "waiting");
    let entry = chat.audited("conversation.handed-back").await;
    assert_eq!(entry["details"]["reason"], "no-member");
}

#[tokio::test]
async fn an_agent_who_is_disabled_from_the_command_line_leaves_nobody_waiting() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let ana = chat.agent("Ana").await;
    let visitor = taken_by(&chat, &shop, &ana).await;
    let (mut page, _) = Socket::of_visitor(&chat, &visitor, 1).await;
    bonafide_server::operators::disable(&chat.folder(), "ana@example.com")
        .await
        .unwrap();
    let told = page.next_of("conversation").await["conversation"].clone();
    assert_eq!(told["state"], "waiting");
    let entry = chat.audited("conversation.handed-back").await;
    assert_eq!(entry["actor"]["kind"], "system");
}
