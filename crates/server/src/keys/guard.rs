//! Which addresses the server may ask for public keys.
//!
//! An administrator of one website must not be able to make the server talk to machines inside its own
//! network (cloud metadata, databases, consoles). A URL is judged once, in its parsed form, so that no second
//! reading of the text can come to another host; every address its name resolves to is judged
//! ([`super::resolver`]), and the connection goes to a judged address and no other.
//!
//! Must not say why an address is refused: that would tell the administrator what lies inside the network.

use std::net::IpAddr;

use url::{Host, Url};

use super::address::is_public;

/// Which addresses may be asked.
#[derive(Clone, Debug, Default)]
pub struct AddressPolicy {
    allow_private: bool,
    further_ports: Vec<u16>,
}

impl AddressPolicy {
    /// `https` on port 443 to public addresses: the only policy for a server that strangers can reach.
    #[must_use]
    pub fn public() -> Self {
        Self::default()
    }

    /// Also plain `http`, every port, and private addresses. For development, where the issuer runs on the
    /// same machine.
    #[must_use]
    pub fn private_allowed() -> Self {
        Self {
            allow_private: true,
            further_ports: Vec::new(),
        }
    }

    /// Ports besides 443 that `https` may use.
    #[must_use]
    pub fn with_ports(mut self, ports: impl IntoIterator<Item = u16>) -> Self {
        self.further_ports.extend(ports);
        self
    }

    /// Whether the server may connect to this address.
    #[must_use]
    pub fn allows(&self, address: IpAddr) -> bool {
        self.allow_private || is_public(address)
    }

    /// # Errors
    /// [`UrlRefused`] says what is wrong with the URL; for an address it says no more than that it is not
    /// allowed. A name passes here and is judged by what it resolves to.
    pub fn judge(&self, url: &str) -> Result<KeyUrl, UrlRefused> {
        if url.len() > MAX_URL_LENGTH {
            return Err(UrlRefused::TooLong);
        }
        let url = Url::parse(url).map_err(UrlRefused::Unreadable)?;
        let is_scheme_allowed = match url.scheme() {
            "https" => true,
            "http" => self.allow_private,
            _ => false,
        };
        if !is_scheme_allowed {
            return Err(UrlRefused::NotHttps);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(UrlRefused::HasCredentials);
        }
        let port = url.port_or_known_default().unwrap_or(443);
        if port != 443 && !self.allow_private && !self.further_ports.contains(&port) {
            return Err(UrlRefused::Port(port));
        }
        let address = match url.host() {
            Some(Host::Ipv4(address)) => Some(IpAddr::V4(address)),
            Some(Host::Ipv6(address)) => Some(IpAddr::V6(address)),
            Some(Host::Domain(name)) if !name.trim_end_matches('.').is_empty() => None,
            Some(Host::Domain(_)) | None => return Err(UrlRefused::NoHost),
        };
        if address.is_some_and(|address| !self.allows(address)) {
            return Err(UrlRefused::AddressNotAllowed);
        }
        Ok(KeyUrl(url))
    }
}

/// A public key URL that passed [`AddressPolicy::judge`].
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct KeyUrl(Url);

impl KeyUrl {
    /// The URL as it will be asked for.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    pub(super) fn as_url(&self) -> &Url {
        &self.0
    }
}

/// Why a public key URL is not asked.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum UrlRefused {
    /// The host is, or resolves to, an address that is not public.
    #[error("The public key URL's address is not allowed.")]
    AddressNotAllowed,
    /// `https://name:password@host`.
    #[error("The public key URL must not contain a user name or password.")]
    HasCredentials,
    /// `https://./keys`.
    #[error("The public key URL names no host.")]
    NoHost,
    /// Any scheme but `https`.
    #[error("The public key URL must begin with https://.")]
    NotHttps,
    /// Any port but 443 and those of [`AddressPolicy::with_ports`].
    #[error(
        "The public key URL uses port {0}; allowed are 443 and the ports of the server's `--key-url-ports`."
    )]
    Port(u16),
    /// Over 2,048 characters.
    #[error("The public key URL is longer than {MAX_URL_LENGTH} characters.")]
    TooLong,
    /// No URL at all.
    #[error("The public key URL cannot be read: {0}.")]
    Unreadable(url::ParseError),
}

