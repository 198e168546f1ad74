//! The inbox: what an agent sees, in which order.

use serde_json::{Value, json};

use crate::chat::Chat;
use crate::client::Client;

fn ids(page: &Value) -> Vec<&str> {
    page["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["id"].as_str().unwrap())
        .collect()
}

async fn list(agent: &Client, query: &str) -> Value {
    agent
        .get(&format!("/agent/conversations{query}"))
        .await
        .ok()
}

#[tokio::test]
async fn waiting_ones_come_by_priority_then_wait_and_ones_own_after_them() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let agent = chat.agent("Ana").await;
    let general = chat.visit(&shop, &json!({})).await;
    let mine = chat.visit(&shop, &json!({})).await;
    let full_cart = chat.visit_signed_in(&shop).await;
    let token = shop.token_with(chat.now(), &json!({"lwicontexts": null}));
    let member = chat.visit(&shop, &json!({"token": token})).await;
    let last = chat.visit(&shop, &json!({})).await;
    agent
        .post(&mine.agents_path("/accept"), &json!({}))
        .await
        .ok();

    let id = |visitor: &crate::chat::Visitor| visitor.conversation.clone();
    let expected = [
        id(&full_cart),
        id(&member),
        id(&general),
        id(&last),
        id(&mine),
    ];
    assert_eq!(ids(&list(&agent, "").await), expected);
    assert_eq!(ids(&list(&agent, "?state=waiting").await), expected[..4]);
    assert_eq!(ids(&list(&agent, "?state=active").await), expected[4..]);
    assert_eq!(
        ids(&list(&agent, "?state=closed").await),
        Vec::<&str>::new()
    );

    // Page by page, the same.
    let mut seen = Vec::new();
    let mut query = "?limit=2".to_owned();
    loop {
        let page = list(&agent, &query).await;
        seen.extend(ids(&page).into_iter().map(str::to_owned));
        match page["next"].as_str() {
            Some(next) => query = format!("?limit=2&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(seen, expected);

    agent
        .post(&mine.agents_path("/close"), &json!({}))
        .await
        .ok();
    assert_eq!(ids(&list(&agent, "?state=closed").await), [id(&mine)]);
    let others = chat.agent("Ben").await;
    assert_eq!(
        ids(&list(&others, "?state=closed").await),
        Vec::<&str>::new()
    );
}

#[tokio::test]
async fn an_entry_says_who_where_and_what_last() {
    let chat = Chat::start().await;
    chat.contact().await;
    let shop = chat.shop().await;
    let visitor = chat.visit_signed_in(&shop).await;
    visitor.write("a", &"long ".repeat(100)).await.ok();
    let page = list(&chat.admin, "").await;
    let item = &page["items"][0];
    assert_eq!(item["visitor"], "Nancy Anderson (sample)");
    assert_eq!(item["authenticated"], "yes");
    assert_eq!(item["identity"], "current");
    assert_eq!(item["queue"]["name"], "VIP");
    assert_eq!(item["priority"], 10);
    assert_eq!(item["agent"], Value::Null);
    assert_eq!(item["lastSeq"], 1);
    assert_eq!(item["lastText"].as_str().unwrap().len(), 120);
    assert_eq!(
        (&item["readByVisitor"], &item["readByAgent"]),
        (&json!(1), &json!(0))
    );
}

#[tokio::test]
async fn wrong_queries_are_refused_by_name() {
    let chat = Chat::start().await;
    let refuses = async |query: &str, expected: &[(&str, &str)]| {
        chat.admin
            .get(&format!("/agent/conversations{query}"))
            .await
            .refuses(expected);
    };
    refuses("?limit=0", &[("limit", "invalid")]).await;
    refuses("?limit=201", &[("limit", "invalid")]).await;
    refuses("?cursor=nonsense", &[("cursor", "invalid")]).await;
    refuses("?state=lost", &[("state", "invalid")]).await;
    refuses("?queue=x", &[("queue", "unknown")]).await;
}
