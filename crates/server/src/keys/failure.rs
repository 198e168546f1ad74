//! Why a public key URL gave no body.
//!
//! Must say no more than that for an address that is not allowed, and show nothing of the client's own texts, which
//! may name addresses inside the network.

use super::guard::UrlRefused;
use super::resolver::ResolveFailed;
pub use super::tls::TlsFailed;

/// Why the public key URL gave no body.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum FetchFailed {
    /// The name resolves to an address that is not public.
    #[error("The public key URL's address is not allowed.")]
    AddressNotAllowed,
    /// The connection broke or the answer was not HTTP.
    #[error("The public key URL's server broke off its answer.")]
    Broken,
    /// Compressed although that was not asked for.
    #[error(
        "The public key URL answered with a compressed body although none was asked for; publish the keys uncompressed."
    )]
    Compressed,
    /// This server resolves too many names at once.
    #[error("Too many public key URLs are being asked at once.")]
    Crowded,
    /// No connection.
    #[error("The public key URL's server could not be reached.")]
    NotReached,
    /// No such name.
    #[error("The public key URL's host name cannot be resolved.")]
    NotResolved,
    /// 3xx.
    #[error(
        "The public key URL answered with a redirect (status {0}), which is not followed; enter the address it leads to."
    )]
    Redirected(u16),
    /// Neither 200 nor a redirect.
    #[error("The public key URL answered with status {0}; it must answer with 200.")]
    Status(u16),
    /// Too slow.
    #[error("The public key URL did not answer in time.")]
    TimedOut,
    /// The certificate or the handshake.
    #[error(transparent)]
    Tls(#[from] TlsFailed),
    /// Over the limit.
    #[error("The public key URL's body is larger than {limit} bytes.")]
    TooLarge {
        /// Bytes allowed.
        limit: usize,
    },
    /// Not asked at all.
    #[error(transparent)]
    Url(#[from] UrlRefused),
}

impl FetchFailed {
    pub(super) fn from_error(error: &reqwest::Error) -> Self {
        let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
        while let Some(error) = cause {
            if let Some(failed) = error.downcast_ref::<ResolveFailed>() {
                return match failed {
                    ResolveFailed::Crowded => Self::Crowded,
                    ResolveFailed::NotAllowed => Self::AddressNotAllowed,
                    ResolveFailed::NotFound => Self::NotResolved,
                };
            }
            if let Some(failed) = error.downcast_ref::<rustls::Error>() {
                return Self::Tls(TlsFailed::from_error(failed));
            }
            // Errors inside one for input and output are not its `source`; theirs is.
            let io = error.downcast_ref::<std::io::Error>();
            cause = match io.and_then(std::io::Error::get_ref) {
                Some(inner) => Some(inner),
                None => error.source(),
            };
        }
        if error.is_timeout() {
            Self::TimedOut
        } else if error.is_connect() {
            Self::NotReached
        } else {
            Self::Broken
        }
    }

    /// One word for what happened, as `/metrics` labels it.
    #[must_use]
    pub fn outcome(&self) -> &'static str {
        match self {
            Self::AddressNotAllowed | Self::Url(UrlRefused::AddressNotAllowed) => {
                "address-not-allowed"
            }
            Self::Broken => "broken",
            Self::Compressed => "compressed",
            Self::Crowded => "crowded",
            Self::NotReached => "not-reached",
            Self::NotResolved => "not-resolved",
            Self::Redirected(_) => "redirected",
            Self::Status(_) => "status",
            Self::TimedOut => "timed-out",
            Self::Tls(_) => "tls",
            Self::TooLarge { .. } => "too-large",
            Self::Url(_) => "url-refused",
        }
    }
}
