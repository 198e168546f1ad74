//! Puts layers around the routes: who may call a group, and what holds for every request. A layer refuses everybody
//! else whatever a handler asks for, so a handler that forgets to ask is closed all the same.

use axum::extract::{DefaultBodyLimit, Request};
use axum::http::Method;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate as _};
use tower_sessions::cookie::SameSite;
use tower_sessions::{Expiry, SessionManagerLayer};
use utoipa::OpenApi as _;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use super::{BASE, admin_routes, agent_routes, operator_routes, visitor_routes};
use super::{agent, authenticate, envelope, openapi, probes, to_the_end, visitor};
use crate::assets;
use crate::session_store::OperatorSessions;
use crate::state::AppState;

/// Largest body of a request. A work stream with as many long rules as are allowed fits; a token has a tighter limit
/// of its own.
const MAX_BODY: usize = 1024 * 1024;

/// What `openapi.json` says of all URLs.
#[must_use]
pub fn description() -> OpenApi {
    let all = operator_routes()
        .merge(admin_routes())
        .merge(agent_routes())
        .merge(visitor_routes());
    let mut description = OpenApiRouter::new().nest(BASE, all).into_openapi();
    description.merge(visitor::socket::Frames::openapi());
    description.merge(agent::socket::Frames::openapi());
    openapi::describe(description)
}

/// All URLs.
pub fn router(state: &AppState) -> Router {
    let admin = Router::from(admin_routes()).route_layer(from_fn_with_state(
        state.clone(),
        authenticate::require_administrator,
    ));
    let agent = Router::from(agent_routes()).route_layer(from_fn_with_state(
        state.clone(),
        authenticate::require_operator,
    ));
    let consoles = Router::from(operator_routes())
        .merge(admin)
        .merge(agent)
        .layer(sessions(state));
    // A preflight is a method that no route takes: set before the layer, so that the layer is around it.
    let visitor = Router::from(visitor_routes())
        .method_not_allowed_fallback(envelope::other_method)
        // Inside the guard, so that the page can read the answer to a panic too.
        .layer(CatchPanicLayer::custom(envelope::panicked))
        .layer(from_fn_with_state(state.clone(), visitor::embedding::guard));
    let description = description();
    Router::new()
        .nest(BASE, consoles.merge(visitor))
        .route(
            &format!("{BASE}/openapi.json"),
            get(move || async move { Json(description) }),
        )
        .route("/healthz", get(probes::health)) // the process runs
        .route("/readyz", get(probes::readiness)) // and its database answers
        .fallback(no_route)
        .method_not_allowed_fallback(envelope::other_method)
        .layer(CatchPanicLayer::custom(envelope::panicked))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(from_fn_with_state(state.clone(), envelope::wrap))
        // Files are small already, and their readers are to know how long they are.
        .layer(CompressionLayer::new().compress_when(
            DefaultPredicate::new().and(NotForContentType::const_new("application/pdf")),
        ))
        // Around the envelope, so that what nobody waits for is logged and counted too.
        .layer(from_fn(to_the_end::run))
        .with_state(state.clone())
}

/// What is for whoever runs the server alone, on a port of its own: how much goes on is nobody else's business.
pub fn metrics(state: &AppState) -> Router {
    Router::new()
        .route("/metrics", get(probes::metrics)) // Prometheus
        .fallback(envelope::nothing_here)
        .layer(from_fn_with_state(state.clone(), envelope::wrap))
        .with_state(state.clone())
}

fn sessions(state: &AppState) -> SessionManagerLayer<OperatorSessions> {
    SessionManagerLayer::new(OperatorSessions::new(
        state.storage.clone(),
        state.clock.clone(),
    ))
    .with_name(authenticate::COOKIE)
    .with_same_site(SameSite::Lax)
    .with_secure(state.public_url.is_https())
    .with_http_only(true)
    .with_path("/")
    .with_expiry(Expiry::OnInactivity(authenticate::IDLE))
}

/// What has no route: a file or a console's page, but nothing below the API.
async fn no_route(request: Request) -> Response {
    let path = request.uri().path();
    let is_api = path == "/api" || path.starts_with("/api/");
    if is_api || !matches!(*request.method(), Method::GET | Method::HEAD) {
        return envelope::nothing_here().await.into_response();
    }
    assets::serve(request.uri(), request.headers())
}
