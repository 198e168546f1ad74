//! A Python of the suite's own, with the JWT library that the interop tests use.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::shell::Program;
use crate::{progress, workspace};

use super::browser::apt_install;

/// What pip installs.
const PACKAGES: &[&str] = &["PyJWT[crypto]==2.15.1"];

/// Makes the virtual environment where it is missing, and says where its interpreter is.
///
/// # Errors
/// When there is no Python, or pip cannot download.
pub(super) fn install() -> Result<PathBuf> {
    let folder = workspace::tools().join("python");
    let python = folder.join("bin/python");
    let stamp = folder.join("packages");
    if std::fs::read_to_string(&stamp).is_ok_and(|stamp| stamp == PACKAGES.join(" ")) {
        return Ok(python);
    }
    progress::step("tools", "installing PyJWT for the suite (once)", || {
        let make = || {
            Program::new("python3")
                .args(["-m", "venv"])
                .args([&folder])
                .run()
        };
        // Debian ships Python without the part that makes virtual environments.
        make().or_else(|_| apt_install(&["python3-venv"]).and_then(|()| make()))?;
        Program::new(&python)
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
            .args(PACKAGES)
            .run()
            .context("PyJWT could not be installed: check that the network and the Python package registry can be reached, then run this again")
    })?;
    crate::fresh::write(&stamp, &PACKAGES.join(" "))?;
    Ok(python)
}
