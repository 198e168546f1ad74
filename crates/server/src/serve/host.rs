//! Which host a request is for. RFC 9112, section 3.2: a request of HTTP/1.1 without a `Host`, with two, or with one
//! that is no host, gets 400. Who answers it otherwise may take it for another's, as the proxy before it did.

use axum::body::Body;
use axum::http::{HeaderValue, Request, Response, StatusCode, Version, header, uri::Authority};
use bonafide_protocol::{ErrorCode, Problem};

use crate::random;

/// The answer to a request whose host is not clear.
pub(super) fn refuse<B>(request: &Request<B>) -> Option<Response<Body>> {
    let detail = fault(request)?;
    let id = format!("req_{:032x}", random::bits());
    let problem = Problem {
        type_: format!("/docs/errors#{}", ErrorCode::InvalidRequest),
        title: "The request is wrong".to_owned(),
        status: StatusCode::BAD_REQUEST.as_u16(),
        detail: detail.to_owned(),
        code: ErrorCode::InvalidRequest,
        request_id: id.clone(),
        fields: Vec::new(),
    };
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = StatusCode::BAD_REQUEST;
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/problem+json"),
    );
    headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert("x-request-id", id);
    }
    Some(response)
}

fn fault<B>(request: &Request<B>) -> Option<&'static str> {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    match (hosts.next(), hosts.next()) {
        (None, _) if request.version() == Version::HTTP_11 => {
            Some("The request has no `Host` header. HTTP/1.1 needs one (RFC 9112, section 3.2).")
        }
        (Some(_), Some(_)) => Some(
            "The request has more than one `Host` header. HTTP/1.1 needs exactly one (RFC 9112, section 3.2).",
        ),
        (Some(host), None) if !is_host(host) => Some(
            "The request's `Host` header is not a host with an optional port (RFC 9112, section 3.2).",
        ),
        _ => None,
    }
}

/// An empty one is what a client sends that asks for no host in particular.
fn is_host(host: &HeaderValue) -> bool {
    host.is_empty()
        || Authority::try_from(host.as_bytes()).is_ok_and(|authority| {
            !authority.as_str().contains('@') && !authority.host().is_empty()
        })
}
