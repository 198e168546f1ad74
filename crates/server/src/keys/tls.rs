//! Why there is no secure connection to a public key URL's server, in words that its administrator can act on.
//!
//! Must not name anything but what the server showed to everybody who connects to it.

use rustls::pki_types::UnixTime;
use rustls::{AlertDescription, CertificateError};

use crate::clock::timestamp;

/// Why TLS was not agreed on.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum TlsFailed {
    /// Past its end.
    #[error("The public key URL's certificate expired on {on}. Renew it.")]
    CertificateExpired {
        /// The day in UTC.
        on: String,
    },
    /// Before its beginning.
    #[error(
        "The public key URL's certificate is valid only from {from} on. Check when it was made, and this server's clock."
    )]
    CertificateNotYetValid {
        /// The day in UTC.
        from: String,
    },
    /// For other names.
    #[error(
        "The public key URL's certificate is for {presented}, not for `{expected}`. Get one for this name, or enter a name that it is for."
    )]
    CertificateOfOthers {
        /// The URL's host.
        expected: String,
        /// The certificate's names.
        presented: String,
    },
    /// Self-signed, of a private authority, or without the certificates between.
    #[error(
        "The public key URL's certificate was not issued by an authority that this server trusts: it is self-signed or of a private authority, or the server does not send the intermediate certificates along. Use a public authority's, with its whole chain."
    )]
    CertificateUntrusted,
    /// Anything else about the certificate.
    #[error("The public key URL's certificate cannot be used: {0}.")]
    CertificateUnusable(String),
    /// No common version or cipher.
    #[error(
        "The public key URL's server and this one found no common way to encrypt. It must offer TLS 1.2 or 1.3 with a current cipher."
    )]
    NotAgreed,
    /// Something other than TLS was answered.
    #[error("The public key URL's server does not speak TLS on this port.")]
    NotTls,
    /// The server does not know the name it was asked for.
    #[error(
        "The public key URL's server refused the connection: it has no certificate for this name."
    )]
    UnknownName,
    /// Anything else.
    #[error("There is no secure connection to the public key URL's server: {0}.")]
    Other(String),
}

impl TlsFailed {
    pub(super) fn from_error(error: &rustls::Error) -> Self {
        match error {
            rustls::Error::InvalidCertificate(fault) => Self::of_certificate(fault),
            rustls::Error::InvalidMessage(_) => Self::NotTls,
            rustls::Error::PeerIncompatible(_)
            | rustls::Error::AlertReceived(
                AlertDescription::HandshakeFailure
                | AlertDescription::InsufficientSecurity
                | AlertDescription::ProtocolVersion,
            ) => Self::NotAgreed,
            rustls::Error::AlertReceived(AlertDescription::UnrecognisedName) => Self::UnknownName,
            other => Self::Other(other.to_string()),
        }
    }

    fn of_certificate(fault: &CertificateError) -> Self {
        match fault {
            CertificateError::ExpiredContext { not_after, .. } => {
                let on = day(*not_after);
                Self::CertificateExpired { on }
            }
            CertificateError::NotValidYetContext { not_before, .. } => {
                let from = day(*not_before);
                Self::CertificateNotYetValid { from }
            }
            CertificateError::NotValidForNameContext {
                expected,
                presented,
            } => Self::CertificateOfOthers {
                expected: expected.to_str().into_owned(),
                presented: names(presented),
            },
            // A bad signature is that of an authority with the name of a trusted one.
            CertificateError::UnknownIssuer | CertificateError::BadSignature => {
                Self::CertificateUntrusted
            }
            // What `openssl req -x509` makes is an authority's certificate, which is no server's.
            CertificateError::Other(cause) if cause.to_string() == "CaUsedAsEndEntity" => {
                Self::CertificateUntrusted
            }
            other => Self::CertificateUnusable(other.to_string()),
        }
    }
}

/// The first of the certificate's names. They come as `DnsName("shop.example")`.
fn names(presented: &[String]) -> String {
    let names: Vec<String> = presented
        .iter()
        .filter_map(|name| name.split('"').nth(1))
        .take(MOST_NAMES)
        .map(|name| format!("`{name}`"))
        .collect();
    match names.is_empty() {
        true => "no host".to_owned(),
        false => names.join(", "),
    }
}

fn day(time: UnixTime) -> String {
    let milliseconds = i64::try_from(time.as_secs().saturating_mul(1_000)).unwrap_or(i64::MAX);
    let mut day = timestamp(milliseconds).as_str().to_owned();
    day.truncate("2026-01-01".len());
    day
}

/// A certificate may have hundreds of names; a few say whose it is.
const MOST_NAMES: usize = 3;
