//! Taking, answering and closing.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::chat::Chat;
use crate::client::Client;

async fn id_of(agent: &Client) -> Value {
    agent.get("/operator/session").await.ok()["id"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn of_fifty_who_accept_at_once_one_gets_it() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    let mut agents = Vec::new();
    for number in 0..10 {
        agents.push(chat.agent(&format!("Agent{number}")).await);
    }
    let accepts: Vec<_> = (0..50)
        .map(|number| {
            let (agent, path) = (agents[number % 10].clone(), visitor.agents_path("/accept"));
            tokio::spawn(async move { (number % 10, agent.post(&path, &json!({})).await) })
        })
        .collect();
    let mut winners = Vec::new();
    let mut losers = Vec::new();
    for accept in accepts {
        let (number, answer) = accept.await.unwrap();
        if answer.status == StatusCode::OK {
            winners.push((number, answer.ok()["agent"]["name"].clone()));
        } else {
            losers.push(answer.problem("conflict")["detail"].clone());
        }
    }
    // The winner's own five tries all say so.
    assert_eq!(winners.len(), 5, "{winners:?}");
    let (winner, name) = winners[0].clone();
    assert!(winners.iter().all(|entry| *entry == (winner, name.clone())));
    assert_eq!(losers.len(), 45);
    let expected = json!(format!("{} has this conversation.", name.as_str().unwrap()));
    assert!(
        losers.iter().all(|detail| *detail == expected),
        "{losers:?}"
    );
    assert_eq!(chat.audit("conversation.accepted").await.len(), 1);
}

#[tokio::test]
async fn a_conversation_is_answered_by_whoever_has_it() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    let (ana, ben) = (chat.agent("Ana").await, chat.agent("Ben").await);
    let body = json!({"clientId": "a", "text": "Hello"});
    let messages = visitor.agents_path("/messages");
    ana.post(&messages, &body).await.problem("conflict");
    ana.post(&visitor.agents_path("/close"), &json!({}))
        .await
        .problem("conflict");

    ana.post(&visitor.agents_path("/accept"), &json!({}))
        .await
        .ok();
    let stored = ana.post(&messages, &body).await.ok();
    assert_eq!(ana.post(&messages, &body).await.ok(), stored);
    assert_eq!(stored["from"], "agent");
    // The visitor may choose the same client id.
    assert_eq!(visitor.write("a", "Hi").await.ok()["seq"], 2);

    ben.post(&messages, &body).await.problem("conflict");
    ben.post(&visitor.agents_path("/close"), &json!({}))
        .await
        .problem("conflict");
    ben.get(&visitor.agents_path("/summary"))
        .await
        .problem("forbidden");
    ben.get(&messages).await.problem("forbidden");

    let closed = ana
        .post(&visitor.agents_path("/close"), &json!({}))
        .await
        .ok();
    assert_eq!(closed["state"], "closed");
    ana.post(&visitor.agents_path("/close"), &json!({}))
        .await
        .ok();
    ana.post(&messages, &json!({"clientId": "b", "text": "x"}))
        .await
        .problem("conflict");
    ana.post(&visitor.agents_path("/accept"), &json!({}))
        .await
        .problem("conflict");
    let summary = ana.get(&visitor.agents_path("/summary")).await.ok();
    assert_eq!(summary["state"], "closed");
    visitor.write("c", "hello?").await.problem("conflict");
}

#[tokio::test]
async fn every_act_needs_the_queue() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let (ana, ben) = (chat.agent("Ana").await, chat.agent("Ben").await);
    let visitor = chat.visit(&shop, &json!({})).await;
    ben.post(&visitor.agents_path("/accept"), &json!({}))
        .await
        .ok();
    let members = json!({"name": "General", "members": [id_of(&ana).await]});
    chat.admin
        .put(
            &format!("/admin/queues/{}", chat.queue("General").await),
            &members,
        )
        .await
        .ok();

    let waiting = chat.visit(&shop, &json!({})).await;
    for visitor in [&visitor, &waiting] {
        let body = json!({"clientId": "x", "text": "x"});
        for answer in [
            ben.get(&visitor.agents_path("/summary")).await,
            ben.get(&visitor.agents_path("/messages")).await,
            ben.post(&visitor.agents_path("/accept"), &json!({})).await,
            ben.post(&visitor.agents_path("/messages"), &body).await,
            ben.post(&visitor.agents_path("/close"), &json!({})).await,
        ] {
            assert_eq!(answer.status, StatusCode::NOT_FOUND);
            answer.problem("conversation-not-found");
        }
    }
    assert_eq!(
        ben.get("/agent/conversations").await.ok()["items"],
        json!([])
    );
    ana.post(&waiting.agents_path("/accept"), &json!({}))
        .await
        .ok();
}

#[tokio::test]
async fn visitors_and_strangers_are_no_agents() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    for client in [chat.program(), visitor.client.clone()] {
        for path in [
            "/agent/conversations".to_owned(),
            visitor.agents_path("/summary"),
        ] {
            client.get(&path).await.problem("sign-in-required");
        }
        client
            .post(&visitor.agents_path("/accept"), &json!({}))
            .await
            .problem("sign-in-required");
    }
    let mut foreign = chat.admin.clone();
    foreign
        .headers
        .insert("origin", "https://attacker.example".parse().unwrap());
    foreign
        .post(&visitor.agents_path("/accept"), &json!({}))
        .await
        .problem("forbidden");
}

#[tokio::test]
async fn a_queue_with_open_conversations_stays() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    let spare = chat.queue("Spare").await;
    let general = chat.queue("General").await;
    // Nothing but the conversation names the queue any more.
    for work_stream in chat.admin.get("/admin/work-streams").await.ok()["items"]
        .as_array()
        .unwrap()
    {
        let body = json!({
            "name": work_stream["name"], "contextVariables": [], "rules": [], "fallbackQueue": spare,
        });
        let path = format!(
            "/admin/work-streams/{}",
            work_stream["id"].as_str().unwrap()
        );
        chat.admin.put(&path, &body).await.ok();
    }
    let path = format!("/admin/queues/{general}");
    chat.admin.delete(&path).await.problem("conflict");
    visitor
        .client
        .post(&visitor.path("/end"), &json!({}))
        .await
        .ok();
    chat.admin.delete(&path).await.ok();
    let messages = visitor.client.get(&visitor.path("/messages")).await;
    messages.ok();
}
