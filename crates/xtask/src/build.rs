//! Builds everything the product consists of, each step only where it is out of date. What does not wait for one another
//! goes on side by side: a first build is minutes long, and the network, the engine's one long compilation and the
//! program's many short ones leave each other's processors idle.

mod cli;
mod npm;
mod wasm_target;
mod web;
mod widget;

use std::thread::{self, ScopedJoinHandle};

use anyhow::{Result, anyhow};

pub(crate) use npm::install as npm_install;
pub(crate) use wasm_target::{TARGET as WASM_TARGET, install as wasm_target};
pub(crate) use widget::{Standard, named as named_engine};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// As it is shipped: the engine with a standard library compiled for size, which takes off about a tenth of what a page
    /// loads. Sets options of the compiler that are not stable.
    #[arg(long)]
    release: bool,
}

/// Builds all, for a release or to work with.
///
/// # Errors
/// The first step's that fails.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    everything(if arguments.release {
        Standard::ForSize
    } else {
        Standard::ReadyMade
    })
}

/// The widget, the npm package, the consoles and the `bonafide` program.
///
/// # Errors
/// The first step's that fails.
pub(crate) fn everything(standard: Standard) -> Result<()> {
    thread::scope(|scope| {
        let browsers = scope.spawn(move || web(standard));
        // The program reads what browsers load when it runs, not when it is compiled.
        cli::build()?;
        joined(browsers)
    })
}

/// What browsers load: the widget, the npm package, the consoles.
///
/// # Errors
/// The first step's that fails.
pub(crate) fn web(standard: Standard) -> Result<()> {
    wasm_target()?;
    thread::scope(|scope| {
        let packages = scope.spawn(npm_install);
        let engine = widget::compile(standard);
        joined(packages)?;
        engine?.finish()
    })?;
    web::js(standard)?;
    web::www()
}

/// All that a release ships: the suite tries it, the budgets count it.
///
/// # Errors
/// The first step's that fails.
pub(crate) fn release() -> Result<()> {
    everything(Standard::ForSize)
}

/// What browsers load of a release.
///
/// # Errors
/// The first step's that fails.
pub(crate) fn web_release() -> Result<()> {
    web(Standard::ForSize)
}

/// The `bonafide` program alone.
///
/// # Errors
/// When it does not compile.
pub(crate) fn cli() -> Result<()> {
    cli::build()
}

fn joined(step: ScopedJoinHandle<'_, Result<()>>) -> Result<()> {
    step.join()
        .unwrap_or_else(|_| Err(anyhow!("a build step broke off; what it said is above")))
}
