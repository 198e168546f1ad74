//! Which pages may use a chat widget, and the CORS headers that tell browsers so.
//!
//! Guards every visitor route: finds the widget that the path is about, compares the page's `Origin` with its
//! list, answers preflights, and lets every answer to an allowed page be read by it, errors included: an
//! expired token must not look like a CORS failure. The widget is handed on to the route.

use std::sync::Arc;

use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{FromRequestParts, RawPathParams, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bonafide_protocol::ErrorCode;
use bonafide_protocol::id::{ChatWidgetId, ConversationId};

use crate::conversations::Setup;
use crate::routes::client_address::KeptBack;
use crate::routes::envelope::{self, RequestId};
use crate::routes::problem::{ApiError, ApiResult};
use crate::settings::AllowedOrigins;
use crate::state::AppState;
use crate::storage::conversations;
use crate::storage::widgets::ChatWidgetRow;

/// The chat widget a request is about, whose allowed origins the page passed.
#[derive(Clone, Debug)]
pub struct Embedding(pub(crate) Arc<Setup>);

impl FromRequestParts<AppState> for Embedding {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> ApiResult<Self> {
        let missing = || ApiError::internal("the guard is missing around this route");
        parts.extensions.get().cloned().ok_or_else(missing)
    }
}

/// Middleware: lets in pages that the widget allows. Outside of [`guard`]'s errors, which every page may read:
/// they say no more than that it may not.
pub async fn guard(
    State(state): State<AppState>,
    path: Result<RawPathParams, RawPathParamsRejection>,
    mut request: Request,
    next: Next,
) -> Response {
    let origin = request.headers().get(header::ORIGIN).cloned();
    let is_preflight = request.method() == Method::OPTIONS
        && request
            .headers()
            .contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    if let Err(busy) = KeptBack::refuse(request.extensions()) {
        return readable(busy.into_response(), origin.as_ref());
    }
    // An id that is not UTF-8, such as `%ff`, names nothing.
    let Ok(path) = path else {
        let error = envelope::nothing_here().await;
        return readable(error.into_response(), origin.as_ref());
    };
    let setup = match setup(&state, names_conversation(&request), &path).await {
        Ok(setup) => setup,
        Err(error) => return readable(error.into_response(), origin.as_ref()),
    };
    let allowed = AllowedOrigins::from_stored(setup.widget.allowed_origins.clone());
    let is_allowed = match origin.as_ref().map(HeaderValue::to_str) {
        Some(Ok(origin)) => allowed.allow(Some(origin)),
        Some(Err(_)) => false,
        // A browser sends no `Origin` with a GET inside the server's own origin, nor does `curl`. A page of
        // another origin could not read the answer. A socket is no such GET: no CORS rule guards it.
        None => allowed.allow(None) || is_harmless(&request),
    };
    if is_preflight {
        return preflight(origin.as_ref().filter(|_| is_allowed));
    }
    if !is_allowed {
        let refused = refuse(&state, first_step(&request), &setup.widget, origin.as_ref());
        let error = refused.await;
        return readable(error.into_response(), origin.as_ref());
    }
    request.extensions_mut().insert(Embedding(setup));
    readable(next.run(request).await, origin.as_ref())
}

/// The answer to a page that the widget does not allow. The first step of a chat is recorded, under the id that the visitor is
/// shown; what follows a start is not.
async fn refuse(
    state: &AppState,
    first_step: Option<RequestId>,
    widget: &ChatWidgetRow,
    origin: Option<&HeaderValue>,
) -> ApiError {
    match first_step {
        Some(id) => {
            let origin = origin.map(|origin| String::from_utf8_lossy(origin.as_bytes()));
            state
                .conversations
                .refuse_origin(id.as_str(), widget, origin.as_deref())
                .await
                .into()
        }
        None => ApiError::new(
            ErrorCode::OriginNotAllowed,
            "This page's origin is not on the chat widget's list of allowed origins.",
        ),
    }
}

/// The request's id, when it asks for the widget's configuration or for a start. A page that is not allowed gets no further
/// than the first of the two.
fn first_step(request: &Request) -> Option<RequestId> {
    let is_first =
        matches!(*request.method(), Method::GET | Method::POST) && !names_conversation(request);
    let id = request.extensions().get().cloned();
    id.filter(|_| is_first)
}

fn names_conversation(request: &Request) -> bool {
    request.uri().path().contains("/conversations/")
}

fn is_harmless(request: &Request) -> bool {
    matches!(*request.method(), Method::GET | Method::HEAD)
        && !request.headers().contains_key(header::UPGRADE)
}

/// The widget that the path names, or that the conversation in it was started in.
async fn setup(
    state: &AppState,
    names_conversation: bool,
    params: &RawPathParams,
) -> ApiResult<Arc<Setup>> {
    let id = params
        .iter()
        .find(|(name, _)| *name == "id")
        .map_or("", |(_, id)| id);
    let id = if names_conversation {
        let mut reader = state.storage.read().await?;
        conversations::widget_of(&mut reader, &ConversationId::from_text(id))
            .await?
            .ok_or_else(|| {
                ApiError::new(
                    ErrorCode::ConversationNotFound,
                    "There is no such conversation.",
                )
            })?
    } else {
        ChatWidgetId::from_text(id)
    };
    let setups = &state.conversations.setups;
    setups
        .find(&state.storage, &id)
        .await?
        .ok_or_else(|| ApiError::new(ErrorCode::WidgetNotFound, "There is no such chat widget."))
}

fn preflight(allowed: Option<&HeaderValue>) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    if let Some(origin) = allowed {
        let headers = response.headers_mut();
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        headers.insert(
            header::ACCESS_CONTROL_ALLOW_METHODS,
            HeaderValue::from_static("GET, POST, DELETE"),
        );
        headers.insert(
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            HeaderValue::from_static("authorization, content-type, file-name"),
        );
        // Two hours is the longest that Chromium keeps it.
        headers.insert(
            header::ACCESS_CONTROL_MAX_AGE,
            HeaderValue::from_static("7200"),
        );
    }
    vary(response.headers_mut());
    response
}

/// Lets the page with this origin read the answer.
fn readable(mut response: Response, origin: Option<&HeaderValue>) -> Response {
    if let Some(origin) = origin {
        let headers = response.headers_mut();
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        headers.insert(
            header::ACCESS_CONTROL_EXPOSE_HEADERS,
            HeaderValue::from_static("content-disposition, retry-after, x-request-id"),
        );
    }
    vary(response.headers_mut());
    response
}

fn vary(headers: &mut HeaderMap) {
    headers.append(header::VARY, HeaderValue::from_static("Origin"));
}
