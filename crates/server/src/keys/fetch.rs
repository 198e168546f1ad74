//! Gets the body of a public key URL, once.
//!
//! Must not follow redirects, use a proxy, send cookies or credentials, decompress, or read without bound;
//! and must not keep or show the body.

use std::time::Duration;

use reqwest::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE};
use reqwest::{Client, Response, redirect, retry};

use super::guard::{AddressPolicy, GuardedResolver, KeyUrl, ResolveFailed, UrlRefused};

/// How long a fetch may take and how much it may bring.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// To resolve the name, connect and agree on TLS.
    pub connect: Duration,
    /// For everything.
    pub total: Duration,
    /// Size of the body in bytes.
    pub body: usize,
}

impl Default for Limits {
    /// A visitor waits for this while their chat starts, and the page gives the whole start 10 s: the fetch
    /// may take half of it. 256 KiB hold 100 keys of 8,192 bits three times over.
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(2),
            total: Duration::from_secs(5),
            body: 256 * 1024,
        }
    }
}

/// Fetches key bodies from addresses that its policy allows.
#[derive(Clone, Debug)]
pub struct Fetcher {
    client: Client,
    policy: AddressPolicy,
    limits: Limits,
}

/// What an answer showed of itself, as far as it came. Filled in even when the fetch fails later.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// The HTTP status.
    pub status: Option<u16>,
    /// The `Content-Type` header, when it is text of at most 200 characters.
    pub content_type: Option<String>,
    /// Bytes of the body that were read.
    pub bytes: Option<usize>,
}

impl Fetcher {
    /// # Errors
    /// When the HTTP client cannot be made: TLS roots or the resolver are unusable.
    pub fn new(policy: AddressPolicy, limits: Limits) -> Result<Self, reqwest::Error> {
        let client = Client::builder()
            .user_agent(concat!("Bonafide/", env!("CARGO_PKG_VERSION")))
            .dns_resolver(GuardedResolver::new(policy.clone()))
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .no_proxy()
            .referer(false)
            // A kept connection would outlive the judgement of its address.
            .pool_max_idle_per_host(0)
            .connect_timeout(limits.connect)
            .build()?;
        Ok(Self {
            client,
            policy,
            limits,
        })
    }

    /// The policy that decides which URLs are asked.
    #[must_use]
    pub fn policy(&self) -> &AddressPolicy {
        &self.policy
    }

    /// # Errors
    /// [`FetchFailed`] says why there is no body.
    pub async fn fetch(&self, url: &KeyUrl, seen: &mut Seen) -> Result<Vec<u8>, FetchFailed> {
        tokio::time::timeout(self.limits.total, self.exchange(url, seen))
            .await
            .unwrap_or(Err(FetchFailed::TimedOut))
    }

    async fn exchange(&self, url: &KeyUrl, seen: &mut Seen) -> Result<Vec<u8>, FetchFailed> {
        let response = self
            .client
            .get(url.as_url().clone())
            .header(
                ACCEPT,
                "application/json, application/x-pem-file, text/plain, */*;q=0.5",
            )
            .header(ACCEPT_ENCODING, "identity")
            .send()
            .await
            .map_err(|error| FetchFailed::from_error(&error))?;
        seen.status = Some(response.status().as_u16());
        seen.content_type = header(&response, CONTENT_TYPE).filter(|text| text.len() <= 200);
        // The resolver gave judged addresses only; this would catch a client that went round it.
        if response
            .remote_addr()
            .is_none_or(|peer| !self.policy.allows(peer.ip()))
        {
            return Err(FetchFailed::AddressNotAllowed);
        }
        let status = response.status();
        if status.is_redirection() {
            return Err(FetchFailed::Redirected(status.as_u16()));
        }
        if status != reqwest::StatusCode::OK {
            return Err(FetchFailed::Status(status.as_u16()));
        }
        if let Some(encoding) = header(&response, CONTENT_ENCODING)
            && !encoding.eq_ignore_ascii_case("identity")
        {
            return Err(FetchFailed::Compressed);
        }
        self.body(response, seen).await
    }

    async fn body(&self, mut response: Response, seen: &mut Seen) -> Result<Vec<u8>, FetchFailed> {
        let limit = self.limits.body;
        let too_large = FetchFailed::TooLarge { limit };
        if response
            .content_length()
            .is_some_and(|length| length > limit as u64)
        {
            return Err(too_large);
        }
        let mut body = Vec::new();
        seen.bytes = Some(0);
        while let Some(chunk) = response
            .chunk()
            .await
            .map_err(|error| FetchFailed::from_error(&error))?
        {
            if body.len() + chunk.len() > limit {
                return Err(too_large);
            }
            body.extend_from_slice(&chunk);
            seen.bytes = Some(body.len());
        }
        Ok(body)
    }
}

/// Fetches a key body for a command: judges the URL, asks once, gives the body's bytes.
///
/// # Errors
/// [`FetchFailed`], as a sentence that may be shown.
pub async fn key_body(url: &str, policy: AddressPolicy) -> Result<Vec<u8>, FetchFailed> {
    let url = policy.judge(url)?;
    Fetcher::new(policy, Limits::default())
        .map_err(|error| FetchFailed::from_error(&error))?
        .fetch(&url, &mut Seen::default())
        .await
}

/// Why the public key URL gave no body. For an address that is not allowed it says no more than that.
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
    #[error("No secure connection to the public key URL's server: {0}.")]
    Tls(String),
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
    /// Only categories: the client's own texts may name internal addresses.
    fn from_error(error: &reqwest::Error) -> Self {
        let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
        while let Some(error) = cause {
            if let Some(failed) = error.downcast_ref::<ResolveFailed>() {
                return match failed {
                    ResolveFailed::NotAllowed => Self::AddressNotAllowed,
                    ResolveFailed::NotFound => Self::NotResolved,
                };
            }
            // rustls reports what is wrong with a certificate as invalid data.
            if let Some(error) = error.downcast_ref::<std::io::Error>()
                && error.kind() == std::io::ErrorKind::InvalidData
                && let Some(inner) = error.get_ref()
            {
                return Self::Tls(inner.to_string());
            }
            cause = error.source();
        }
        if error.is_timeout() {
            Self::TimedOut
        } else if error.is_connect() {
            Self::NotReached
        } else {
            Self::Broken
        }
    }
}

fn header(response: &Response, name: reqwest::header::HeaderName) -> Option<String> {
    let value = response.headers().get(name)?;
    value.to_str().ok().map(str::to_owned)
}
