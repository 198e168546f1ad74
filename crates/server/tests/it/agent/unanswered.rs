//! What ended while nobody had it: a view of its own, for everybody who serves the queue.

use serde_json::{Value, json};

use crate::chat::{Chat, Visitor, text};
use crate::client::Client;

const PATH: &str = "/agent/conversations?state=unanswered";

fn ids(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().unwrap();
    items.iter().map(|item| text(&item["id"])).collect()
}

async fn end(visitor: &Visitor) {
    let path = visitor.path("/end");
    visitor.client.post(&path, &json!({})).await.ok();
}

async fn id_of(agent: &Client) -> Value {
    agent.get("/operator/session").await.ok()["id"].clone()
}

#[tokio::test]
async fn what_ended_before_anybody_accepted_is_listed_newest_end_first() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let ana = chat.agent("Ana").await;
    let mut visitors = Vec::new();
    for _ in 0..5 {
        visitors.push(chat.visit(&shop, &json!({})).await);
    }
    let answered = chat.visit(&shop, &json!({})).await;
    let accepted = ana
        .post(&answered.agents_path("/accept"), &json!({}))
        .await
        .ok();
    assert!(accepted["acceptedAt"].is_string(), "{accepted}");
    assert_eq!(accepted["closedAt"], Value::Null);
    end(&answered).await;
    // In another order than they came in.
    let order = [2, 0, 4, 1];
    for index in order {
        end(&visitors[index]).await;
    }
    let expected: Vec<String> = order
        .iter()
        .rev()
        .map(|&index| visitors[index].conversation.clone())
        .collect();

    let page = ana.get(PATH).await.ok();
    assert_eq!(ids(&page), expected);
    let first = &page["items"][0];
    assert_eq!(
        (&first["state"], &first["agent"], &first["acceptedAt"]),
        (&json!("closed"), &Value::Null, &Value::Null)
    );
    assert!(first["closedAt"].as_str().unwrap() >= first["startedAt"].as_str().unwrap());

    // Page by page, the same.
    let mut seen = Vec::new();
    let mut path = format!("{PATH}&limit=3");
    loop {
        let page = ana.get(&path).await.ok();
        seen.extend(ids(&page));
        match page["next"].as_str() {
            Some(next) => path = format!("{PATH}&limit=3&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(seen, expected);

    // It can be opened like any other.
    let of_first = &visitors[order[3]];
    ana.get(&of_first.agents_path("/summary")).await.ok();
    ana.get(&of_first.agents_path("/messages")).await.ok();
    assert_eq!(
        ids(&ana.get("/agent/conversations?state=closed").await.ok()),
        [answered.conversation]
    );
}

#[tokio::test]
async fn it_is_shown_to_those_who_serve_the_queue() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let (ana, ben) = (chat.agent("Ana").await, chat.agent("Ben").await);
    let queue = format!("/admin/queues/{}", chat.queue("General").await);
    let body = json!({"name": "General", "members": [id_of(&ana).await]});
    chat.admin.put(&queue, &body).await.ok();
    let visitor = chat.visit(&shop, &json!({})).await;
    end(&visitor).await;
    assert_eq!(ids(&ana.get(PATH).await.ok()), [visitor.conversation]);
    assert!(ids(&ben.get(PATH).await.ok()).is_empty());
}
