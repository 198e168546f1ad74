//! The search over all conversations: what is found, in which order, and that nobody finds what they may not read.

use std::time::Duration;

use axum::http::StatusCode;
use bonafide_server::Clock;
use serde_json::{Value, json};

use crate::chat::{Chat, Shop, Visitor, text};
use crate::client::Client;
use crate::console::NOW;

async fn found(agent: &Client, query: &str) -> Vec<String> {
    let answer = agent.get(&format!("/agent/search?{query}")).await.ok();
    ids(&answer)
}

fn ids(answer: &Value) -> Vec<String> {
    let items = answer["items"].as_array().unwrap();
    items
        .iter()
        .map(|item| text(&item["conversation"]["id"]))
        .collect()
}

fn named(visitors: &[&Visitor]) -> Vec<String> {
    visitors
        .iter()
        .map(|visitor| visitor.conversation.clone())
        .collect()
}

async fn said(chat: &Chat, shop: &Shop, words: &str) -> Visitor {
    chat.clock.advance(Duration::from_secs(60));
    let visitor = chat.visit(shop, &json!({})).await;
    visitor.write("a", words).await.ok();
    visitor
}

#[tokio::test]
async fn it_finds_by_text_person_queue_state_agent_and_time() {
    let chat = Chat::with(Clock::manual(NOW), |_| {}).await;
    let shop = chat.shop().await;
    chat.contact().await;
    let ana = chat.agent("Ana").await;
    let parcel = said(&chat, &shop, "Where is my PARCEL from Köln?").await;
    let refund = said(&chat, &shop, "A refund for the parcel, please").await;
    chat.clock.advance(Duration::from_secs(60));
    let nancy = chat.visit_signed_in(&shop).await;
    ana.post(&parcel.agents_path("/accept"), &json!({}))
        .await
        .ok();
    parcel.answer(&ana, "b").await.ok();
    refund
        .client
        .post(&refund.path("/end"), &json!({}))
        .await
        .ok();

    // Newest start first.
    assert_eq!(found(&ana, "").await, named(&[&nancy, &refund, &parcel]));
    assert_eq!(found(&ana, "text=parcel").await, named(&[&refund, &parcel]));
    assert_eq!(
        found(&ana, "text=k%C3%B6ln%20parc").await,
        named(&[&parcel])
    );
    assert_eq!(
        found(&ana, "text=hello").await,
        named(&[&parcel]),
        "what agents wrote too"
    );
    assert_eq!(
        found(&ana, "text=hello%20parcel").await,
        named(&[]),
        "in one and the same message"
    );
    for person in [
        "nancy",
        "NANCY%20anderson",
        "nancy%40example.com",
        &crate::website::SUBJECT[..8],
    ] {
        assert_eq!(
            found(&ana, &format!("person={person}")).await,
            named(&[&nancy]),
            "{person}"
        );
    }
    assert_eq!(found(&ana, "person=nobody").await, named(&[]));
    assert_eq!(found(&ana, "person=nancy&text=parcel").await, named(&[]));
    let vip = chat.queue("VIP").await;
    assert_eq!(found(&ana, &format!("queue={vip}")).await, named(&[&nancy]));
    assert_eq!(found(&ana, "state=waiting").await, named(&[&nancy]));
    assert_eq!(found(&ana, "state=active").await, named(&[&parcel]));
    assert_eq!(found(&ana, "state=closed").await, named(&[&refund]));
    assert_eq!(found(&ana, "state=unanswered").await, named(&[&refund]));
    let me = text(&ana.get("/operator/session").await.ok()["id"]);
    assert_eq!(found(&ana, &format!("agent={me}")).await, named(&[&parcel]));
    assert_eq!(found(&ana, "agent=opr_other").await, named(&[]));
    let second = text(&refund.started["conversation"]["id"]);
    let from = "from=2026-11-22T20:02:00Z&to=2026-11-22T22:03:00%2B02:00";
    assert_eq!(found(&ana, from).await, [second]);

    let answer = ana.get("/agent/search?text=parcel").await.ok();
    let message = &answer["items"][1]["message"];
    assert_eq!(message["excerpt"], "Where is my PARCEL from Köln?");
    assert_eq!(
        (&message["seq"], &message["from"]),
        (&json!(1), &json!("visitor"))
    );
    assert_eq!(
        (&answer["next"], &answer["searchedTo"]),
        (&Value::Null, &Value::Null)
    );
}

