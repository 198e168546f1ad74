//! `/healthz` and `/readyz`, and on a port of its own `/metrics`: for whatever runs the server. They say nothing about its
//! content.

use std::time::Duration;

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use tokio::sync::Mutex;

use super::problem::ApiResult;
use crate::state::AppState;

/// The process runs and answers.
pub async fn health() -> &'static str {
    "ok\n"
}

/// The database can be read and written too, so requests may be sent here.
///
/// # Errors
/// `unavailable`, when it cannot.
pub async fn readiness(State(state): State<AppState>) -> ApiResult<&'static str> {
    state.readiness.check(&state).await?;
    Ok("ready\n")
}

/// When the database was last seen to work. Each look writes to the disk, and anybody may ask, so those who ask at
/// once, or soon after one another, share one look; a failure is never shared.
#[derive(Debug, Default)]
pub struct Readiness(Mutex<Option<Duration>>);

impl Readiness {
    async fn check(&self, state: &AppState) -> ApiResult<()> {
        let mut seen_at = self.0.lock().await;
        let now = state.clock.monotonic();
        if seen_at.is_some_and(|at| now.saturating_sub(at) < GOOD_FOR) {
            return Ok(());
        }
        *seen_at = None;
        state.storage.ping(state.clock.now_ms()).await?;
        *seen_at = Some(now);
        Ok(())
    }
}

/// Load balancers ask every few seconds.
const GOOD_FOR: Duration = Duration::from_secs(1);

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
