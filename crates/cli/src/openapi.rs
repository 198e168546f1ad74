//! `bonafide openapi`: the description of the HTTP API that the repository keeps.

use clap::Args;

use crate::output;

/// Print the OpenAPI description of the server's HTTP API
#[derive(Args)]
pub(crate) struct Arguments {}

pub(crate) fn run() -> anyhow::Result<()> {
    let text = bonafide_server::openapi_text()?;
    Ok(output::line(text.trim_end())?)
}
