//! What happened to a conversation is kept at its time, for agents alone.

use std::time::Duration;

use bonafide_server::Clock;
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::chat::{Chat, Visitor, text};
use crate::client::Client;
use crate::console::NOW;
use crate::scripted::PATIENCE;
use crate::socket::Socket;

/// Kind, party, name and detail of each event.
async fn events(agent: &Client, visitor: &Visitor) -> Vec<(String, String, Value, Value)> {
    let page = agent.get(&visitor.agents_path("/events")).await.ok();
    assert_eq!(page["more"], false);
    let items = page["items"].as_array().unwrap();
    for (index, event) in items.iter().enumerate() {
        assert_eq!(event["number"], index + 1);
    }
    items
        .iter()
        .map(|event| {
            (
                text(&event["kind"]),
                text(&event["by"]),
                event["name"].clone(),
                event["detail"].clone(),
            )
        })
        .collect()
}

fn event(kind: &str, by: &str, name: Value, detail: Value) -> (String, String, Value, Value) {
    (kind.to_owned(), by.to_owned(), name, detail)
}

async fn authenticate(visitor: &Visitor, token: &str) -> crate::console::Answer {
    visitor
        .client
        .post(&visitor.path("/authenticate"), &json!({"token": token}))
        .await
}

#[tokio::test]
async fn an_upgrade_a_renewal_a_new_name_and_a_stranger() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    assert_eq!(events(&chat.admin, &visitor).await, []);
    authenticate(&visitor, &shop.token(chat.now())).await.ok();
    authenticate(&visitor, &shop.token(chat.now())).await.ok();
    // Twice the same with nothing between is told once.
    authenticate(&visitor, &shop.token(chat.now())).await.ok();
    let renamed = shop.token_with(chat.now(), &json!({"family_name": "Miller"}));
    authenticate(&visitor, &renamed).await.ok();
    let stranger = shop.token_with(chat.now(), &json!({"sub": "somebody-else"}));
    authenticate(&visitor, &stranger).await.problem("conflict");
    assert_eq!(
        events(&chat.admin, &visitor).await,
        [
            event(
                "authenticated",
                "visitor",
                json!("Nancy Anderson"),
                Value::Null
            ),
            event("renewed", "visitor", Value::Null, Value::Null),
            event(
                "identity-changed",
                "visitor",
                json!("Nancy Miller"),
                json!("Nancy Anderson")
            ),
            event("other-person", "visitor", Value::Null, Value::Null),
        ]
    );
    let page = chat
        .admin
        .get(&visitor.agents_path("/events?after=3"))
        .await
        .ok();
    assert_eq!(page["items"].as_array().unwrap().len(), 1);
    assert!(!page.to_string().contains("somebody-else"), "{page}");
}

#[tokio::test]
async fn each_stands_after_the_message_before_it() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    visitor.write("a", "one").await.ok();
    visitor.write("b", "two").await.ok();
    let ana = chat.agent("Ana").await;
    ana.post(&visitor.agents_path("/accept"), &json!({}))
        .await
        .ok();
    // Accepting what one has is no news.
    ana.post(&visitor.agents_path("/accept"), &json!({}))
        .await
        .ok();
    let answer = json!({"clientId": "c", "text": "three"});
    ana.post(&visitor.agents_path("/messages"), &answer)
        .await
        .ok();
    visitor
        .client
        .post(&visitor.path("/end"), &json!({}))
        .await
        .ok();
    let page = ana.get(&visitor.agents_path("/events")).await.ok();
    let places: Vec<(&Value, &Value)> = page["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| (&event["kind"], &event["afterSeq"]))
        .collect();
    assert_eq!(
        places,
        [
            (&json!("accepted"), &json!(2)),
            (&json!("closed"), &json!(3)),
        ]
    );
    assert_eq!(page["items"][0]["name"], "Ana");
    assert_eq!(page["items"][1]["by"], "visitor");
}

#[tokio::test]
async fn a_sign_out_and_a_hand_back() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let ana = chat.agent("Ana").await;
    let visitor = chat.visit_signed_in(&shop).await;
    ana.post(&visitor.agents_path("/accept"), &json!({}))
        .await
        .ok();
    let me = text(&ana.get("/operator/session").await.ok()["id"]);
    let disabled = json!({"name": "Ana", "role": "agent", "disabled": true});
    chat.admin
        .put(&format!("/admin/operators/{me}"), &disabled)
        .await
        .ok();
    chat.admin
        .post(&visitor.agents_path("/accept"), &json!({}))
        .await
        .ok();
    visitor.client.delete(&visitor.path("/session")).await.ok();
    assert_eq!(
        events(&chat.admin, &visitor).await,
        [
            event("accepted", "operator", json!("Ana"), Value::Null),
            event("handed-back", "operator", json!("Ana"), Value::Null),
            event("accepted", "operator", json!("Ada"), Value::Null),
            event("signed-out", "visitor", Value::Null, Value::Null),
            event("closed", "visitor", Value::Null, Value::Null),
        ]
    );
}

