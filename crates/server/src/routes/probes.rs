//! `/healthz`, `/readyz`, `/metrics`: for whatever runs the server. They say nothing about its content.

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;

use super::problem::ApiResult;
use crate::state::AppState;

/// The process runs and answers.
pub async fn health() -> &'static str {
    "ok\n"
}

/// The database answers too, so requests may be sent here.
///
/// # Errors
/// `unavailable`, when it does not.
pub async fn readiness(State(state): State<AppState>) -> ApiResult<&'static str> {
    state.storage.ping().await?;
    Ok("ready\n")
}

/// Metrics in Prometheus' text format.
pub async fn metrics(State(state): State<AppState>) -> impl IntoResponse {
    (
        [(
            header::CONTENT_TYPE,
            "text/plain; version=0.0.4; charset=utf-8",
        )],
        state.metrics.render(),
    )
}
