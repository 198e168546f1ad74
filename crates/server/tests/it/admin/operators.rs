//! Operators, and that somebody can always sign in.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::console::{PASSWORD, World};

#[tokio::test]
async fn an_operator_is_added_changed_and_deleted() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let body =
        json!({"name": "Bo", "email": "Bo@example.com", "role": "agent", "password": PASSWORD});
    let answer = admin.post("/admin/operators", &body).await;
    let made = answer.expect(StatusCode::CREATED);
    assert!(!answer.text().contains("argon2") && !answer.text().contains(PASSWORD));
    assert_eq!(
        (&made["email"], &made["role"], &made["disabled"]),
        (&json!("Bo@example.com"), &json!("agent"), &json!(false))
    );
    let list = admin.get("/admin/operators").await.expect(StatusCode::OK);
    let emails: Vec<_> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["email"].as_str().unwrap())
        .collect();
    assert_eq!(emails, ["admin@example.com", "Bo@example.com"]);

    let twice =
        json!({"name": "Bo", "email": "bo@EXAMPLE.com", "role": "agent", "password": PASSWORD});
    let problem = admin
        .post("/admin/operators", &twice)
        .await
        .problem("conflict");
    assert_eq!(problem["fields"][0]["name"], "email");

    let path = format!("/admin/operators/{}", made["id"].as_str().unwrap());
    assert_eq!(admin.get(&path).await.expect(StatusCode::OK), made);
    admin.delete(&path).await.expect(StatusCode::NO_CONTENT);
    admin.get(&path).await.problem("not-found");
    let sign_in = json!({"email": "bo@example.com", "password": PASSWORD});
    world
        .anybody()
        .post("/operator/session", &sign_in)
        .await
        .problem("sign-in-required");
}

#[tokio::test]
async fn a_new_password_ends_the_sessions_of_the_old_one() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let agent = world.operator(&admin, "agent@example.com", "agent").await;
    let id = agent.get("/operator/session").await.expect(StatusCode::OK)["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let body = json!({"name": "Bo", "role": "agent", "disabled": false, "password": "another long password"});
    let answer = admin.put(&format!("/admin/operators/{id}"), &body).await;
    answer.expect(StatusCode::OK);
    agent
        .get("/operator/session")
        .await
        .problem("session-expired");
    let old = json!({"email": "agent@example.com", "password": PASSWORD});
    world
        .anybody()
        .post("/operator/session", &old)
        .await
        .problem("sign-in-required");
    world
        .sign_in("agent@example.com", "another long password")
        .await;
    let audit = admin.get("/admin/audit").await;
    assert!(
        audit.text().contains("operator.password-changed")
            && !audit.text().contains("another long password")
    );
}

#[tokio::test]
async fn a_disabled_operator_cannot_sign_in() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let agent = world.operator(&admin, "agent@example.com", "agent").await;
    let id = agent.get("/operator/session").await.expect(StatusCode::OK)["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let change = |disabled: bool| json!({"name": "Bo", "role": "agent", "disabled": disabled});
    admin
        .put(&format!("/admin/operators/{id}"), &change(true))
        .await
        .expect(StatusCode::OK);
    agent
        .get("/operator/session")
        .await
        .problem("session-expired");
    let sign_in = json!({"email": "agent@example.com", "password": PASSWORD});
    world
        .anybody()
        .post("/operator/session", &sign_in)
        .await
        .problem("sign-in-required");
    admin
        .put(&format!("/admin/operators/{id}"), &change(false))
        .await
        .expect(StatusCode::OK);
    world.sign_in("agent@example.com", PASSWORD).await;
    agent
        .get("/operator/session")
        .await
        .problem("session-expired");
}

#[tokio::test]
async fn the_last_administrator_stays() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let me = admin.get("/operator/session").await.expect(StatusCode::OK);
    let path = format!("/admin/operators/{}", me["id"].as_str().unwrap());
    let change =
        |role: &str, disabled: bool| json!({"name": "Ada", "role": role, "disabled": disabled});
    admin
        .put(&path, &change("agent", false))
        .await
        .problem("conflict");
    admin
        .put(&path, &change("administrator", true))
        .await
        .problem("conflict");
    admin.delete(&path).await.problem("conflict");
    admin.get("/admin/operators").await.expect(StatusCode::OK);
}

#[tokio::test]
async fn a_member_of_a_queue_is_not_deleted() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let agent = world.operator(&admin, "agent@example.com", "agent").await;
    let id = agent.get("/operator/session").await.expect(StatusCode::OK)["id"].clone();
    admin
        .post("/admin/queues", &json!({"name": "Sales", "members": [id]}))
        .await
        .expect(StatusCode::CREATED);
    let problem = admin
        .delete(&format!("/admin/operators/{}", id.as_str().unwrap()))
        .await
        .problem("conflict");
    assert!(
        problem["detail"]
            .as_str()
            .unwrap()
            .contains("queues `Sales`"),
        "{problem}"
    );
}

#[tokio::test]
async fn every_wrong_field_is_named() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let post = async |body: Value| admin.post("/admin/operators", &body).await;
    post(json!({"name": "", "email": "", "role": "agent", "password": "short"}))
        .await
        .refuses(&[
            ("name", "required"),
            ("email", "required"),
            ("password", "invalid"),
        ]);
    post(json!({"name": "a", "email": "a@b", "role": "boss", "password": PASSWORD}))
        .await
        .refuses(&[("role", "invalid")]);
    let long = "x".repeat(129);
    post(json!({"name": "a", "email": "a@b", "role": "agent", "password": long}))
        .await
        .refuses(&[("password", "too-long")]);
}
