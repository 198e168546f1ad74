//! Work streams: declared context variables, routing rules.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::console::{Person, World};

async fn queue(admin: &Person) -> Value {
    admin.get("/admin/queues").await.expect(StatusCode::OK)["items"][0]["id"].clone()
}

fn body(queue: &Value) -> Value {
    json!({
        "name": "Shop",
        "contextVariables": [
            {"name": "msdyn_cartvalue", "type": "number"},
            {"name": "msdyn_isvip", "type": "boolean"},
            {"name": "page", "type": "text"},
        ],
        "rules": [
            {
                "name": "Full carts",
                "when": {"all": [
                    {"authenticated": true},
                    {"variable": "msdyn_cartvalue", "operator": "atLeast", "value": 4999.5},
                ]},
                "queue": queue, "priority": 10,
            },
            {
                "when": {"any": [
                    {"variable": "msdyn_isvip", "operator": "equals", "value": "true"},
                    {"variable": "page", "operator": "isSet"},
                ]},
                "queue": queue, "priority": -1,
            },
        ],
        "fallbackQueue": queue,
    })
}

#[tokio::test]
async fn a_work_stream_is_made_as_it_is_sent() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let queue = queue(&admin).await;
    let body = body(&queue);
    let made = admin
        .post("/admin/work-streams", &body)
        .await
        .expect(StatusCode::CREATED);
    for field in ["name", "contextVariables", "rules", "fallbackQueue"] {
        assert_eq!(made[field], body[field], "{field}");
    }
    let path = format!("/admin/work-streams/{}", made["id"].as_str().unwrap());
    assert_eq!(admin.get(&path).await.expect(StatusCode::OK), made);
    let mut bare = body.clone();
    bare["rules"] = json!([]);
    bare["contextVariables"] = json!([]);
    let replaced = admin.put(&path, &bare).await.expect(StatusCode::OK);
    assert_eq!(replaced["rules"], json!([]));
    admin.delete(&path).await.expect(StatusCode::NO_CONTENT);
    admin.get(&path).await.problem("not-found");
}

#[tokio::test]
async fn a_queue_that_a_rule_names_is_in_use() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let sales = admin
        .post("/admin/queues", &json!({"name": "Sales"}))
        .await
        .expect(StatusCode::CREATED);
    let mut body = body(&queue(&admin).await);
    body["rules"][0]["queue"] = sales["id"].clone();
    let made = admin
        .post("/admin/work-streams", &body)
        .await
        .expect(StatusCode::CREATED);
    let path = format!("/admin/queues/{}", sales["id"].as_str().unwrap());
    assert_eq!(
        admin.get(&path).await.expect(StatusCode::OK)["usedBy"],
        json!([{"id": made["id"], "name": "Shop"}])
    );
    admin.delete(&path).await.problem("conflict");
    body["rules"] = json!([]);
    let stream = format!("/admin/work-streams/{}", made["id"].as_str().unwrap());
    admin.put(&stream, &body).await.expect(StatusCode::OK);
    admin.delete(&path).await.expect(StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn a_work_stream_in_use_names_its_widgets() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let made = admin
        .post("/admin/work-streams", &body(&queue(&admin).await))
        .await
        .expect(StatusCode::CREATED);
    let widget = json!({
        "name": "Shop chat", "workStream": made["id"], "authenticationSetting": null, "signIn": "optional",
        "allowedOrigins": ["*"],
    });
    admin
        .post("/admin/chat-widgets", &widget)
        .await
        .expect(StatusCode::CREATED);
    let path = format!("/admin/work-streams/{}", made["id"].as_str().unwrap());
    let problem = admin.delete(&path).await.problem("conflict");
    assert!(
        problem["detail"]
            .as_str()
            .unwrap()
            .contains("chat widgets `Shop chat`"),
        "{problem}"
    );
}

