//! The `bonafide` program, in the development profile: quick to build, quick enough to try.

use anyhow::{Context, Result};

use crate::progress;
use crate::shell::Program;

/// Builds the program. Cargo itself knows what is out of date.
///
/// # Errors
/// When there is no C compiler or the program does not compile.
pub(crate) fn build() -> Result<()> {
    check_compiler()?;
    progress::step(
        "bonafide",
        "compiling the server and the command line",
        || {
            Program::cargo()
                .args(["build", "--package", "bonafide"])
                .run()
        },
    )
}

/// The database and the cryptography are C. Said here, because the build scripts say it in 200 lines.
fn check_compiler() -> Result<()> {
    if cfg!(windows) || std::env::var_os("CC").is_some() {
        return Ok(());
    }
    Program::new("cc").args(["--version"]).output().map(drop).context(
        "a C compiler is needed: install one (Debian and Ubuntu: `apt-get install build-essential`; macOS: `xcode-select --install`)",
    )
}
