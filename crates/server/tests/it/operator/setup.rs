//! The set-up of a fresh server.

use axum::http::StatusCode;
use axum::http::header::{COOKIE, SET_COOKIE};
use serde_json::{Value, json};

use crate::console::{PASSWORD, World};

fn request(secret: &str) -> Value {
    json!({"secret": secret, "name": "Ada", "email": "admin@example.com", "password": PASSWORD})
}

#[tokio::test]
async fn a_fresh_server_is_set_up_once_by_its_link() {
    let world = World::new().await;
    let link = world.server.setup_link().unwrap();
    assert!(
        link.starts_with("https://chat.example.com/setup#"),
        "{link}"
    );
    let mut person = world.anybody();
    assert_eq!(
        person.get("/operator/setup").await.expect(StatusCode::OK),
        json!({"needed": true})
    );

    let answer = person
        .post("/operator/setup", &request(&world.set_up_secret()))
        .await;
    answer.expect(StatusCode::NO_CONTENT);
    let cookie = answer.headers[SET_COOKIE].to_str().unwrap();
    for part in [
        "bonafide_session=",
        "HttpOnly",
        "SameSite=Lax",
        "Secure",
        "Path=/",
    ] {
        assert!(cookie.contains(part), "{cookie}");
    }
    person.keep_cookie(&answer);
    let me = person.get("/operator/session").await.expect(StatusCode::OK);
    assert_eq!(
        (&me["name"], &me["email"], &me["role"]),
        (
            &json!("Ada"),
            &json!("admin@example.com"),
            &json!("administrator")
        )
    );

    assert_eq!(
        person.get("/operator/setup").await.expect(StatusCode::OK),
        json!({"needed": false})
    );
    let again = world
        .anybody()
        .post("/operator/setup", &request(&world.set_up_secret()))
        .await;
    again.problem("conflict");
    let world = world.restart().await;
    assert_eq!(world.server.setup_link(), None);
}

#[tokio::test]
async fn another_secret_opens_nothing() {
    let world = World::new().await;
    for secret in ["", "guess"] {
        world
            .anybody()
            .post("/operator/setup", &request(secret))
            .await
            .problem("forbidden");
    }
    let before = world.set_up_secret();
    let world = world.restart().await;
    assert_ne!(
        world.set_up_secret(),
        before,
        "each start makes a link of its own"
    );
    world
        .anybody()
        .post("/operator/setup", &request(&before))
        .await
        .problem("forbidden");
}

#[tokio::test]
async fn every_wrong_field_is_named_and_the_link_still_works() {
    let world = World::new().await;
    let body =
        json!({"secret": world.set_up_secret(), "name": " ", "email": "ada", "password": "short"});
    let answer = world.anybody().post("/operator/setup", &body).await;
    answer.refuses(&[
        ("name", "required"),
        ("email", "invalid"),
        ("password", "invalid"),
    ]);
    assert!(
        !answer.text().contains("short"),
        "the password is not repeated"
    );
    let answer = world
        .anybody()
        .post("/operator/setup", &request(&world.set_up_secret()))
        .await;
    answer.expect(StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn a_foreign_page_cannot_set_up() {
    let world = World::new().await;
    let foreign = world.anybody().with("origin", "https://attacker.example");
    foreign
        .post("/operator/setup", &request(&world.set_up_secret()))
        .await
        .problem("forbidden");
}

#[tokio::test]
async fn over_http_the_cookie_is_not_secure() {
    let world = World::with(|config| config.public_url = "http://127.0.0.1:8080".to_owned()).await;
    let person = world
        .anybody()
        .with("origin", "http://127.0.0.1:8080")
        .without(COOKIE.as_str());
    let answer = person
        .post("/operator/setup", &request(&world.set_up_secret()))
        .await;
    answer.expect(StatusCode::NO_CONTENT);
    assert!(
        !answer.headers[SET_COOKIE]
            .to_str()
            .unwrap()
            .contains("Secure")
    );
}
