//! The other conversations of one verified person: who learns of them, who reads them, and until when.

use axum::http::StatusCode;
use bonafide_server::Clock;
use serde_json::{Value, json};

use super::files;
use crate::chat::{Chat, Shop, Visitor, text, times, with_fields};
use crate::client::Client;
use crate::visitor::files::shop as shop_with_files;

/// Starts a chat with a token that differs so.
async fn visit(chat: &Chat, shop: &Shop, claims: &Value) -> Visitor {
    let token = shop.token_with(chat.now(), claims);
    chat.visit(shop, &json!({"token": token})).await
}

async fn accept(agent: &Client, visitor: &Visitor) {
    let path = visitor.agents_path("/accept");
    agent.post(&path, &json!({})).await.ok();
}

async fn close(agent: &Client, visitor: &Visitor) {
    let path = visitor.agents_path("/close");
    agent.post(&path, &json!({})).await.ok();
}

/// What an agent is told beside this conversation.
async fn listed(agent: &Client, visitor: &Visitor) -> Vec<Value> {
    let page = agent.get(&visitor.agents_path("/same-person")).await.ok();
    assert_eq!(page["next"], Value::Null);
    page["items"].as_array().unwrap().clone()
}

fn ids(items: &[Value]) -> Vec<&str> {
    items
        .iter()
        .map(|item| item["id"].as_str().unwrap())
        .collect()
}

/// Who serves a queue from now on.
async fn members(chat: &Chat, queue: &str, of: &Value) {
    let path = format!("/admin/queues/{}", chat.queue(queue).await);
    let body = json!({"name": queue, "members": of});
    chat.admin.put(&path, &body).await.ok();
}

async fn id_of(agent: &Client) -> Value {
    agent.get("/operator/session").await.ok()["id"].clone()
}

/// Every route that shows what was said answers so.
async fn reads(agent: &Client, visitor: &Visitor, file: &Value, expected: StatusCode) {
    for below in [
        "/summary",
        "/messages",
        "/notes",
        "/events",
        "/transcript",
        "/same-person",
    ] {
        let answer = agent.get(&visitor.agents_path(below)).await;
        assert_eq!(answer.status, expected, "{below}");
    }
    let answer = agent.get(&files::path_of(visitor, file)).await;
    assert_eq!(answer.status, expected, "its file");
}

/// Ben's chat of a person with a file, a note and an answer, which is over; and the file.
async fn earlier(chat: &Chat, shop: &Shop, ben: &Client) -> (Visitor, Value) {
    let visitor = chat.visit_signed_in(shop).await;
    let file = files::from_visitor(&visitor).await;
    accept(ben, &visitor).await;
    visitor.answer(ben, "a").await.ok();
    let note = json!({"clientId": "n", "text": "she pays late"});
    ben.post(&visitor.agents_path("/notes"), &note).await.ok();
    close(ben, &visitor).await;
    (visitor, file)
}

