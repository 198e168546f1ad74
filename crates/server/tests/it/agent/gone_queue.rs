//! A queue is deleted: not under conversations that are not over, and those that are stay with whoever had them.

use axum::http::StatusCode;
use serde_json::json;

use crate::chat::{Chat, text};

#[tokio::test]
async fn what_an_agent_closed_in_a_queue_that_is_gone_is_theirs_to_read() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let (ana, ben) = (chat.agent("Ana").await, chat.agent("Ben").await);
    let visitor = chat.visit_signed_in(&shop).await;
    let ignored = chat.visit_signed_in(&shop).await;
    let accept = visitor.agents_path("/accept");
    ana.post(&accept, &json!({})).await.ok();
    visitor.write("a", "hello").await.ok();

    // From now on nobody is sent there.
    let stream = format!("/admin/work-streams/{}", text(&shop.work_stream["id"]));
    let fallback = shop.work_stream["fallbackQueue"].clone();
    let fallback = fallback
        .as_str()
        .map_or_else(|| fallback["id"].clone(), |id| json!(id));
    let body = json!({
        "name": "Shop", "contextVariables": shop.work_stream["contextVariables"], "rules": [],
        "fallbackQueue": fallback,
    });
    chat.admin.put(&stream, &body).await.ok();
    let queue = format!("/admin/queues/{}", chat.queue("VIP").await);
    let refused = async || {
        let problem = chat.admin.delete(&queue).await.problem("conflict");
        text(&problem["detail"])
    };
    assert!(refused().await.contains("1 waiting, 1 active"));
    ignored
        .client
        .post(&ignored.path("/end"), &json!({}))
        .await
        .ok();
    assert!(refused().await.contains("0 waiting, 1 active"));
    ana.post(&visitor.agents_path("/close"), &json!({}))
        .await
        .ok();
    let deleted = chat.admin.delete(&queue).await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT);

    let closed = "/agent/conversations?state=closed";
    let list = ana.get(closed).await.ok();
    assert_eq!(list["items"][0]["id"], visitor.conversation);
    assert_eq!(list["items"][0]["queue"]["name"], "VIP");
    let summary = ana.get(&visitor.agents_path("/summary")).await.ok();
    assert_eq!(summary["state"], "closed");
    let messages = ana.get(&visitor.agents_path("/messages")).await.ok();
    assert_eq!(messages["items"][0]["text"], "hello");

    assert_eq!(ben.get(closed).await.ok()["items"], json!([]));
    for path in ["/summary", "/messages"] {
        for conversation in [&visitor, &ignored] {
            ben.get(&conversation.agents_path(path))
                .await
                .problem("conversation-not-found");
        }
    }
}
