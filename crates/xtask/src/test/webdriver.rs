//! The browsers beside Chromium: Firefox and WebKitGTK, each driven by its own WebDriver program.

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::build;
use crate::shell::Program;

use super::browser::{apt_install, chromium, find};
use super::cargo_tool::{self, CargoTool};

/// What Firefox may be called, after the one that `BONAFIDE_FIREFOX` names.
const FIREFOX: &[&str] = &["firefox-esr", "firefox"];

/// WebKitGTK has no headless mode: it is shown on a screen in memory.
const WEBKIT: &[&str] = &["WebKitWebDriver", "Xvfb"];

/// Runs the main flows in Firefox and in WebKitGTK.
pub(super) fn flows() -> Result<()> {
    build::release()?;
    if WEBKIT.iter().any(|program| find(program).is_none()) {
        apt_install(&["webkit2gtk-driver", "xvfb"])?;
    }
    Program::new("npm")
        .args(["run", "webdriver", "--workspace", "tests"])
        .env("BONAFIDE_CHROMIUM", chromium()?)
        .env("BONAFIDE_FIREFOX", firefox()?)
        .env("BONAFIDE_GECKODRIVER", geckodriver()?)
        .run()
}

/// Finds Firefox, or installs it where that can be done without asking anybody.
///
/// # Errors
/// When it is not there and cannot be installed.
pub(super) fn firefox() -> Result<OsString> {
    if let Some(chosen) = std::env::var_os("BONAFIDE_FIREFOX") {
        return Ok(chosen);
    }
    let installed = || FIREFOX.iter().find_map(|name| find(name));
    if installed().is_none() {
        apt_install(&["firefox-esr"])?;
    }
    match installed() {
        Some(path) => Ok(path.into()),
        None => bail!(
            "Firefox is not installed; install it, or name one in BONAFIDE_FIREFOX, then run this again"
        ),
    }
}

/// Installs the program by which Firefox is driven.
///
/// # Errors
/// When it cannot be downloaded or does not compile.
pub(super) fn geckodriver() -> Result<PathBuf> {
    cargo_tool::install(&CargoTool {
        package: "geckodriver",
        program: "geckodriver",
        version: "^0.36",
        its_own_lockfile: true,
    })
}
