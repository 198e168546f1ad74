//! One person on several pages and devices: where the work stream says so, a start continues what runs; else the agent
//! sees the others. Nobody continues somebody else's.

use axum::http::header;
use serde_json::{Value, json};

use crate::chat::{Chat, SHOP, Shop, page, text, with_fields};
use crate::client::Client;

const BLOG: &str = "https://blog.example";

/// Has the shop's work stream continue conversations.
async fn resume(chat: &Chat, shop: &Shop) {
    let path = format!("/admin/work-streams/{}", text(&shop.work_stream["id"]));
    let stored = chat.admin.get(&path).await.ok();
    assert_eq!(stored["resume"], "never", "unless somebody says so");
    let mut body = json!({"resume": "same-person"});
    for field in ["name", "contextVariables", "rules", "fallbackQueue"] {
        body[field] = stored[field].clone();
    }
    assert_eq!(
        chat.admin.put(&path, &body).await.ok()["resume"],
        "same-person"
    );
    assert_eq!(chat.admin.get(&path).await.ok()["resume"], "same-person");
}

/// Another widget like the shop's, with some fields changed.
async fn widget(chat: &Chat, shop: &Shop, changes: &Value) -> Value {
    let body = with_fields(
        json!({
            "name": "Blog chat", "workStream": shop.work_stream["id"], "signIn": "optional",
            "authenticationSetting": shop.widget["authenticationSetting"]["id"], "allowedOrigins": [BLOG],
        }),
        changes,
    );
    chat.admin.post("/admin/chat-widgets", &body).await.ok()
}

/// Starts a chat in a widget from a page of this origin: the answer, and the browser with the session.
async fn start(chat: &Chat, widget: &Value, origin: &str, body: &Value) -> (Value, Client) {
    let mut browser = chat.page(origin);
    let path = format!("/widgets/{}/conversations", text(&widget["id"]));
    let answer = browser
        .post(&path, &with_fields(json!({"page": page()}), body))
        .await;
    assert_eq!(answer.status, 201);
    let started = answer.ok();
    let secret = text(&started["session"]["secret"]);
    browser.headers.insert(
        header::AUTHORIZATION,
        format!("Bearer {secret}").parse().unwrap(),
    );
    (started, browser)
}

