//! The audit: who changed what, from what to what.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::console::World;

#[tokio::test]
async fn every_change_is_told_with_what_was_before_and_after() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let made = admin
        .post("/admin/queues", &json!({"name": "Sales"}))
        .await
        .expect(StatusCode::CREATED);
    let path = format!("/admin/queues/{}", made["id"].as_str().unwrap());
    let answer = admin
        .put(&path, &json!({"name": "Sales team", "members": []}))
        .await;
    answer.expect(StatusCode::OK);
    admin.delete(&path).await.expect(StatusCode::NO_CONTENT);

    let audit = admin.get("/admin/audit").await.expect(StatusCode::OK);
    let entries = audit["items"].as_array().unwrap();
    let actions: Vec<_> = entries
        .iter()
        .map(|entry| entry["action"].as_str().unwrap())
        .collect();
    assert_eq!(
        actions,
        [
            "queue.deleted",
            "queue.updated",
            "queue.created",
            "server.set-up"
        ]
    );
    let updated = &entries[1];
    assert_eq!(updated["subject"], made["id"]);
    assert_eq!(
        updated["requestId"],
        answer.headers["x-request-id"].to_str().unwrap()
    );
    assert_eq!(updated["actor"]["kind"], "operator");
    assert_eq!(updated["actor"]["name"], "Ada");
    assert_eq!(updated["at"], "2026-11-22T20:00:00.000Z");
    let details =
        json!({"name.before": "Sales", "name.after": "Sales team", "members.after": "[]"});
    assert_eq!(updated["details"], details);
    assert_eq!(entries[3]["actor"]["kind"], "system");
}

#[tokio::test]
async fn a_refused_change_is_not_told_as_done() {
    let world = World::new().await;
    let admin = world.administrator().await;
    admin
        .post("/admin/queues", &json!({"name": "General"}))
        .await
        .problem("conflict");
    let audit = admin.get("/admin/audit").await.expect(StatusCode::OK);
    assert_eq!(audit["items"].as_array().unwrap().len(), 1, "{audit}");
}

#[tokio::test]
async fn the_audit_comes_in_pages_the_newest_first() {
    let world = World::new().await;
    let admin = world.administrator().await;
    for number in 0..5 {
        admin
            .post("/admin/queues", &json!({"name": format!("Queue {number}")}))
            .await
            .expect(StatusCode::CREATED);
    }
    let mut seen = Vec::new();
    let mut path = "/admin/audit?limit=2".to_owned();
    loop {
        let page = admin.get(&path).await.expect(StatusCode::OK);
        seen.extend(
            page["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|entry| entry["details"]["name.after"].clone()),
        );
        match page["next"].as_str() {
            Some(next) => path = format!("/admin/audit?limit=2&cursor={next}"),
            None => break,
        }
    }
    let expected = ["Queue 4", "Queue 3", "Queue 2", "Queue 1", "Queue 0"].map(|name| json!(name));
    assert_eq!(seen[..5], expected);
    assert_eq!(seen[5..], [Value::Null], "the set-up");
}
