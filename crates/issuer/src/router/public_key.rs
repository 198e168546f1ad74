//! `GET /_services/auth/publickey`: what a chat server verifies tokens with.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};

use super::refusal::Refusal;
use crate::Issuer;

pub(super) async fn answer(State(issuer): State<Arc<Issuer>>) -> Response {
    let Some(keys) = issuer.published() else {
        return Refusal::KeysExpired.answer(issuer.now(), &"every key pair has expired");
    };
    (
        [
            (header::CONTENT_TYPE, keys.content_type),
            (header::CACHE_CONTROL, CACHING),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        ],
        keys.body,
    )
        .into_response()
}

/// Short against the lead of a rotation (15 minutes), so that a cache on the way cannot hide a new key.
const CACHING: &str = "public, max-age=60";
