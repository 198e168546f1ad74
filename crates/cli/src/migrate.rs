//! `bonafide migrate`: brings a database to this version's schema, and does nothing else.

use std::path::PathBuf;

use bonafide_server::{Config, Server};
use clap::Args;

use crate::{output, serve};

/// Bring the database to this version, without serving
#[derive(Args)]
pub(crate) struct Arguments {
    /// Directory with the server's data
    #[arg(long, value_name = "DIR", default_value = serve::DATA, env = "BONAFIDE_DATA")]
    data: PathBuf,
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    serve::runtime()?.block_on(async {
        let data = arguments.data.display().to_string();
        Server::open(Config::new(arguments.data)).await?;
        Ok(output::line(format!(
            "The database in `{data}` is up to date."
        ))?)
    })
}
