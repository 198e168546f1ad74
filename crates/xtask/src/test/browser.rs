//! The steps that need a real browser, and the browser itself.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::shell::Program;
use crate::{build, progress, workspace};

use super::cargo_tool::{self, CargoTool};
use super::webdriver;

/// Where a browser may be, after the one that `BONAFIDE_CHROMIUM` names.
const CHROMIUM: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// Runs the engine's tests in headless Chromium and in Firefox, as anybody can: `wasm-pack test`.
pub(super) fn widget() -> Result<()> {
    build::wasm_target()?;
    chromium()?;
    let Some(chromedriver) = find("chromedriver") else {
        bail!(
            "chromedriver is not installed; install the one that belongs to your Chromium, then run this again"
        );
    };
    webdriver::firefox()?;
    let drivers = [
        ("--chrome", "--chromedriver", chromedriver),
        ("--firefox", "--geckodriver", webdriver::geckodriver()?),
    ];
    for (browser, driver, program) in drivers {
        wasm_pack()?
            .args(["test", "--headless", browser, driver])
            .args([program.as_os_str(), "crates/widget".as_ref()])
            .args(["--lib"])
            .run()?;
    }
    Ok(())
}

/// wasm-pack, beside the wasm-bindgen programs that it calls.
pub(super) fn wasm_pack() -> Result<Program> {
    let runner = wasm_runner()?;
    let program = cargo_tool::install(&CargoTool {
        package: "wasm-pack",
        program: "wasm-pack",
        version: "0.15.1",
        its_own_lockfile: true,
    })?;
    let folder = runner.parent().map(Path::to_path_buf).unwrap_or_default();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(folder).chain(std::env::split_paths(&path)))?;
    Ok(Program::new(program).env("PATH", path))
}

/// Runs the verifier's suite in wasm32, where another implementation of RSA serves it. It is the browser's engine that
/// counts, not its page, so Node will do.
pub(super) fn verifier() -> Result<()> {
    build::wasm_target()?;
    Program::cargo()
        .args(["test", "--package", "bonafide-verifier", "--lib"])
        .args(["--target", build::WASM_TARGET])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", wasm_runner()?)
        .run()
}

/// The program that runs a test's wasm in a browser. Its version must be exactly that of the library.
fn wasm_runner() -> Result<PathBuf> {
    let version = workspace::locked_version("wasm-bindgen")?;
    cargo_tool::install(&CargoTool {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen-test-runner",
        version: &version,
        // That lockfile names a version that crates.io no longer serves.
        its_own_lockfile: false,
    })
}

/// Runs the flows of the people who use the product.
pub(super) fn flows() -> Result<()> {
    build::release()?;
    let sdk = workspace::target().join("sdk");
    for target in ["web", "bundler"] {
        progress::step("sdk", &format!("wasm-pack build --target {target}"), || {
            wasm_pack()?
                .args(["build", "--target", target, "--out-dir"])
                .args([sdk.join(target).as_os_str(), "crates/widget".as_ref()])
                .run()
        })?;
    }
    Program::new("npm")
        .args(["run", "flows", "--workspace", "tests"])
        .env("BONAFIDE_SDK", sdk)
        .env("BONAFIDE_CHROMIUM", chromium()?)
        .run()
}

/// Finds Chromium, or installs it where that can be done without asking anybody.
pub(super) fn chromium() -> Result<PathBuf> {
    if let Some(chosen) = std::env::var_os("BONAFIDE_CHROMIUM").map(PathBuf::from) {
        if !chosen.exists() {
            bail!(
                "BONAFIDE_CHROMIUM names {}, which does not exist",
                chosen.display()
            );
        }
        return Ok(chosen);
    }
    let installed = || CHROMIUM.iter().find_map(|name| find(name));
    if installed().is_none() || find("chromedriver").is_none() {
        apt_install(&["chromium", "chromium-driver", "fonts-liberation"])?;
    }
    match installed() {
        Some(path) => Ok(path),
        None => bail!(
            "Chromium is not installed; install it, or name one in BONAFIDE_CHROMIUM, then run this again"
        ),
    }
}

/// Installs Debian packages when we are root on Debian or Ubuntu; elsewhere says what to install.
pub(super) fn apt_install(packages: &[&str]) -> Result<()> {
    let list = packages.join(" ");
    let is_root = Program::new("id")
        .args(["-u"])
        .output()
        .is_ok_and(|id| id.trim() == "0");
    if find("apt-get").is_none() || !is_root {
        bail!(
            "this needs {list}: install what is missing of them (Debian and Ubuntu: `sudo apt-get install {list}`), then run this again"
        );
    }
    progress::step("apt", &format!("installing {list}"), || {
        let apt = |args: &[&str]| {
            Program::new("apt-get")
                .args(args)
                .env("DEBIAN_FRONTEND", "noninteractive")
        };
        apt(&["update", "-qq"]).run()?;
        apt(&["install", "-y", "-qq", "--no-install-recommends"])
            .args(packages)
            .run()
    })
}

/// Makes sure that there is an openssl: the tests hold keys and tokens against it.
///
/// # Errors
/// When it is not there and cannot be installed.
pub(super) fn openssl() -> Result<()> {
    if find("openssl").is_none() {
        apt_install(&["openssl"])?;
    }
    Ok(())
}

/// A program on the `PATH`.
pub(super) fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|program: &PathBuf| Path::is_file(program))
}
