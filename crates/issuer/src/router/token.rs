//! `GET|POST /_services/auth/token`: the signed-in person's token, as plain text.
//!
//! Never cached, never readable by another website's page, never logged.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use super::SignedIn;
use super::refusal::Refusal;
use crate::{ClientId, Issuer};

pub(super) struct Endpoint<S> {
    pub(super) issuer: Arc<Issuer>,
    pub(super) website: S,
}

pub(super) async fn answer<S: SignedIn>(
    State(endpoint): State<Arc<Endpoint<S>>>,
    request: Parts,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let issuer = &endpoint.issuer;
    let mut answer = match respond(&endpoint, &request, body).await {
        Ok(answer) => answer,
        Err((refusal, reason)) => refusal.answer(issuer.now(), &reason),
    };
    let headers = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    // Without CORS another website's page cannot read the answer; this keeps it out of that page's process.
    headers.insert(
        "cross-origin-resource-policy",
        HeaderValue::from_static("same-origin"),
    );
    answer
}

async fn respond<S: SignedIn>(
    endpoint: &Endpoint<S>,
    request: &Parts,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, (Refusal, String)> {
    let issuer = &endpoint.issuer;
    let asked = Asked::read(issuer, request, body).map_err(|refusal| (refusal, String::new()))?;
    let person = endpoint
        .website
        .signed_in(request)
        .await
        .map_err(|error| (Refusal::VisitorUnknown, error.to_string()))?;
    let Some(person) = person else {
        return Ok(not_signed_in(&request.headers));
    };
    let token = issuer
        .mint(&person, asked.client.as_ref(), asked.nonce.as_deref())
        .map_err(|error| (Refusal::TokenNotMinted, error.to_string()))?;
    let mut answer = ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], token).into_response();
    let headers = answer.headers_mut();
    headers.insert("expires_in", issuer.lifetime().seconds().into());
    if let Some(state) = asked.state {
        headers.insert("state", state);
    }
    Ok(answer)
}

/// What a request asks for, checked.
#[derive(Default)]
struct Asked {
    client: Option<ClientId>,
    nonce: Option<String>,
    state: Option<HeaderValue>,
}

impl Asked {
    /// Reads the query, and the form of a POST. Parameters with other names are ignored: scripts add
    /// them to get past caches.
    fn read(
        issuer: &Issuer,
        request: &Parts,
        body: Result<Bytes, BytesRejection>,
    ) -> Result<Self, Refusal> {
        let body = body.map_err(|_| Refusal::FormInvalid)?;
        let form = match request.method == Method::POST && !body.is_empty() {
            true if is_form(&request.headers) => &body[..],
            true => return Err(Refusal::FormInvalid),
            false => &[],
        };
        let query = request.uri.query().unwrap_or_default().as_bytes();
        let (mut client, mut nonce, mut state, mut response_type) = (None, None, None, None);
        for (name, value) in form_urlencoded::parse(query).chain(form_urlencoded::parse(form)) {
            let field = match &*name {
                "client_id" => &mut client,
                "nonce" => &mut nonce,
                "state" => &mut state,
                "response_type" => &mut response_type,
                _ => continue,
            };
            if field.replace(value.into_owned()).is_some() {
                return Err(Refusal::ParameterRepeated);
            }
        }
        if response_type.is_some_and(|wanted| wanted != "token") {
            return Err(Refusal::ResponseTypeUnsupported);
        }
        Ok(Self {
            client: client.map(|id| registered(issuer, &id)).transpose()?,
            nonce: nonce.map(checked_nonce).transpose()?,
            state: state.map(|text| checked_state(&text)).transpose()?,
        })
    }
}

fn registered(issuer: &Issuer, id: &str) -> Result<ClientId, Refusal> {
    let id: ClientId = id.parse().map_err(|_| Refusal::ClientIdInvalid)?;
    match issuer.registered(&id) {
        true => Ok(id),
        false => Err(Refusal::ClientIdUnknown),
    }
}

fn checked_nonce(nonce: String) -> Result<String, Refusal> {
    let fits = (1..=MAX_CHARACTERS).contains(&nonce.chars().count());
    match fits && !nonce.chars().any(char::is_control) {
        true => Ok(nonce),
        false => Err(Refusal::NonceInvalid),
    }
}

/// The state comes back as a header, so only what is safe in one may pass.
fn checked_state(state: &str) -> Result<HeaderValue, Refusal> {
    let fits = (1..=MAX_CHARACTERS).contains(&state.len());
    match fits && state.bytes().all(|byte| byte.is_ascii_graphic()) {
        true => HeaderValue::from_str(state).map_err(|_| Refusal::StateInvalid),
        false => Err(Refusal::StateInvalid),
    }
}

/// Scripts written for Power Pages look for a header on status 200; whoever asks for a problem gets one.
fn not_signed_in(headers: &HeaderMap) -> Response {
    if !accepts_problem(headers) {
        return ([("x-responded-json", r#"{"status":401}"#)], "").into_response();
    }
    let problem = serde_json::json!({
        "type": "about:blank",
        "title": "Unauthorized",
        "status": 401,
        "detail": "Nobody is signed in to this website in this browser.",
    });
    (
        StatusCode::UNAUTHORIZED,
        [(header::CONTENT_TYPE, PROBLEM)],
        problem.to_string(),
    )
        .into_response()
}

fn accepts_problem(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|range| media_type(range).eq_ignore_ascii_case(PROBLEM))
}

fn is_form(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| {
            media_type(value).eq_ignore_ascii_case("application/x-www-form-urlencoded")
        })
}

fn media_type(value: &str) -> &str {
    value.split(';').next().unwrap_or_default().trim()
}

const PROBLEM: &str = "application/problem+json";
/// Of nonce and state, as Power Pages has it.
const MAX_CHARACTERS: usize = 20;
