//! Runs the binary.

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// What a run left.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs `bonafide` in `directory` with no environment of ours.
pub(crate) fn bonafide(
    directory: &Path,
    arguments: impl IntoIterator<Item = impl AsRef<OsStr>>,
    stdin: impl AsRef<[u8]> + Send + Sync,
) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_bonafide"))
        .args(arguments)
        .current_dir(directory)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let output = std::thread::scope(|scope| {
        // A program that does not read its input to the end has answered already.
        scope.spawn(move || input.write_all(stdin.as_ref()));
        child.wait_with_output().unwrap()
    });
    Run {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Standard error without what is merely logged, such as how many files may be open.
pub(crate) fn without_log(stderr: &str) -> String {
    stderr
        .split_inclusive('\n')
        .filter(|line| !line.contains(" INFO "))
        .collect()
}

/// Runs a command that must succeed; gives its standard output without the last line end.
pub(crate) fn text(directory: &Path, arguments: &str) -> String {
    let run = bonafide(directory, arguments.split(' '), "");
    assert_eq!(run.code, 0, "bonafide {arguments}: {}", run.stderr);
    run.stdout.trim_end().to_owned()
}

/// A directory with a key pair in `keys` and what it publishes in `public.pem`.
pub(crate) fn issuer() -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    text(directory.path(), "keys new");
    let published = text(directory.path(), "keys publish");
    std::fs::write(directory.path().join("public.pem"), published).unwrap();
    directory
}