#[tokio::test]
async fn whoever_has_the_persons_chat_reads_what_colleagues_had_until_they_have_it_no_more() {
    let chat = Chat::start().await;
    let shop = shop_with_files(&chat, 1_000_000).await;
    let (ana, ben) = (chat.agent("Ana").await, chat.agent("Ben").await);
    let (before, file) = earlier(&chat, &shop, &ben).await;
    reads(&ana, &before, &file, StatusCode::FORBIDDEN).await;

    let running = chat.visit_signed_in(&shop).await;
    // Whoever thinks of taking it sees that there is one, and no more.
    let seen = listed(&ana, &running).await;
    assert_eq!(ids(&seen), [&before.conversation]);
    assert_eq!(seen[0]["isReadable"], false);
    assert_eq!(seen[0]["agent"]["name"], "Ben");
    reads(&ana, &before, &file, StatusCode::FORBIDDEN).await;

    accept(&ana, &running).await;
    let seen = listed(&ana, &running).await;
    let first = &seen[0];
    assert_eq!(first["isReadable"], true);
    assert_eq!(
        (&first["state"], &first["queue"]["name"]),
        (&json!("closed"), &json!("VIP"))
    );
    assert!(first["closedAt"].as_str().unwrap() >= first["startedAt"].as_str().unwrap());
    assert_eq!(first["closingReason"], Value::Null);
    reads(&ana, &before, &file, StatusCode::OK).await;
    let summary = ana.get(&before.agents_path("/summary")).await.ok();
    assert_eq!(summary["isReadOnly"], true);
    let messages = ana.get(&before.agents_path("/messages")).await.ok();
    assert_eq!(messages["items"][1]["text"], "Hello");
    // Of those beside it she learns too.
    assert_eq!(ids(&listed(&ana, &before).await), [&running.conversation]);
    // Reading is all.
    let note = json!({"clientId": "m", "text": "mine"});
    let refused = ana.post(&before.agents_path("/notes"), &note).await;
    let detail = text(&refused.problem("forbidden")["detail"]);
    assert!(detail.starts_with("Ben had this conversation."), "{detail}");
    for (below, body) in [
        ("/close", json!({})),
        ("/messages", json!({"clientId": "m", "text": "mine"})),
        ("/accept", json!({})),
        ("/hand-over", json!({"queue": chat.queue("VIP").await})),
    ] {
        let answer = ana.post(&before.agents_path(below), &body).await;
        assert!(
            answer.status.is_client_error(),
            "{below}: {}",
            answer.status
        );
    }
    ana.get(&before.agents_path("/colleagues"))
        .await
        .problem("forbidden");
    // Nobody else reads it for that, and whose it was sees no difference.
    let cay = chat.agent("Cay").await;
    reads(&cay, &before, &file, StatusCode::FORBIDDEN).await;
    reads(&ben, &before, &file, StatusCode::OK).await;
    let summary = ben.get(&before.agents_path("/summary")).await.ok();
    assert_eq!(summary["isReadOnly"], false);

    // Handed over, it is another's right.
    let vip = chat.queue("VIP").await;
    let path = running.agents_path("/hand-over");
    ana.post(&path, &json!({"queue": vip})).await.ok();
    reads(&ana, &before, &file, StatusCode::FORBIDDEN).await;
    accept(&cay, &running).await;
    reads(&cay, &before, &file, StatusCode::OK).await;
    reads(&ana, &before, &file, StatusCode::FORBIDDEN).await;
    // So it is with the end.
    close(&cay, &running).await;
    reads(&cay, &before, &file, StatusCode::FORBIDDEN).await;
    let seen = listed(&cay, &running).await;
    assert_eq!(
        (ids(&seen), &seen[0]["isReadable"]),
        (vec![before.conversation.as_str()], &json!(false))
    );
}

#[tokio::test]
async fn of_a_queue_that_they_do_not_serve_they_learn_that_there_is_one() {
    let chat = Chat::start().await;
    let shop = shop_with_files(&chat, 1_000_000).await;
    let (ana, ben) = (chat.agent("Ana").await, chat.agent("Ben").await);
    let (before, file) = earlier(&chat, &shop, &ben).await;
    let no_cart = json!({"lwicontexts": {}});
    let running = visit(&chat, &shop, &no_cart).await;
    members(&chat, "VIP", &json!([id_of(&ben).await])).await;
    // Whoever only looks at what waits learns nothing of other queues.
    assert!(listed(&ana, &running).await.is_empty());
    accept(&ana, &running).await;
    let seen = listed(&ana, &running).await;
    assert_eq!(ids(&seen), [&before.conversation]);
    assert_eq!(
        (
            &seen[0]["isReadable"],
            &seen[0]["queue"]["name"],
            &seen[0]["agent"]["name"],
            &seen[0]["pageUrl"]
        ),
        (&json!(false), &json!("VIP"), &json!("Ben"), &Value::Null)
    );
    reads(&ana, &before, &file, StatusCode::NOT_FOUND).await;
    // What runs does not give more than it is read for itself.
    members(&chat, "VIP", &json!([id_of(&ana).await])).await;
    reads(&ana, &before, &file, StatusCode::OK).await;
    members(&chat, "Members", &json!([id_of(&ben).await])).await;
    reads(&ana, &before, &file, StatusCode::FORBIDDEN).await;
}

/// The same name, address or subject is not the same person.
#[tokio::test]
async fn nobody_is_somebody_else() {
    let chat = Chat::start().await;
    let shop = shop_with_files(&chat, 1_000_000).await;
    let (ana, ben) = (chat.agent("Ana").await, chat.agent("Ben").await);
    let (before, file) = earlier(&chat, &shop, &ben).await;
    let stored = chat.admin.get("/admin/authentication-settings").await.ok();
    let mut setting = json!({"name": "A second setting with the same keys"});
    for field in ["publicKeyUrl", "clientFunction"] {
        setting[field] = stored["items"][0][field].clone();
    }
    let setting = chat
        .admin
        .post("/admin/authentication-settings", &setting)
        .await
        .ok();
    let mut widget = json!({"name": "Second", "authenticationSetting": setting["id"]});
    for field in ["signIn", "allowedOrigins"] {
        widget[field] = shop.widget[field].clone();
    }
    widget["workStream"] = shop.work_stream["id"].clone();
    let second = chat.admin.post("/admin/chat-widgets", &widget).await.ok();
    let path = |widget: &Value| format!("/widgets/{}/conversations", text(&widget["id"]));

    let with_token = |claims: Value| json!({"token": shop.token_with(chat.now(), &claims)});
    for (what, widget, body) in [
        (
            "another subject",
            &shop.widget,
            with_token(json!({"sub": "somebody-else"})),
        ),
        (
            "another issuer",
            &shop.widget,
            with_token(json!({"iss": "another.example.com"})),
        ),
        ("another setting", &second, with_token(json!({}))),
        ("nobody", &shop.widget, json!({})),
    ] {
        let body = with_fields(json!({"page": crate::chat::page()}), &body);
        let started = chat
            .page(crate::chat::SHOP)
            .post(&path(widget), &body)
            .await
            .ok();
        let id = text(&started["conversation"]["id"]);
        let at = |below: &str| format!("/agent/conversations/{id}{below}");
        ana.post(&at("/accept"), &json!({})).await.ok();
        let page = ana.get(&at("/same-person")).await.ok();
        assert_eq!(page, json!({"items": [], "next": null}), "{what}");
        reads(&ana, &before, &file, StatusCode::FORBIDDEN).await;
    }
}

