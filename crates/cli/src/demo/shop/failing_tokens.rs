//! Tokens that a chat server must refuse, really minted, for the panel *Make it fail*.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::CookieJar;
use bonafide_issuer::{Grant, KeyEntry, Person, mint};

use super::super::people::{CUSTOMERS, ISSUER};
use super::{Shop, no_store};
use crate::clock;

/// Signed by the shop's own key, but over since an hour.
pub(super) async fn expired(State(shop): State<Arc<Shop>>, cookies: CookieJar) -> Response {
    answer(&shop, &cookies, &shop.published, clock::unix_now() - 7_200)
}

/// In every way right, but signed by a key that the shop does not publish.
pub(super) async fn wrong_key(State(shop): State<Arc<Shop>>, cookies: CookieJar) -> Response {
    answer(&shop, &cookies, &shop.unpublished, clock::unix_now())
}

fn answer(shop: &Shop, cookies: &CookieJar, key: &KeyEntry, issued_at: i64) -> Response {
    let grant = Grant {
        issuer: ISSUER.to_owned(),
        audience: None,
        nonce: None,
        issued_at,
        lifetime_seconds: 3_600,
    };
    match mint(&person(shop, cookies), &grant, key) {
        Ok(token) => no_store(token),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

/// Whoever is signed in; the first customer where nobody is, since the token is worth nothing anyway.
fn person(shop: &Shop, cookies: &CookieJar) -> Person {
    let account = shop.sessions.account(cookies);
    account
        .and_then(|account| account.person())
        .unwrap_or_else(|| Person {
            subject: CUSTOMERS[0].contact.to_owned(),
            ..Person::default()
        })
}
