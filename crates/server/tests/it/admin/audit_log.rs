//! The audit: who changed what, from what to what.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::console::{Person, World};

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

/// The actions of the entries that a filter leaves, page after page.
async fn found(admin: &Person, filter: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = admin
            .get(&format!("/admin/audit?limit=2&{filter}{cursor}"))
            .await;
        let page = page.expect(StatusCode::OK);
        let entries = page["items"].as_array().unwrap().iter();
        found.extend(entries.map(|entry| entry["action"].as_str().unwrap().to_owned()));
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return found,
        }
    }
}

#[tokio::test]
async fn the_server_filters_all_of_it() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let other = world
        .operator(&admin, "bo@example.com", "administrator")
        .await;
    world.pass(std::time::Duration::from_hours(4));
    let made = admin
        .post("/admin/queues", &json!({"name": "Verkäufe"}))
        .await;
    let request = made.headers["x-request-id"].to_str().unwrap().to_owned();
    let id = made.expect(StatusCode::CREATED)["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let path = format!("/admin/queues/{id}");
    world.pass(std::time::Duration::from_hours(4));
    other
        .put(&path, &json!({"name": "Sales"}))
        .await
        .expect(StatusCode::OK);
    let who = other.get("/operator/session").await.expect(StatusCode::OK)["id"]
        .as_str()
        .unwrap()
        .to_owned();
    for number in 0..7 {
        admin
            .post("/admin/queues", &json!({"name": format!("Queue {number}")}))
            .await
            .expect(StatusCode::CREATED);
    }
    admin.delete(&path).await.expect(StatusCode::NO_CONTENT);

    let of_queue = ["queue.deleted", "queue.updated", "queue.created"];
    assert_eq!(found(&admin, &format!("subject={id}")).await, of_queue);
    assert_eq!(
        found(&admin, &format!("subject={id}&action=queue.updated")).await,
        ["queue.updated"]
    );
    assert_eq!(found(&admin, "action=queue.created").await.len(), 8);
    assert_eq!(
        found(&admin, &format!("actor={who}")).await,
        ["queue.updated", "operator.signed-in"]
    );
    assert_eq!(found(&admin, "actor=system").await, ["server.set-up"]);
    assert_eq!(found(&admin, "actor=visitor").await, [""; 0]);
    assert_eq!(
        found(&admin, &format!("text={request}")).await,
        ["queue.created"]
    );
    // A part of the id is a text like any other.
    assert_eq!(
        found(&admin, &format!("text={}", &request[..20])).await,
        ["queue.created"]
    );
    // In any case, every word, and what the record was called before.
    assert_eq!(
        found(&admin, "text=VERK%C3%84UFE+queue").await,
        ["queue.updated", "queue.created"]
    );
    assert_eq!(found(&admin, "text=queue+nowhere").await, [""; 0]);
    assert_eq!(
        found(&admin, "to=2026-11-22T23:00:00Z").await,
        ["operator.signed-in", "operator.created", "server.set-up"]
    );
    // A cursor goes on where it stands, and no later than is asked for.
    let newest = admin
        .get("/admin/audit?limit=1")
        .await
        .expect(StatusCode::OK);
    let next = newest["next"].as_str().unwrap();
    assert_eq!(
        found(
            &admin,
            &format!("to=2026-11-22T23:00:00Z&action=server.set-up&cursor={next}")
        )
        .await,
        ["server.set-up"]
    );
    let earlier = admin
        .get(&format!(
            "/admin/audit?to=2026-11-22T23:00:00Z&cursor={next}"
        ))
        .await
        .expect(StatusCode::OK);
    assert_eq!(earlier["items"].as_array().unwrap().len(), 3);
    let day = "from=2026-11-23T00:00:00Z&to=2026-11-23T04:00:00Z";
    assert_eq!(found(&admin, day).await, ["queue.created"]);
    assert_eq!(found(&admin, "").await.len(), 13);
    let entry = admin
        .get(&format!("/admin/audit?subject={id}"))
        .await
        .expect(StatusCode::OK);
    assert_eq!(entry["items"][0]["subjectName"], "Sales");
}

#[tokio::test]
async fn a_filter_that_can_match_nothing_is_refused_by_name() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let get = async |filter: String| admin.get(&format!("/admin/audit?{filter}")).await;
    get("from=yesterday&to=2026".into())
        .await
        .refuses(&[("from", "invalid"), ("to", "invalid")]);
    get("from=2026-11-23T20:00:00Z&to=2026-11-23T20:00:00Z".into())
        .await
        .refuses(&[("to", "invalid")]);
    get(format!("text={}", "x".repeat(201)))
        .await
        .refuses(&[("text", "too-long")]);
    get("subject=a%00&limit=0".into())
        .await
        .refuses(&[("subject", "invalid"), ("limit", "invalid")]);
    get("colour=red".into())
        .await
        .refuses(&[("colour", "unknown")]);
}
