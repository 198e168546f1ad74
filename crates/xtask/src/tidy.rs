//! `cargo xtask tidy`: the rules of this repository that no compiler checks, each written as an absence.
//!
//! Reads sources as text. A rule that needs more than a line of text belongs in a test.

mod files;
mod layers;
mod rules;

use std::fmt;

use anyhow::{Result, bail};

use crate::fresh::files_below;
use crate::workspace;

/// Folders whose sources are checked.
const PLACES: &[&str] = &["crates", "js", "www", "tests"];

/// A source file: its path from the root with forward slashes, and its text.
struct Source {
    path: String,
    text: String,
}

/// Something that must not be there.
struct Finding {
    path: String,
    line: usize,
    message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.message)
    }
}

/// Checks every source, and who depends on whom.
///
/// # Errors
/// When anything was found; all of it has been printed.
pub(crate) fn run() -> Result<()> {
    let sources = sources()?;
    let mut findings = layers::check()?;
    for source in &sources {
        files::check(source, &mut findings);
        rules::check(source, &mut findings);
    }
    for finding in &findings {
        eprintln!("{finding}");
    }
    println!(
        "tidy: {} files, {} rules, {} findings",
        sources.len(),
        rules::RULES.len(),
        findings.len()
    );
    if !findings.is_empty() {
        bail!(
            "tidy found {} things that must not be there; they are above",
            findings.len()
        );
    }
    Ok(())
}

fn sources() -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    for place in PLACES {
        for file in files_below(&workspace::path(place))? {
            let relative = file.strip_prefix(workspace::root()).unwrap_or(&file);
            let path = relative.to_string_lossy().replace('\\', "/");
            // Pictures, wasm and fonts are not text.
            if let Ok(text) = std::fs::read_to_string(&file) {
                sources.push(Source { path, text });
            }
        }
    }
    Ok(sources)
}
