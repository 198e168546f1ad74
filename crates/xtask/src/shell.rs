//! Runs other programs. A program that is missing or fails becomes one sentence that says what to do.

use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Result, anyhow, bail};

use crate::workspace;

/// A program to run, from the repository's root unless told otherwise.
pub(crate) struct Program {
    command: Command,
    name: String,
}

impl Program {
    /// A program by name or path.
    pub(crate) fn new(program: impl AsRef<OsStr>) -> Self {
        let program = program.as_ref();
        let name = Path::new(program)
            .file_name()
            .unwrap_or(program)
            .to_string_lossy()
            .into_owned();
        let mut command = Command::new(program);
        command.current_dir(workspace::root());
        Self { command, name }
    }

    /// The cargo that runs us.
    pub(crate) fn cargo() -> Self {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut program = Self::new(cargo);
        // `cargo run` sets these for us; handed on, they would name this crate to another build.
        for (key, _) in std::env::vars_os() {
            let key = key.to_string_lossy();
            if key.starts_with("CARGO_PKG_") || key.starts_with("CARGO_MANIFEST_") {
                program.command.env_remove(&*key);
            }
        }
        program
    }

    /// Adds arguments.
    pub(crate) fn args<A: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = A>) -> Self {
        self.command.args(args);
        self
    }

    /// Sets an environment variable.
    pub(crate) fn env(mut self, key: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(key, value);
        self
    }

    /// Runs it to its end, its output being ours.
    ///
    /// # Errors
    /// When it is missing or does not succeed.
    pub(crate) fn run(mut self) -> Result<()> {
        self.command.stdin(Stdio::null());
        let status = self.command.status().map_err(|error| self.cannot(&error))?;
        if !status.success() {
            bail!("`{}` failed ({status}); its output is above", self.line());
        }
        Ok(())
    }

    /// Runs it to its end and gives what it printed; shows its messages only when it fails.
    ///
    /// # Errors
    /// When it is missing or does not succeed.
    pub(crate) fn output(mut self) -> Result<String> {
        let output = self
            .command
            .stdin(Stdio::null())
            .output()
            .map_err(|error| self.cannot(&error))?;
        if !output.status.success() {
            eprint!("{}", String::from_utf8_lossy(&output.stderr));
            bail!("`{}` failed ({})", self.line(), output.status);
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Whether it is there and succeeds; its output is nobody's business.
    pub(crate) fn succeeds(mut self) -> bool {
        self.command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    }

    /// Becomes the program: it gets our terminal and its signals, and its exit status is ours.
    ///
    /// # Errors
    /// When it is missing.
    pub(crate) fn become_it(mut self) -> Result<()> {
        #[cfg(unix)]
        {
            let error = std::os::unix::process::CommandExt::exec(&mut self.command);
            Err(self.cannot(&error))
        }
        #[cfg(not(unix))]
        {
            let status = self.command.status().map_err(|error| self.cannot(&error))?;
            std::process::exit(status.code().unwrap_or(1))
        }
    }

    fn line(&self) -> String {
        let args = self.command.get_args().map(OsStr::to_string_lossy);
        std::iter::once((&*self.name).into())
            .chain(args)
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn cannot(&self, error: &std::io::Error) -> anyhow::Error {
        if error.kind() == ErrorKind::NotFound {
            return anyhow!("`{}` is not installed; {}", self.name, remedy(&self.name));
        }
        anyhow!("`{}` cannot be run: {error}", self.name)
    }
}

/// What to do about a missing program.
fn remedy(program: &str) -> &'static str {
    match program {
        "rustup" => "get it from https://rustup.rs, then run this again",
        "node" | "npm" => "get Node 20.19 or newer from https://nodejs.org, then run this again",
        "python3" => "install Python 3.9 or newer with pip, then run this again",
        "openssl" => "install OpenSSL 3, then run this again",
        _ => "install it, then run this again",
    }
}

#[cfg(test)]
mod tests {
    use super::Program;

    #[test]
    fn a_missing_program_is_one_sentence_that_says_what_to_do() {
        let error = Program::new("/nowhere/node").run().unwrap_err();
        assert_eq!(
            error.to_string(),
            "`node` is not installed; get Node 20.19 or newer from https://nodejs.org, then run this again"
        );
    }

    #[test]
    fn a_failing_program_is_named_with_its_arguments() {
        let error = Program::new("false").args(["x"]).run().unwrap_err();
        assert!(error.to_string().starts_with("`false x` failed"), "{error}");
    }
}