#[tokio::test]
async fn nobody_finds_what_they_may_not_read() {
    let chat = Chat::with(Clock::manual(NOW), |_| {}).await;
    let shop = chat.shop().await;
    let (ana, ben) = (chat.agent("Ana").await, chat.agent("Ben").await);
    let waits = said(&chat, &shop, "parcel one").await;
    let anas = said(&chat, &shop, "parcel two").await;
    let closed = said(&chat, &shop, "parcel three").await;
    for visitor in [&anas, &closed] {
        ana.post(&visitor.agents_path("/accept"), &json!({}))
            .await
            .ok();
    }
    ana.post(&closed.agents_path("/close"), &json!({}))
        .await
        .ok();
    let everybody = [ana.clone(), ben.clone(), chat.admin.clone()];
    // What a search shows is what the summary shows, for each conversation and caller.
    let agrees = async || {
        for caller in &everybody {
            let shown = found(caller, "text=parcel").await;
            for visitor in [&waits, &anas, &closed] {
                let summary = caller.get(&visitor.agents_path("/summary")).await;
                let is_readable = summary.status == StatusCode::OK;
                assert_eq!(
                    shown.contains(&visitor.conversation),
                    is_readable,
                    "{}",
                    visitor.conversation
                );
            }
        }
    };
    agrees().await;
    assert_eq!(found(&ben, "text=parcel").await, named(&[&waits]));
    let ids: Vec<Value> = vec![ben.get("/operator/session").await.ok()["id"].clone()];
    let general = format!("/admin/queues/{}", chat.queue("General").await);
    chat.admin
        .put(&general, &json!({"name": "General", "members": ids}))
        .await
        .ok();
    agrees().await;
    assert_eq!(found(&ana, "text=parcel").await, named(&[]));
    assert_eq!(
        found(&ben, "text=parcel").await,
        named(&[&anas, &waits]),
        "it came back into the line"
    );
}

#[tokio::test]
async fn pages_follow_one_another_without_gap_or_repetition() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let mut expected = Vec::new();
    for number in 0..7 {
        let visitor = chat.visit(&shop, &json!({})).await;
        visitor.write("a", &format!("parcel {number}")).await.ok();
        expected.push(visitor.conversation);
    }
    for query in ["limit=2", "limit=2&text=parcel", "limit=7&text=parcel"] {
        let mut seen = Vec::new();
        let mut cursor = String::new();
        loop {
            let answer = chat
                .admin
                .get(&format!("/agent/search?{query}{cursor}"))
                .await
                .ok();
            seen.extend(ids(&answer));
            match answer["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
            assert!(answer["searchedTo"].is_string());
        }
        let mut all = seen.clone();
        all.sort_unstable();
        all.dedup();
        assert_eq!((all.len(), seen.len()), (7, 7), "{query}: {seen:?}");
        let started = |id: &String| expected.iter().position(|other| other == id);
        assert!(seen.iter().all(|id| started(id).is_some()));
    }
}

#[tokio::test]
async fn a_word_in_a_long_conversation_is_found() {
    let chat = Chat::with(Clock::system(), |config| {
        config.rate_quotas.messages_per_conversation = crate::chat::times(10_000);
    })
    .await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    for number in 0..2_001 {
        visitor
            .write(&format!("m{number}"), &format!("message {number}"))
            .await
            .ok();
    }
    visitor.write("last", "the needle").await.ok();
    assert_eq!(found(&chat.admin, "text=needle").await, named(&[&visitor]));
    assert_eq!(found(&chat.admin, "text=thread").await, named(&[]));
}

