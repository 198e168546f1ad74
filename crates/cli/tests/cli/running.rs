//! A `bonafide` that serves until it is told to stop, and HTTP to talk to it.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
#[cfg(target_os = "linux")]
use std::process::Output;
use std::process::{Child, ChildStdout, Command, Stdio};

use reqwest::{Client, Method, Response, header};
use serde_json::Value;

/// A running server. Killed when dropped.
pub(crate) struct Running {
    child: Child,
    stdout: BufReader<ChildStdout>,
    /// What it has printed so far.
    pub(crate) printed: String,
}

impl Running {
    pub(crate) fn start(directory: &Path, arguments: &str) -> Self {
        Self::start_with(directory, arguments, |_| ())
    }

    /// With an environment or a place for its logs.
    pub(crate) fn start_with(
        directory: &Path,
        arguments: &str,
        change: impl FnOnce(&mut Command),
    ) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bonafide"));
        command.args(arguments.split(' '));
        Self::spawn(directory, command, change)
    }

    /// The same, but its files may grow to 2 MB only, until [`Self::let_files_grow`].
    #[cfg(target_os = "linux")]
    pub(crate) fn start_with_small_files(directory: &Path, arguments: &str) -> Self {
        Self::spawn(directory, with_small_files(arguments, 4096), |_| ())
    }

    /// The same, with a limit as `prlimit` takes it.
    #[cfg(target_os = "linux")]
    pub(crate) fn start_limited(
        directory: &Path,
        arguments: &str,
        limit: &str,
        change: impl FnOnce(&mut Command),
    ) -> Self {
        let mut command = Command::new("prlimit");
        command
            .args([limit, env!("CARGO_BIN_EXE_bonafide")])
            .args(arguments.split(' '));
        Self::spawn(directory, command, change)
    }

    /// The process's id.
    #[cfg(target_os = "linux")]
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    #[cfg(target_os = "linux")]
    pub(crate) fn let_files_grow(&self) {
        let id = self.child.id().to_string();
        let raised = Command::new("prlimit")
            .args(["--pid", &id, "--fsize=unlimited"])
            .status();
        assert!(raised.unwrap().success());
    }

    fn spawn(directory: &Path, mut command: Command, change: impl FnOnce(&mut Command)) -> Self {
        command
            .current_dir(directory)
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        change(&mut command);
        let mut child = command.spawn().unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        Self {
            child,
            stdout,
            printed: String::new(),
        }
    }

    /// Waits for a line with `mark`; gives the word of it that begins with `http://`.
    pub(crate) fn address(&mut self, mark: &str) -> String {
        let line = self.line(mark);
        let mut words = line.split_whitespace();
        let address = words.find(|word| word.starts_with("http://"));
        address.unwrap().to_owned()
    }

    /// Waits for a line with `mark`.
    pub(crate) fn line(&mut self, mark: &str) -> String {
        loop {
            let mut line = String::new();
            let length = self.stdout.read_line(&mut line).unwrap();
            assert_ne!(length, 0, "ended before `{mark}`: {}", self.printed);
            self.printed.push_str(&line);
            if line.contains(mark) {
                return line;
            }
        }
    }

    /// Ends it in the middle of whatever it does.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Stops it as a service manager does, and gives its exit code.
    pub(crate) fn stop(mut self) -> i32 {
        let id = self.child.id().to_string();
        let signalled = Command::new("kill").args(["-TERM", &id]).status().unwrap();
        assert!(signalled.success());
        self.child.wait().unwrap().code().unwrap_or(-1)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `bonafide` whose files may grow to so many half kilobytes only.
#[cfg(target_os = "linux")]
fn with_small_files(arguments: &str, blocks: u32) -> Command {
    // Without the trap, the signal that comes with the failed write would end the process.
    let script = format!("trap '' XFSZ; ulimit -S -f {blocks}; exec \"$0\" \"$@\"");
    let mut command = Command::new("/bin/sh");
    command
        .args(["-c", &script, env!("CARGO_BIN_EXE_bonafide")])
        .args(arguments.split(' '));
    command
}

/// Runs such a one to its end.
#[cfg(target_os = "linux")]
pub(crate) fn run_with_small_files(directory: &Path, arguments: &str, blocks: u32) -> Output {
    let mut command = with_small_files(arguments, blocks);
    command.current_dir(directory).env_clear().output().unwrap()
}

/// A browser or program at one origin, with the cookies it was given.
pub(crate) struct Http {
    client: Client,
    origin: String,
    cookie: String,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: header::HeaderMap,
    pub(crate) body: String,
}

impl Http {
    pub(crate) fn new(origin: &str) -> Self {
        Self {
            client: Client::builder().no_proxy().build().unwrap(),
            origin: origin.to_owned(),
            cookie: String::new(),
        }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, &self.origin.clone(), None)
            .await
    }

    pub(crate) async fn post(&mut self, path: &str, body: &Value) -> Answer {
        self.send(Method::POST, path, &self.origin.clone(), Some(body))
            .await
    }

    /// Posts as a page of another origin does.
    pub(crate) async fn post_from(&mut self, origin: &str, path: &str, body: &Value) -> Answer {
        self.send(Method::POST, path, origin, Some(body)).await
    }

    async fn send(
        &mut self,
        method: Method,
        path: &str,
        origin: &str,
        body: Option<&Value>,
    ) -> Answer {
        let mut request = self
            .client
            .request(method, format!("{}{path}", self.origin))
            .header(header::ORIGIN, origin)
            .header(header::COOKIE, &self.cookie);
        if let Some(body) = body {
            request = request
                .header(header::CONTENT_TYPE, "application/json")
                .body(body.to_string());
        }
        let answer: Response = request.send().await.unwrap();
        if let Some(cookie) = answer.headers().get(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            self.cookie = cookie.split(';').next().unwrap().to_owned();
        }
        Answer {
            status: answer.status().as_u16(),
            headers: answer.headers().clone(),
            body: answer.text().await.unwrap(),
        }
    }
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}
