//! A public key URL as it is recorded. The rule itself stands in [`crate::keys::guard`], which applies it again to
//! every address that the name resolves to when the URL is fetched.

use std::net::{IpAddr, Ipv4Addr};

use url::Url;

use super::Fault;
use crate::keys::guard::{AddressPolicy, UrlRefused};

/// A URL from which public keys may be fetched.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PublicKeyUrl(String);

impl PublicKeyUrl {
    /// Judges `text`.
    ///
    /// # Errors
    /// When the policy refuses it, it has a fragment, or its host visibly belongs to a private network.
    pub fn parse(text: &str, policy: &AddressPolicy) -> Result<Self, Fault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Fault::required(
                "A public key URL is needed, such as `https://www.example.com/_services/auth/publickey`.",
            ));
        }
        let url = policy.judge(text).map_err(|refused| match refused {
            UrlRefused::TooLong => Fault::too_long(refused.to_string()),
            _ => Fault::invalid(refused.to_string()),
        })?;
        let url = url.as_str();
        if url.contains('#') {
            return Err(Fault::invalid(
                "The public key URL must not have a fragment (`#…`); browsers and servers never send it.",
            ));
        }
        if !policy.allows(IpAddr::V4(Ipv4Addr::LOCALHOST)) && is_private_name(url) {
            return Err(Fault::invalid(UrlRefused::AddressNotAllowed.to_string()));
        }
        Ok(Self(url.to_owned()))
    }

    /// The URL in its parsed form.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

/// Names that no public server has (RFC 6761, RFC 6762, RFC 8375, ICANN's `.internal`). The guard would find their
/// addresses when it resolves them; saying so at once spares the administrator the wait.
fn is_private_name(url: &str) -> bool {
    let Ok(url) = Url::parse(url) else {
        return true;
    };
    let Some(name) = url.domain().map(|name| name.trim_end_matches('.')) else {
        return false;
    };
    let last = name.rsplit('.').next().unwrap_or_default();
    !name.contains('.')
        || matches!(last, "localhost" | "localdomain" | "local" | "internal")
        || name.ends_with(".home.arpa")
}

#[cfg(test)]
mod tests {
    use bonafide_protocol::FieldErrorCode;

    use super::PublicKeyUrl;
    use crate::keys::guard::AddressPolicy;

    #[test]
    fn a_public_https_url_is_accepted_in_its_parsed_form() {
        let url = PublicKeyUrl::parse(
            "  HTTPS://www.Example.com:443/keys?kid=1  ",
            &AddressPolicy::public(),
        )
        .unwrap();
        assert_eq!(url.into_string(), "https://www.example.com/keys?kid=1");
    }

    #[test]
    fn private_names_and_addresses_are_refused() {
        for url in [
            "https://localhost/keys",
            "https://a.localhost./keys",
            "https://intranet/keys",
            "https://printer.local/keys",
            "https://db.internal/keys",
            "https://nas.home.arpa/keys",
            "https://127.0.0.1/keys",
            "https://0x7f.1/keys",
            "http://www.example.com/keys",
            "https://www.example.com:8443/keys",
        ] {
            assert!(
                PublicKeyUrl::parse(url, &AddressPolicy::public()).is_err(),
                "{url}"
            );
        }
        assert!(
            PublicKeyUrl::parse(
                "http://localhost:8081/keys",
                &AddressPolicy::private_allowed()
            )
            .is_ok()
        );
    }

    #[test]
    fn what_is_never_a_public_key_url_is_refused_under_either_policy() {
        for url in [
            "keys",
            "ftp://a.example/k",
            "https://u:p@a.example/k",
            "https://a.example/k#f",
        ] {
            let fault = PublicKeyUrl::parse(url, &AddressPolicy::private_allowed()).unwrap_err();
            assert_eq!(fault.code, FieldErrorCode::Invalid, "{url}");
        }
        let blank = PublicKeyUrl::parse(" ", &AddressPolicy::public()).unwrap_err();
        assert_eq!(blank.code, FieldErrorCode::Required);
        let long = format!("https://a.example/{}", "k".repeat(2_048));
        let fault = PublicKeyUrl::parse(&long, &AddressPolicy::public()).unwrap_err();
        assert_eq!(fault.code, FieldErrorCode::TooLong);
    }
}