#[tokio::test]
async fn a_lapse_is_told_once_with_its_own_time_and_again_after_a_renewal() {
    let clock = Clock::manual(NOW);
    let chat = Chat::with(clock.clone(), |_| {}).await;
    let shop = chat.shop().await;
    let visitor = chat.visit_signed_in(&shop).await;
    // Whoever is gone for so long loses their place.
    let (_page, _) = Socket::of_visitor(&chat, &visitor, 0).await;
    let mut console = Socket::of_agent(&chat, &chat.admin).await;
    let is_lapse = |event: &Value| event["event"]["kind"] == "lapsed";
    clock.advance(Duration::from_secs(901));
    let told = console.until(is_lapse).await;
    assert_eq!(told["conversation"], visitor.conversation);
    assert_eq!(told["event"]["at"], "2026-11-22T20:15:00.000Z");
    assert_eq!(told["event"]["by"], "system");
    authenticate(&visitor, &shop.token(chat.now())).await.ok();
    clock.advance(Duration::from_secs(901));
    assert_eq!(console.until(is_lapse).await["event"]["number"], 3);

    // Whether the server stops before or after it noticed the third, it is told once.
    authenticate(&visitor, &shop.token(chat.now())).await.ok();
    clock.advance(Duration::from_secs(901));
    let chat = chat.restart().await;
    let lapses = async {
        loop {
            let events = events(&chat.admin, &visitor).await;
            let kinds: Vec<String> = events.into_iter().map(|(kind, ..)| kind).collect();
            if kinds.len() >= 5 {
                return kinds;
            }
            tokio::task::yield_now().await;
        }
    };
    let kinds = timeout(PATIENCE, lapses).await.expect("a third lapse");
    assert_eq!(kinds, ["lapsed", "renewed", "lapsed", "renewed", "lapsed"]);
}

#[tokio::test]
async fn another_page_of_the_same_person_is_told_of() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let path = format!("/admin/work-streams/{}", text(&shop.work_stream["id"]));
    let stored = chat.admin.get(&path).await.ok();
    let mut body = json!({"resume": "same-person"});
    for field in ["name", "contextVariables", "rules", "fallbackQueue"] {
        body[field] = stored[field].clone();
    }
    chat.admin.put(&path, &body).await.ok();
    let visitor = chat.visit_signed_in(&shop).await;
    let again = chat.visit_signed_in(&shop).await;
    assert_eq!(again.conversation, visitor.conversation);
    assert_eq!(
        events(&chat.admin, &visitor).await,
        [event("resumed", "visitor", Value::Null, Value::Null)]
    );
}

#[tokio::test]
async fn they_come_live_to_agents_and_never_to_visitors() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    let mut console = Socket::of_agent(&chat, &chat.admin).await;
    let (mut page, _) = Socket::of_visitor(&chat, &visitor, 0).await;
    authenticate(&visitor, &shop.token(chat.now())).await.ok();
    let told = console.next_of("conversation-event").await;
    assert_eq!(told["conversation"], visitor.conversation);
    assert_eq!(told["event"]["kind"], "authenticated");
    let stranger = shop.token_with(chat.now(), &json!({"sub": "somebody-else"}));
    authenticate(&visitor, &stranger).await.problem("conflict");
    assert_eq!(
        console.next_of("conversation-event").await["event"]["kind"],
        "other-person"
    );
    chat.admin
        .post(&visitor.agents_path("/accept"), &json!({}))
        .await
        .ok();
    assert_eq!(
        console.next_of("conversation-event").await["event"]["name"],
        "Ada"
    );
    visitor
        .client
        .post(&visitor.path("/end"), &json!({}))
        .await
        .ok();
    assert_eq!(
        console.next_of("conversation-event").await["event"]["kind"],
        "closed"
    );
    page.until(|event| {
        assert_eq!(event["type"], "conversation", "{event}");
        event["conversation"]["state"] == "closed"
    })
    .await;
    let read = visitor.client.get(&visitor.path("/messages")).await.ok();
    assert!(read.get("events").is_none(), "{read}");
    visitor
        .client
        .get(&visitor.path("/events"))
        .await
        .problem("not-found");
}

/// Of an accept and an end at once either comes first; what is told is what was done.
#[tokio::test(flavor = "multi_thread")]
async fn events_of_acts_at_once_tell_what_was_done() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    for _ in 0..10 {
        let visitor = chat.visit(&shop, &json!({})).await;
        let (agent, accept) = (chat.admin.clone(), visitor.agents_path("/accept"));
        let accepting = tokio::spawn(async move { agent.post(&accept, &json!({})).await });
        let ending = visitor.client.post(&visitor.path("/end"), &json!({})).await;
        ending.ok();
        let accepted = accepting.await.unwrap().status.is_success();
        let expected: &[&str] = if accepted {
            &["accepted", "closed"]
        } else {
            &["closed"]
        };
        let kinds: Vec<String> = events(&chat.admin, &visitor)
            .await
            .into_iter()
            .map(|(kind, ..)| kind)
            .collect();
        assert_eq!(kinds, expected);
    }
}
