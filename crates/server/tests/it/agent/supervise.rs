//! Supervisors: they see all, join, take over and assign. Nobody else does.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::hand_over::{happened, id_of, listed};
use crate::chat::{Chat, text};
use crate::client::Client;
use crate::socket::Socket;

/// A queue that only `member` serves.
async fn keep_to(chat: &Chat, queue: &str, member: &Client) {
    let body = json!({"name": queue, "members": [id_of(member).await]});
    let path = format!("/admin/queues/{}", chat.queue(queue).await);
    chat.admin.put(&path, &body).await.ok();
}

#[tokio::test]
async fn a_supervisor_sees_every_conversation_of_every_queue() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let (ana, sue) = (chat.agent("Ana").await, chat.supervisor("Sue").await);
    keep_to(&chat, "General", &ana).await;
    let active = chat.visit_accepted(&shop, &ana).await;
    let mut console = Socket::of_agent(&chat, &sue).await;
    let waiting = chat.visit(&shop, &json!({})).await;
    let told = console.next_of("conversation").await;
    assert_eq!(told["conversation"]["id"], waiting.conversation);
    active.write("a", "Hello").await.ok();
    let told = console.next_of("message").await;
    assert_eq!(told["conversation"], active.conversation);
    let all = [waiting.conversation.clone(), active.conversation.clone()];
    assert_eq!(listed(&sue, "all").await, all);
    // Page by page, the same.
    let first = sue.get("/agent/conversations?state=all&limit=1").await.ok();
    assert_eq!(text(&first["items"][0]["id"]), all[0]);
    let path = format!(
        "/agent/conversations?state=all&limit=1&cursor={}",
        text(&first["next"])
    );
    let second = sue.get(&path).await.ok();
    assert_eq!(text(&second["items"][0]["id"]), all[1]);
    assert_eq!(second["items"][0]["agent"]["name"], "Ana");
    assert_eq!(second["next"], Value::Null);
    for below in [
        "/summary",
        "/messages",
        "/notes",
        "/events",
        "/transcript",
        "/colleagues",
    ] {
        assert_eq!(
            sue.get(&active.agents_path(below)).await.status,
            StatusCode::OK,
            "{below}"
        );
    }
    // Read, not wrapped up: that is Ana's.
    sue.post(&active.agents_path("/close"), &json!({}))
        .await
        .problem("conflict");
    ana.post(&active.agents_path("/close"), &json!({}))
        .await
        .ok();
    let told = console
        .until(|event| event["conversation"]["state"] == "closed")
        .await;
    assert_eq!(told["conversation"]["id"], active.conversation);
    sue.get(&active.agents_path("/summary")).await.ok();
    sue.post(&active.agents_path("/close"), &json!({}))
        .await
        .problem("forbidden");
    assert_eq!(
        listed(&sue, "all").await,
        std::slice::from_ref(&waiting.conversation)
    );

    // With the role their sight is gone at once.
    let path = format!("/admin/operators/{}", id_of(&sue).await);
    let change = json!({"name": "Sue", "role": "agent", "disabled": false});
    chat.admin.put(&path, &change).await.ok();
    console.next_of("resync").await;
    sue.get(&active.agents_path("/summary"))
        .await
        .problem("conversation-not-found");
    sue.get("/agent/conversations?state=all")
        .await
        .problem("forbidden");
}

