//! Whether the server is reached as its public URL says. Where not, sockets, cookies and snippets will not fit, and the
//! log says so once. Must not decide anything: whoever asks writes these headers.

use std::sync::Once;

use axum::http::{HeaderMap, header};

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
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        // A proxy that asks by its own name for us tells the other here.
        let Some(host) = text("x-forwarded-host").or_else(|| text(header::HOST.as_str())) else {
            return;
        };
        let ours = public_url.origin();
        let (scheme, authority) = ours.split_once("://").unwrap_or_default();
        if host.eq_ignore_ascii_case(authority) || is_no_name(host) {
            return;
        }
        let scheme = text("x-forwarded-proto").unwrap_or(scheme);
        self.0.call_once(|| {
            tracing::warn!(
                "a request came for `{scheme}://{host}`, and this server's public URL is `{ours}`: sign-in, sockets and \
                 snippets work with the public URL only. If browsers reach it there, start it with --public-url \
                 {scheme}://{host}"
            );
        });
    }
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
    use super::is_no_name;

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
