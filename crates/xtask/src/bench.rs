//! `cargo xtask bench`: measures one part, in release builds, on this machine. Prints; judges nothing.

use anyhow::Result;

use crate::shell::Program;
use crate::{build, workspace};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// What to measure.
    #[arg(value_enum)]
    part: Part,
    /// For the measuring program itself; `-- --help` lists what `server` takes.
    #[arg(last = true)]
    rest: Vec<String>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Part {
    /// Verifying a token, beside the raw signature check.
    Verify,
    /// Starting an authenticated conversation over HTTP: p50 and p99.
    Start,
    /// What one machine gives beside the least that any server needs: starts, messages, accepts, the inbox.
    Server,
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
        Part::Server => server(&arguments.rest),
        Part::Widget => against_release("bench/widget.mjs"),
    }
}

/// Builds the server and its load, and lets the one loose on the other.
fn server(rest: &[String]) -> Result<()> {
    build::web_release()?;
    Program::cargo()
        .args([
            "build",
            "--release",
            "--package",
            "bonafide",
            "--package",
            "bonafide-bench",
        ])
        .run()?;
    Program::new(release("bonafide-bench"))
        .args(["server", "--program"])
        .args([release("bonafide")])
        .args(rest)
        .run()
}

fn release(program: &str) -> std::path::PathBuf {
    let file = format!("release/{program}{}", std::env::consts::EXE_SUFFIX);
    workspace::target().join(file)
}

/// Runs a measurement of the tests' against the release build.
fn against_release(script: &str) -> Result<()> {
    build::web_release()?;
    Program::cargo()
        .args(["build", "--release", "--package", "bonafide"])
        .run()?;
    Program::new("node")
        .args([workspace::path("tests").join(script)])
        .env("BONAFIDE_PROGRAM", release("bonafide"))
        .run()
}
