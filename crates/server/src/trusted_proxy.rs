//! Reverse proxies whose `X-Forwarded-For` is believed: single addresses, and networks of them.
//!
//! Must not believe everybody: a header that anyone may write is nobody's address.

use std::net::IpAddr;
use std::str::FromStr;

use ipnet::{IpNet, Ipv4Net};

/// A proxy's address, or the network that proxies have theirs in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct TrustedProxy(IpNet);

/// Why a text names no proxy.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum TrustedProxyError {
    /// `0.0.0.0/0` or `::/0`.
    #[error(
        "`{0}` is every address there is: anybody could then write their own address into X-Forwarded-For. Name the proxies' networks"
    )]
    Everybody(String),
    /// `10.1.2.3/8`: the address or the network?
    #[error(
        "`{text}` is not the beginning of a network: write `{network}` for the whole network, or `{address}` for the one address"
    )]
    NotTheBeginning {
        /// What was given.
        text: String,
        /// The network with that length.
        network: IpNet,
        /// The address alone.
        address: IpAddr,
    },
    /// Neither.
    #[error(
        "`{0}` is neither an address nor a network: write it as `192.0.2.7`, `10.0.0.0/8`, `2001:db8::7` or `2001:db8::/32`"
    )]
    Unreadable(String),
}

impl TrustedProxy {
    /// Whether this is the proxy's address, or in its network. An IPv4 address in IPv6 form is the IPv4 address.
    #[must_use]
    pub fn has(&self, address: IpAddr) -> bool {
        self.0.contains(&address.to_canonical())
    }
}

impl From<IpAddr> for TrustedProxy {
    fn from(address: IpAddr) -> Self {
        Self(address.to_canonical().into())
    }
}

impl FromStr for TrustedProxy {
    type Err = TrustedProxyError;

    fn from_str(text: &str) -> Result<Self, TrustedProxyError> {
        let text = text.trim();
        if let Ok(address) = text.parse::<IpAddr>() {
            return Ok(address.into());
        }
        let network: IpNet = text
            .parse()
            .map_err(|_| TrustedProxyError::Unreadable(text.to_owned()))?;
        let network = canonical(network);
        if network.prefix_len() == 0 {
            return Err(TrustedProxyError::Everybody(text.to_owned()));
        }
        if network.trunc() != network {
            return Err(TrustedProxyError::NotTheBeginning {
                text: text.to_owned(),
                network: network.trunc(),
                address: network.addr(),
            });
        }
        Ok(Self(network))
    }
}

/// `::ffff:10.0.0.0/104` is `10.0.0.0/8`.
fn canonical(network: IpNet) -> IpNet {
    let mapped = match network {
        IpNet::V6(network) => network.addr().to_ipv4_mapped(),
        IpNet::V4(_) => None,
    };
    mapped
        .zip(network.prefix_len().checked_sub(96))
        .and_then(|(address, length)| Ipv4Net::new(address, length).ok())
        .map_or(network, IpNet::V4)
}

#[cfg(test)]
mod tests {
    use super::{TrustedProxy, TrustedProxyError};

    fn has(proxy: &str, address: &str) -> bool {
        let proxy: TrustedProxy = proxy.parse().unwrap();
        proxy.has(address.parse().unwrap())
    }

    #[test]
    fn an_address_is_itself_and_a_network_is_what_is_in_it() {
        for (proxy, inside, outside) in [
            ("192.0.2.7", "192.0.2.7", "192.0.2.8"),
            (" 192.0.2.7/32 ", "192.0.2.7", "192.0.2.6"),
            ("10.0.0.0/8", "10.255.255.255", "11.0.0.0"),
            ("172.16.0.0/12", "172.31.0.1", "172.32.0.1"),
            ("192.0.2.128/25", "192.0.2.128", "192.0.2.127"),
            ("2001:db8::/32", "2001:db8:ffff::1", "2001:db9::1"),
            ("::1", "::1", "::2"),
            ("::ffff:192.0.2.7", "192.0.2.7", "192.0.2.8"),
            ("::ffff:10.0.0.0/104", "10.1.2.3", "11.1.2.3"),
            ("10.0.0.0/8", "::ffff:10.1.2.3", "::ffff:11.1.2.3"),
        ] {
            assert!(has(proxy, inside), "{proxy} has {inside}");
            assert!(!has(proxy, outside), "{proxy} has no {outside}");
        }
    }

    #[test]
    fn what_names_no_proxy_says_why_and_what_to_write() {
        let said = |text: &str| text.parse::<TrustedProxy>().unwrap_err().to_string();
        for text in [
            "",
            "proxy.internal",
            "10.0.0.0/33",
            "10.0.0.0/-1",
            "10.0.0.0/",
            "10.0.0/8",
            "10.0.0.0/255.0.0.0",
            "2001:db8::/129",
            "10.0.0.0-10.0.0.9",
            "192.0.2.7:8080",
        ] {
            let error = text.parse::<TrustedProxy>().unwrap_err();
            assert_eq!(error, TrustedProxyError::Unreadable(text.to_owned()));
            assert!(said(text).contains("`10.0.0.0/8`"), "{text}");
        }
        assert_eq!(
            said("10.1.2.3/8"),
            "`10.1.2.3/8` is not the beginning of a network: write `10.0.0.0/8` for the whole network, or `10.1.2.3` \
             for the one address"
        );
        for everybody in ["0.0.0.0/0", "::/0", "::ffff:0.0.0.0/96", "1.2.3.4/0"] {
            assert!(said(everybody).contains("every address"), "{everybody}");
        }
    }
}
