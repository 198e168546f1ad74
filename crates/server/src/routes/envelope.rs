//! Around every request: an id of our own, one log line for a failure, the body of an error answer, headers that all
//! answers carry. Of headers, the log shows only the origin and the host, cut, and it never shows a query string: no
//! secret can slip into it.

use std::any::Any;
use std::time::Duration;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bonafide_protocol::ErrorCode;
use tracing::Instrument as _;

use super::problem::ApiError;
use crate::random;
use crate::state::AppState;

/// Joins an answer, the log and the audit. Never taken from the client.
#[derive(Clone, Debug)]
pub struct RequestId(String);

impl RequestId {
    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<S: Sync> axum::extract::FromRequestParts<S> for RequestId {
    type Rejection = ApiError;

    async fn from_request_parts(
        parts: &mut axum::http::request::Parts,
        _: &S,
    ) -> Result<Self, ApiError> {
        parts
            .extensions
            .get()
            .cloned()
            .ok_or_else(|| ApiError::internal("the envelope is missing around this route"))
    }
}

/// The middleware.
pub async fn wrap(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let id = format!("req_{:032x}", random::timed_bits(state.clock.now_ms()));
    request.extensions_mut().insert(RequestId(id.clone()));
    let method = request.method().clone();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("none", MatchedPath::as_str)
        .to_owned();
    let is_api = request.uri().path().starts_with(super::BASE);
    // Probes and Prometheus ask by whatever name they have.
    if is_api {
        state.wrong_host.look(request.headers(), &state.public_url);
    }
    let span = tracing::info_span!("request", id, %method, route);
    let started = state.clock.monotonic();
    let mut response = next.run(request).instrument(span.clone()).await;
    let took = state.clock.monotonic().saturating_sub(started);
    let error = response
        .extensions_mut()
        .remove::<ApiError>()
        .or_else(|| is_api.then(|| unexplained(&response)).flatten());
    if let Some(error) = &error {
        *response.status_mut() = error.status();
    }
    count(&method, &route, response.status(), took);
    if let Some(error) = error {
        span.in_scope(|| log(&error));
        write_problem(&mut response, &error, &id);
    }
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert("x-request-id", id);
    }
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers
        .entry(header::REFERRER_POLICY)
        .or_insert(HeaderValue::from_static("no-referrer"));
    if is_api {
        headers
            .entry(header::CACHE_CONTROL)
            .or_insert(HeaderValue::from_static("no-store"));
    }
    response
}

/// Turns a panic into an error answer; the connection and the server go on.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the layer that calls it hands the payload over"
)]
pub fn panicked(payload: Box<dyn Any + Send + 'static>) -> Response {
    let message = payload
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| {
            payload
                .downcast_ref::<&str>()
                .map(|text| (*text).to_owned())
        })
        .unwrap_or_default();
    ApiError::internal(format!("panicked: {message}")).into_response()
}

/// Any address without a route.
pub async fn nothing_here() -> ApiError {
    ApiError::new(ErrorCode::NotFound, "There is nothing at this address.")
}

/// A method that an address does not take.
pub async fn other_method(method: Method) -> ApiError {
    ApiError::new(
        ErrorCode::NotFound,
        format!("This address does not take {method}."),
    )
}

/// The library's own error answers are plain text. Ours are none of them: they bring an [`ApiError`].
fn unexplained(response: &Response) -> Option<ApiError> {
    match response.status() {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Some(ApiError::new(
            ErrorCode::NotFound,
            "There is nothing at this address.",
        )),
        status if status.is_client_error() => Some(ApiError::new(
            ErrorCode::InvalidRequest,
            "The request's address or headers cannot be read.",
        )),
        status if status.is_server_error() => Some(ApiError::internal(format!(
            "answered {status} without a reason"
        ))),
        _ => None,
    }
}

fn write_problem(response: &mut Response, error: &ApiError, id: &str) {
    let Ok(body) = serde_json::to_vec(&error.problem(id)) else {
        return;
    };
    *response.body_mut() = body.into();
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_LENGTH);
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/problem+json"),
    );
    if let Some(seconds) = error.retry_after() {
        headers.insert(header::RETRY_AFTER, seconds.into());
    }
}

fn log(error: &ApiError) {
    let code = error.code().as_str();
    let cause = error.cause().map(tracing::field::display);
    if error.status().is_server_error() {
        tracing::error!(code, cause, "{}", error.detail());
    } else {
        // A field's message can repeat what somebody typed; the code is enough.
        tracing::info!(code, cause, "refused");
    }
}

/// The method as a label. Clients may invent methods, but not labels: each would be kept for ever.
fn known(method: &Method) -> &str {
    match *method {
        Method::GET
        | Method::HEAD
        | Method::POST
        | Method::PUT
        | Method::DELETE
        | Method::OPTIONS => method.as_str(),
        _ => "other",
    }
}

fn count(method: &Method, route: &str, status: StatusCode, took: Duration) {
    let labels = [
        ("method", known(method).to_owned()),
        ("route", route.to_owned()),
        ("status", status.as_u16().to_string()),
    ];
    metrics::counter!("bonafide_http_requests_total", &labels).increment(1);
    metrics::histogram!("bonafide_http_request_seconds", &labels).record(took.as_secs_f64());
}
