//! `GET /_services/auth/client.js`: the client function that a chat widget calls in the website's pages.

use axum::http::header;
use axum::response::{IntoResponse as _, Response};

pub(super) fn answer() -> Response {
    (
        [
            (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
            (header::CACHE_CONTROL, "public, max-age=3600"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        ],
        include_str!("client.js"),
    )
        .into_response()
}
