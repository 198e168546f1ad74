//! One connection that is kept: a request at a time, as a browser has it. Must not retry: what fails is a finding.

use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::{CONTENT_TYPE, HOST};
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;
use tokio::time::timeout;

/// How long an answer may take. Far beyond any that is measured.
const PATIENCE: Duration = Duration::from_secs(30);

/// A request, ready to be sent any number of times.
#[derive(Clone)]
pub(crate) struct Ask {
    pub(crate) method: &'static str,
    pub(crate) path: String,
    /// Names in lower case.
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Bytes,
}

/// An answer that was read whole.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) cookies: Vec<String>,
    pub(crate) body: Bytes,
}

impl Answer {
    /// Its JSON, where it is a success.
    pub(crate) fn json(&self) -> Result<Value> {
        if !self.status.is_success() {
            bail!("{}: {}", self.status, String::from_utf8_lossy(&self.body));
        }
        if self.body.is_empty() {
            return Ok(Value::Null);
        }
        serde_json::from_slice(&self.body).context("the answer is not JSON")
    }
}

/// A kept connection.
pub(crate) struct Client {
    host: String,
    sender: SendRequest<Full<Bytes>>,
}

impl Client {
    /// Connects to `address:port`.
    pub(crate) async fn connect(address: &str) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Self {
            host: address.to_owned(),
            sender,
        })
    }

    /// Sends it, and reads the answer to its end.
    pub(crate) async fn send(&mut self, ask: &Ask) -> Result<Answer> {
        let mut request = Request::builder()
            .method(ask.method)
            .uri(&ask.path)
            .header(HOST, &self.host);
        for (name, value) in &ask.headers {
            request = request.header(*name, value);
        }
        if !ask.body.is_empty() {
            request = request.header(CONTENT_TYPE, "application/json");
        }
        let request = request.body(Full::new(ask.body.clone()))?;
        timeout(PATIENCE, self.answer(request))
            .await
            .context("no answer in 30 s")?
    }

    async fn answer(&mut self, request: Request<Full<Bytes>>) -> Result<Answer> {
        self.sender.ready().await?;
        let response: Response<_> = self.sender.send_request(request).await?;
        let (head, body) = response.into_parts();
        let cookies = head
            .headers
            .get_all("set-cookie")
            .iter()
            .filter_map(|value| Some(value.to_str().ok()?.split(';').next()?.to_owned()))
            .collect();
        Ok(Answer {
            status: head.status,
            cookies,
            body: body.collect().await?.to_bytes(),
        })
    }
}
