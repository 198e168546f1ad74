//! Who may do what, for every route there is: a route that is added and not guarded fails here.

use axum::http::{Method, StatusCode};
use serde_json::Value;

use crate::console::World;

/// Method and path of every operation below `prefix`, with made-up ids.
fn operations(prefix: &str) -> Vec<(Method, String)> {
    let description: Value =
        serde_json::from_str(&bonafide_server::openapi_text().unwrap()).unwrap();
    let mut found = Vec::new();
    for (path, item) in description["paths"].as_object().unwrap() {
        let path = path.strip_prefix("/api/v1").unwrap();
        if path.starts_with(prefix) {
            for method in item.as_object().unwrap().keys() {
                let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
                let path = path.replace("{id}", "unknown").replace("{file}", "unknown");
                found.push((method, path));
            }
        }
    }
    assert!(!found.is_empty(), "{prefix}");
    found
}

#[tokio::test]
async fn administrators_routes_refuse_everybody_else() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let agent = world.operator(&admin, "agent@example.com", "agent").await;
    let operations = operations("/admin/");
    assert!(operations.len() >= 40, "{}", operations.len());
    for (method, path) in operations {
        let send = async |person: &crate::console::Person| {
            person
                .send(method.clone(), &path, Some("{}".to_owned()))
                .await
        };
        send(&world.anybody()).await.problem("sign-in-required");
        send(&world.program()).await.problem("sign-in-required");
        send(
            &world
                .anybody()
                .with("cookie", "bonafide_session=AAAAAAAAAAAAAAAAAAAAAA"),
        )
        .await
        .problem("sign-in-required");
        send(&world.anybody().with("authorization", "Bearer bft_guess"))
            .await
            .problem("sign-in-required");
        send(&agent).await.problem("forbidden");
        let status = send(&admin).await.status;
        assert!(
            ![StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&status),
            "{method} {path}: {status}"
        );
    }
}

#[tokio::test]
async fn agents_routes_refuse_those_who_are_not_signed_in() {
    let world = World::new().await;
    for (method, path) in operations("/agent/") {
        let answer = world
            .anybody()
            .send(method, &path, Some("{}".to_owned()))
            .await;
        answer.problem("sign-in-required");
    }
}

/// What only supervisors may do. Of a new route for agents somebody has to say here whose it is.
const SUPERVISORS: [&str; 4] = ["/take-over", "/assign", "/join", "/leave"];

/// Whoever asks is judged before what they ask, and supervisors have no settings.
#[tokio::test]
async fn supervisors_routes_refuse_agents_and_administrators() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let agent = world.operator(&admin, "agent@example.com", "agent").await;
    let supervisor = world
        .operator(&admin, "supervisor@example.com", "supervisor")
        .await;
    let mut found = 0;
    for (method, path) in operations("/agent/") {
        if path == "/agent/socket" {
            continue;
        }
        let is_theirs = SUPERVISORS.iter().any(|end| path.ends_with(end));
        found += usize::from(is_theirs);
        for (person, may) in [
            (&agent, !is_theirs),
            (&admin, !is_theirs),
            (&supervisor, true),
        ] {
            let body = Some("{}".to_owned());
            let answer = person.send(method.clone(), &path, body).await;
            let is_refused = answer.status == StatusCode::FORBIDDEN;
            assert_eq!(is_refused, !may, "{method} {path}: {}", answer.status);
        }
    }
    assert_eq!(found, SUPERVISORS.len());
    for (person, may) in [(&agent, false), (&admin, false), (&supervisor, true)] {
        let answer = person.get("/agent/conversations?state=all").await;
        assert_eq!(answer.status == StatusCode::OK, may);
    }
    for (method, path) in operations("/admin/") {
        let body = Some("{}".to_owned());
        supervisor
            .send(method, &path, body)
            .await
            .problem("forbidden");
    }
}

#[tokio::test]
async fn a_role_that_is_taken_away_is_gone_at_once() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let other = world
        .operator(&admin, "other@example.com", "administrator")
        .await;
    other.get("/admin/queues").await.expect(StatusCode::OK);
    let me = other.get("/operator/session").await.expect(StatusCode::OK);
    let path = format!("/admin/operators/{}", me["id"].as_str().unwrap());
    let change = |role: &str, disabled: bool| serde_json::json!({"name": "Bo", "role": role, "disabled": disabled});
    admin
        .put(&path, &change("agent", false))
        .await
        .expect(StatusCode::OK);
    other.get("/admin/queues").await.problem("forbidden");
    admin
        .put(&path, &change("agent", true))
        .await
        .expect(StatusCode::OK);
    other
        .get("/operator/session")
        .await
        .problem("session-expired");
}