#[tokio::test]
async fn what_is_wrong_is_named() {
    let chat = Chat::start().await;
    let refuses = async |query: &str, field: &str| {
        let answer = chat.admin.get(&format!("/agent/search?{query}")).await;
        answer.refuses(&[(field, "invalid")]);
    };
    refuses("from=yesterday", "from").await;
    refuses("to=2026-11-22", "to").await;
    refuses("from=2026-11-22T20:00:00Z&to=2026-11-22T20:00:00Z", "to").await;
    refuses("limit=0", "limit").await;
    refuses("limit=101", "limit").await;
    refuses("cursor=x", "cursor").await;
    refuses("cursor=cXVlXzEgYQ", "cursor").await;
    refuses("queue=", "queue").await;
    refuses("agent=a%00", "agent").await;
    let long = format!("2026-11-22T20:00:00.{}Z", "0".repeat(40));
    let answer = chat.admin.get(&format!("/agent/search?from={long}")).await;
    assert_eq!(answer.fields()[0].0, "from");
    let long = "x".repeat(201);
    for field in ["person", "text"] {
        let answer = chat
            .admin
            .get(&format!("/agent/search?{field}={long}"))
            .await;
        assert_eq!(answer.fields()[0].0, field);
    }
    // Blank is as good as absent.
    chat.admin.get("/agent/search?text=%20&person=").await.ok();
}

#[tokio::test]
async fn a_supervisor_finds_what_everybody_has_or_had() {
    let chat = Chat::with(Clock::manual(NOW), |_| {}).await;
    let shop = chat.shop().await;
    let (ana, ben) = (chat.agent("Ana").await, chat.agent("Ben").await);
    let sue = chat.supervisor("Sue").await;
    // Sue is no member of any queue.
    let general = format!("/admin/queues/{}", chat.queue("General").await);
    let id = async |agent: &Client| text(&agent.get("/operator/session").await.ok()["id"]);
    let members = json!({"name": "General", "members": [id(&ana).await, id(&ben).await]});
    chat.admin.put(&general, &members).await.ok();
    let anas = said(&chat, &shop, "parcel one").await;
    let bens = said(&chat, &shop, "parcel two").await;
    let waits = said(&chat, &shop, "parcel three").await;
    for (agent, visitor) in [(&ana, &anas), (&ben, &bens)] {
        let accept = visitor.agents_path("/accept");
        agent.post(&accept, &json!({})).await.ok();
    }
    ben.post(&bens.agents_path("/close"), &json!({})).await.ok();
    assert_eq!(
        found(&sue, "text=parcel").await,
        named(&[&waits, &bens, &anas])
    );
    assert_eq!(found(&sue, "state=active").await, named(&[&anas]));
    let of_ben = format!("agent={}", id(&ben).await);
    assert_eq!(found(&sue, &of_ben).await, named(&[&bens]));
    assert_eq!(found(&ana, &of_ben).await, named(&[]));
    // The form offers them all.
    let colleagues = sue.get("/agent/colleagues?limit=50").await.ok();
    let names: Vec<String> = colleagues["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| text(&item["name"]))
        .collect();
    assert!(
        names.contains(&"Ana".to_owned()) && names.contains(&"Ben".to_owned()),
        "{names:?}"
    );
}

#[tokio::test]
async fn a_chat_with_a_file_is_looked_through_like_any_other() {
    let chat = Chat::with(Clock::manual(NOW), |_| {}).await;
    let shop = crate::visitor::files::shop(&chat, 1_000_000).await;
    let ana = chat.agent("Ana").await;
    let visitor = said(&chat, &shop, "Here is the parcel").await;
    let file = super::files::from_visitor(&visitor).await;
    visitor.write("z", "as you see").await.ok();
    assert_eq!(found(&ana, "text=parcel").await, named(&[&visitor]));
    assert_eq!(found(&ana, "text=see").await, named(&[&visitor]));
    let name = text(&file["attachment"]["name"]);
    let query = format!("text={name}");
    assert_eq!(found(&ana, &query).await, named(&[&visitor]), "by its name");
}
