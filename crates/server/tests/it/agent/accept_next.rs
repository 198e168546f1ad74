//! *Accept next*: the server chooses what an agent takes.

use serde_json::{Value, json};

use crate::chat::Chat;

#[tokio::test]
async fn the_next_is_taken_in_the_order_of_serving() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let ana = chat.agent("Ana").await;
    let general = chat.visit(&shop, &json!({})).await;
    let vip = chat.visit_signed_in(&shop).await;
    let next =
        async || ana.post("/agent/accept-next", &json!({})).await.ok()["conversation"].clone();
    let first = next().await;
    assert_eq!(
        (&first["id"], &first["state"]),
        (&json!(vip.conversation), &json!("active"))
    );
    assert_eq!(next().await["id"], general.conversation);
    assert_eq!(next().await, Value::Null);
    let entries = chat.audit("conversation.accepted").await;
    assert_eq!(entries.len(), 2);
}

#[tokio::test]
async fn only_what_waits_in_ones_own_queues_is_taken() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let ana = chat.agent("Ana").await;
    let path = format!("/admin/queues/{}", chat.queue("General").await);
    chat.admin
        .put(&path, &json!({"name": "General", "members": []}))
        .await
        .ok();
    chat.visit(&shop, &json!({})).await;
    let none = ana.post("/agent/accept-next", &json!({})).await.ok();
    assert_eq!(none, json!({"conversation": null}));
}

/// Twenty wait, four agents ask for ten each at the same time: each of the twenty is taken once.
#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_ask_at_once_each_gets_another() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    for _ in 0..20 {
        chat.visit(&shop, &json!({})).await;
    }
    let mut asks = Vec::new();
    for name in ["Ana", "Ben", "Cleo", "Dan"] {
        let agent = chat.agent(name).await;
        for _ in 0..10 {
            let agent = agent.clone();
            asks.push(tokio::spawn(async move {
                agent.post("/agent/accept-next", &json!({})).await.ok()["conversation"]["id"]
                    .clone()
            }));
        }
    }
    let mut taken = Vec::new();
    for ask in asks {
        taken.extend(ask.await.unwrap().as_str().map(str::to_owned));
    }
    taken.sort_unstable();
    taken.dedup();
    assert_eq!(taken.len(), 20);
}
