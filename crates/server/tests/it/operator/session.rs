//! Signing in, staying signed in, signing out.

use std::time::Duration;

use axum::http::StatusCode;
use axum::http::header::{COOKIE, SET_COOKIE};
use serde_json::json;

use crate::console::{PASSWORD, World};

#[tokio::test]
async fn signing_in_and_out() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let person = world.sign_in("Admin@Example.com", PASSWORD).await;
    let me = person.get("/operator/session").await.expect(StatusCode::OK);
    assert_eq!(me["email"], "admin@example.com");

    person
        .delete("/operator/session")
        .await
        .expect(StatusCode::NO_CONTENT);
    person
        .get("/operator/session")
        .await
        .problem("sign-in-required");
    person
        .delete("/operator/session")
        .await
        .expect(StatusCode::NO_CONTENT);

    let audit = admin.get("/admin/audit").await.expect(StatusCode::OK);
    let signed_out: Vec<_> = audit["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["action"] == "operator.signed-out")
        .collect();
    assert_eq!(signed_out.len(), 1, "the second time nobody was signed in");
    assert_eq!(signed_out[0]["actor"]["id"], me["id"]);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_account_look_the_same() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let person = world.anybody();
    let wrong = person
        .post(
            "/operator/session",
            &json!({"email": "admin@example.com", "password": "wrong"}),
        )
        .await;
    let unknown = person
        .post(
            "/operator/session",
            &json!({"email": "nobody@example.com", "password": PASSWORD}),
        )
        .await;
    let (wrong, unknown) = (
        wrong.problem("sign-in-required"),
        unknown.problem("sign-in-required"),
    );
    assert_eq!(wrong["detail"], unknown["detail"]);

    let audit = admin.get("/admin/audit").await.expect(StatusCode::OK);
    let refused: Vec<_> = audit["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["action"] == "operator.sign-in-refused")
        .collect();
    assert_eq!(refused.len(), 2);
    assert_eq!(refused[0]["requestId"], unknown["requestId"]);
    assert!(!audit.to_string().contains(PASSWORD));
}

#[tokio::test]
async fn a_session_gets_a_new_id_with_the_sign_in() {
    let world = World::new().await;
    let first = world.administrator().await;
    let again = first
        .post(
            "/operator/session",
            &json!({"email": "admin@example.com", "password": PASSWORD}),
        )
        .await;
    again.expect(StatusCode::NO_CONTENT);
    let cookie = again.headers[SET_COOKIE].to_str().unwrap();
    assert!(
        !cookie.contains(first.headers[COOKIE].to_str().unwrap()),
        "the id was rotated"
    );
    first
        .get("/operator/session")
        .await
        .problem("sign-in-required");
}

#[tokio::test]
async fn a_planted_session_id_is_not_taken_over() {
    let world = World::new().await;
    world.administrator().await;
    let planted = "bonafide_session=AAAAAAAAAAAAAAAAAAAAAA";
    let victim = world.anybody().with("cookie", planted);
    let answer = victim
        .post(
            "/operator/session",
            &json!({"email": "admin@example.com", "password": PASSWORD}),
        )
        .await;
    answer.expect(StatusCode::NO_CONTENT);
    victim
        .get("/operator/session")
        .await
        .problem("sign-in-required");
}

#[tokio::test]
async fn a_session_ends_when_it_is_idle_and_after_a_week() {
    let hour = Duration::from_secs(3600);
    let world = World::new().await;
    let idle = world.administrator().await;
    let busy = world.sign_in("admin@example.com", PASSWORD).await;
    for _ in 0..13 {
        world.pass(hour);
        busy.get("/operator/session").await.expect(StatusCode::OK);
    }
    idle.get("/operator/session")
        .await
        .problem("sign-in-required");
    for _ in 13..7 * 24 - 1 {
        world.pass(hour);
        busy.get("/operator/session").await.expect(StatusCode::OK);
    }
    world.pass(hour);
    busy.get("/operator/session")
        .await
        .problem("session-expired");
}

#[tokio::test]
async fn a_session_outlives_a_restart() {
    let world = World::new().await;
    let cookie = world.administrator().await.headers[COOKIE]
        .to_str()
        .unwrap()
        .to_owned();
    let world = world.restart().await;
    let person = world.anybody().with("cookie", &cookie);
    person.get("/operator/session").await.expect(StatusCode::OK);
}

#[tokio::test]
async fn with_a_cookie_unsafe_requests_must_come_from_our_own_pages() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let body = json!({"name": "Sales"});
    let nowhere = admin.without("origin");
    nowhere
        .post("/admin/queues", &body)
        .await
        .problem("forbidden");
    nowhere
        .delete("/operator/session")
        .await
        .problem("forbidden");
    for origin in [
        "https://attacker.example",
        "null",
        "https://chat.example.com.attacker.example",
        "http://chat.example.com",
    ] {
        admin
            .with("origin", origin)
            .post("/admin/queues", &body)
            .await
            .problem("forbidden");
    }
    let cross_site = admin.with("sec-fetch-site", "cross-site");
    cross_site
        .post("/admin/queues", &body)
        .await
        .problem("forbidden");
    admin
        .with("sec-fetch-site", "same-site")
        .delete("/admin/queues/que_x")
        .await
        .problem("forbidden");
    // Reading is harmless: no other origin can see the answer.
    nowhere.get("/admin/queues").await.expect(StatusCode::OK);
    nowhere
        .with("sec-fetch-site", "same-origin")
        .post("/admin/queues", &body)
        .await
        .expect(StatusCode::CREATED);
}

