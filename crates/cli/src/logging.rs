//! Logs, to standard error, as text or as one JSON object a line. Must show nothing secret, whatever filter is given.

use std::io;

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use tracing::{Level, Metadata};
use tracing_subscriber::filter::{FilterExt as _, filter_fn};
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, fmt, registry};

#[derive(Args)]
pub(crate) struct Arguments {
    /// How logs are written
    #[arg(long, global = true, value_enum, default_value_t = Format::Text, env = "BONAFIDE_LOG_FORMAT")]
    log_format: Format,

    /// What is logged: error, warn, info, debug, or directives such as `info,sqlx=debug`; the demo logs
    /// warnings, everything else info
    #[arg(long, global = true, value_name = "FILTER", env = "BONAFIDE_LOG")]
    log: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
}

impl Arguments {
    /// Starts logging; `default` is the filter when none is given.
    pub(crate) fn start(self, default: &str) -> anyhow::Result<()> {
        let filter = self.log.as_deref().unwrap_or(default);
        let filter = EnvFilter::try_new(filter)
            .with_context(|| format!("`--log {filter}` is not a filter for logs"))?;
        let filter = filter.and(filter_fn(holds_no_secret));
        let logs = fmt::layer().with_writer(io::stderr);
        let logs = match self.log_format {
            Format::Text => logs
                .with_ansi(io::IsTerminal::is_terminal(&io::stderr()))
                .with_filter(filter)
                .boxed(),
            Format::Json => logs.json().flatten_event(true).with_filter(filter).boxed(),
        };
        registry().with(logs).init();
        Ok(())
    }
}

/// At its most talkative, the WebSocket library prints the frames it receives, and the first of a visitor's holds the
/// session's secret.
fn holds_no_secret(metadata: &Metadata<'_>) -> bool {
    !metadata.target().starts_with("tungstenite") || *metadata.level() < Level::TRACE
}
