//! A server over TCP or TLS that answers each request as a test's script says: also slowly, endlessly, or not at all.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use rustls::ServerConfig;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tokio::time::interval;
use tokio_rustls::TlsAcceptor;

/// What to do with a request.
pub(crate) enum Act {
    /// Send these bytes and close.
    Send(Vec<u8>),
    /// Wait for a permit, then send these bytes and close.
    SendWhen(Arc<Semaphore>, Vec<u8>),
    /// Send these bytes, then nothing more, and keep the connection open.
    StallAfter(Vec<u8>),
    /// Send the first bytes, then the second ones over and over.
    Endless(Vec<u8>, Vec<u8>),
    /// Send the first bytes, then the second ones over and over, with a pause before each.
    Drip(Vec<u8>, Vec<u8>, Duration),
}

/// The server. Ends with the test's runtime.
pub(crate) struct Scripted {
    /// Its address with a path: `http://127.0.0.1:1234/keys`.
    pub(crate) url: String,
    /// Where it listens.
    pub(crate) address: SocketAddr,
    counts: watch::Receiver<Counts>,
}

#[derive(Clone, Debug, Default)]
struct Counts {
    /// Connections that were opened, also those on which nothing was asked.
    connections: usize,
    /// The head of each request, in order.
    heads: Vec<String>,
    open: usize,
    most_open: usize,
}

impl Scripted {
    /// Starts; `script` gets the number of the request, from 1.
    pub(crate) async fn start(script: impl Fn(usize) -> Act + Send + Sync + 'static) -> Self {
        Self::listen("127.0.0.1:0", None, script).await
    }

    /// The same behind TLS. The URL names the host `localhost`.
    pub(crate) async fn start_tls(
        tls: ServerConfig,
        script: impl Fn(usize) -> Act + Send + Sync + 'static,
    ) -> Self {
        Self::listen("127.0.0.1:0", Some(tls), script).await
    }

    /// The same at an address of the test's choice.
    pub(crate) async fn listen(
        address: &str,
        tls: Option<ServerConfig>,
        script: impl Fn(usize) -> Act + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind(address).await.unwrap();
        let address = listener.local_addr().unwrap();
        let url = match tls {
            None => format!("http://{address}/keys"),
            Some(_) => format!("https://localhost:{}/keys", address.port()),
        };
        let tls = tls.map(|config| TlsAcceptor::from(Arc::new(config)));
        let (counter, counts) = watch::channel(Counts::default());
        let script = Arc::new(script);
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                counter.send_modify(|counts| counts.connections += 1);
                let (script, counter, tls) = (script.clone(), counter.clone(), tls.clone());
                tokio::spawn(async move {
                    match tls {
                        None => serve(stream, &*script, &counter).await,
                        // A client that does not like the certificate goes away.
                        Some(tls) => {
                            if let Ok(stream) = tls.accept(stream).await {
                                serve(stream, &*script, &counter).await;
                            }
                        }
                    }
                });
            }
        });
        Self {
            url,
            address,
            counts,
        }
    }

    /// Connections that came so far.
    pub(crate) fn connections(&self) -> usize {
        self.counts.borrow().connections
    }

    /// Requests that came so far.
    pub(crate) fn requests(&self) -> usize {
        self.counts.borrow().heads.len()
    }

    /// What the requests said before their bodies.
    pub(crate) fn heads(&self) -> Vec<String> {
        self.counts.borrow().heads.clone()
    }

    /// The most requests that were open at one time. Exact where all are answered: that another side has gone is seen later.
    pub(crate) fn most_open(&self) -> usize {
        self.counts.borrow().most_open
    }

    /// Waits until this many requests came.
    pub(crate) async fn wait_for_requests(&self, wanted: usize) {
        let arrived = self
            .counts
            .clone()
            .wait_for(|counts| counts.heads.len() >= wanted)
            .await
            .map(drop);
        arrived.unwrap();
    }
}

async fn serve(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    script: &(impl Fn(usize) -> Act + ?Sized),
    counter: &watch::Sender<Counts>,
) {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => request.push(byte),
            Err(_) => return,
        }
    }
    let mut number = 0;
    counter.send_modify(|counts| {
        counts
            .heads
            .push(String::from_utf8_lossy(&request).into_owned());
        counts.open += 1;
        counts.most_open = counts.most_open.max(counts.open);
        number = counts.heads.len();
    });
    let act = match script(number) {
        Act::SendWhen(gate, bytes) => {
            gate.acquire().await.unwrap().forget();
            Act::Send(bytes)
        }
        act => act,
    };
    // Whoever has their answer may ask again before this side has closed.
    let is_over = matches!(act, Act::Send(_));
    let end = || counter.send_modify(|counts| counts.open -= 1);
    if is_over {
        end();
    }
    // Whoever asked may go away at any time.
    let _ = perform(&mut stream, act).await;
    if !is_over {
        end();
    }
}

async fn perform(
    stream: &mut (impl AsyncRead + AsyncWrite + Unpin),
    act: Act,
) -> std::io::Result<()> {
    match act {
        Act::Send(bytes) | Act::SendWhen(_, bytes) => {
            stream.write_all(&bytes).await?;
            stream.shutdown().await
        }
        Act::StallAfter(bytes) => {
            stream.write_all(&bytes).await?;
            stream.flush().await?;
            // Until the other side closes.
            stream.read_u8().await.map(drop)
        }
        Act::Endless(head, chunk) => {
            stream.write_all(&head).await?;
            loop {
                stream.write_all(&chunk).await?;
            }
        }
        Act::Drip(head, chunk, pause) => {
            stream.write_all(&head).await?;
            let mut drops = interval(pause);
            loop {
                drops.tick().await;
                stream.write_all(&chunk).await?;
                stream.flush().await?;
            }
        }
    }
}

/// A complete answer with status 200.
pub(crate) fn ok(body: &str) -> Vec<u8> {
    answer(
        "200 OK",
        &format!(
            "Content-Type: text/plain\r\nContent-Length: {}\r\n",
            body.len()
        ),
        body,
    )
}

/// An answer of parts. `headers` ends each line with CRLF.
pub(crate) fn answer(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let mut answer = format!("HTTP/1.1 {status}\r\n{headers}\r\n").into_bytes();
    answer.extend_from_slice(body.as_ref());
    answer
}

/// How long tests wait for something that must happen before they call it a failure.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);