#[tokio::test]
async fn what_runs_elsewhere_is_listed_and_stays_its_agents() {
    let chat = Chat::start().await;
    let shop = shop_with_files(&chat, 1_000_000).await;
    let (ana, ben) = (chat.agent("Ana").await, chat.agent("Ben").await);
    let sue = chat.supervisor("Sue").await;
    let (before, file) = earlier(&chat, &shop, &ben).await;
    let bens = chat.visit_signed_in(&shop).await;
    let bens_file = files::from_visitor(&bens).await;
    accept(&ben, &bens).await;
    let anas = chat.visit_signed_in(&shop).await;
    accept(&ana, &anas).await;

    let seen = listed(&ana, &anas).await;
    assert_eq!(
        ids(&seen),
        [&bens.conversation, &before.conversation],
        "newest start first"
    );
    assert_eq!(
        (
            &seen[0]["state"],
            &seen[0]["isReadable"],
            &seen[0]["closedAt"]
        ),
        (&json!("active"), &json!(false), &Value::Null)
    );
    assert_eq!(seen[0]["pageUrl"], crate::chat::page()["url"]);
    reads(&ana, &bens, &bens_file, StatusCode::FORBIDDEN).await;
    // A supervisor reads all, as ever, and writes notes.
    let seen = listed(&sue, &anas).await;
    assert!(seen.iter().all(|item| item["isReadable"] == true));
    for (visitor, file) in [(&bens, &bens_file), (&before, &file)] {
        reads(&sue, visitor, file, StatusCode::OK).await;
    }
    let note = json!({"clientId": "s", "text": "seen"});
    sue.post(&before.agents_path("/notes"), &note).await.ok();
}

#[tokio::test]
async fn it_comes_in_pages_of_twenty() {
    let chat = Chat::with(Clock::system(), |config| {
        config.rate_quotas.attempts_per_network = times(10_000);
        config.rate_quotas.starts_per_subject = times(10_000);
    })
    .await;
    let shop = chat.shop().await;
    let mut all = Vec::new();
    for _ in 0..45 {
        let visitor = chat.visit_signed_in(&shop).await;
        visitor
            .client
            .post(&visitor.path("/end"), &json!({}))
            .await
            .ok();
        all.push(visitor.conversation);
    }
    let running = chat.visit_signed_in(&shop).await;
    let path = running.agents_path("/same-person");
    let mut found: Vec<String> = Vec::new();
    let mut cursor = String::new();
    for length in [20, 20, 5] {
        let page = chat.admin.get(&format!("{path}{cursor}")).await.ok();
        let items = page["items"].as_array().unwrap();
        assert_eq!(items.len(), length);
        assert!(
            items.iter().all(|item| item["isReadable"] == true),
            "nobody had them"
        );
        found.extend(items.iter().map(|item| text(&item["id"])));
        cursor = page["next"]
            .as_str()
            .map_or_else(String::new, |next| format!("?cursor={next}"));
    }
    assert!(cursor.is_empty(), "no more pages");
    // What starts within one millisecond is in the order of its ids.
    found.sort();
    all.sort();
    assert_eq!(found, all);

    let one = chat.admin.get(&format!("{path}?limit=1")).await.ok();
    assert_eq!(one["items"].as_array().unwrap().len(), 1);
    for (query, field) in [
        ("cursor=nonsense", "cursor"),
        // A cursor of another list.
        ("cursor=YSBi", "cursor"),
        ("limit=0", "limit"),
        ("limit=201", "limit"),
    ] {
        let answer = chat.admin.get(&format!("{path}?{query}")).await;
        answer.refuses(&[(field, "invalid")]);
    }
}
