//! The options that every command has which serves HTTP to others: how connections are limited.

use std::num::NonZeroU64;
use std::time::Duration;

use bonafide_server::TrustedProxy;
use bonafide_server::serve::Limits;
use clap::Args;
use clap::builder::FalseyValueParser;

/// Limits of connections. The defaults are the server's.
#[derive(Args)]
pub(crate) struct Connections {
    /// Reverse proxies whose X-Forwarded-For is believed, and who may hold any number of connections: addresses or
    /// networks such as 10.0.0.0/8, separated by commas
    #[arg(
        long,
        value_name = "ADDR|NETWORK",
        value_delimiter = ',',
        env = "BONAFIDE_TRUSTED_PROXIES"
    )]
    trusted_proxies: Vec<TrustedProxy>,

    /// Connections that one address may hold at once
    #[arg(long, value_name = "N", env = "BONAFIDE_CONNECTIONS_PER_ADDRESS")]
    connections_per_address: Option<usize>,

    /// How long a client may take for a request's headers, and how long an idle connection is kept
    #[arg(long, value_name = "SECONDS", env = "BONAFIDE_HEADER_TIMEOUT")]
    header_timeout: Option<NonZeroU64>,

    /// Speak HTTP/2 without TLS too, with proxies that begin with it ("prior knowledge", h2c). WebSockets stay HTTP/1.1
    #[arg(long, env = "BONAFIDE_HTTP2", value_parser = FalseyValueParser::new())]
    http2: bool,
}

impl Connections {
    pub(crate) fn limits(self) -> Limits {
        let default = Limits::default();
        Limits {
            connections_per_address: self
                .connections_per_address
                .unwrap_or(default.connections_per_address),
            header_timeout: self
                .header_timeout
                .map_or(default.header_timeout, |seconds| {
                    Duration::from_secs(seconds.get())
                }),
            trusted_proxies: self.trusted_proxies,
            http2: self.http2,
            ..default
        }
    }
}
