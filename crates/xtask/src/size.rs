//! `cargo xtask size`: the bytes a page loads, before and after the chat is opened, against their budgets; and what the
//! engine is made of.
//!
//! Which files those are, and how much they may weigh, is for the npm package's own script to say: there is one rule.

mod engine;

use anyhow::{Context, Result};

use crate::build;
use crate::shell::Program;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Also name so many of the engine's largest functions.
    #[arg(long, default_value_t = 0)]
    functions: usize,
}

/// Builds, measures, and prints the tables.
///
/// # Errors
/// When a budget is exceeded, the engine holds what it should not, or the built files are not there.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    build::web_release()?;
    let pages = Program::new("node").args(["js/scripts/size.mjs"]).run();
    // Who is over a budget wants to know what the bytes are.
    engine::report(arguments.functions)?;
    pages.context("a page loads more than its budget, or what it loads is not there")
}

/// The same as a step of the suite.
///
/// # Errors
/// As [`run`].
pub(crate) fn check() -> Result<()> {
    run(&Arguments { functions: 0 })
}
