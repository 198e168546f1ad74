//! Messages of the visitor.

use axum::http::StatusCode;
use bonafide_server::Clock;
use serde_json::{Value, json};

use crate::chat::{Chat, times};

fn texts(messages: &Value) -> Vec<&str> {
    messages["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|message| message["text"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn a_message_sent_again_is_the_same_message() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    let first = visitor.write("a-1", "hello").await;
    assert_eq!(first.status, StatusCode::CREATED);
    let stored = first.ok();
    assert_eq!(
        (&stored["seq"], &stored["from"], &stored["name"]),
        (&json!(1), &json!("visitor"), &json!(null))
    );
    assert_eq!(visitor.write("a-1", "hello").await.ok(), stored);
    visitor
        .write("a-1", "something else")
        .await
        .problem("conflict");
    assert_eq!(visitor.write("a-2", "again").await.ok()["seq"], 2);
    let messages = visitor.client.get(&visitor.path("/messages")).await.ok();
    assert_eq!(texts(&messages), ["hello", "again"]);
    assert_eq!(messages["more"], false);
    let messages = visitor
        .client
        .get(&visitor.path("/messages?after=1"))
        .await
        .ok();
    assert_eq!(texts(&messages), ["again"]);
}

#[tokio::test]
async fn many_at_once_are_numbered_without_gaps() {
    let chat = Chat::with(Clock::system(), |config| {
        config.rate_quotas.messages_per_conversation = times(1_000);
    })
    .await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    let sends = (0..250).map(|number| {
        let visitor = visitor.clone();
        async move {
            visitor.write(&format!("m{number}"), "x").await.ok()["seq"]
                .as_u64()
                .unwrap()
        }
    });
    let mut numbers = futures_util::future::join_all(sends).await;
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=250).collect::<Vec<u64>>());
    let first = visitor
        .client
        .get(&visitor.path("/messages?after=0"))
        .await
        .ok();
    assert_eq!(
        (first["items"].as_array().unwrap().len(), &first["more"]),
        (200, &json!(true))
    );
    let rest = visitor
        .client
        .get(&visitor.path("/messages?after=200"))
        .await
        .ok();
    assert_eq!(
        (rest["items"].as_array().unwrap().len(), &rest["more"]),
        (50, &json!(false))
    );
}

#[tokio::test]
async fn wrong_messages_are_refused_by_field() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    for (client_id, text, expected) in [
        ("", "x", &[("clientId", "invalid")][..]),
        ("a b", "x", &[("clientId", "invalid")]),
        (&"a".repeat(65), "x", &[("clientId", "too-long")]),
        ("a", "", &[("text", "required")]),
        ("a", " \n ", &[("text", "required")]),
        ("a", &"x".repeat(4_001), &[("text", "too-long")]),
        ("a", "nul \u{0}", &[("text", "invalid")]),
    ] {
        visitor.write(client_id, text).await.refuses(expected);
    }
    visitor.write("a", &"\u{1F600}".repeat(4_000)).await.ok();
    visitor
        .client
        .get(&visitor.path("/messages?after=-1"))
        .await
        .refuses(&[("after", "invalid")]);
    for (query, expected) in [
        ("before=-1", ("before", "invalid")),
        ("before=4294967296", ("before", "invalid")),
        ("before=", ("before", "invalid")),
        ("after=1&before=2", ("before", "invalid")),
        ("until=1", ("until", "unknown")),
    ] {
        visitor
            .client
            .get(&visitor.path(&format!("/messages?{query}")))
            .await
            .refuses(&[expected]);
    }
}

#[tokio::test]
async fn a_long_transcript_is_read_from_its_end_a_page_at_a_time() {
    let chat = Chat::with(Clock::system(), |config| {
        config.rate_quotas.messages_per_conversation = times(1_000);
    })
    .await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    for number in 1..=450 {
        visitor.write(&format!("m{number}"), "x").await.ok();
    }
    chat.admin
        .post(&visitor.agents_path("/accept"), &json!({}))
        .await
        .ok();
    for (client, path) in [
        (&visitor.client, visitor.path("/messages")),
        (&chat.admin, visitor.agents_path("/messages")),
    ] {
        for (query, first, last, more) in [
            ("before=4294967295", 251, 450, true),
            ("before=251", 51, 250, true),
            ("before=51", 1, 50, false),
            ("before=201", 1, 200, false),
            ("before=202", 2, 201, true),
            ("after=0", 1, 200, true),
            ("after=250", 251, 450, false),
            ("", 1, 200, true),
        ] {
            let page = client.get(&format!("{path}?{query}")).await.ok();
            let items = page["items"].as_array().unwrap();
            let seqs: Vec<u64> = (items.iter())
                .map(|item| item["seq"].as_u64().unwrap())
                .collect();
            assert_eq!(seqs, (first..=last).collect::<Vec<_>>(), "{path} {query}");
            assert_eq!(page["more"], more, "{path} {query}");
        }
        for query in ["before=0", "before=1", "after=450"] {
            let page = client.get(&format!("{path}?{query}")).await.ok();
            assert_eq!(
                (page["items"].clone(), page["more"].clone()),
                (json!([]), json!(false))
            );
        }
    }
}

