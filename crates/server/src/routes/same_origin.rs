//! Which requests come from our own consoles. A cookie alone does not tell: the browser adds it to what a foreign
//! page makes it send, too.

use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use bonafide_protocol::ErrorCode;
use url::Url;

use super::problem::ApiError;
use crate::public_url::PublicUrl;

/// What the browser says about where a request came from.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Initiator {
    /// A page of this server.
    SameOrigin,
    /// Another site's page, or one that hides its origin.
    Foreign,
    /// Nothing is said. No browser sends an unsafe request so.
    Unknown,
}

impl Initiator {
    /// Reads `Sec-Fetch-Site`, which no page can set; without it `Origin`.
    #[must_use]
    pub fn of(headers: &HeaderMap, public_url: &PublicUrl) -> Self {
        let text = |name| {
            headers
                .get(name)
                .map(|value| value.to_str().unwrap_or_default())
        };
        if let Some(site) = text(header::HeaderName::from_static("sec-fetch-site")) {
            return if site == "same-origin" {
                Self::SameOrigin
            } else {
                Self::Foreign
            };
        }
        let Some(origin) = text(header::ORIGIN) else {
            return Self::Unknown;
        };
        // The server may be reached by another name than its public one (localhost, 127.0.0.1). A browser writes
        // `Host` itself, so an origin with the same authority is a page of this server.
        let authority = Url::parse(origin)
            .ok()
            .map(|url| url.origin().ascii_serialization());
        let authority = authority
            .as_deref()
            .and_then(|origin| origin.split_once("://"))
            .map(|(_, authority)| authority);
        if origin == public_url.origin() || authority.is_some() && authority == text(header::HOST) {
            Self::SameOrigin
        } else {
            Self::Foreign
        }
    }
}

/// Refuses what another site's page may have made the browser send. For requests that a cookie opens.
///
/// # Errors
/// `forbidden`, when an unsafe request does not come from our own consoles.
pub fn require(parts: &Parts, public_url: &PublicUrl) -> Result<(), ApiError> {
    if is_safe(&parts.method) || Initiator::of(&parts.headers, public_url) == Initiator::SameOrigin
    {
        return Ok(());
    }
    Err(refused())
}

/// As [`require`], also for safe methods: a WebSocket's handshake is a GET, and no CORS rule guards it.
///
/// # Errors
/// `forbidden`, when the request does not come from our own consoles.
pub fn require_for_socket(parts: &Parts, public_url: &PublicUrl) -> Result<(), ApiError> {
    match Initiator::of(&parts.headers, public_url) {
        Initiator::SameOrigin => Ok(()),
        _ => Err(refused()),
    }
}

/// Refuses what a foreign page sends; lets through clients that are no browsers. For sign-in, where there is no
/// cookie yet.
///
/// # Errors
/// `forbidden`, when the request comes from another site's page.
pub fn refuse_foreign(headers: &HeaderMap, public_url: &PublicUrl) -> Result<(), ApiError> {
    match Initiator::of(headers, public_url) {
        Initiator::Foreign => Err(refused()),
        _ => Ok(()),
    }
}

fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

fn refused() -> ApiError {
    ApiError::new(
        ErrorCode::Forbidden,
        "With a cookie, this needs an `Origin` or `Sec-Fetch-Site` header that says it comes from this server's own pages.",
    )
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderName, HeaderValue};

    use super::Initiator;
    use crate::public_url::PublicUrl;

    fn initiator(headers: &[(&'static str, &'static str)]) -> Initiator {
        let map: HeaderMap = headers
            .iter()
            .map(|&(name, value)| {
                (
                    HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                )
            })
            .collect();
        Initiator::of(&map, &PublicUrl::parse("https://chat.example.com").unwrap())
    }

    #[test]
    fn the_browser_tells_who_asks() {
        let host = ("host", "127.0.0.1:8080");
        assert_eq!(initiator(&[host]), Initiator::Unknown);
        assert_eq!(
            initiator(&[host, ("origin", "https://chat.example.com")]),
            Initiator::SameOrigin
        );
        assert_eq!(
            initiator(&[host, ("origin", "http://127.0.0.1:8080")]),
            Initiator::SameOrigin
        );
        assert_eq!(
            initiator(&[host, ("sec-fetch-site", "same-origin")]),
            Initiator::SameOrigin
        );
        for origin in [
            "https://chat.example.com.attacker.example",
            "http://127.0.0.1:8081",
            "null",
            "",
            "https://chat.example.com:444",
        ] {
            assert_eq!(
                initiator(&[host, ("origin", origin)]),
                Initiator::Foreign,
                "{origin}"
            );
        }
        for site in ["cross-site", "same-site", "none"] {
            let headers = [
                host,
                ("origin", "https://chat.example.com"),
                ("sec-fetch-site", site),
            ];
            assert_eq!(initiator(&headers), Initiator::Foreign, "{site}");
        }
    }
}
