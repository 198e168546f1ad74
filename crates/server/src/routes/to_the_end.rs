//! Runs what changes something to its end, although the client goes away meanwhile.
//!
//! A connection that breaks drops the request it brought. Between the commit and the hint that tells of it, that would
//! leave a change nobody hears of. Must not look at the request beyond its method.

use std::panic::resume_unwind;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::problem::ApiError;

/// The middleware. A request that only reads ends with its connection: nobody misses its answer.
pub(super) async fn run(request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    match tokio::spawn(next.run(request)).await {
        Ok(response) => response,
        Err(error) => match error.try_into_panic() {
            Ok(payload) => resume_unwind(payload),
            // The runtime ends.
            Err(error) => ApiError::internal(error).into_response(),
        },
    }
}
