//! Shared canned replies: their variables must exist, their names are unique, and changes are audited.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::console::{Person, World};

const PATH: &str = "/admin/canned-replies";

/// A work stream that declares these variables.
async fn declare(admin: &Person, names: &[&str]) {
    let queues = admin.get("/admin/queues").await.expect(StatusCode::OK);
    let variables: Vec<Value> = names
        .iter()
        .map(|name| json!({"name": name, "type": "text"}))
        .collect();
    let body = json!({
        "name": names.join(" "), "contextVariables": variables, "rules": [],
        "fallbackQueue": queues["items"][0]["id"],
    });
    admin
        .post("/admin/work-streams", &body)
        .await
        .expect(StatusCode::CREATED);
}

#[tokio::test]
async fn a_reply_is_recorded_changed_and_deleted() {
    let world = World::new().await;
    let admin = world.administrator().await;
    declare(&admin, &["cart"]).await;
    let text = "Hello {visitor}, I am {agent} of {queue}.\r\nYour cart: {context.cart}.";
    let body = json!({"name": " Hello ", "text": text});
    let stored = admin.post(PATH, &body).await.expect(StatusCode::CREATED);
    assert_eq!(stored["name"], "Hello");
    assert_eq!(stored["text"], text.replace('\r', ""));
    assert_eq!(stored["shared"], true);
    let path = format!("{PATH}/{}", stored["id"].as_str().unwrap());
    assert_eq!(admin.get(&path).await.expect(StatusCode::OK), stored);

    let other = json!({"name": "Other", "text": "x"});
    admin.post(PATH, &other).await.expect(StatusCode::CREATED);
    let taken = json!({"name": "other", "text": "x"});
    admin.put(&path, &taken).await.problem("conflict");
    let changed = json!({"name": "hello", "text": "Hi {visitor}!"});
    let changed = admin.put(&path, &changed).await.expect(StatusCode::OK);
    assert_eq!(changed["createdAt"], stored["createdAt"]);
    admin.delete(&path).await.expect(StatusCode::NO_CONTENT);
    admin.delete(&path).await.problem("not-found");

    let audit = admin.get("/admin/audit").await.expect(StatusCode::OK);
    let entry = |action: &str| {
        let items = audit["items"].as_array().unwrap();
        items
            .iter()
            .find(|entry| entry["action"] == action)
            .unwrap()
    };
    let updated = entry("canned-reply.updated");
    assert_eq!(updated["details"]["name.before"], "Hello");
    assert_eq!(updated["details"]["text.after"], "Hi {visitor}!");
    assert_eq!(entry("canned-reply.deleted")["subject"], stored["id"]);
    entry("canned-reply.created");
}

#[tokio::test]
async fn a_variable_that_does_not_exist_is_named_with_those_that_do() {
    let world = World::new().await;
    let admin = world.administrator().await;
    declare(&admin, &["cart"]).await;
    declare(&admin, &["order", "plan"]).await;
    for path in [PATH, "/agent/canned-replies"] {
        let body = json!({"name": "a", "text": "Hi {vistor}, your {context.Cart}"});
        let answer = admin.post(path, &body).await;
        answer.refuses(&[("text", "not-found")]);
        let known = "Known are `{visitor}`, `{agent}`, `{queue}`, `{context.cart}`, `{context.order}`, `{context.plan}`.";
        assert_eq!(
            answer.problem("invalid-request")["fields"][0]["message"],
            format!("There are no variables `{{vistor}}`, `{{context.Cart}}`. {known}")
        );
        admin
            .post(path, &json!({"name": "a", "text": "Hi {visitor"}))
            .await
            .refuses(&[("text", "invalid")]);
        admin
            .post(path, &json!({"name": "", "text": " "}))
            .await
            .refuses(&[("name", "required"), ("text", "required")]);
    }
}

/// Of many who take one name at once, one has it.
#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_taken_once() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let tries: Vec<_> = (0..20)
        .map(|number| {
            let admin = admin.clone();
            let name = if number % 2 == 0 { "Hello" } else { "hello" };
            let body = json!({"name": name, "text": "x"});
            tokio::spawn(async move { admin.post(PATH, &body).await })
        })
        .collect();
    let mut stored = 0;
    for answer in tries {
        let answer = answer.await.unwrap();
        if answer.status == StatusCode::CREATED {
            stored += 1;
        } else {
            let problem = answer.problem("conflict");
            assert_eq!(problem["fields"][0]["name"], "name");
            assert_eq!(problem["fields"][0]["code"], "duplicate");
        }
    }
    assert_eq!(stored, 1);
}
