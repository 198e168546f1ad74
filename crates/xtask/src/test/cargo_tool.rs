//! Programs that cargo installs for the suite alone, below the build folder.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::shell::Program;
use crate::{progress, workspace};

/// A program from crates.io.
pub(super) struct CargoTool<'a> {
    /// The package.
    pub(super) package: &'static str,
    /// The program of it that is wanted.
    pub(super) program: &'static str,
    /// Which version, as a cargo version requirement.
    pub(super) version: &'a str,
    /// Whether to build it with the lockfile it brings. Not every published lockfile can be satisfied.
    pub(super) its_own_lockfile: bool,
}

/// Installs a program where it is missing or in another version, and says where it is.
///
/// # Errors
/// When it cannot be downloaded or does not compile.
pub(super) fn install(tool: &CargoTool<'_>) -> Result<PathBuf> {
    let root = workspace::tools();
    let program =
        root.join("bin")
            .join(format!("{}{}", tool.program, std::env::consts::EXE_SUFFIX));
    let stamp = root.join(format!("{}.version", tool.package));
    let is_there = program.exists()
        && std::fs::read_to_string(&stamp).is_ok_and(|version| version == tool.version);
    if is_there {
        return Ok(program);
    }
    let what = format!(
        "installing {} {} for the suite (once; minutes)",
        tool.package, tool.version
    );
    progress::step("tools", &what, || {
        // Unoptimised: it runs for seconds, and compiles in half the time.
        let mut install = Program::cargo()
            .args(["install", "--quiet", "--debug", "--force", tool.package])
            .args(["--version", tool.version])
            .args(["--root".as_ref(), root.as_os_str()])
            // What one of them compiled the next one has: half of their dependencies are the same.
            .env("CARGO_TARGET_DIR", root.join("build"))
            .env("CARGO_PROFILE_DEV_DEBUG", "false");
        if tool.its_own_lockfile {
            install = install.args(["--locked"]);
        }
        install
            .run()
            .with_context(|| format!("{} could not be installed from crates.io", tool.package))
    })?;
    crate::fresh::write(&stamp, tool.version)?;
    Ok(program)
}
