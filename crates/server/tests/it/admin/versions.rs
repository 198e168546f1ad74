//! Two people change one record: nothing is lost silently.

use axum::http::{Method, StatusCode, header};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::console::{Answer, Person, World};

/// One record of each kind that people edit: where it is, and a body that its `PUT` takes.
async fn records(world: &World, admin: &Person) -> Vec<(String, Value)> {
    let mut records = Vec::new();
    let mut add = async |list: &str, new: Value, change: Option<Value>| {
        let made = admin.post(list, &new).await.expect(StatusCode::CREATED);
        let id = made["id"].as_str().unwrap().to_owned();
        records.push((format!("{list}/{id}"), change.unwrap_or(new)));
        id
    };
    let setting = json!({"name": "Shop", "publicKeyUrl": "https://www.example.com/k", "clientFunction": "auth.token"});
    add("/admin/authentication-settings", setting, None).await;
    let queue = add("/admin/queues", json!({"name": "Sales"}), None).await;
    let stream =
        json!({"name": "Web", "contextVariables": [], "rules": [], "fallbackQueue": queue});
    let stream = add("/admin/work-streams", stream, None).await;
    let widget = json!({"name": "Shop", "workStream": stream, "authenticationSetting": null, "signIn": "required",
        "allowedOrigins": ["*"]});
    add("/admin/chat-widgets", widget, None).await;
    add(
        "/admin/contacts",
        json!({"name": "Ann", "active": true}),
        None,
    )
    .await;
    let operator = json!({"name": "Bo", "email": "bo@example.com", "role": "agent", "password": "x".repeat(12)});
    let change = json!({"name": "Bo", "role": "agent", "disabled": false});
    add("/admin/operators", operator, Some(change)).await;
    let reply = json!({"name": "hello", "text": "Hello"});
    add("/admin/canned-replies", reply.clone(), None).await;
    add("/agent/canned-replies", reply, None).await;
    assert_eq!(
        records.len(),
        versioned_paths(world).len(),
        "a new kind of record belongs here"
    );
    // What others refer to goes last.
    records.reverse();
    records
}

/// The paths whose `PUT` the description gives an `If-Match`.
fn versioned_paths(_: &World) -> Vec<String> {
    let text = bonafide_server::openapi_text().unwrap();
    let description: Value = serde_json::from_str(&text).unwrap();
    let paths = description["paths"].as_object().unwrap();
    let names = |operation: &Value| {
        let parameters = operation["parameters"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        parameters
            .iter()
            .any(|parameter| parameter["name"] == "If-Match")
    };
    let versioned = paths.iter().filter(|(_, item)| names(&item["put"]));
    versioned
        .map(|(path, item)| {
            assert!(names(&item["delete"]), "{path}");
            let tag = &item["get"]["responses"]["200"]["headers"]["ETag"];
            assert_eq!(tag["schema"]["type"], "string", "{path}");
            path.clone()
        })
        .collect()
}

fn tag(answer: &Answer) -> String {
    answer.headers[header::ETAG].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_change_of_an_older_version_is_refused_for_every_kind_of_record() {
    let world = World::new().await;
    let admin = world.administrator().await;
    for (path, body) in records(&world, &admin).await {
        let read = admin.get(&path).await;
        assert_eq!(read.expect(StatusCode::OK)["version"], 1, "{path}");
        assert_eq!(tag(&read), "\"1\"", "{path}");
        let first = admin.with("if-match", &tag(&read));
        let changed = first.put(&path, &body).await;
        assert_eq!(changed.expect(StatusCode::OK)["version"], 2, "{path}");
        assert_eq!(tag(&changed), "\"2\"", "{path}");
        // Somebody who read it before that.
        let refused = first.put(&path, &body).await;
        refused.problem("record-changed");
        assert_eq!(refused.status, StatusCode::PRECONDITION_FAILED, "{path}");
        first.delete(&path).await.problem("record-changed");
        let now = admin.get(&path).await.expect(StatusCode::OK);
        assert_eq!(now["version"], 2, "{path}");
        let second = admin.with("if-match", "\"7\", W/\"2\"");
        second.delete(&path).await.expect(StatusCode::NO_CONTENT);
    }
}

#[tokio::test]
async fn a_console_has_to_say_what_it_changes_and_a_program_need_not() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let token = admin
        .post("/admin/api-tokens", &json!({"name": "sync"}))
        .await
        .expect(StatusCode::CREATED);
    let secret = format!("Bearer {}", token["secret"].as_str().unwrap());
    let program = world.program().with("authorization", &secret);
    for (path, body) in records(&world, &admin).await {
        for (method, body) in [
            (Method::PUT, Some(body.to_string())),
            (Method::DELETE, None),
        ] {
            let refused = admin
                .send_exactly(method.clone(), &path, body.clone())
                .await;
            refused.problem("version-required");
            assert_eq!(refused.status, StatusCode::PRECONDITION_REQUIRED, "{path}");
            let answer = program.send_exactly(method, &path, body).await;
            assert!(answer.status.is_success(), "{path}: {}", answer.text());
        }
    }
}

#[tokio::test]
async fn a_tag_that_is_none_is_refused_by_name() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let made = admin.post("/admin/queues", &json!({"name": "Sales"})).await;
    let made = made.expect(StatusCode::CREATED);
    let path = format!("/admin/queues/{}", made["id"].as_str().unwrap());
    for wrong in ["1", "\"1", "W/1", ""] {
        let answer = admin
            .with("if-match", wrong)
            .put(&path, &json!({"name": "a"}))
            .await;
        answer.refuses(&[("If-Match", "invalid")]);
    }
    for other in ["\"0\"", "\"one\"", "\"99999999999999999999\""] {
        let answer = admin
            .with("if-match", other)
            .put(&path, &json!({"name": "a"}))
            .await;
        answer.problem("record-changed");
    }
}

/// The restriction that one of two administrators set must not vanish because the other had the form open.
#[tokio::test]
async fn of_twenty_changes_of_one_version_one_is_stored() {
    let world = World::new().await;
    let admin = world.administrator().await;
    for (path, body) in records(&world, &admin).await {
        let mut all = JoinSet::new();
        for number in 0..20 {
            let person = admin.with("if-match", "\"1\"");
            let (path, mut body) = (path.clone(), body.clone());
            body["name"] = json!(format!("by {number}"));
            all.spawn(async move { (number, person.put(&path, &body).await) });
        }
        let mut stored = Vec::new();
        while let Some(done) = all.join_next().await {
            let (number, answer) = done.unwrap();
            if answer.status == StatusCode::OK {
                stored.push(format!("by {number}"));
            } else {
                answer.problem("record-changed");
            }
        }
        let now = admin.get(&path).await.expect(StatusCode::OK);
        assert_eq!(stored, [now["name"].as_str().unwrap()], "{path}");
        assert_eq!(now["version"], 2, "{path}");
    }
    let updates = admin
        .get("/admin/audit?limit=200")
        .await
        .expect(StatusCode::OK);
    let updates = updates["items"].as_array().unwrap().iter();
    let updates = updates.filter(|entry| entry["action"].as_str().unwrap().ends_with(".updated"));
    assert_eq!(
        updates.count(),
        7,
        "an agent's own reply is not in the audit"
    );
}
