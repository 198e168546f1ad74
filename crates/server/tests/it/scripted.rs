//! A TCP server that answers each request as a test's script says: also slowly, endlessly, or not at all.

use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};

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
}

/// The server. Ends with the test's runtime.
pub(crate) struct Scripted {
    /// Its address with a path: `http://127.0.0.1:1234/keys`.
    pub(crate) url: String,
    counts: watch::Receiver<Counts>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    requests: usize,
    open: usize,
    most_open: usize,
}

impl Scripted {
    /// Starts; `script` gets the number of the request, from 1.
    pub(crate) async fn start(script: impl Fn(usize) -> Act + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/keys", listener.local_addr().unwrap());
        let (counter, counts) = watch::channel(Counts::default());
        let script = Arc::new(script);
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let (script, counter) = (script.clone(), counter.clone());
                tokio::spawn(async move { serve(stream, &*script, &counter).await });
            }
        });
        Self { url, counts }
    }

    /// Requests that came so far.
    pub(crate) fn requests(&self) -> usize {
        self.counts.borrow().requests
    }

    /// The most requests that were open at one time.
    pub(crate) fn most_open(&self) -> usize {
        self.counts.borrow().most_open
    }

    /// Waits until this many requests came.
    pub(crate) async fn wait_for_requests(&self, wanted: usize) {
        let arrived = self
            .counts
            .clone()
            .wait_for(|counts| counts.requests >= wanted)
            .await
            .map(drop);
        arrived.unwrap();
    }
}

async fn serve(
    mut stream: TcpStream,
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
    counter.send_modify(|counts| {
        counts.requests += 1;
        counts.open += 1;
        counts.most_open = counts.most_open.max(counts.open);
    });
    let number = counter.borrow().requests;
    let act = script(number);
    // Whoever asked may go away at any time.
    let _ = perform(&mut stream, act).await;
    counter.send_modify(|counts| counts.open -= 1);
}

async fn perform(stream: &mut TcpStream, act: Act) -> std::io::Result<()> {
    match act {
        Act::Send(bytes) => {
            stream.write_all(&bytes).await?;
            stream.shutdown().await
        }
        Act::SendWhen(gate, bytes) => {
            gate.acquire().await.unwrap().forget();
            stream.write_all(&bytes).await?;
            stream.shutdown().await
        }
        Act::StallAfter(bytes) => {
            stream.write_all(&bytes).await?;
            // Until the other side closes.
            stream.read_u8().await.map(drop)
        }
        Act::Endless(head, chunk) => {
            stream.write_all(&head).await?;
            loop {
                stream.write_all(&chunk).await?;
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
pub(crate) fn answer(status: &str, headers: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status}\r\n{headers}\r\n{body}").into_bytes()
}

/// How long tests wait for something that must happen before they call it a failure.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);
