//! Where things are in this repository. Paths only; nothing here reads or writes a file but the lockfile.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The repository's root.
pub(crate) fn root() -> &'static Path {
    static ROOT: std::sync::LazyLock<PathBuf> = std::sync::LazyLock::new(|| {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        here.ancestors().nth(2).unwrap_or(here).to_owned()
    });
    &ROOT
}

/// A path below the root.
pub(crate) fn path(relative: &str) -> PathBuf {
    root().join(relative)
}

/// Cargo's build folder.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| path("target"), |dir| root().join(dir))
}

/// Programs that the suite installs for itself, so that it leaves the user's own alone.
pub(crate) fn tools() -> PathBuf {
    target().join("tools")
}

/// The `bonafide` program as `cargo xtask build` makes it.
pub(crate) fn bonafide() -> PathBuf {
    target().join(format!("debug/bonafide{}", std::env::consts::EXE_SUFFIX))
}

/// A program that came with an npm package.
pub(crate) fn npm_program(name: &str) -> PathBuf {
    path("node_modules/.bin").join(name)
}

/// The version of a crate in `Cargo.lock`.
///
/// # Errors
/// When the lockfile cannot be read or does not hold the crate.
pub(crate) fn locked_version(name: &str) -> Result<String> {
    let lock = std::fs::read_to_string(path("Cargo.lock")).context("Cargo.lock cannot be read")?;
    let heading = format!("name = \"{name}\"");
    lock.lines()
        .skip_while(|line| *line != heading)
        .nth(1)
        .and_then(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
        .map(str::to_owned)
        .with_context(|| format!("Cargo.lock does not hold {name}"))
}
