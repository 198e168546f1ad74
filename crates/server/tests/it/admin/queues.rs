//! Queues, and what holds for every list: pages, cursors, limits.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::console::World;

#[tokio::test]
async fn a_fresh_server_has_one_queue_that_everybody_serves() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let list = admin.get("/admin/queues").await.expect(StatusCode::OK);
    let [queue] = list["items"].as_array().unwrap().as_slice() else {
        panic!("{list}")
    };
    assert_eq!(queue["name"], "General");
    assert_eq!(queue["members"], Value::Null);
    assert_eq!(queue["usedBy"][0]["name"], "Web chat");
    assert_eq!(
        (&queue["waiting"], &list["next"]),
        (&json!(0), &Value::Null)
    );
}

#[tokio::test]
async fn a_queue_is_made_read_replaced_and_deleted() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let me = admin.get("/operator/session").await.expect(StatusCode::OK)["id"].clone();
    let body = json!({"name": " Sales ", "members": [me]});
    let made = admin
        .post("/admin/queues", &body)
        .await
        .expect(StatusCode::CREATED);
    assert_eq!(
        (&made["name"], &made["members"]),
        (&json!("Sales"), &json!([me]))
    );
    assert_eq!(made["createdAt"], "2026-11-22T20:00:00.000Z");
    let path = format!("/admin/queues/{}", made["id"].as_str().unwrap());
    assert_eq!(admin.get(&path).await.expect(StatusCode::OK), made);

    world.pass(std::time::Duration::from_secs(60));
    let replaced = admin
        .put(&path, &json!({"name": "Sales", "members": []}))
        .await
        .expect(StatusCode::OK);
    assert_eq!(
        (&replaced["members"], &replaced["updatedAt"]),
        (&json!([]), &json!("2026-11-22T20:01:00.000Z"))
    );
    let replaced = admin
        .put(&path, &json!({"name": "Sales"}))
        .await
        .expect(StatusCode::OK);
    assert_eq!(
        replaced["members"],
        Value::Null,
        "a full body: what is absent takes its default"
    );

    admin.delete(&path).await.expect(StatusCode::NO_CONTENT);
    admin.get(&path).await.problem("not-found");
    admin
        .put(&path, &json!({"name": "Sales"}))
        .await
        .problem("not-found");
    admin.delete(&path).await.problem("not-found");
}

#[tokio::test]
async fn names_are_unique_whatever_their_case() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let problem = admin
        .post("/admin/queues", &json!({"name": "GENERAL"}))
        .await
        .problem("conflict");
    assert_eq!(problem["fields"][0]["name"], "name");
    assert_eq!(problem["fields"][0]["code"], "duplicate");
    let made = admin
        .post("/admin/queues", &json!({"name": "Sales"}))
        .await
        .expect(StatusCode::CREATED);
    let path = format!("/admin/queues/{}", made["id"].as_str().unwrap());
    admin
        .put(&path, &json!({"name": "General"}))
        .await
        .problem("conflict");
    admin
        .put(&path, &json!({"name": "SALES"}))
        .await
        .expect(StatusCode::OK);
}

#[tokio::test]
async fn every_wrong_field_is_named() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let me = admin.get("/operator/session").await.expect(StatusCode::OK)["id"].clone();
    let post = async |body: Value| admin.post("/admin/queues", &body).await;
    post(json!({})).await.refuses(&[("name", "required")]);
    post(json!({"name": ""}))
        .await
        .refuses(&[("name", "required")]);
    post(json!({"name": "x".repeat(101)}))
        .await
        .refuses(&[("name", "too-long")]);
    post(json!({"name": "a\u{0}b"}))
        .await
        .refuses(&[("name", "invalid")]);
    post(json!({"name": 5}))
        .await
        .refuses(&[("name", "invalid")]);
    post(json!({"name": "a", "member": []}))
        .await
        .refuses(&[("member", "unknown")]);
    post(json!({"name": "", "members": [me, me, "opr_x"]}))
        .await
        .refuses(&[
            ("name", "required"),
            ("members[1]", "duplicate"),
            ("members[2]", "not-found"),
        ]);
}

