//! `cargo xtask codegen`: the committed files that programs write. `--check` fails when they are out of date.
//!
//! | file | written from |
//! | --- | --- |
//! | `crates/server/openapi.json` | the server's routes |
//! | `www/src/api/schema.ts` | `openapi.json` |
//! | `crates/widget/src/browser/told.d.ts`, `js/src/generated` | the Rust types that cross from wasm to TypeScript |

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::fresh::{files_below, write};
use crate::shell::Program;
use crate::{build, progress, workspace};

/// Every generated file and folder.
pub(crate) const GENERATED: &[&str] = &[
    "crates/server/openapi.json",
    "www/src/api/schema.ts",
    "js/src/generated",
    "crates/widget/src/browser/told.d.ts",
];

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Change nothing; fail when a generated file is not what it would be now.
    #[arg(long)]
    check: bool,
}

/// Writes or checks the generated files.
///
/// # Errors
/// When a generator fails, or when `--check` finds a difference.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    build::npm_install()?;
    if arguments.check {
        check()
    } else {
        progress::step("codegen", "writing the generated files", generate)
    }
}

/// Fails when a generated file is not what it would be now. Leaves every file as it was.
///
/// # Errors
/// Names the files that differ.
pub(crate) fn check() -> Result<()> {
    let committed = contents()?;
    let generated = generate().and_then(|()| contents());
    restore(&committed)?;
    let stale = differences(&committed, &generated?);
    if !stale.is_empty() {
        bail!(
            "generated files are out of date; run `cargo xtask codegen` and commit: {}",
            stale.join(", ")
        );
    }
    Ok(())
}

fn generate() -> Result<()> {
    let openapi = Program::cargo()
        .args(["run", "--quiet", "--package", "bonafide", "--", "openapi"])
        .output()?;
    write(&workspace::path("crates/server/openapi.json"), &openapi)?;
    Program::new("npm")
        .args(["run", "--silent", "codegen", "--workspace", "www"])
        .run()?;
    Program::cargo()
        .args([
            "run",
            "--quiet",
            "--package",
            "bonafide-widget",
            "--features",
            "typescript",
        ])
        .args(["--example", "typescript"])
        .run()
}

type Contents = BTreeMap<PathBuf, String>;

fn contents() -> Result<Contents> {
    let mut contents = Contents::new();
    for place in GENERATED {
        for file in files_below(&workspace::path(place))? {
            let text = fs::read_to_string(&file)?;
            contents.insert(file, text);
        }
    }
    Ok(contents)
}

fn restore(before: &Contents) -> Result<()> {
    let now = contents()?;
    for file in now.keys().filter(|file| !before.contains_key(*file)) {
        fs::remove_file(file)?;
    }
    for (file, text) in before {
        if now.get(file) != Some(text) {
            write(file, text)?;
        }
    }
    Ok(())
}

fn differences(before: &Contents, after: &Contents) -> Vec<String> {
    let mut files: Vec<_> = before.keys().chain(after.keys()).collect();
    files.sort();
    files.dedup();
    files
        .into_iter()
        .filter(|file| before.get(*file) != after.get(*file))
        .map(|file| {
            let relative = file.strip_prefix(workspace::root()).unwrap_or(file);
            relative.display().to_string()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Contents, differences};

    #[test]
    fn changed_new_and_missing_files_are_differences() {
        let of = |files: &[(&str, &str)]| -> Contents {
            files
                .iter()
                .map(|(file, text)| ((*file).into(), (*text).into()))
                .collect()
        };
        let before = of(&[("same", "1"), ("changed", "1"), ("missing", "1")]);
        let after = of(&[("same", "1"), ("changed", "2"), ("new", "1")]);
        assert_eq!(differences(&before, &after), ["changed", "missing", "new"]);
    }
}