#[tokio::test]
async fn a_supervisor_who_joins_writes_beside_the_agent_who_keeps_it() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let (ana, sue) = (chat.agent("Ana").await, chat.supervisor("Sue").await);
    let visitor = chat.visit_accepted(&shop, &ana).await;
    let (mut page, _) = Socket::of_visitor(&chat, &visitor, 0).await;
    let mut anas = Socket::of_agent(&chat, &ana).await;
    let mut sues = Socket::of_agent(&chat, &sue).await;
    visitor
        .write("a", "I want to speak to your boss.")
        .await
        .ok();
    let refused = visitor.answer(&sue, "a").await.problem("conflict");
    assert_eq!(refused["detail"], "Ana has this conversation.");
    let joined = sue
        .post(&visitor.agents_path("/join"), &json!({}))
        .await
        .ok();
    assert_eq!(joined["joined"][0]["name"], "Sue");
    assert_eq!(joined["agent"]["name"], "Ana");
    sue.post(&visitor.agents_path("/join"), &json!({}))
        .await
        .ok();
    let told = anas
        .until(|event| event["conversation"]["joined"][0]["name"] == "Sue")
        .await;
    assert_eq!(told["conversation"]["agent"]["name"], "Ana");
    sues.send(&json!({"type": "typing", "conversation": visitor.conversation}))
        .await;
    page.next_of("typing").await;
    visitor.answer(&sue, "a").await.ok();
    let told = page
        .until(|event| event["message"]["from"] == "agent")
        .await;
    assert_eq!(told["message"]["name"], "Sue");
    // What she wrote Ana has yet to read, and what the visitor wrote too.
    let mine = ana.get("/agent/conversations?state=active").await.ok();
    assert_eq!(mine["items"][0]["lastSeq"], 2);
    assert_eq!(mine["items"][0]["readByAgent"], 0);
    visitor.answer(&ana, "a").await.ok();
    sue.post(&visitor.agents_path("/close"), &json!({}))
        .await
        .problem("conflict");

    let left = sue
        .post(&visitor.agents_path("/leave"), &json!({}))
        .await
        .ok();
    assert_eq!(left["joined"], json!([]));
    sue.post(&visitor.agents_path("/leave"), &json!({}))
        .await
        .ok();
    visitor.answer(&sue, "b").await.problem("conflict");
    assert_eq!(
        happened(&sue, &visitor).await[1..],
        [json!(["joined", "Sue", null]), json!(["left", "Sue", null])]
    );
    chat.audited("conversation.joined").await;
    chat.audited("conversation.left").await;
    // Without the role there is no seat beside anybody.
    sue.post(&visitor.agents_path("/join"), &json!({}))
        .await
        .ok();
    let path = format!("/admin/operators/{}", id_of(&sue).await);
    let change = json!({"name": "Sue", "role": "agent", "disabled": false});
    chat.admin.put(&path, &change).await.ok();
    visitor.answer(&sue, "c").await.problem("conflict");
    // Nobody joins what nobody has.
    let tom = chat.supervisor("Tom").await;
    let waits = chat.visit(&shop, &json!({})).await;
    let refused = tom
        .post(&waits.agents_path("/join"), &json!({}))
        .await
        .problem("conflict");
    assert_eq!(
        refused["detail"],
        "Nobody has the conversation: it waits in its queue."
    );
}

#[tokio::test]
async fn a_supervisor_takes_over_and_the_former_agent_is_told_by_whom() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let (ana, sue) = (chat.agent("Ana").await, chat.supervisor("Sue").await);
    keep_to(&chat, "General", &ana).await;
    let visitor = chat.visit_accepted(&shop, &ana).await;
    let (mut page, _) = Socket::of_visitor(&chat, &visitor, 0).await;
    let mut anas = Socket::of_agent(&chat, &ana).await;
    sue.post(&visitor.agents_path("/join"), &json!({}))
        .await
        .ok();
    let body = json!({"from": id_of(&ana).await});
    let taken = sue
        .post(&visitor.agents_path("/take-over"), &body)
        .await
        .ok();
    assert_eq!(taken["agent"]["name"], "Sue");
    assert_eq!(taken["joined"], json!([]), "she has it now");
    sue.post(&visitor.agents_path("/take-over"), &body)
        .await
        .ok();
    let told = page
        .until(|event| event["conversation"]["agent"] == "Sue")
        .await;
    assert_eq!(told["conversation"]["state"], "active");
    let gone = anas.next_of("gone").await;
    assert_eq!(gone["agent"]["name"], "Sue");
    let refused = ana
        .get(&visitor.agents_path("/summary"))
        .await
        .problem("forbidden");
    assert_eq!(refused["detail"], "Sue has this conversation.");
    visitor.answer(&sue, "a").await.ok();
    assert_eq!(
        listed(&sue, "active").await,
        std::slice::from_ref(&visitor.conversation)
    );
    assert_eq!(
        happened(&sue, &visitor).await[2],
        json!(["taken-over", "Sue", "Ana"])
    );
    let entry = chat.audited("conversation.taken-over").await;
    assert_eq!(entry["details"], json!({"queue": "General", "from": "Ana"}));
    // She serves no queue by name, and keeps it all the same.
    keep_to(&chat, "VIP", &ana).await;
    assert_eq!(
        listed(&sue, "active").await,
        std::slice::from_ref(&visitor.conversation)
    );

    let waits = chat.visit(&shop, &json!({})).await;
    let refused = sue
        .post(&waits.agents_path("/take-over"), &body)
        .await
        .problem("conflict");
    assert_eq!(
        refused["detail"],
        "Nobody has the conversation: it waits in its queue."
    );
    // Without the role it waits again: she does not serve its queue.
    let path = format!("/admin/operators/{}", id_of(&sue).await);
    let change = json!({"name": "Sue", "role": "agent", "disabled": false});
    chat.admin.put(&path, &change).await.ok();
    let entry = chat.audited("conversation.handed-back").await;
    assert_eq!(entry["details"]["reason"], "no-member");
}

