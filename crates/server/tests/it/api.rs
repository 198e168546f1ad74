//! What holds for every request: problems, request ids, bodies, and the URLs outside the API.

use axum::http::header::{CACHE_CONTROL, X_CONTENT_TYPE_OPTIONS};
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::console::World;

#[tokio::test]
async fn an_address_of_nothing_is_a_problem() {
    let world = World::new().await;
    let person = world.anybody();
    for path in [
        "/nothing",
        "/admin",
        "/operator/session/x",
        "//api",
        "//api/v2/x",
        "//nothing.js",
        "//assets/gone-1.js",
    ] {
        person.get(path).await.problem("not-found");
    }
    person
        .send(Method::PATCH, "/operator/setup", None)
        .await
        .problem("not-found");
    person
        .send(Method::POST, "//admin", None)
        .await
        .problem("not-found");
}

#[tokio::test]
async fn every_answer_has_a_request_id_of_the_servers_own() {
    let world = World::new().await;
    let person = world.anybody().with("x-request-id", "chosen-by-the-client");
    let one = person.get("/operator/setup").await;
    let two = person.get("/operator/setup").await;
    let id = |answer: &crate::console::Answer| {
        answer.headers["x-request-id"].to_str().unwrap().to_owned()
    };
    assert!(id(&one).starts_with("req_") && id(&one) != id(&two));
    assert_eq!(one.headers[X_CONTENT_TYPE_OPTIONS], "nosniff");
    assert_eq!(one.headers[CACHE_CONTROL], "no-store");
}

#[tokio::test]
async fn a_body_that_is_not_json_is_refused() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let send = async |content_type: &str, body: &str| {
        let person = admin.with("content-type", content_type);
        person
            .send(Method::POST, "/admin/queues", Some(body.to_owned()))
            .await
    };
    // What a form in a foreign page can send without asking.
    for content_type in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/jsonx",
    ] {
        send(content_type, r#"{"name":"a"}"#)
            .await
            .refuses(&[("", "invalid")]);
    }
    let problem = send("application/json", "{\n  name: 1}").await;
    problem.refuses(&[("", "invalid")]);
    assert!(
        problem.text().contains("line 2 column 3"),
        "{}",
        problem.text()
    );
    send("application/json", "")
        .await
        .refuses(&[("", "required")]);
    send("application/json", "[]")
        .await
        .refuses(&[("", "invalid")]);
    send("application/json", r#"{"name":"a"} {}"#)
        .await
        .refuses(&[("", "invalid")]);
    send("application/json", &"[".repeat(100_000))
        .await
        .refuses(&[("", "invalid")]);
    send("Application/JSON; charset=utf-8", r#"{"name":"a"}"#)
        .await
        .expect(StatusCode::CREATED);
}

#[tokio::test]
async fn half_a_character_is_refused_by_field() {
    let world = World::new().await;
    let admin = world.administrator().await;
    for half in [r"\ud800", r"\udc00", r"\ud800x", r"\ud800\ud800"] {
        let body = format!(r#"{{"name":"a{half}"}}"#);
        let answer = admin.send(Method::POST, "/admin/queues", Some(body)).await;
        answer.refuses(&[("name", "invalid")]);
    }
    let body = r#"{"name":"\ud83d\ude00"}"#.to_owned();
    admin
        .send(Method::POST, "/admin/queues", Some(body))
        .await
        .expect(StatusCode::CREATED);
}

/// Some databases cannot store U+0000, nor be asked about it.
#[tokio::test]
async fn u_0000_is_refused_wherever_it_comes() {
    let world = World::new().await;
    let admin = world.administrator().await;
    // `que_1\0 a`, and `que_1 a\0`.
    for cursor in ["cXVlXzEAIGE", "cXVlXzEgYQA"] {
        for list in ["queues", "contacts", "audit"] {
            admin
                .get(&format!("/admin/{list}?cursor={cursor}"))
                .await
                .refuses(&[("cursor", "invalid")]);
        }
    }
    admin
        .get("/admin/queues/que_%00")
        .await
        .problem("not-found");
    admin
        .delete("/admin/contacts/a%00")
        .await
        .problem("not-found");
    let widget = world.anybody().get("/widgets/wgt_%00").await;
    widget.problem("widget-not-found");
    let messages = world.anybody().get("/conversations/cnv_%00/messages").await;
    messages.problem("conversation-not-found");
    let credentials = json!({"email": "admin@example.com\u{0}", "password": "a\u{0}"});
    world
        .anybody()
        .post("/operator/session", &credentials)
        .await
        .problem("sign-in-required");
    let body = json!({"name": "Bo", "email": "bo\u{0}@example.com", "role": "agent", "password": "x".repeat(12)});
    admin
        .post("/admin/operators", &body)
        .await
        .refuses(&[("email", "invalid")]);
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let answer = admin
        .post("/admin/queues", &json!({"name": "x".repeat(1024 * 1024)}))
        .await;
    answer.problem("payload-too-large");
}

#[tokio::test]
async fn the_description_is_served() {
    let world = World::new().await;
    let served = world
        .anybody()
        .get("/openapi.json")
        .await
        .expect(StatusCode::OK);
    let committed: Value = serde_json::from_str(&bonafide_server::openapi_text().unwrap()).unwrap();
    assert_eq!(served, committed);
}

#[tokio::test]
async fn probes_and_metrics_stand_outside_the_api() {
    let world = World::new().await;
    let person = world.program();
    assert_eq!(person.get("//healthz").await.text(), "ok\n");
    assert_eq!(person.get("//readyz").await.text(), "ready\n");
    person.get("/operator/setup").await.expect(StatusCode::OK);
    let invented = Method::from_bytes(b"BREW").unwrap();
    person
        .send(invented, "/operator/setup", None)
        .await
        .problem("not-found");
    // Not for the public: on a listener of its own.
    let public = person.get("//metrics").await;
    assert!(
        !public.text().contains("bonafide_http_requests_total"),
        "{}",
        public.text()
    );
    let metrics = world.metrics().await;
    assert_eq!(metrics.status, StatusCode::OK);
    let text = metrics.text();
    assert!(text.contains(r#"bonafide_http_requests_total{method="GET",route="/api/v1/operator/setup",status="200"}"#), "{text}");
    assert!(
        text.contains("bonafide_http_request_seconds_bucket"),
        "{text}"
    );
    assert!(
        text.contains(r#"method="other""#) && !text.contains("BREW"),
        "{text}"
    );
}

#[tokio::test]
async fn a_server_without_its_database_is_not_ready_and_says_so() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let program = world.program();
    world.stop().await;
    assert_eq!(program.get("//healthz").await.status, StatusCode::OK);
    program.get("//readyz").await.problem("unavailable");
    admin
        .post("/admin/queues", &json!({"name": "Sales"}))
        .await
        .problem("unavailable");
}
