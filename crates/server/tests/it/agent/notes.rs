//! Notes for colleagues: kept once, told to agents alone, and never to a visitor.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::chat::{Chat, Shop, Visitor, text};
use crate::client::Client;
use crate::socket::Socket;

/// What no visitor may ever read.
const SECRET: &str = "she pays late";

async fn note(agent: &Client, visitor: &Visitor, client_id: &str, text: &str) -> Value {
    let body = json!({"clientId": client_id, "text": text});
    let answer = agent.post(&visitor.agents_path("/notes"), &body).await;
    answer.expect(StatusCode::CREATED)
}

#[tokio::test]
async fn a_note_sent_again_is_the_same_note() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    visitor.write("a", "hello").await.ok();
    let ana = chat.agent("Ana").await;
    // Also before anybody has taken the conversation.
    let stored = note(&ana, &visitor, "n-1", SECRET).await;
    assert_eq!(
        (&stored["number"], &stored["afterSeq"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(
        (&stored["name"], &stored["text"]),
        (&json!("Ana"), &json!(SECRET))
    );
    assert_eq!(note(&ana, &visitor, "n-1", SECRET).await, stored);
    let path = visitor.agents_path("/notes");
    ana.post(&path, &json!({"clientId": "n-1", "text": "other"}))
        .await
        .problem("conflict");
    // A colleague may choose the same client id.
    let ben = chat.agent("Ben").await;
    assert_eq!(note(&ben, &visitor, "n-1", "mine").await["number"], 2);

    let notes = ben.get(&path).await.ok();
    assert_eq!(notes["items"][0], stored);
    assert_eq!(notes["more"], false);
    let later = ben.get(&format!("{path}?after=1")).await.ok();
    assert_eq!(later["items"].as_array().unwrap().len(), 1);
    assert_eq!(later["items"][0]["text"], "mine");
    // They are no messages.
    let messages = ana.get(&visitor.agents_path("/messages")).await.ok();
    assert_eq!(messages["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn what_is_no_note_is_refused_by_field() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    let path = visitor.agents_path("/notes");
    let send = async |body: Value| chat.admin.post(&path, &body).await;
    send(json!({"clientId": "a b", "text": " \n"}))
        .await
        .refuses(&[("clientId", "invalid"), ("text", "required")]);
    send(json!({"clientId": "a", "text": "é".repeat(4_001)}))
        .await
        .refuses(&[("text", "too-long")]);
    send(json!({"clientId": "a", "text": "a\u{0}"}))
        .await
        .refuses(&[("text", "invalid")]);
    send(json!({"clientId": "a", "text": "é".repeat(4_000)}))
        .await
        .ok();
    chat.admin
        .get(&format!("{path}?after=-1"))
        .await
        .refuses(&[("after", "invalid")]);
}

#[tokio::test]
async fn who_may_not_see_the_conversation_neither_reads_nor_writes_notes() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let (ana, ben) = (chat.agent("Ana").await, chat.agent("Ben").await);
    let visitor = chat.visit(&shop, &json!({})).await;
    ana.post(&visitor.agents_path("/accept"), &json!({}))
        .await
        .ok();
    note(&ana, &visitor, "a", SECRET).await;
    let path = visitor.agents_path("/notes");
    let body = json!({"clientId": "b", "text": "x"});
    ben.get(&path).await.problem("forbidden");
    ben.post(&path, &body).await.problem("forbidden");
    ben.get(&visitor.agents_path("/events"))
        .await
        .problem("forbidden");
    for client in [&visitor.client, &chat.program()] {
        client.get(&path).await.problem("sign-in-required");
        client.post(&path, &body).await.problem("sign-in-required");
    }
    let me = text(&ana.get("/operator/session").await.ok()["id"]);
    let queue = format!("/admin/queues/{}", chat.queue("General").await);
    let only_ana = json!({"name": "General", "members": [me]});
    chat.admin.put(&queue, &only_ana).await.ok();
    ben.get(&path).await.problem("conversation-not-found");
    ben.post(&path, &body)
        .await
        .problem("conversation-not-found");
    // What is over can still be noted.
    ana.post(&visitor.agents_path("/close"), &json!({}))
        .await
        .ok();
    assert_eq!(note(&ana, &visitor, "c", "later").await["number"], 2);
}

/// Every route that a visitor has, from the server's own description, with the visitor's secret.
#[tokio::test]
async fn no_route_of_visitors_ever_carries_one() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit_signed_in(&shop).await;
    visitor.write("a", "hello").await.ok();
    chat.admin
        .post(&visitor.agents_path("/accept"), &json!({}))
        .await
        .ok();
    let stored = note(&chat.admin, &visitor, "marked-note", SECRET).await;
    let answer = json!({"clientId": "b", "text": "Hello!"});
    chat.admin
        .post(&visitor.agents_path("/messages"), &answer)
        .await
        .ok();
    ask_everything(&chat, &shop, &visitor, &stored).await;
    let closing = json!({"note": SECRET});
    chat.admin
        .post(&visitor.agents_path("/close"), &closing)
        .await
        .ok();
    ask_everything(&chat, &shop, &visitor, &stored).await;
    let signed_out = visitor.client.delete(&visitor.path("/session")).await;
    expect_no_note(&signed_out.bytes, &stored, "sign-out");
}

/// Asks every route of visitors, in many ways; what the agent said is among the answers, and no note.
async fn ask_everything(chat: &Chat, shop: &Shop, visitor: &Visitor, stored: &Value) {
    let description: Value =
        serde_json::from_str(&bonafide_server::openapi_text().unwrap()).unwrap();
    let (mut asked, mut has_answer) = (0, false);
    for (path, item) in description["paths"].as_object().unwrap() {
        let path = path.strip_prefix("/api/v1").unwrap();
        let (path, is_visitors) = match path {
            _ if path.starts_with("/widgets") => {
                (path.replace("{id}", &text(&shop.widget["id"])), true)
            }
            _ if path.starts_with("/conversations") => {
                (path.replace("{id}", &visitor.conversation), true)
            }
            _ => (String::new(), false),
        };
        let path = path.replace("{file}", "fil_none");
        // These end the session or the conversation.
        if !is_visitors || path.ends_with("/session") || path.ends_with("/end") {
            continue;
        }
        for method in item.as_object().unwrap().keys() {
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            let token = shop.token(chat.now());
            for body in [
                None,
                Some(json!({})),
                Some(json!({"token": token})),
                Some(json!({"token": token, "page": crate::chat::page()})),
                Some(json!({"clientId": "marked-note", "text": "x"})),
                Some(json!({"context": {}})),
            ] {
                let body = body.map(|body| body.to_string());
                let answer = visitor.client.send(method.clone(), &path, body).await;
                expect_no_note(&answer.bytes, stored, &format!("{method} {path}"));
                has_answer |= String::from_utf8_lossy(&answer.bytes).contains("Hello!");
                asked += 1;
            }
        }
    }
    assert!(asked >= 36, "{asked}");
    assert!(has_answer, "the visitor reads what the agent said");
}

fn expect_no_note(bytes: &[u8], stored: &Value, what: &str) {
    let told = String::from_utf8_lossy(bytes);
    for secret in [SECRET, stored["id"].as_str().unwrap()] {
        assert!(!told.contains(secret), "{what}: {told}");
    }
}

/// Not even that there is one: a frame that came at its time would tell.
#[tokio::test]
async fn no_socket_of_visitors_ever_carries_one() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit_signed_in(&shop).await;
    chat.admin
        .post(&visitor.agents_path("/accept"), &json!({}))
        .await
        .ok();
    let mut console = Socket::of_agent(&chat, &chat.admin).await;
    let (mut page, _) = Socket::of_visitor(&chat, &visitor, 0).await;
    for number in 0..5 {
        let stored = note(&chat.admin, &visitor, &format!("n{number}"), SECRET).await;
        let told = console.next_of("note").await;
        assert_eq!(told["conversation"], visitor.conversation);
        assert_eq!(told["note"], stored);
    }
    let answer = json!({"clientId": "b", "text": "Hello!"});
    chat.admin
        .post(&visitor.agents_path("/messages"), &answer)
        .await
        .ok();
    let first = page.next().await;
    assert_eq!(first["type"], "message", "{first}");
    assert_eq!(first["message"]["text"], "Hello!");
    // Nor with the close, whose events are for agents.
    let closing = json!({"note": SECRET});
    chat.admin
        .post(&visitor.agents_path("/close"), &closing)
        .await
        .ok();
    let end = page
        .until(|event| {
            assert_ne!(event["type"], "note", "{event}");
            assert_ne!(event["type"], "conversation-event", "{event}");
            assert!(!event.to_string().contains(SECRET), "{event}");
            event["conversation"]["state"] == "closed"
        })
        .await;
    assert_eq!(end["type"], "conversation");
    console
        .until(|event| event["note"]["text"] == SECRET && event["note"]["number"] == 6)
        .await;
}

#[tokio::test]
async fn an_agent_who_may_not_see_the_conversation_hears_of_no_note() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let (ana, ben) = (chat.agent("Ana").await, chat.agent("Ben").await);
    let visitor = chat.visit(&shop, &json!({})).await;
    ana.post(&visitor.agents_path("/accept"), &json!({}))
        .await
        .ok();
    let mut bens = Socket::of_agent(&chat, &ben).await;
    note(&ana, &visitor, "a", SECRET).await;
    let other = chat.visit(&shop, &json!({})).await;
    let next = bens.next().await;
    assert_eq!(next["conversation"]["id"], other.conversation, "{next}");
}

#[tokio::test(flavor = "multi_thread")]
async fn many_at_once_are_numbered_without_gaps() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    let mut agents = Vec::new();
    for name in ["Ana", "Ben", "Cleo"] {
        agents.push(chat.agent(name).await);
    }
    // Each is sent twice.
    let writes: Vec<_> = (0..60)
        .map(|number| {
            let (agent, visitor) = (agents[number % 3].clone(), visitor.clone());
            let client_id = format!("n{}", number / 6);
            tokio::spawn(async move { note(&agent, &visitor, &client_id, "x").await })
        })
        .collect();
    let mut numbers = std::collections::BTreeSet::new();
    for write in writes {
        numbers.insert(write.await.unwrap()["number"].as_u64().unwrap());
    }
    let expected: std::collections::BTreeSet<u64> = (1..=30).collect();
    assert_eq!(numbers, expected);
    let notes = agents[0].get(&visitor.agents_path("/notes")).await.ok();
    assert_eq!(notes["items"].as_array().unwrap().len(), 30);
}