#[tokio::test]
async fn every_wrong_field_is_named() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let queue = queue(&admin).await;
    let wrong = json!({
        "name": "x".repeat(101),
        "contextVariables": [
            {"name": "", "type": "text"},
            {"name": "a", "type": "text"},
            {"name": "a", "type": "number"},
            {"name": "x".repeat(101), "type": "text"},
        ],
        "rules": [
            {"name": "y".repeat(101), "when": {"all": []}, "queue": queue, "priority": 1001},
            {"when": {"any": []}, "queue": "que_x", "priority": 0},
            {"when": {"all": [{"variable": "b", "operator": "isSet"}]}, "queue": queue, "priority": 0},
        ],
        "fallbackQueue": "que_y",
    });
    admin.post("/admin/work-streams", &wrong).await.refuses(&[
        ("name", "too-long"),
        ("contextVariables[0].name", "required"),
        ("contextVariables[2].name", "duplicate"),
        ("contextVariables[3].name", "too-long"),
        ("rules[0].name", "too-long"),
        ("rules[0].priority", "invalid"),
        ("rules[1].when.any", "required"),
        ("rules[2].when.all[0].variable", "not-found"),
    ]);
    let mut body = body(&queue);
    body["rules"][1]["queue"] = json!("que_x");
    body["fallbackQueue"] = json!("que_y");
    admin.post("/admin/work-streams", &body).await.refuses(&[
        ("rules[1].queue", "not-found"),
        ("fallbackQueue", "not-found"),
    ]);
}

#[tokio::test]
async fn a_rule_that_cannot_be_meant_is_refused() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let good = body(&queue(&admin).await);
    let test = json!({"variable": "page", "operator": "isSet"});
    for (when, name, code) in [
        (
            json!({"all": [{"authenticated": true}, {"variable": "page", "operator": "greaterThan", "value": 5}]}),
            "rules[0].when.all[1].operator",
            "invalid",
        ),
        (
            json!({"all": [{"variable": "page", "operator": "like", "value": "x"}]}),
            "rules[0].when.all[0].operator",
            "invalid",
        ),
        (
            json!({"all": [{"variable": "page", "operator": "equals", "value": {"a": 1}}]}),
            "rules[0].when.all[0].value",
            "invalid",
        ),
        (
            json!({"all": [{"variable": "page", "operator": "equals"}]}),
            "rules[0].when.all[0].value",
            "required",
        ),
        (
            json!({"all": vec![test.clone(); 21]}),
            "rules[0].when.all",
            "too-long",
        ),
        (json!({"all": [], "any": []}), "rules[0].when", "invalid"),
        (json!({"none": []}), "rules[0].when.none", "unknown"),
    ] {
        let mut body = good.clone();
        body["rules"][0]["when"] = when;
        let answer = admin.post("/admin/work-streams", &body).await;
        answer.refuses(&[(name, code)]);
    }
    let mut body = good.clone();
    body["rules"] = json!(vec![good["rules"][0].clone(); 101]);
    admin
        .post("/admin/work-streams", &body)
        .await
        .refuses(&[("rules", "too-long")]);
}

/// Warnings are said with the answer, and stop nothing.
#[tokio::test]
async fn odd_rules_are_stored_with_a_warning() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let queue = queue(&admin).await;
    let mut body = body(&queue);
    let cart = |operator: &str, value: u32| json!({"variable": "msdyn_cartvalue", "operator": operator, "value": value});
    let rule = |tests: Value| json!({"when": {"all": tests}, "queue": queue, "priority": 0});
    body["rules"] = json!([
        rule(json!([cart("atLeast", 10)])),
        rule(json!([cart("lessThan", 5), cart("greaterThan", 7)])),
        rule(json!([cart("equals", 12)])),
        rule(json!([])),
    ]);
    let made = admin.post("/admin/work-streams", &body).await;
    let made = made.expect(StatusCode::CREATED);
    let said: Vec<_> = made["warnings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (&one["rule"], &one["code"]))
        .collect();
    assert_eq!(
        json!(said),
        json!([[1, "never-matches"], [2, "hidden"], [3, "no-test"]])
    );
    assert!(
        made["warnings"][1]["message"]
            .as_str()
            .unwrap()
            .starts_with("Rule 1 takes every chat")
    );
    let path = format!("/admin/work-streams/{}", made["id"].as_str().unwrap());
    assert_eq!(admin.get(&path).await.expect(StatusCode::OK), made);
    body["rules"] = json!([rule(json!([cart("atLeast", 10)]))]);
    let changed = admin.put(&path, &body).await.expect(StatusCode::OK);
    assert_eq!(changed["warnings"], json!([]));
}
