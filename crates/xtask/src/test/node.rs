//! The steps that Node runs.

use anyhow::Result;

use crate::build;
use crate::shell::Program;

use super::{browser, python};

/// Checks the types of every package, and the npm package as others will see it.
pub(super) fn types() -> Result<()> {
    build::web_release()?;
    for package in ["js", "www", "tests"] {
        npm_run("typecheck", package).run()?;
    }
    npm_run("lint", "js").run()?;
    npm_run("check-package", "js").run()
}

/// Runs the tests of the element and of the consoles.
pub(super) fn vitest() -> Result<()> {
    build::web_release()?;
    for package in ["js", "www"] {
        npm_run("test", package).run()?;
    }
    Ok(())
}

/// Lets other implementations make keys and tokens for the running server.
pub(super) fn interop() -> Result<()> {
    browser::openssl()?;
    build::npm_install()?;
    build::cli()?;
    npm_run("interop", "tests")
        .env("BONAFIDE_PYTHON", python::install()?)
        .run()
}

fn npm_run(script: &str, package: &str) -> Program {
    Program::new("npm").args(["run", script, "--workspace", package])
}
