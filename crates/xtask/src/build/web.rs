//! The npm package with the script tag's files, and the consoles: what Vite builds.

use anyhow::Result;

use super::Standard;

use crate::fresh::Inputs;
use crate::shell::Program;
use crate::{progress, workspace};

/// Builds `js/dist`: the script tag's files and the npm package.
///
/// # Errors
/// When Vite or the TypeScript compiler fails.
pub(crate) fn js(standard: Standard) -> Result<()> {
    npm_build(
        "js",
        "building the script tag's files and the npm package",
        "js/dist/cdn/embed.js",
        // The engine is made from these; its built form is in a folder that does not count as an input.
        &[
            "crates/widget",
            "crates/protocol",
            "crates/verifier",
            "crates/xtask/src/build/widget.rs",
            "crates/xtask/src/build/widget",
            standard.what(),
            "Cargo.lock",
            "Cargo.toml",
        ],
    )
}

/// Builds `www/dist`: the consoles and the documentation.
///
/// # Errors
/// When Vite or the TypeScript compiler fails.
pub(crate) fn www() -> Result<()> {
    npm_build(
        "www",
        "building the consoles",
        "www/dist/index.html",
        // The agent console reads links as the visitor's chat does: by the same module, which uses the engine's prelude.
        &[
            "js/src",
            "crates/widget/src/browser/prelude.js",
            "crates/xtask/src/build/widget",
        ],
    )
}

fn npm_build(package: &str, what: &str, output: &str, more_inputs: &[&str]) -> Result<()> {
    let mut paths = vec!["package-lock.json", package];
    paths.extend(more_inputs);
    let inputs = Inputs::of(package, &paths)?;
    if inputs.already_made(&workspace::path(output)) {
        return Ok(());
    }
    progress::step(package, what, || {
        Program::new("npm")
            .args(["run", "build", "--workspace", package])
            .run()
    })?;
    inputs.made()
}
