//! An agent's own canned replies: theirs alone to see and change, beside those that all share.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::console::World;

fn names(page: &Value) -> Vec<&str> {
    page["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|reply| reply["name"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn own_ones_are_seen_by_nobody_else() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let ana = world.operator(&admin, "ana@example.com", "agent").await;
    let ben = world.operator(&admin, "ben@example.com", "agent").await;
    let shared = json!({"name": "Bye", "text": "Good bye, {visitor}."});
    let shared = admin
        .post("/admin/canned-replies", &shared)
        .await
        .expect(StatusCode::CREATED);
    let body = json!({"name": "hello", "text": "Hello {visitor}, I am {agent}."});
    let own = ana
        .post("/agent/canned-replies", &body)
        .await
        .expect(StatusCode::CREATED);
    assert_eq!(own["shared"], false);
    // A colleague may use the same name, and so may the administrators.
    for (person, path) in [
        (&ben, "/agent/canned-replies"),
        (&admin, "/admin/canned-replies"),
    ] {
        person.post(path, &body).await.expect(StatusCode::CREATED);
    }
    ana.post(
        "/agent/canned-replies",
        &json!({"name": "HELLO", "text": "x"}),
    )
    .await
    .problem("conflict");

    let page = ana
        .get("/agent/canned-replies")
        .await
        .expect(StatusCode::OK);
    assert_eq!(names(&page), ["Bye", "hello", "hello"]);
    let page = admin
        .get("/admin/canned-replies")
        .await
        .expect(StatusCode::OK);
    assert_eq!(names(&page), ["Bye", "hello"]);
    assert!(
        page["items"]
            .as_array()
            .unwrap()
            .iter()
            .all(|reply| reply["shared"] == true)
    );

    let path = format!("/agent/canned-replies/{}", own["id"].as_str().unwrap());
    assert_eq!(ana.get(&path).await.expect(StatusCode::OK), own);
    let theirs = format!("/admin/canned-replies/{}", own["id"].as_str().unwrap());
    let all = format!("/agent/canned-replies/{}", shared["id"].as_str().unwrap());
    for (person, path) in [
        (&ben, &path),
        (&admin, &path),
        (&admin, &theirs),
        (&ana, &all),
    ] {
        person.get(path).await.problem("not-found");
        person.put(path, &body).await.problem("not-found");
        person.delete(path).await.problem("not-found");
    }
    let changed = json!({"name": "Hello", "text": "Hi {visitor}"});
    let changed = ana.put(&path, &changed).await.expect(StatusCode::OK);
    assert_eq!(
        (&changed["name"], &changed["id"]),
        (&json!("Hello"), &own["id"])
    );
    ana.delete(&path).await.expect(StatusCode::NO_CONTENT);
    ana.get(&path).await.problem("not-found");
    let audit = admin.get("/admin/audit").await.expect(StatusCode::OK);
    let id = own["id"].as_str().unwrap();
    assert!(!audit.to_string().contains(id), "{audit}");
}

#[tokio::test]
async fn they_come_a_page_at_a_time() {
    let world = World::new().await;
    let admin = world.administrator().await;
    for number in 0..5 {
        let (path, name) = match number % 2 {
            0 => ("/agent/canned-replies", format!("own {number}")),
            _ => ("/admin/canned-replies", format!("all {number}")),
        };
        let body = json!({"name": name, "text": "x"});
        admin.post(path, &body).await.expect(StatusCode::CREATED);
    }
    let first = admin
        .get("/agent/canned-replies?limit=3")
        .await
        .expect(StatusCode::OK);
    assert_eq!(names(&first), ["all 1", "all 3", "own 0"]);
    let next = format!(
        "/agent/canned-replies?limit=3&cursor={}",
        first["next"].as_str().unwrap()
    );
    let second = admin.get(&next).await.expect(StatusCode::OK);
    assert_eq!(names(&second), ["own 2", "own 4"]);
    assert_eq!(second["next"], Value::Null);
}

/// Their owner's account may be deleted all the same, and takes them with it.
#[tokio::test]
async fn they_go_with_their_owner() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let ana = world.operator(&admin, "ana@example.com", "agent").await;
    let body = json!({"name": "hello", "text": "Hello"});
    ana.post("/agent/canned-replies", &body)
        .await
        .expect(StatusCode::CREATED);
    let me = ana.get("/operator/session").await.expect(StatusCode::OK);
    let path = format!("/admin/operators/{}", me["id"].as_str().unwrap());
    admin.delete(&path).await.expect(StatusCode::NO_CONTENT);
    ana.get("/agent/canned-replies")
        .await
        .problem("session-expired");
}
