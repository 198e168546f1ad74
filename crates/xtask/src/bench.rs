//! `cargo xtask bench`: measures one part, in release builds, on this machine. Prints; judges nothing.

use anyhow::Result;

use crate::shell::Program;
use crate::{build, workspace};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// What to measure.
    #[arg(value_enum)]
    part: Part,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Part {
    /// Verifying a token, beside the raw signature check.
    Verify,
    /// Starting an authenticated conversation over HTTP: p50 and p99.
    Start,
    /// Opening the chat in Chromium: time and bytes.
    Widget,
}

/// Measures.
///
/// # Errors
/// When a build or the measurement fails.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    match arguments.part {
        Part::Verify => Program::cargo()
            .args(["bench", "--package", "bonafide-verifier"])
            .run(),
        Part::Start => against_release("bench/start.mjs"),
        Part::Widget => against_release("bench/widget.mjs"),
    }
}

/// Runs a measurement of the tests' against the release build.
fn against_release(script: &str) -> Result<()> {
    build::web_release()?;
    Program::cargo()
        .args(["build", "--release", "--package", "bonafide"])
        .run()?;
    let program = format!("release/bonafide{}", std::env::consts::EXE_SUFFIX);
    Program::new("node")
        .args([workspace::path("tests").join(script)])
        .env("BONAFIDE_PROGRAM", workspace::target().join(program))
        .run()
}
