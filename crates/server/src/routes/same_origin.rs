//! Which requests come from our own consoles. A cookie alone does not tell: the browser adds it to what a foreign
//! page makes it send, too.

use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use bonafide_protocol::ErrorCode;
use url::{Host, Url};

use super::problem::{ApiError, shown};
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
        let text = |name| text(headers, name);
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
    Err(refused(&parts.headers, public_url))
}

/// As [`require`], also for safe methods: a WebSocket's handshake is a GET, and no CORS rule guards it.
///
/// # Errors
/// `forbidden`, when the request does not come from our own consoles.
pub fn require_for_socket(parts: &Parts, public_url: &PublicUrl) -> Result<(), ApiError> {
    match Initiator::of(&parts.headers, public_url) {
        Initiator::SameOrigin => Ok(()),
        _ => Err(refused(&parts.headers, public_url)),
    }
}

/// Refuses what a foreign page sends, and a page of our own to which the browser would not give the cookie back; lets
/// through clients that are no browsers. For sign-in, where there is no cookie yet.
///
/// # Errors
/// `forbidden`, when the request comes from another site's page, or from our own by plain http where it must be https.
pub fn refuse_foreign(headers: &HeaderMap, public_url: &PublicUrl) -> Result<(), ApiError> {
    if let Some(origin) = text(headers, header::ORIGIN)
        && public_url.is_https()
        && loses_secure_cookies(origin)
    {
        let shown = shown(origin);
        let detail = format!(
            "This page was opened as `{shown}`, and this server's public URL is `{}`: the browser would not keep the \
             session of a page without https. Open `{0}`, or, if nobody has TLS here, start the server with --public-url \
             {shown}.",
            public_url.origin()
        );
        return Err(ApiError::new(ErrorCode::Forbidden, &*detail).with_cause(detail));
    }
    match Initiator::of(headers, public_url) {
        Initiator::Foreign => Err(refused(headers, public_url)),
        _ => Ok(()),
    }
}

/// Whether a page of this origin loses `Secure` cookies: browsers make an exception for the machine itself.
fn loses_secure_cookies(origin: &str) -> bool {
    let Ok(url) = Url::parse(origin) else {
        return false;
    };
    let is_loopback = match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        None => false,
    };
    // No browser writes another form of it.
    let is_origin = url.origin().ascii_serialization() == origin;
    url.scheme() == "http" && is_origin && !is_loopback
}

fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Says what came and what was expected. Behind a proxy the reason is often a public URL that nobody set.
fn refused(headers: &HeaderMap, public_url: &PublicUrl) -> ApiError {
    let ours = public_url.origin();
    let Some(origin) = text(headers, header::ORIGIN) else {
        return ApiError::new(
            ErrorCode::Forbidden,
            "With a cookie, this needs an `Origin` or `Sec-Fetch-Site` header that says it comes from this server's own pages.",
        );
    };
    let shown = shown(origin);
    let detail = format!(
        "This comes from a page of `{shown}`, and only this server's own pages may send it, those of `{ours}`. If `{shown}` \
         is how browsers reach this server, start it with --public-url {shown}."
    );
    ApiError::new(ErrorCode::Forbidden, &*detail).with_cause(detail)
}

/// A header's text; empty where it is none.
fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers
        .get(name)
        .map(|value| value.to_str().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

    use super::{Initiator, refuse_foreign};
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

    #[test]
    fn a_page_without_https_is_told_so_and_nobody_fills_the_log() {
        let public_url = PublicUrl::parse("https://chat.example.com").unwrap();
        let detail = |origin: &str| {
            let origin = HeaderValue::from_str(origin).unwrap();
            let headers = HeaderMap::from_iter([(header::ORIGIN, origin)]);
            let refused = refuse_foreign(&headers, &public_url).unwrap_err();
            refused.detail().to_owned()
        };
        let is_told = |origin: &str| detail(origin).contains("without https");
        assert!(is_told("http://chat.example.com"));
        assert!(!is_told("http://chat.example.com/"), "no origin");
        assert!(!is_told("http://chat.example.com/path"), "no origin");
        assert!(!is_told("http://127.0.0.1:8080"));
        let long = "x".repeat(60_000);
        for origin in [
            format!("http://{long}"),
            format!("http://a.example/{long}"),
            format!("https://{long}"),
            long,
        ] {
            assert!(detail(&origin).len() < 2_000);
        }
    }
}
