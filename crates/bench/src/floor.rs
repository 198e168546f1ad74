//! The least that a start can cost: a server that verifies the token's signature with aws-lc-rs and answers. It stores nothing,
//! and must do nothing else.

use std::io::{Read as _, Write as _};
use std::process::Stdio;
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use aws_lc_rs::signature::{ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256};
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;
use tokio::process::{Child, Command};

/// A running floor; it ends with this value.
pub(crate) struct Floor {
    /// Its address.
    pub(crate) address: String,
    /// Its process.
    pub(crate) process: u32,
    _child: Child,
}

impl Floor {
    /// Starts it as a process of its own, so that its processor time is its own too.
    pub(crate) async fn start(website: &super::Website) -> Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg("floor")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let mut stdin = child.stdin.take().context("no standard input")?;
        stdin.write_all(&website.key).await?;
        drop(stdin);
        let stdout = child.stdout.take().context("no standard output")?;
        let line = BufReader::new(stdout).lines().next_line().await?;
        Ok(Self {
            address: line.context("the floor did not start")?,
            process: child.id().context("the floor is over")?,
            _child: child,
        })
    }
}

/// Serves until it is killed. The key comes by standard input, the address goes to standard output.
pub(crate) fn serve() -> Result<()> {
    let mut key = Vec::new();
    std::io::stdin().read_to_end(&mut key)?;
    let key = Arc::new(
        ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key).context("this is no RSA key")?,
    );
    tokio::runtime::Runtime::new()?.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        println!("{}", listener.local_addr()?);
        std::io::stdout().flush()?;
        let router = Router::new().route("/", post(verify)).with_state(key);
        axum::serve(listener, router).await?;
        bail!("the floor ended")
    })
}

async fn verify(State(key): State<Arc<ParsedPublicKey>>, Json(body): Json<Value>) -> StatusCode {
    let valid = body["token"]
        .as_str()
        .and_then(|token| token.rsplit_once('.'))
        .and_then(|(signed, signature)| {
            let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
            key.verify_sig(signed.as_bytes(), &signature).ok()
        });
    match valid {
        Some(()) => StatusCode::CREATED,
        None => StatusCode::UNAUTHORIZED,
    }
}