#[tokio::test]
async fn whoever_polls_is_told_all_that_a_socket_tells() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    chat.somebody_is_there().await;
    let ahead = chat.visit(&shop, &json!({})).await;
    let visitor = chat.visit(&shop, &json!({})).await;
    visitor.write("a", "hello").await.ok();
    let polled = || async {
        let page = visitor.client.get(&visitor.path("/messages?after=0")).await;
        page.ok()["conversation"].clone()
    };
    let conversation = polled().await;
    assert_eq!(conversation["id"], visitor.conversation);
    assert_eq!(
        (&conversation["state"], &conversation["position"]),
        (&json!("waiting"), &json!(2))
    );
    for visitor in [&ahead, &visitor] {
        chat.admin
            .post(&visitor.agents_path("/accept"), &json!({}))
            .await
            .ok();
    }
    let body = json!({"clientId": "a", "text": "How can I help?"});
    chat.admin
        .post(&visitor.agents_path("/messages"), &body)
        .await
        .ok();
    let conversation = polled().await;
    assert_eq!(
        (&conversation["state"], &conversation["agent"]),
        (&json!("active"), &json!("Ada"))
    );
    assert_eq!(conversation["readByAgent"], 2);
    chat.admin
        .post(&visitor.agents_path("/close"), &json!({}))
        .await;
    assert_eq!(polled().await["state"], "closed");
}

#[tokio::test]
async fn a_closed_conversation_is_read_only_but_what_was_stored_stays_acknowledged() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    visitor.write("a", "hello").await.ok();
    for _ in 0..2 {
        let ended = visitor.client.post(&visitor.path("/end"), &json!({})).await;
        assert_eq!(ended.status, StatusCode::NO_CONTENT);
    }
    visitor.write("b", "too late").await.problem("conflict");
    visitor.write("a", "hello").await.ok();
    let messages = visitor.client.get(&visitor.path("/messages")).await.ok();
    assert_eq!(texts(&messages), ["hello"]);
    assert_eq!(chat.audit("conversation.closed").await.len(), 1);
}

#[tokio::test]
async fn a_flood_of_messages_is_slowed() {
    let chat = Chat::with(Clock::system(), |config| {
        config.rate_quotas.messages_per_conversation = times(2);
    })
    .await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    visitor.write("a", "x").await.ok();
    visitor.write("b", "x").await.ok();
    visitor.write("c", "x").await.problem("rate-limited");
    chat.visit(&shop, &json!({}))
        .await
        .write("a", "x")
        .await
        .ok();
}

#[tokio::test]
async fn a_restart_keeps_everything() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let mut visitor = chat.visit_signed_in(&shop).await;
    visitor.write("a", "before").await.ok();
    chat.admin
        .post(&visitor.agents_path("/accept"), &json!({}))
        .await
        .ok();
    let before = chat.admin.get(&visitor.agents_path("/summary")).await.ok();
    let began = before["visitorPresence"]["since"].clone();

    let chat = chat.restart().await;
    let secret = visitor.client.headers.clone();
    visitor.client = chat.page(crate::chat::SHOP);
    visitor.client.headers = secret;
    visitor.write("b", "after").await.ok();
    let messages = visitor.client.get(&visitor.path("/messages")).await.ok();
    assert_eq!(texts(&messages), ["before", "after"]);
    let mut after = chat.admin.get(&visitor.agents_path("/summary")).await.ok();
    // Since when they are there, a server knows of its own time only.
    let since = std::mem::replace(&mut after["visitorPresence"]["since"], began);
    assert!(since.is_string(), "{since}");
    assert_eq!(after, before);
}
