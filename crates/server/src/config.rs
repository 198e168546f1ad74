//! What the operator of a server decides: where it keeps its data, how it is reached, what it allows.

use std::path::PathBuf;
use std::time::Duration;

use crate::clock::Clock;
use crate::conversations::limits::RateQuotas;
use crate::serve::Limits;
use crate::storage::Check;
use crate::trusted_proxy::TrustedProxy;

/// Configuration of a server. [`Config::new`] gives safe defaults; change the fields that matter.
#[derive(Clone, Debug)]
pub struct Config {
    /// Folder for the database; made when it is missing.
    pub data: PathBuf,
    /// How thoroughly the database is looked at before it is used.
    pub check: Check,
    /// How browsers reach this server, for example `https://chat.example.com`; no path. Decides the origin
    /// that unsafe requests must come from, whether cookies are `Secure`, and what snippets say.
    pub public_url: String,
    /// Accept public key URLs with `http` and on loopback or private addresses. For development only: it lets
    /// administrators make this server call into its own network.
    pub allow_private_key_urls: bool,
    /// Reverse proxies, or networks of them, whose `X-Forwarded-For` is believed, and who may hold any number of
    /// connections. From anyone else that header is ignored.
    pub trusted_proxies: Vec<TrustedProxy>,
    /// Connections that one address may hold at once.
    pub connections_per_address: usize,
    /// How long a client may take for a request's headers, and how long an idle connection is kept.
    pub header_timeout: Duration,
    /// How long a client may take nothing of an answer that it asked for.
    pub unread_timeout: Duration,
    /// Speak HTTP/2 without TLS too, with clients that begin with it.
    pub http2: bool,
    /// How long a client may take for a request's body, from its first byte to its last.
    pub body_timeout: Duration,
    /// How often a socket is pinged, is told that it lives, and has its rights checked again.
    pub heartbeat: Duration,
    /// Largest token accepted, in bytes.
    pub max_token_bytes: usize,
    /// How often visitors may start, authenticate and write.
    pub rate_quotas: RateQuotas,
    /// Ports besides 443 that public key URLs may use.
    pub key_url_ports: Vec<u16>,
    /// The server's source of time.
    pub clock: Clock,
}

impl Config {
    /// Defaults for a server that keeps its data in `data`.
    #[must_use]
    pub fn new(data: impl Into<PathBuf>) -> Self {
        let limits = Limits::default();
        Self {
            data: data.into(),
            check: Check::Full,
            public_url: "http://127.0.0.1:8080".to_owned(),
            allow_private_key_urls: false,
            trusted_proxies: limits.trusted_proxies,
            // Behind a proxy that is not in `trusted_proxies` all visitors share these.
            connections_per_address: limits.connections_per_address,
            header_timeout: limits.header_timeout,
            unread_timeout: limits.unread_timeout,
            http2: limits.http2,
            // The largest body is a megabyte: a poor line needs about so long.
            body_timeout: Duration::from_secs(30),
            // Proxies cut connections that are silent for a minute, and whoever is at the other end has another socket
            // within that time when this one dies: they wait for two heartbeats and a little more.
            heartbeat: Duration::from_secs(20),
            // Contract section 2: cookies and headers end far below this, so nothing genuine is larger.
            max_token_bytes: 64 * 1024,
            rate_quotas: RateQuotas::default(),
            key_url_ports: Vec::new(),
            clock: Clock::system(),
        }
    }

    /// How often a socket is told that it lives, in milliseconds, as the wire says it.
    #[must_use]
    pub fn heartbeat_ms(&self) -> u32 {
        u32::try_from(self.heartbeat.as_millis()).unwrap_or(u32::MAX)
    }
}
