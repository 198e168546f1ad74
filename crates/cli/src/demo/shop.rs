//! The demo shop: a website of its own, on its own origin, that knows nothing of the chat but the script tag
//! in its pages and the issuer it mounts.

use std::sync::Arc;

use anyhow::Context as _;
use axum::extract::State;
use axum::http::request::Parts;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use axum_extra::extract::CookieJar;
use bonafide_issuer::{Issuer, KeyEntry, KeyPair, KeyRing, KeySize, router as issuer_router};
use bonafide_protocol::id::ChatWidgetId;
use serde::Deserialize;

use super::people::{Customer, ISSUER};
use super::sample_data::Widgets;
use crate::clock;

mod catalogue;
mod failing_tokens;
mod pages;
mod sessions;

use sessions::{Account, Sessions};

/// The shop and what its pages embed.
pub(super) struct Shop {
    sessions: Arc<Sessions>,
    issuer: Arc<Issuer>,
    /// The key that signs tokens, for one that has expired.
    published: KeyEntry,
    /// A key whose public half the shop does not publish, for a token that no key fits.
    unpublished: KeyEntry,
    chat_origin: String,
    chat: ChatWidgetId,
    required: ChatWidgetId,
    without_setting: ChatWidgetId,
}

impl Shop {
    /// A shop whose pages load the chat from `chat_origin`.
    pub(super) fn new(chat_origin: &str, widgets: &Widgets, keys: KeyRing) -> anyhow::Result<Self> {
        let signing = |keys: &KeyRing| keys.signing(clock::unix_now()).cloned();
        let other = KeyRing::single(KeyPair::generate(KeySize::Bits2048)?);
        let expired = "The shop's keys have expired.";
        Ok(Self {
            sessions: Arc::default(),
            published: signing(&keys).context(expired)?,
            unpublished: signing(&other).context(expired)?,
            issuer: Arc::new(Issuer::new(ISSUER, keys)),
            chat_origin: chat_origin.to_owned(),
            chat: widgets.chat.clone(),
            required: widgets.required.clone(),
            without_setting: widgets.without_setting.clone(),
        })
    }

    pub(super) fn router(self) -> Router {
        let issuer = Arc::clone(&self.issuer);
        let sessions = Arc::clone(&self.sessions);
        let signed_in = move |request: &Parts| {
            let cookies = CookieJar::from_headers(&request.headers);
            sessions
                .account(&cookies)
                .and_then(|account| account.person())
        };
        Router::new()
            .route("/", get(pages::home))
            .route("/required", get(pages::required))
            .route("/no-setting", get(pages::no_setting))
            .route("/two", get(pages::two))
            .route("/strict-csp", get(pages::strict_csp))
            .route("/assets/{*path}", get(pages::asset))
            .route("/shop/products", get(products))
            .route("/shop/account", get(account))
            .route("/shop/sign-in", post(sign_in))
            .route("/shop/sign-out", post(sign_out))
            .route("/shop/cart", post(change_cart))
            .route("/demo/token/expired", get(failing_tokens::expired))
            .route("/demo/token/wrong-key", get(failing_tokens::wrong_key))
            .with_state(Arc::new(self))
            // The one line a website adds.
            .merge(issuer_router(issuer, signed_in))
            .fallback(pages::not_found)
    }
}

async fn products() -> Json<&'static [catalogue::Product]> {
    Json(catalogue::PRODUCTS)
}

async fn account(State(shop): State<Arc<Shop>>, cookies: CookieJar) -> Response {
    let account = shop.sessions.account(&cookies).unwrap_or_default();
    no_store(Json(account.summary()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignIn {
    customer: String,
}

async fn sign_in(
    State(shop): State<Arc<Shop>>,
    cookies: CookieJar,
    Json(body): Json<SignIn>,
) -> Response {
    let Some(customer) = Customer::find(&body.customer) else {
        return pages::not_found().await;
    };
    let (cookies, account) = shop.sessions.sign_in(cookies, customer);
    no_store((cookies, Json(account.summary())))
}

async fn sign_out(State(shop): State<Arc<Shop>>, cookies: CookieJar) -> Response {
    let cookies = shop.sessions.sign_out(cookies);
    no_store((cookies, Json(Account::default().summary())))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CartChange {
    product: String,
    /// How many there are afterwards.
    quantity: u32,
}

async fn change_cart(
    State(shop): State<Arc<Shop>>,
    cookies: CookieJar,
    Json(change): Json<CartChange>,
) -> Response {
    let Some(product) = catalogue::find(&change.product) else {
        return pages::not_found().await;
    };
    let quantity = change.quantity.min(MOST_OF_ONE);
    let (cookies, account) = shop
        .sessions
        .change(cookies, |account| account.put(product.id, quantity));
    no_store((cookies, Json(account.summary())))
}

fn no_store(answer: impl axum::response::IntoResponse) -> Response {
    ([("cache-control", "no-store")], answer).into_response()
}

/// Keeps the cart's value far from where numbers lose cents.
const MOST_OF_ONE: u32 = 99;
