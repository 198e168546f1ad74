//! Builds everything the product consists of, in order, each step only where it is out of date.

mod cli;
mod npm;
mod wasm_target;
mod web;
mod widget;

use anyhow::Result;

pub(crate) use npm::install as npm_install;
pub(crate) use wasm_target::install as wasm_target;
pub(crate) use widget::build as widget;

/// The widget, the npm package, the consoles and the `bonafide` program.
///
/// # Errors
/// The first step's that fails.
pub(crate) fn everything() -> Result<()> {
    web()?;
    cli::build()
}

/// What browsers load: the widget, the npm package, the consoles.
///
/// # Errors
/// The first step's that fails.
pub(crate) fn web() -> Result<()> {
    wasm_target()?;
    npm_install()?;
    widget()?;
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