/// Longest public key URL, in bytes: what browsers and proxies are known to carry.
pub const MAX_URL_LENGTH: usize = 2_048;

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(url: &str) -> Result<KeyUrl, UrlRefused> {
        AddressPolicy::public().judge(url)
    }

    #[test]
    fn public_names_and_addresses_pass() {
        for url in [
            "https://www.example.com/_services/auth/publickey",
            "https://www.example.com:443/keys",
            "HTTPS://EXAMPLE.com",
            "https://1.1.1.1/keys",
            "https://[2606:4700:4700::1111]/keys",
            "https://bücher.example/keys",
        ] {
            assert!(judged(url).is_ok(), "{url}");
        }
    }

    #[test]
    fn every_way_to_write_a_private_address_is_refused() {
        for host in [
            "127.0.0.1",
            "127.1",
            "127.0.1",
            "0177.0.0.1",
            "0x7f.0.0.1",
            "0x7f.1",
            "2130706433",
            "017700000001",
            "0x7f000001",
            "127.0.0.1.",
            "%31%32%37.0.0.1",
            "１２７.0.0.1",
            "127。0。0。1",
            "①②⑦.0.0.1",
            "0",
            "0.0.0.0",
            "10.0.0.1",
            "012.0.0.1",
            "169.254.169.254",
            "0xa9fea9fe",
            "2852039166",
            "[::1]",
            "[::]",
            "[0:0:0:0:0:0:0:1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[::ffff:169.254.169.254]",
            "[::127.0.0.1]",
            "[64:ff9b::7f00:1]",
            "[64:ff9b::169.254.169.254]",
            "[2002:7f00:1::]",
            "[2001:0:7f00:1::]",
            "[fe80::1]",
            "[fd00:ec2::254]",
        ] {
            for url in [
                format!("https://{host}/keys"),
                format!("https://{host}:443/keys"),
                format!(" https://{host}\t/keys\n"),
                format!("https:\\\\{host}\\keys"),
            ] {
                assert_eq!(judged(&url), Err(UrlRefused::AddressNotAllowed), "{url}");
            }
        }
    }

    #[test]
    fn a_zone_or_a_fifth_number_is_no_host_at_all() {
        for url in [
            "https://[fe80::1%25eth0]/",
            "https://1.2.3.4.5/",
            "https://256.0.0.1/",
        ] {
            assert!(
                matches!(judged(url), Err(UrlRefused::Unreadable(_))),
                "{url}"
            );
        }
    }

    #[test]
    fn scheme_port_credentials_and_length_are_judged() {
        assert_eq!(judged("http://example.com/"), Err(UrlRefused::NotHttps));
        assert_eq!(judged("file:///etc/passwd"), Err(UrlRefused::NotHttps));
        assert_eq!(judged("gopher://example.com/"), Err(UrlRefused::NotHttps));
        assert_eq!(
            judged("https://example.com:8443/"),
            Err(UrlRefused::Port(8443))
        );
        assert_eq!(judged("https://example.com:80/"), Err(UrlRefused::Port(80)));
        assert_eq!(
            judged("https://a@example.com/"),
            Err(UrlRefused::HasCredentials)
        );
        assert_eq!(
            judged("https://:b@example.com/"),
            Err(UrlRefused::HasCredentials)
        );
        assert_eq!(judged("https://./"), Err(UrlRefused::NoHost));
        let long = format!("https://example.com/{}", "a".repeat(MAX_URL_LENGTH));
        assert_eq!(judged(&long), Err(UrlRefused::TooLong));
        assert!(
            AddressPolicy::public()
                .with_ports([8443])
                .judge("https://example.com:8443/")
                .is_ok()
        );
        assert!(
            AddressPolicy::private_allowed()
                .judge("http://127.0.0.1:8081/keys")
                .is_ok()
        );
    }
}
