//! Logs, to standard error, as text or as one JSON object a line.

use std::io;

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use tracing_subscriber::EnvFilter;

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
        let logs = tracing_subscriber::fmt()
            .with_writer(io::stderr)
            .with_env_filter(filter);
        match self.log_format {
            Format::Text => logs
                .with_ansi(io::IsTerminal::is_terminal(&io::stderr()))
                .init(),
            Format::Json => logs.json().flatten_event(true).init(),
        }
        Ok(())
    }
}
