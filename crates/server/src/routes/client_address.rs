//! Whose request it is, by network address: for rate limits, never for trust.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap};
use bonafide_protocol::ErrorCode;

use super::problem::{ApiError, ApiResult};
use crate::state::AppState;
use crate::trusted_proxy::TrustedProxy;

/// The other end of the connection, put into each request by the serving loop.
#[derive(Clone, Copy, Debug)]
pub struct PeerAddress(pub SocketAddr);

/// Marks a request on one of the last connections, put there by the serving loop: visitors hold all others, and this
/// one is for probes and operators.
#[derive(Clone, Copy, Debug)]
pub struct KeptBack;

impl KeptBack {
    /// Refuses what is a visitor's, or would hold the connection for long.
    ///
    /// # Errors
    /// `unavailable`, when the request came on one of the last connections.
    pub fn refuse(extensions: &Extensions) -> ApiResult<()> {
        match extensions.get::<Self>() {
            None => Ok(()),
            Some(Self) => Err(ApiError::new(
                ErrorCode::Unavailable,
                "The server has no connection left for visitors and sockets. Try again soon.",
            )
            .retry_in(RETRY_WHEN_BUSY)),
        }
    }
}

/// Connections end all the time.
const RETRY_WHEN_BUSY: Duration = Duration::from_secs(5);

/// The address a request came from: the peer's, or, when the peer is a trusted proxy, the one it names.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct ClientAddress(pub IpAddr);

/// What one household or machine has: an IPv4 address, or an IPv6 /64, in which a client may pick any address.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Network(IpAddr);

impl ClientAddress {
    /// The key for rate limits.
    #[must_use]
    pub fn network(self) -> Network {
        match self.0.to_canonical() {
            IpAddr::V6(address) => Network(IpAddr::V6((address.to_bits() >> 64 << 64).into())),
            address @ IpAddr::V4(_) => Network(address),
        }
    }
}

impl FromRequestParts<AppState> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        Ok(Self(of_request(
            &parts.extensions,
            &parts.headers,
            &state.config.trusted_proxies,
        )))
    }
}

fn of_request(extensions: &Extensions, headers: &HeaderMap, trusted: &[TrustedProxy]) -> IpAddr {
    // Without the serving loop (a router mounted elsewhere) all requests count as one client.
    let peer = extensions
        .get::<PeerAddress>()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0.ip());
    let mut address = peer.to_canonical();
    let hops: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .collect();
    // From the right, each hop was written by the one after it: believe as far as those are ours.
    for hop in hops.iter().rev() {
        if !trusted.iter().any(|proxy| proxy.has(address)) {
            break;
        }
        let Some(named) = address_in(hop) else {
            break;
        };
        address = named.to_canonical();
    }
    address
}

/// The address in a hop. Some proxies write the port behind it, and brackets around IPv6.
fn address_in(hop: &str) -> Option<IpAddr> {
    let bare = hop.strip_prefix('[').and_then(|hop| hop.strip_suffix(']'));
    match bare.unwrap_or(hop).parse() {
        Ok(address) => Some(address),
        Err(_) => hop.parse::<SocketAddr>().ok().map(|hop| hop.ip()),
    }
}

#[cfg(test)]
mod tests {
    use super::{ClientAddress, PeerAddress, of_request};
    use axum::http::{Extensions, HeaderMap};

    fn seen(peer: &str, forwarded: &str, trusted: &[&str]) -> String {
        let mut extensions = Extensions::new();
        extensions.insert(PeerAddress(peer.parse().unwrap()));
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", forwarded.parse().unwrap());
        let trusted: Vec<_> = trusted
            .iter()
            .map(|address| address.parse().unwrap())
            .collect();
        of_request(&extensions, &headers, &trusted).to_string()
    }

    #[test]
    fn forwarded_addresses_are_believed_from_trusted_proxies_only() {
        assert_eq!(seen("192.0.2.1:1", "198.51.100.7", &[]), "192.0.2.1");
        assert_eq!(
            seen("192.0.2.1:1", "198.51.100.7", &["192.0.2.1"]),
            "198.51.100.7"
        );
        assert_eq!(
            seen("192.0.2.1:1", "6.6.6.6, 198.51.100.7", &["192.0.2.1"]),
            "198.51.100.7"
        );
        assert_eq!(
            seen(
                "192.0.2.1:1",
                "198.51.100.7, 192.0.2.2",
                &["192.0.2.1", "192.0.2.2"]
            ),
            "198.51.100.7"
        );
        assert_eq!(seen("192.0.2.1:1", "nonsense", &["192.0.2.1"]), "192.0.2.1");
    }

    #[test]
    fn proxies_may_be_a_network() {
        let trusted = ["10.0.0.0/8", "2001:db8::/32"];
        let forwarded = "6.6.6.6, 198.51.100.7, 10.9.9.9, 2001:db8::5";
        assert_eq!(seen("10.1.2.3:1", forwarded, &trusted), "198.51.100.7");
        assert_eq!(
            seen("[::ffff:10.1.2.3]:1", forwarded, &trusted),
            "198.51.100.7"
        );
        assert_eq!(seen("11.1.2.3:1", forwarded, &trusted), "11.1.2.3");
        // All of them ours: the first is the client, inside our own network.
        assert_eq!(
            seen("10.1.2.3:1", "10.7.7.7, 10.9.9.9", &trusted),
            "10.7.7.7"
        );
    }

    #[test]
    fn a_hop_may_have_a_port_or_brackets() {
        for (hop, address) in [
            ("198.51.100.7:4711", "198.51.100.7"),
            ("[2001:db8::7]:4711", "2001:db8::7"),
            ("[2001:db8::7]", "2001:db8::7"),
            ("::ffff:198.51.100.7", "198.51.100.7"),
            ("unknown", "192.0.2.1"),
            ("_hidden", "192.0.2.1"),
            ("", "192.0.2.1"),
        ] {
            assert_eq!(seen("192.0.2.1:1", hop, &["192.0.2.1"]), address, "{hop}");
        }
    }

    #[test]
    fn an_ipv6_client_is_its_64_bit_network() {
        let network = |text: &str| ClientAddress(text.parse().unwrap()).network();
        assert_eq!(network("2001:db8:1:2::1"), network("2001:db8:1:2:ffff::9"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_eq!(network("::ffff:192.0.2.1"), network("192.0.2.1"));
    }
}
