//! Gets the body of a public key URL, once.
//!
//! Must not follow redirects, use a proxy, send cookies or credentials, decompress, or read without bound;
//! and must not keep or show the body.

use std::time::Duration;

use reqwest::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE};
use reqwest::{Certificate, Client, Response, redirect, retry};

pub use super::failure::{FetchFailed, TlsFailed};
use super::guard::{AddressPolicy, KeyUrl};
use super::resolver::{GuardedResolver, Lookup};

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
    /// may take half of it. 100 keys of 8,192 bits fit: about 204 KiB as an array of PEMs, 145 KiB as a JWKS.
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(2),
            total: Duration::from_secs(5),
            body: 256 * 1024,
        }
    }
}

/// What a fetcher takes from the machine it runs on. By default: its resolver, and the authorities it trusts.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// How names become addresses.
    pub lookup: Lookup,
    /// Authorities to trust besides the machine's.
    pub further_authorities: Vec<Certificate>,
}

/// For whom keys are fetched. Each has turns of its own, so that administrators who try URLs out never take those
/// that visitors wait for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Lane {
    /// Starts of conversations.
    Starts,
    /// An administrator's *Test*.
    Tests,
}

impl Lane {
    /// Fetches at once over all URLs, and lookups of their names. For starts: a slow website holds one for at most
    /// 5 s in 20, so it takes more than a hundred dead ones to make a living one wait. Few people test at once.
    pub(super) fn turns(self) -> usize {
        match self {
            Self::Starts => 32,
            Self::Tests => 4,
        }
    }
}

/// Fetches key bodies from addresses that its policy allows.
#[derive(Clone, Debug)]
pub struct Fetcher {
    for_starts: Client,
    for_tests: Client,
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
    /// From the question to the last byte, or to the failure; not what the server waited before it asked.
    pub took: Duration,
}

impl Fetcher {
    /// # Errors
    /// When the HTTP client cannot be made: TLS roots or the resolver are unusable.
    pub fn new(policy: AddressPolicy, limits: Limits) -> Result<Self, reqwest::Error> {
        Self::within(policy, limits, Surroundings::default())
    }

    /// A fetcher that takes other things from its surroundings than the machine's.
    ///
    /// # Errors
    /// As [`Fetcher::new`].
    pub fn within(
        policy: AddressPolicy,
        limits: Limits,
        surroundings: Surroundings,
    ) -> Result<Self, reqwest::Error> {
        let client = |lane, surroundings| client(lane, policy.clone(), limits, surroundings);
        Ok(Self {
            for_starts: client(Lane::Starts, surroundings.clone())?,
            for_tests: client(Lane::Tests, surroundings)?,
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
        self.fetch_for(Lane::Starts, url, seen).await
    }

    /// As [`Fetcher::fetch`], with the turns of `lane`.
    pub(super) async fn fetch_for(
        &self,
        lane: Lane,
        url: &KeyUrl,
        seen: &mut Seen,
    ) -> Result<Vec<u8>, FetchFailed> {
        let client = match lane {
            Lane::Starts => &self.for_starts,
            Lane::Tests => &self.for_tests,
        };
        tokio::time::timeout(self.limits.total, self.exchange(client, url, seen))
            .await
            .unwrap_or(Err(FetchFailed::TimedOut))
    }

    async fn exchange(
        &self,
        client: &Client,
        url: &KeyUrl,
        seen: &mut Seen,
    ) -> Result<Vec<u8>, FetchFailed> {
        let response = client
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
        // 304 leads nowhere: it says that nothing changed, to somebody who did not ask that.
        if status.is_redirection() && status != reqwest::StatusCode::NOT_MODIFIED {
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

fn client(
    lane: Lane,
    policy: AddressPolicy,
    limits: Limits,
    surroundings: Surroundings,
) -> Result<Client, reqwest::Error> {
    let resolver = GuardedResolver::new(policy, surroundings.lookup, lane.turns());
    Client::builder()
        .user_agent(concat!("Bonafide/", env!("CARGO_PKG_VERSION")))
        .dns_resolver(resolver)
        .tls_certs_merge(surroundings.further_authorities)
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .no_proxy()
        .referer(false)
        // A kept connection would outlive the judgement of its address.
        .pool_max_idle_per_host(0)
        .connect_timeout(limits.connect)
        .build()
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

fn header(response: &Response, name: reqwest::header::HeaderName) -> Option<String> {
    let value = response.headers().get(name)?;
    value.to_str().ok().map(str::to_owned)
}
