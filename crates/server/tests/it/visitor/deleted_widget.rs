//! A chat widget is deleted: not under the visitors who are in it, and nothing of theirs is left open.

use std::sync::Arc;

use axum::http::StatusCode;
use serde_json::{Value, json};
use tokio::sync::Semaphore;

use crate::chat::{Chat, Shop, text};
use crate::scripted::{Act, Scripted, ok};
use crate::website::key_array;

fn path(shop: &Shop) -> String {
    format!("/admin/chat-widgets/{}", text(&shop.widget["id"]))
}

#[tokio::test]
async fn a_widget_with_open_conversations_stays_and_the_answer_says_how_many() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let waiting = chat.visit(&shop, &json!({})).await;
    let active = chat.visit(&shop, &json!({})).await;
    let accept = active.agents_path("/accept");
    chat.admin.post(&accept, &json!({})).await.ok();
    let refused = async || {
        let problem = chat.admin.delete(&path(&shop)).await.problem("conflict");
        text(&problem["detail"])
    };
    assert!(refused().await.starts_with("2 conversations are "));
    // They go on as before, and end as before.
    active.write("a", "still here?").await.ok();
    let end = active.path("/end");
    active.client.post(&end, &json!({})).await.ok();
    assert!(refused().await.starts_with("1 conversation is "));
    let signed_out = waiting.client.delete(&waiting.path("/session")).await;
    assert_eq!(signed_out.status, StatusCode::NO_CONTENT);

    let deleted = chat.admin.delete(&path(&shop)).await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT);
    active
        .client
        .get(&active.path("/messages"))
        .await
        .problem("widget-not-found");
    let messages = chat.admin.get(&active.agents_path("/messages")).await.ok();
    assert_eq!(messages["items"][0]["text"], "still here?");
}

/// The page was let in before; its token is being judged while the widget goes.
#[tokio::test]
async fn a_start_that_is_under_way_leaves_no_conversation_in_a_widget_that_is_gone() {
    let chat = Chat::start().await;
    let gate = Arc::new(Semaphore::new(0));
    let published = Arc::new(std::sync::Mutex::new(Vec::new()));
    let (held, body) = (gate.clone(), published.clone());
    let keys =
        Scripted::start(move |_| Act::SendWhen(held.clone(), body.lock().unwrap().clone())).await;
    let setting = json!({"publicKeyUrl": keys.url});
    let shop = chat.shop_with(&setting, &json!({})).await;
    *published.lock().unwrap() = ok(&key_array(&[&shop.key]));

    let start = json!({"token": shop.token(chat.now())});
    let delete = async {
        keys.wait_for_requests(1).await;
        let deleted = chat.admin.delete(&path(&shop)).await;
        assert_eq!(deleted.status, StatusCode::NO_CONTENT);
        gate.add_permits(1);
    };
    let (answer, ()) = tokio::join!(chat.ask_start(&shop, &start), delete);
    answer.problem("widget-not-found");
    let inbox = chat.admin.get("/agent/conversations").await.ok();
    assert_eq!(inbox["items"], Value::Array(Vec::new()));
}
