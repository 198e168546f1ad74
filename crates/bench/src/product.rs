//! The server as an administrator runs it: a fresh folder, the set-up link, a setting and a widget over HTTP.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use hyper::body::Bytes;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::mpsc;
use tokio::time::timeout;

use crate::client::{Ask, Client};
use crate::tokens::Website;

/// The website's origin, as its visitors' browsers send it.
pub(crate) const ORIGIN: &str = "https://shop.example.com";
/// Limits that the load never meets.
const UNLIMITED: [&str; 10] = [
    "--connections-per-address",
    "100000000",
    "--attempts-per-network",
    "100000000",
    "--starts-per-subject",
    "100000000",
    "--starts-per-widget",
    "100000000",
    "--messages-per-conversation",
    "100000000",
];
const EMAIL: &str = "ada@example.com";
const PASSWORD: &str = "correct horse battery staple";

/// A running server; it ends with this value.
pub(crate) struct Product {
    program: PathBuf,
    folder: TempDir,
    child: Child,
    cookie: String,
    widget: String,
    /// `address:port`.
    pub(crate) address: String,
    /// How long the last start took until it listened.
    pub(crate) ready_after: Duration,
}

impl Product {
    /// Starts it and records the website.
    pub(crate) async fn start(program: &Path, website: &Website) -> Result<Self> {
        let folder = TempDir::new()?;
        let begin = Instant::now();
        let (child, mut lines) = spawn(program, folder.path(), "127.0.0.1:0")?;
        let address = printed(&mut lines, "listens on http://").await?;
        let ready_after = begin.elapsed();
        let secret = printed(&mut lines, "/setup#").await?;
        let mut product = Self {
            program: program.to_owned(),
            folder,
            child,
            cookie: String::new(),
            widget: String::new(),
            address,
            ready_after,
        };
        tokio::spawn(async move { while lines.recv().await.is_some() {} });
        product.set_up(&secret, website).await?;
        Ok(product)
    }

    async fn set_up(&mut self, secret: &str, website: &Website) -> Result<()> {
        let mut client = Client::connect(&self.address).await?;
        let who =
            json!({"secret": secret, "name": "Ada Admin", "email": EMAIL, "password": PASSWORD});
        client
            .send(&self.ask("/operator/setup", &who))
            .await?
            .json()?;
        let sign_in = json!({"email": EMAIL, "password": PASSWORD});
        let signed_in = client
            .send(&self.ask("/operator/session", &sign_in))
            .await?;
        signed_in.json()?;
        self.cookie = signed_in.cookies.first().context("no cookie")?.clone();
        let streams = self.as_operator("GET", "/api/v1/admin/work-streams".to_owned());
        let streams = client.send(&streams).await?.json()?;
        let setting = json!({
            "name": "Shop",
            "publicKeyUrl": website.key_url,
            "clientFunction": "auth.getAuthenticationToken",
        });
        let setting = self.ask("/admin/authentication-settings", &setting);
        let setting = client.send(&setting).await?.json()?;
        let widget = json!({
            "name": "Shop",
            "workStream": streams["items"][0]["id"],
            "authenticationSetting": setting["id"],
            "signIn": "required",
            "allowedOrigins": [ORIGIN],
        });
        let widget = self.ask("/admin/chat-widgets", &widget);
        let widget = client.send(&widget).await?.json()?;
        widget["id"]
            .as_str()
            .context("no widget")?
            .clone_into(&mut self.widget);
        Ok(())
    }

    /// Its process's number.
    ///
    /// # Errors
    /// When it has ended. There is no number then that could stand for it: `kill 0` ends the caller's own group.
    pub(crate) fn process(&self) -> Result<u32> {
        self.child.id().context("the server has ended")
    }

    /// Where conversations are started.
    pub(crate) fn start_path(&self) -> String {
        format!("/api/v1/widgets/{}/conversations", self.widget)
    }

    /// Its database's file.
    pub(crate) fn database(&self) -> PathBuf {
        self.folder.path().join("bonafide.sqlite")
    }

    /// A request of the signed-in administrator, without a body.
    pub(crate) fn as_operator(&self, method: &'static str, path: String) -> Ask {
        Ask {
            method,
            path,
            headers: vec![
                ("origin", format!("http://{}", self.address)),
                ("cookie", self.cookie.clone()),
            ],
            body: Bytes::new(),
        }
    }

    fn ask(&self, path: &str, body: &Value) -> Ask {
        Ask {
            body: Bytes::from(body.to_string()),
            ..self.as_operator("POST", format!("/api/v1{path}"))
        }
    }

    /// Asks it to stop, and waits until it has.
    pub(crate) async fn stop(&mut self) -> Result<()> {
        let process = self.process()?.to_string();
        Command::new("kill").arg(process).status().await?;
        self.child.wait().await?;
        Ok(())
    }

    /// Starts it again on the same data, at the same address.
    pub(crate) async fn restart(&mut self) -> Result<()> {
        let begin = Instant::now();
        let (child, mut lines) = spawn(&self.program, self.folder.path(), &self.address)?;
        self.child = child;
        printed(&mut lines, "listens on http://").await?;
        self.ready_after = begin.elapsed();
        tokio::spawn(async move { while lines.recv().await.is_some() {} });
        Ok(())
    }
}

fn spawn(program: &Path, data: &Path, listen: &str) -> Result<(Child, mpsc::Receiver<String>)> {
    let mut child = Command::new(program)
        .args(["serve", "--listen", listen, "--allow-private-key-urls"])
        .args(["--skip-database-check", "--data"])
        .arg(data)
        .args(UNLIMITED)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .with_context(|| format!("{} does not run", program.display()))?;
    let (sender, lines) = mpsc::channel(64);
    if let Some(stdout) = child.stdout.take() {
        tokio::spawn(read_lines(stdout, sender.clone()));
    }
    if let Some(stderr) = child.stderr.take() {
        tokio::spawn(read_lines(stderr, sender));
    }
    Ok((child, lines))
}

/// All of them, also when nobody wants them any more: a full pipe would hold the server up.
async fn read_lines(from: impl tokio::io::AsyncRead + Unpin, to: mpsc::Sender<String>) {
    let mut lines = BufReader::new(from).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        let _ = to.send(line).await;
    }
}

/// What the server prints after `before`, up to the next space or the line's end.
async fn printed(lines: &mut mpsc::Receiver<String>, before: &str) -> Result<String> {
    let found = async {
        while let Some(line) = lines.recv().await {
            if let Some((_, after)) = line.split_once(before) {
                return after.split([' ', '/']).next().map(str::to_owned);
            }
        }
        None
    };
    timeout(Duration::from_secs(60), found)
        .await
        .context("the server printed nothing for a minute")?
        .with_context(|| format!("the server ended before it printed {before:?}"))
}
