//! Guessing passwords is slow, and nobody can lock somebody else out by it.

use std::time::Duration;

use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use serde_json::json;

use crate::console::{PASSWORD, Person, World};

/// A server behind a proxy, so that requests have the address that they say.
async fn behind_a_proxy() -> World {
    World::with(|config| config.trusted_proxies = vec!["0.0.0.0".parse().unwrap()]).await
}

fn at(world: &World, address: &str) -> Person {
    world.anybody().with("x-forwarded-for", address)
}

#[tokio::test]
async fn guessing_is_slowed_per_account_and_tells_nothing() {
    let world = World::new().await;
    world.administrator().await;
    let guess = json!({"email": "ADMIN@example.com", "password": "a guess"});
    let mut refused = None;
    for _ in 0..30 {
        let answer = world.anybody().post("/operator/session", &guess).await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            refused = Some(answer);
            break;
        }
        answer.problem("sign-in-required");
    }
    let refused = refused.expect("a limit");
    refused.problem("rate-limited");
    let wait: u64 = refused.headers[RETRY_AFTER]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!((1..=6).contains(&wait), "{wait}");
    let right = json!({"email": "admin@example.com", "password": PASSWORD});
    world
        .anybody()
        .post("/operator/session", &right)
        .await
        .problem("rate-limited");
    world.pass(Duration::from_secs(wait));
    world
        .anybody()
        .post("/operator/session", &right)
        .await
        .expect(StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn guessing_is_slowed_per_address() {
    let world = World::new().await;
    let mut codes = Vec::new();
    for account in 0..62 {
        let guess = json!({"email": format!("{account}@example.com"), "password": "a guess"});
        let answer = world.anybody().post("/operator/session", &guess).await;
        codes.push(answer.status);
    }
    assert_eq!(codes[0], StatusCode::UNAUTHORIZED);
    assert_eq!(codes[61], StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn guesses_from_elsewhere_do_not_keep_the_owner_out() {
    let world = behind_a_proxy().await;
    world.administrator().await;
    let guess = json!({"email": "admin@example.com", "password": "a guess"});
    let attacker = at(&world, "198.51.100.7");
    let mut refused = 0;
    for _ in 0..40 {
        let answer = attacker.post("/operator/session", &guess).await;
        refused += usize::from(answer.status == StatusCode::TOO_MANY_REQUESTS);
    }
    assert_eq!(refused, 20, "the attacker is slowed");
    let right = json!({"email": "admin@example.com", "password": PASSWORD});
    at(&world, "192.0.2.1")
        .post("/operator/session", &right)
        .await
        .expect(StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn nobody_keeps_the_first_administrator_out() {
    let world = behind_a_proxy().await;
    let guess =
        json!({"secret": "guess", "name": "Eve", "email": "eve@example.com", "password": PASSWORD});
    let attacker = at(&world, "198.51.100.7");
    let mut last = StatusCode::OK;
    for _ in 0..25 {
        last = attacker.post("/operator/setup", &guess).await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    world.administrator().await;
}
