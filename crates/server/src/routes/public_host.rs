//! Whether the server is reached as its public URL says. Where not, sockets, cookies and snippets will not fit, and the
//! log says so once. Must not decide anything: whoever asks writes these headers.

use std::sync::Once;

use axum::http::{HeaderMap, header};

use super::problem::shown;
use crate::public_url::PublicUrl;

/// Says so once.
#[derive(Debug)]
pub struct WrongHost(Once);

impl Default for WrongHost {
    fn default() -> Self {
        Self(Once::new())
    }
}

impl WrongHost {
    /// Looks at a request's headers.
    pub(super) fn look(&self, headers: &HeaderMap, public_url: &PublicUrl) {
        if self.0.is_completed() {
            return;
        }
        let ours = public_url.origin();
        let Some(theirs) = other(headers, ours) else {
            return;
        };
        self.0.call_once(|| {
            tracing::warn!(
                "a request came for `{theirs}`, and this server's public URL is `{ours}`: sign-in, sockets and snippets \
                 work with the public URL only. If browsers reach it there, start it with --public-url {theirs}"
            );
        });
    }
}

/// The origin that a request came for, as far as the log shows it, when it is another than ours.
fn other(headers: &HeaderMap, ours: &str) -> Option<String> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    // A proxy that asks by its own name for us tells the other here.
    let host = text("x-forwarded-host").or_else(|| text(header::HOST.as_str()))?;
    let (scheme, authority) = ours.split_once("://").unwrap_or_default();
    if host.eq_ignore_ascii_case(authority) || is_no_name(host) {
        return None;
    }
    let scheme = text("x-forwarded-proto").unwrap_or(scheme);
    Some(shown(&format!("{scheme}://{host}")))
}

/// Load balancers and people at the machine itself ask by address.
fn is_no_name(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    name.is_empty()
        || name == "localhost"
        || name.starts_with('[')
        || name.parse::<std::net::Ipv4Addr>().is_ok()
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderName, HeaderValue};

    use super::{is_no_name, other};

    #[test]
    fn another_host_is_named_and_cut() {
        let ours = "https://chat.example.com";
        let long = "x".repeat(60_000);
        let named = |headers: &[(&'static str, &str)]| {
            let pairs = headers.iter().map(|&(name, value)| {
                (
                    HeaderName::from_static(name),
                    HeaderValue::from_str(value).unwrap(),
                )
            });
            other(&HeaderMap::from_iter(pairs), ours)
        };
        assert_eq!(named(&[("host", "Chat.example.com")]), None);
        assert_eq!(
            named(&[("host", "a.example")]).unwrap(),
            "https://a.example"
        );
        for header in ["host", "x-forwarded-host", "x-forwarded-proto"] {
            // The first of two counts.
            let headers = [(header, &*long), ("host", "a.example")];
            assert!(named(&headers).unwrap().len() < 1_000, "{header}");
        }
    }

    #[test]
    fn an_address_is_no_name() {
        for host in [
            "",
            "localhost:8080",
            "127.0.0.1",
            "10.0.0.7:80",
            "[::1]:8080",
        ] {
            assert!(is_no_name(host), "{host}");
        }
        for host in ["chat.example.com", "chat.example.com:8443", "chat"] {
            assert!(!is_no_name(host), "{host}");
        }
    }
}
