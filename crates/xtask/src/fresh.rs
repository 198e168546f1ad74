//! Is a step's output older than its inputs? Decided by the inputs' contents, not their times, so that a checkout or
//! a touched file causes no work. Does not know what any step does.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::workspace;

/// Folders that never hold inputs.
const NOT_INPUTS: &[&str] = &["node_modules", "dist", "target", "pkg", "test-results"];

/// The state of a step's inputs, to be compared with what it was when the step last succeeded.
pub(crate) struct Inputs {
    stamp: PathBuf,
    digest: String,
}

impl Inputs {
    /// Reads files and folders, given relative to the root. A missing one is a state too.
    ///
    /// # Errors
    /// When one is there but cannot be read.
    pub(crate) fn of(step: &str, inputs: &[&str]) -> Result<Self> {
        // The standard hasher may differ in the next Rust: then a step runs once more than needed.
        let mut hasher = DefaultHasher::new();
        for input in inputs {
            input.hash(&mut hasher);
            for file in files_below(&workspace::path(input))? {
                file.strip_prefix(workspace::root())
                    .unwrap_or(&file)
                    .hash(&mut hasher);
                fs::read(&file)
                    .with_context(|| format!("{} cannot be read", file.display()))?
                    .hash(&mut hasher);
            }
        }
        Ok(Self {
            stamp: workspace::target().join(format!("xtask/{step}.stamp")),
            digest: format!("{:016x}", hasher.finish()),
        })
    }

    /// Whether the step succeeded on exactly these inputs and its output is still there.
    pub(crate) fn already_made(&self, output: &Path) -> bool {
        output.exists() && fs::read_to_string(&self.stamp).is_ok_and(|stamp| stamp == self.digest)
    }

    /// Remembers that the step succeeded on these inputs.
    ///
    /// # Errors
    /// When the stamp cannot be written.
    pub(crate) fn made(&self) -> Result<()> {
        write(&self.stamp, &self.digest)
    }
}

/// Writes a file, and the folders above it.
///
/// # Errors
/// When that is not possible.
pub(crate) fn write(file: &Path, contents: &str) -> Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)
            .with_context(|| format!("{} cannot be made", folder.display()))?;
    }
    fs::write(file, contents).with_context(|| format!("{} cannot be written", file.display()))
}

/// All files at or below a path, in a stable order, without what is built.
///
/// # Errors
/// When a folder cannot be read.
pub(crate) fn files_below(path: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    collect(path, &mut files)?;
    files.sort();
    Ok(files)
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_file() {
        files.push(path.to_owned());
        return Ok(());
    }
    if !path.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(path).with_context(|| format!("{} cannot be read", path.display()))? {
        let entry = entry?;
        if !NOT_INPUTS.iter().any(|name| entry.file_name() == *name) {
            collect(&entry.path(), files)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Inputs, files_below, write};

    #[test]
    fn a_step_is_fresh_only_on_the_inputs_it_succeeded_on() {
        let folder = std::env::temp_dir().join(format!("xtask-fresh-{}", std::process::id()));
        let file = folder.join("input");
        write(&file, "one").unwrap();
        let inputs = || Inputs::of("fresh-test", &[folder.to_str().unwrap()]).unwrap();

        inputs().made().unwrap();
        assert!(inputs().already_made(&file));
        assert!(!inputs().already_made(&folder.join("no such output")));
        write(&file, "two").unwrap();
        assert!(!inputs().already_made(&file));

        assert_eq!(files_below(&folder).unwrap(), [file]);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