#[tokio::test]
async fn a_second_page_of_the_same_person_goes_on_with_what_runs() {
    let chat = Chat::start().await;
    let both = json!({"signIn": "optional", "allowedOrigins": [SHOP, BLOG]});
    let shop = chat.shop_with(&json!({}), &both).await;
    chat.somebody_is_there().await;
    resume(&chat, &shop).await;
    let token = || json!({"token": shop.token(chat.now())});
    let (first, here) = start(&chat, &shop.widget, SHOP, &token()).await;
    let id = text(&first["conversation"]["id"]);
    let messages = format!("/conversations/{id}/messages");
    here.post(
        &messages,
        &json!({"clientId": "a", "text": "from the shop"}),
    )
    .await
    .ok();

    let newer = shop.token_with(chat.now(), &json!({"lwicontexts": {"msdyn_cartvalue": 9}}));
    let (second, there) = start(&chat, &shop.widget, BLOG, &json!({"token": newer})).await;
    assert_eq!(second["conversation"]["id"], first["conversation"]["id"]);
    assert_eq!(second["conversation"]["position"], 1);
    assert_eq!(second["conversation"]["authenticated"], true);
    assert_ne!(second["session"]["secret"], first["session"]["secret"]);
    // Both go on, and read what the other wrote.
    there
        .post(
            &messages,
            &json!({"clientId": "b", "text": "from the blog"}),
        )
        .await
        .ok();
    for browser in [&here, &there] {
        let page = browser.get(&messages).await.ok();
        let texts: Vec<String> = page["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| text(&item["text"]))
            .collect();
        assert_eq!(texts, ["from the shop", "from the blog"]);
    }
    let summary = chat
        .admin
        .get(&format!("/agent/conversations/{id}/summary"))
        .await
        .ok();
    assert_eq!(summary["context"]["signed"]["msdyn_cartvalue"], 9.0);
    assert_eq!(summary["otherConversations"], json!([]));
    let resumed = chat.audited("conversation.resumed").await;
    assert_eq!(resumed["subject"], first["conversation"]["id"]);
    assert_eq!(chat.audit("conversation.started").await.len(), 1);

    // What is over is over.
    here.post(&format!("/conversations/{id}/end"), &json!({}))
        .await
        .ok();
    let (third, _) = start(&chat, &shop.widget, BLOG, &token()).await;
    assert_ne!(third["conversation"]["id"], first["conversation"]["id"]);
}

/// Who or what is not the same starts anew, each beside a conversation that could be continued.
#[tokio::test]
async fn nobody_goes_on_with_somebody_elses() {
    let chat = Chat::start().await;
    let both = json!({"signIn": "optional", "allowedOrigins": [SHOP, BLOG]});
    let shop = chat.shop_with(&json!({}), &both).await;
    resume(&chat, &shop).await;
    let token = |changes: Value| json!({"token": shop.token_with(chat.now(), &changes)});
    let (running, _) = start(&chat, &shop.widget, SHOP, &token(json!({}))).await;
    let running = running["conversation"]["id"].clone();

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
    let other_stream = json!({
        "name": "Another", "contextVariables": [], "rules": [], "resume": "same-person",
        "fallbackQueue": shop.work_stream["fallbackQueue"],
    });
    let other_stream = chat
        .admin
        .post("/admin/work-streams", &other_stream)
        .await
        .ok();
    let named = |name: &str, changes: Value| with_fields(json!({"name": name}), &changes);
    let blog = widget(&chat, &shop, &named("Same stream", json!({}))).await;
    let closed = widget(
        &chat,
        &shop,
        &named(
            "Other setting",
            json!({"authenticationSetting": setting["id"]}),
        ),
    )
    .await;
    let apart = widget(
        &chat,
        &shop,
        &named("Other stream", json!({"workStream": other_stream["id"]})),
    )
    .await;
    let news = widget(
        &chat,
        &shop,
        &named(
            "Other site",
            json!({"allowedOrigins": ["https://news.example"]}),
        ),
    )
    .await;
    let none = widget(
        &chat,
        &shop,
        &named("No setting", json!({"authenticationSetting": null})),
    )
    .await;

    for (what, widget, origin, body, goes_on) in [
        ("the same", &shop.widget, BLOG, token(json!({})), true),
        (
            "another widget of the stream",
            &blog,
            BLOG,
            token(json!({})),
            true,
        ),
        (
            "another subject",
            &shop.widget,
            BLOG,
            token(json!({"sub": "somebody-else"})),
            false,
        ),
        (
            "the subject in another case",
            &shop.widget,
            BLOG,
            token(json!({"sub": "87B4D06C-ABC2-E811-A9B0-000D3A10E09E"})),
            false,
        ),
        (
            "another issuer",
            &shop.widget,
            BLOG,
            token(json!({"iss": "another.example.com"})),
            false,
        ),
        ("another setting", &closed, BLOG, token(json!({})), false),
        ("another work stream", &apart, BLOG, token(json!({})), false),
        (
            "a page that the conversation's widget does not let in",
            &news,
            "https://news.example",
            token(json!({})),
            false,
        ),
        ("no token", &shop.widget, BLOG, json!({}), false),
        (
            "a widget that reads no token",
            &none,
            BLOG,
            token(json!({})),
            false,
        ),
    ] {
        let (started, browser) = start(&chat, widget, origin, &body).await;
        let id = started["conversation"]["id"].clone();
        assert_eq!(id == running, goes_on, "{what}");
        // Whatever it is, its page may use it.
        let path = format!("/conversations/{}/messages", text(&id));
        let written = browser
            .post(
                &path,
                &json!({"clientId": what.len().to_string(), "text": what}),
            )
            .await;
        assert_eq!(written.status, 201, "{what}");
        if !goes_on {
            browser
                .post(&format!("/conversations/{}/end", text(&id)), &json!({}))
                .await
                .ok();
        }
    }
}

/// Without that option the agent is told.
#[tokio::test]
async fn the_summary_shows_the_persons_other_open_conversations() {
    let chat = Chat::start().await;
    let both = json!({"signIn": "optional", "allowedOrigins": [SHOP, BLOG]});
    let shop = chat.shop_with(&json!({}), &both).await;
    let token = |changes: Value| json!({"token": shop.token_with(chat.now(), &changes)});
    let mut ids = Vec::new();
    for (origin, body) in [
        (SHOP, token(json!({}))),
        (BLOG, token(json!({}))),
        (BLOG, token(json!({"sub": "somebody-else"}))),
        (BLOG, json!({})),
    ] {
        let (started, _) = start(&chat, &shop.widget, origin, &body).await;
        ids.push(text(&started["conversation"]["id"]));
    }
    let others = async |id: &String| {
        let summary = chat
            .admin
            .get(&format!("/agent/conversations/{id}/summary"))
            .await
            .ok();
        summary["otherConversations"].clone()
    };
    let seen = others(&ids[0]).await;
    assert_eq!(seen.as_array().unwrap().len(), 1);
    assert_eq!(seen[0]["id"], json!(ids[1]));
    assert_eq!(seen[0]["state"], "waiting");
    assert_eq!(seen[0]["queue"]["name"], "VIP");
    assert_eq!(seen[0]["pageUrl"], page()["url"]);
    assert_eq!(seen[0]["agent"], Value::Null);
    assert_eq!(others(&ids[1]).await[0]["id"], json!(ids[0]));
    for alone in &ids[2..] {
        assert_eq!(others(alone).await, json!([]));
    }
}

/// Neither an agent nor an administrator learns of one in a queue that they do not serve.
#[tokio::test]
async fn the_summary_shows_no_conversation_of_a_queue_that_is_not_served() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let token = |changes: Value| json!({"token": shop.token_with(chat.now(), &changes)});
    let (seen, _) = start(&chat, &shop.widget, SHOP, &token(json!({}))).await;
    let no_cart = token(json!({"lwicontexts": {}}));
    let (other, _) = start(&chat, &shop.widget, SHOP, &no_cart).await;
    let (seen, other) = (&seen["conversation"]["id"], &other["conversation"]["id"]);
    let members = format!("/admin/queues/{}", chat.queue("Members").await);
    let ana = chat.agent("Ana").await;
    let me = chat.admin.get("/operator/session").await.ok()["id"].clone();
    for (served_by, admin_is_told, ana_is_told) in [
        (Value::Null, true, true),
        (json!([me]), true, false),
        (json!([]), false, false),
    ] {
        let body = json!({"name": "Members", "members": served_by});
        chat.admin.put(&members, &body).await.ok();
        for (agent, is_told) in [(&chat.admin, admin_is_told), (&ana, ana_is_told)] {
            let path =
                |id: &Value, below: &str| format!("/agent/conversations/{}{below}", text(id));
            let summary = agent.get(&path(seen, "/summary")).await.ok();
            let told: Vec<&Value> = summary["otherConversations"]
                .as_array()
                .unwrap()
                .iter()
                .map(|other| &other["id"])
                .collect();
            assert_eq!(
                told,
                if is_told { vec![other] } else { vec![] },
                "{served_by}"
            );
            // As it is where they ask for it by its id.
            let answer = agent.get(&path(other, "/summary")).await;
            assert_eq!(answer.status == 200, is_told, "{served_by}");
        }
    }
}
