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
pub(crate) use widget::named as named_engine;

/// The widget, the npm package, the consoles and the `bonafide` program.
///
/// # Errors
/// The first step's that fails.
pub(crate) fn everything() -> Result<()> {
    thread::scope(|scope| {
        let browsers = scope.spawn(web);
        // The program reads what browsers load when it runs, not when it is compiled.
        cli::build()?;
        joined(browsers)
    })
}

/// What browsers load: the widget, the npm package, the consoles.
///
/// # Errors
/// The first step's that fails.
pub(crate) fn web() -> Result<()> {
    wasm_target()?;
    thread::scope(|scope| {
        let packages = scope.spawn(npm_install);
        let engine = widget::compile();
        joined(packages)?;
        engine?.finish()
    })?;
    web::js()?;
    web::www()
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