#[tokio::test]
async fn a_supervisor_assigns_what_waits_and_what_somebody_has() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let (ana, ben) = (chat.agent("Ana").await, chat.agent("Ben").await);
    let sue = chat.supervisor("Sue").await;
    let visitor = chat.visit(&shop, &json!({})).await;
    let path = visitor.agents_path("/assign");
    let to_ana = json!({"to": id_of(&ana).await});
    let absent = sue.post(&path, &to_ana).await.problem("conflict");
    assert_eq!(
        absent["detail"],
        "Ana is not here. Choose somebody who is, or a queue."
    );
    let mut anas = Socket::of_agent(&chat, &ana).await;
    let mut bens = Socket::of_agent(&chat, &ben).await;
    let away = async |state: &str| {
        let path = "/agent/availability";
        ana.put(path, &json!({"state": state})).await.ok();
    };
    away("away").await;
    let refused = sue.post(&path, &to_ana).await.problem("conflict");
    assert_eq!(
        refused["detail"],
        "Ana is away. Choose somebody else, or a queue."
    );
    away("here").await;
    let given = sue.post(&path, &to_ana).await.ok();
    assert_eq!(
        (&given["state"], &given["agent"]["name"]),
        (&json!("active"), &json!("Ana"))
    );
    let told = anas.next_of("conversation").await;
    assert_eq!(told["conversation"]["agent"]["name"], "Ana");
    let to_ben = json!({"to": id_of(&ben).await});
    let refused = sue.post(&path, &to_ben).await.problem("conflict");
    assert_eq!(
        refused["detail"], "Ana has this conversation.",
        "it does not wait any more"
    );
    let from_ana = json!({"to": id_of(&ben).await, "from": id_of(&ana).await});
    sue.post(&path, &from_ana).await.ok();
    bens.until(|event| event["conversation"]["agent"]["name"] == "Ben")
        .await;
    assert_eq!(anas.next_of("gone").await["agent"]["name"], "Ben");
    assert_eq!(
        happened(&ben, &visitor).await,
        [
            json!(["assigned", "Ana", "Sue"]),
            json!(["assigned", "Ben", "Sue"])
        ]
    );
    let entries = chat.audit("conversation.assigned").await;
    assert_eq!(
        entries[0]["details"],
        json!({"queue": "General", "from": "Ana", "to": "Ben"})
    );
    // Only to those who serve its queue.
    keep_to(&chat, "General", &ben).await;
    let back = json!({"to": id_of(&ana).await, "from": id_of(&ben).await});
    let fault = sue.post(&path, &back).await.problem("invalid-request");
    assert_eq!(fault["fields"][0]["name"], "to");
}