#[tokio::test]
async fn a_foreign_page_cannot_sign_anybody_in() {
    let world = World::new().await;
    world.administrator().await;
    let body = json!({"email": "admin@example.com", "password": PASSWORD});
    let foreign = world.anybody().with("origin", "https://attacker.example");
    foreign
        .post("/operator/session", &body)
        .await
        .problem("forbidden");
    world
        .program()
        .post("/operator/session", &body)
        .await
        .expect(StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn people_change_their_own_password_and_only_this_session_goes_on() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let mut agent = world.operator(&admin, "agent@example.com", "agent").await;
    let elsewhere = world.sign_in("agent@example.com", PASSWORD).await;
    let change = |current: &str, password: &str| json!({"current": current, "password": password});
    let send =
        async |person: &crate::console::Person, body| person.put("/operator/password", &body).await;
    let next = "another horse battery";
    send(&agent, change("not mine at all", next))
        .await
        .refuses(&[("current", "invalid")]);
    send(&agent, change(PASSWORD, "short"))
        .await
        .refuses(&[("password", "invalid")]);
    send(&world.anybody(), change(PASSWORD, next))
        .await
        .problem("sign-in-required");
    let foreign = agent.with("origin", "https://attacker.example");
    send(&foreign, change(PASSWORD, next))
        .await
        .problem("forbidden");

    let changed = send(&agent, change(PASSWORD, next)).await;
    changed.expect(StatusCode::NO_CONTENT);
    // Whatever the console had asked meanwhile is answered with the old cookie, and leaves the new one alone.
    let overtaken = agent.get("/operator/session").await;
    overtaken.problem("session-expired");
    assert_eq!(overtaken.headers.get("set-cookie"), None);
    agent.keep_cookie(&changed);
    agent.get("/operator/session").await.expect(StatusCode::OK);
    elsewhere
        .get("/operator/session")
        .await
        .problem("session-expired");
    let credentials = |password: &str| json!({"email": "agent@example.com", "password": password});
    let old = world
        .anybody()
        .post("/operator/session", &credentials(PASSWORD))
        .await;
    old.problem("sign-in-required");
    world.sign_in("agent@example.com", next).await;
    let audit = admin
        .get("/admin/audit?action=operator.password-changed")
        .await;
    let audit = audit.expect(StatusCode::OK);
    assert_eq!(audit["items"].as_array().unwrap().len(), 1);
    assert_eq!(audit["items"][0]["actor"]["name"], "Bo");
}

/// Checking and hashing take their time: an administrator who sets a password meanwhile has the last word.
#[tokio::test]
async fn a_password_that_was_set_meanwhile_is_not_overwritten() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let agent = world.operator(&admin, "agent@example.com", "agent").await;
    let me = agent.get("/operator/session").await.expect(StatusCode::OK);
    let path = format!("/admin/operators/{}", me["id"].as_str().unwrap());
    let own = json!({"current": PASSWORD, "password": "a password of my own"});
    let set = json!({"name": "Bo", "role": "agent", "disabled": false, "capacity": null, "password": "a password that was set"});
    let (changed, set) = tokio::join!(
        agent.put("/operator/password", &own),
        admin.put(&path, &set)
    );
    set.expect(StatusCode::OK);
    if !changed.status.is_success() {
        changed.problem("session-expired");
    }
    world
        .sign_in("agent@example.com", "a password that was set")
        .await;
}

#[tokio::test]
async fn a_program_changes_no_password() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let token = admin
        .post("/admin/api-tokens", &json!({"name": "sync"}))
        .await
        .expect(StatusCode::CREATED);
    let secret = format!("Bearer {}", token["secret"].as_str().unwrap());
    let program = world.program().with("authorization", &secret);
    let body = json!({"current": PASSWORD, "password": "another horse battery"});
    program
        .put("/operator/password", &body)
        .await
        .problem("forbidden");
}
