//! `bonafide serve`: the chat server with its consoles.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use anyhow::Context as _;
use bonafide_server::{Config, Server};
use clap::Args;
use clap::builder::FalseyValueParser;

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

    /// Directory with the server's data; made when it is missing
    #[arg(long, value_name = "DIR", default_value = DATA, env = "BONAFIDE_DATA")]
    data: PathBuf,

    /// How browsers reach this server; by default the address it listens on
    #[arg(long, value_name = "URL", env = "BONAFIDE_PUBLIC_URL")]
    public_url: Option<String>,

    /// Fetch public keys from http URLs and private addresses, too. For development only: it lets
    /// administrators make the server call into its own network
    #[arg(long, env = "BONAFIDE_ALLOW_PRIVATE_KEY_URLS", value_parser = FalseyValueParser::new())]
    allow_private_key_urls: bool,

    /// Reverse proxies whose X-Forwarded-For is believed, separated by commas
    #[arg(
        long,
        value_name = "ADDR",
        value_delimiter = ',',
        env = "BONAFIDE_TRUSTED_PROXIES"
    )]
    trusted_proxies: Vec<IpAddr>,

    /// Connections that one address may hold at once
    #[arg(long, value_name = "N", env = "BONAFIDE_CONNECTIONS_PER_ADDRESS")]
    connections_per_address: Option<usize>,

    /// The largest token that is read, in bytes
    #[arg(long, value_name = "BYTES", env = "BONAFIDE_MAX_TOKEN_BYTES")]
    max_token_bytes: Option<usize>,
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    runtime()?.block_on(async {
        let listener = listen::on(arguments.listen, "--listen").await?;
        let origin = listen::origin(&listener)?;
        let mut config = Config::new(arguments.data);
        config.public_url = arguments.public_url.unwrap_or_else(|| origin.clone());
        config.allow_private_key_urls = arguments.allow_private_key_urls;
        config.trusted_proxies = arguments.trusted_proxies;
        if let Some(connections) = arguments.connections_per_address {
            config.connections_per_address = connections;
        }
        if let Some(bytes) = arguments.max_token_bytes {
            config.max_token_bytes = bytes;
        }
        let server = Server::open(config).await?;
        output::line(format!("Bonafide listens on {origin}"))?;
        if let Some(link) = server.setup_link() {
            output::line(format!(
                "Open {link} to make the first administrator. The link works once."
            ))?;
        }
        server.serve(listener, shutdown::requested()).await?;
        Ok(())
    })
}

/// The threads that serve.
pub(crate) fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Runtime::new().context("The system gave no threads to serve with")
}

/// Where data lives when nothing else is said.
pub(crate) const DATA: &str = "bonafide-data";
