//! `bonafide serve`: the chat server with its consoles.

use std::future::pending;
use std::net::SocketAddr;
use std::num::{NonZeroU32, NonZeroU64};
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context as _;
use bonafide_server::serve::serve as serve_connections;
use bonafide_server::storage::Check;
use bonafide_server::{Config, Server};
use clap::Args;
use clap::builder::FalseyValueParser;

use crate::connections::Connections;
use crate::{listen, output, shutdown};

/// Run the chat server with its consoles
#[derive(Args)]
pub(crate) struct Arguments {
    /// Address and port to listen on; port 0 takes any that is free
    #[arg(
        long,
        value_name = "ADDR:PORT",
        default_value = "127.0.0.1:8080",
        env = "BONAFIDE_LISTEN"
    )]
    listen: SocketAddr,

    /// Address and port for Prometheus, which reads /metrics there; port 0 takes any that is free. Without it there are no
    /// metrics: on the other port everybody could read them
    #[arg(long, value_name = "ADDR:PORT", env = "BONAFIDE_METRICS_LISTEN")]
    metrics_listen: Option<SocketAddr>,

    /// Directory with the server's data; made when it is missing
    #[arg(long, value_name = "DIR", default_value = DATA, env = "BONAFIDE_DATA")]
    data: PathBuf,

    /// Start without reading the whole database first, which finds damage before it spreads. Reading takes about 1 s
    /// for each GB that the system has in memory, and else as long as the disk takes; after a kill five times as long
    #[arg(long, env = "BONAFIDE_SKIP_DATABASE_CHECK", value_parser = FalseyValueParser::new())]
    skip_database_check: bool,

    /// How browsers reach this server; by default the address it listens on. Behind a proxy it needs a host name of its
    /// own: a path prefix does not work
    #[arg(long, value_name = "URL", env = "BONAFIDE_PUBLIC_URL")]
    public_url: Option<String>,

    /// Fetch public keys from http URLs and private addresses, too. For development only: it lets
    /// administrators make the server call into its own network
    #[arg(long, env = "BONAFIDE_ALLOW_PRIVATE_KEY_URLS", value_parser = FalseyValueParser::new())]
    allow_private_key_urls: bool,

    /// Ports besides 443 that public key URLs may use, separated by commas
    #[arg(
        long,
        value_name = "PORT",
        value_delimiter = ',',
        env = "BONAFIDE_KEY_URL_PORTS"
    )]
    key_url_ports: Vec<u16>,

    #[command(flatten)]
    connections: Connections,

    #[command(flatten)]
    limits: Limits,
}

/// What protects the server from too much. The defaults are the server's.
#[derive(Args)]
#[command(next_help_heading = "Limits")]
struct Limits {
    /// How long a client may take for a request's body
    #[arg(long, value_name = "SECONDS", env = "BONAFIDE_BODY_TIMEOUT")]
    body_timeout: Option<NonZeroU64>,

    /// The largest token that is read, in bytes
    #[arg(long, value_name = "BYTES", env = "BONAFIDE_MAX_TOKEN_BYTES")]
    max_token_bytes: Option<usize>,

    /// Starts of chats and sign-ins in them from one network, in a minute
    #[arg(long, value_name = "N", env = "BONAFIDE_ATTEMPTS_PER_NETWORK")]
    attempts_per_network: Option<NonZeroU32>,

    /// Starts of chats by one signed-in person, in a minute
    #[arg(long, value_name = "N", env = "BONAFIDE_STARTS_PER_SUBJECT")]
    starts_per_subject: Option<NonZeroU32>,

    /// Starts of chats in one chat widget, in a minute
    #[arg(long, value_name = "N", env = "BONAFIDE_STARTS_PER_WIDGET")]
    starts_per_widget: Option<NonZeroU32>,

    /// Messages of the visitor in one conversation, in a minute
    #[arg(long, value_name = "N", env = "BONAFIDE_MESSAGES_PER_CONVERSATION")]
    messages_per_conversation: Option<NonZeroU32>,

    /// Files of either side in one conversation, in a minute
    #[arg(long, value_name = "N", env = "BONAFIDE_FILES_PER_CONVERSATION")]
    files_per_conversation: Option<NonZeroU32>,

    /// Files of visitors from one network, in a minute
    #[arg(long, value_name = "N", env = "BONAFIDE_FILES_PER_NETWORK")]
    files_per_network: Option<NonZeroU32>,
}

impl Limits {
    fn apply(self, config: &mut Config) {
        let quotas = &mut config.rate_quotas;
        set(
            &mut config.body_timeout,
            self.body_timeout
                .map(|seconds| Duration::from_secs(seconds.get())),
        );
        set(&mut config.max_token_bytes, self.max_token_bytes);
        set(&mut quotas.attempts_per_network, self.attempts_per_network);
        set(&mut quotas.starts_per_subject, self.starts_per_subject);
        set(&mut quotas.starts_per_widget, self.starts_per_widget);
        set(
            &mut quotas.messages_per_conversation,
            self.messages_per_conversation,
        );
        set(
            &mut quotas.files_per_conversation,
            self.files_per_conversation,
        );
        set(&mut quotas.files_per_network, self.files_per_network);
    }
}

fn set<T>(field: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *field = value;
    }
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    runtime()?.block_on(async {
        let listener = listen::on(arguments.listen, "--listen").await?;
        let origin = listen::origin(&listener)?;
        let metrics = match arguments.metrics_listen {
            Some(address) => Some(listen::on(address, "--metrics-listen").await?),
            None => None,
        };
        let mut config = Config::new(arguments.data);
        if arguments.skip_database_check {
            config.check = Check::Heads;
        }
        config.public_url = arguments.public_url.unwrap_or_else(|| origin.clone());
        config.allow_private_key_urls = arguments.allow_private_key_urls;
        config.key_url_ports = arguments.key_url_ports;
        let connections = arguments.connections.limits();
        config.trusted_proxies = connections.trusted_proxies;
        config.connections_per_address = connections.connections_per_address;
        config.header_timeout = connections.header_timeout;
        config.http2 = connections.http2;
        arguments.limits.apply(&mut config);
        let server = Server::open(config).await?;
        let stop = shutdown::requested();
        output::line(format!("Bonafide listens on {origin}"))?;
        if let Some(listener) = metrics {
            output::line(format!("Metrics are on {}/metrics", listen::origin(&listener)?))?;
            // Until the process ends: the last thing that happens may be counted too.
            let limits = bonafide_server::serve::Limits::default();
            tokio::spawn(serve_connections(server.metrics_router(), listener, limits, pending()));
        }
        if arguments.allow_private_key_urls {
            tracing::warn!("public keys are fetched from http URLs and private addresses, too");
            output::line(
                "WARNING: public keys are fetched from http URLs and private addresses, too \
                 (--allow-private-key-urls). That is for development: administrators can make this server call into \
                 its own network.",
            )?;
        }
        if let Some(link) = server.setup_link() {
            output::line(format!(
                "Open {link} to make the first administrator. The link works once."
            ))?;
        }
        server.serve(listener, stop).await?;
        Ok(())
    })
}

/// The threads that serve.
pub(crate) fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Runtime::new().context("The system gave no threads to serve with")
}

/// Where data lives when nothing else is said.
pub(crate) const DATA: &str = "bonafide-data";
