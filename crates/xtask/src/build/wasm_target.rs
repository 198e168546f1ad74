//! The standard library for `wasm32-unknown-unknown`, through rustup.

use std::path::Path;

use anyhow::{Context, Result};

use crate::progress;
use crate::shell::Program;

/// The target that browsers run.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Installs the target where it is missing.
///
/// # Errors
/// When rustup is missing or cannot download.
pub(crate) fn install() -> Result<()> {
    let library = Program::new("rustc")
        .args(["--print", "target-libdir", "--target", TARGET])
        .output()?;
    if Path::new(library.trim()).exists() {
        return Ok(());
    }
    progress::step("wasm target", "installing with rustup", || {
        Program::new("rustup")
            .args(["target", "add", TARGET])
            .run()
            .with_context(|| {
                format!("the Rust target {TARGET} could not be installed: check the network, or install it by hand and run this again")
            })
    })
}
