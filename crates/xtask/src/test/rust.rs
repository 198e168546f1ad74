//! The steps that cargo runs.

use anyhow::Result;

use crate::build;
use crate::shell::Program;

use super::browser;
use super::cargo_tool::{self, CargoTool};

/// The fuzz targets, workspaces of their own.
const FUZZ: [&str; 2] = [
    "crates/server/fuzz/Cargo.toml",
    "crates/verifier/fuzz/Cargo.toml",
];

/// Checks the formatting.
pub(super) fn format() -> Result<()> {
    Program::cargo().args(["fmt", "--all", "--check"]).run()?;
    for fuzz in FUZZ {
        Program::cargo()
            .args(["fmt", "--check", "--manifest-path", fuzz])
            .run()?;
    }
    Ok(())
}

/// Lints everything for this machine; the widget for the browser, since half of it is compiled only there, and the
/// verifier, whose cryptography is another there; and the fuzz targets, which nothing else here compiles.
pub(super) fn clippy() -> Result<()> {
    Program::cargo()
        .args([
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ])
        .run()?;
    build::wasm_target()?;
    Program::cargo()
        .args(["clippy", "--package", "bonafide-widget", "--all-targets"])
        .args(["--target", build::WASM_TARGET, "--", "-D", "warnings"])
        .run()?;
    // By itself: beside the widget, and with its tests, it would be another build than the one that others get.
    Program::cargo()
        .args(["clippy", "--package", "bonafide-verifier", "--lib"])
        .args(["--target", build::WASM_TARGET, "--", "-D", "warnings"])
        .run()?;
    for fuzz in FUZZ {
        // Without libFuzzer, which takes a C++ compiler; into the folder that is there already, where most of it is compiled.
        Program::cargo()
            .args(["clippy", "--manifest-path", fuzz])
            .args(["--no-default-features", "--locked"])
            .args(["--target-dir", "target", "--", "-D", "warnings"])
            .run()?;
    }
    Ok(())
}

/// Runs the tests, with nextest where it is installed: it is faster, not different.
pub(super) fn tests() -> Result<()> {
    browser::openssl()?;
    if Program::cargo().args(["nextest", "--version"]).succeeds() {
        Program::cargo()
            .args(["nextest", "run", "--workspace"])
            .args(["--config-file", "crates/xtask/nextest.toml"])
            .run()
    } else {
        Program::cargo()
            .args(["test", "--workspace", "--lib", "--bins", "--tests"])
            .run()
    }
}

/// Builds the documentation, a warning being an error, and runs its examples.
pub(super) fn documentation() -> Result<()> {
    Program::cargo()
        .args([
            "doc",
            "--workspace",
            "--no-deps",
            "--document-private-items",
        ])
        // Read by people who work on it: what is public may point to what is private.
        .env(
            "RUSTDOCFLAGS",
            "-D warnings -A rustdoc::private_intra_doc_links",
        )
        .run()?;
    Program::cargo()
        .args(["test", "--workspace", "--doc"])
        .run()
}

/// Judges the dependencies. Advisories need a database from outside the package registries: where that cannot be
/// reached, a line says so.
pub(super) fn dependencies() -> Result<()> {
    const DENY: CargoTool<'static> = CargoTool {
        package: "cargo-deny",
        program: "cargo-deny",
        version: "^0.20",
        its_own_lockfile: true,
    };
    let program = match cargo_tool::install(&DENY) {
        Ok(program) => program,
        Err(error) => {
            println!("deny: not checked, because cargo-deny could not be installed: {error:#}");
            return Ok(());
        }
    };
    let check = |what: &[&str]| {
        Program::new(&program)
            .args(["--all-features", "check", "--hide-inclusion-graph"])
            .args(what)
    };
    check(&["bans", "licenses", "sources"]).run()?;
    if Program::new(&program).args(["fetch", "db"]).succeeds() {
        check(&["advisories"]).run()
    } else {
        println!(
            "deny: advisories not checked, because their database cannot be reached from here"
        );
        Ok(())
    }
}