#[tokio::test]
async fn a_queue_in_use_is_not_deleted_and_the_answer_says_why() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let list = admin.get("/admin/queues").await.expect(StatusCode::OK);
    let path = format!("/admin/queues/{}", list["items"][0]["id"].as_str().unwrap());
    let problem = admin.delete(&path).await.problem("conflict");
    assert!(
        problem["detail"]
            .as_str()
            .unwrap()
            .contains("work streams `Web chat`"),
        "{problem}"
    );
    admin.get(&path).await.expect(StatusCode::OK);
}

#[tokio::test]
async fn a_list_comes_in_pages() {
    let world = World::new().await;
    let admin = world.administrator().await;
    for name in ["beta", "Alpha", "delta", "Gamma"] {
        admin
            .post("/admin/queues", &json!({"name": name}))
            .await
            .expect(StatusCode::CREATED);
    }
    let mut names = Vec::new();
    let mut path = "/admin/queues?limit=2".to_owned();
    loop {
        let page = admin.get(&path).await.expect(StatusCode::OK);
        let items = page["items"].as_array().unwrap();
        assert!(items.len() <= 2);
        names.extend(
            items
                .iter()
                .map(|item| item["name"].as_str().unwrap().to_owned()),
        );
        match page["next"].as_str() {
            Some(next) => path = format!("/admin/queues?limit=2&cursor={next}"),
            None => break,
        }
        // What comes and goes meanwhile neither repeats nor hides others.
        if names.len() == 2 {
            admin
                .post("/admin/queues", &json!({"name": "aaa"}))
                .await
                .expect(StatusCode::CREATED);
        }
    }
    assert_eq!(names, ["Alpha", "beta", "delta", "Gamma", "General"]);
}

#[tokio::test]
async fn a_page_that_cannot_be_is_refused_by_name() {
    let world = World::new().await;
    let admin = world.administrator().await;
    for (query, field, code) in [
        ("limit=0", "limit", "invalid"),
        ("limit=201", "limit", "invalid"),
        ("limit=many", "limit", "invalid"),
        ("limit=-1", "limit", "invalid"),
        ("cursor=nonsense", "cursor", "invalid"),
        ("page=2", "page", "unknown"),
    ] {
        admin
            .get(&format!("/admin/queues?{query}"))
            .await
            .refuses(&[(field, code)]);
    }
    admin
        .get("/admin/queues?limit=200")
        .await
        .expect(StatusCode::OK);
}

#[tokio::test]
async fn how_long_an_agent_may_be_absent_has_a_default_and_bounds() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let list = admin.get("/admin/queues").await.expect(StatusCode::OK);
    assert_eq!(list["items"][0]["absenceSeconds"], 120);
    let body = json!({"name": "Sales", "absenceSeconds": 30});
    let made = admin
        .post("/admin/queues", &body)
        .await
        .expect(StatusCode::CREATED);
    assert_eq!(made["absenceSeconds"], 30);
    let path = format!("/admin/queues/{}", made["id"].as_str().unwrap());
    for wrong in [json!(29), json!(86_401), json!(-1), json!("60"), json!(1.5)] {
        let body = json!({"name": "Sales", "absenceSeconds": wrong});
        let answer = admin.put(&path, &body).await;
        answer.refuses(&[("absenceSeconds", "invalid")]);
    }
    let body = json!({"name": "Sales", "absenceSeconds": 86_400});
    let replaced = admin.put(&path, &body).await.expect(StatusCode::OK);
    assert_eq!(replaced["absenceSeconds"], 86_400);
    let body = json!({"name": "Sales"});
    let replaced = admin.put(&path, &body).await.expect(StatusCode::OK);
    assert_eq!(replaced["absenceSeconds"], 120);
}
