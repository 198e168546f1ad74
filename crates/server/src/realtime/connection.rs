//! One WebSocket, with what every one of them does: a deadline on writing, pings, and a close that says why.

use std::borrow::Cow;
use std::time::Duration;

use bonafide_protocol::Problem;
use bonafide_protocol::socket::{CLOSE_BAD_FRAME, CLOSE_SESSION_OVER};
use futures_util::{SinkExt as _, StreamExt as _};
use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use metrics::gauge;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::io::AsyncReadExt as _;
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{Error, Message};

use super::frame_meter::FrameMeter;
use crate::routes::envelope::RequestId;
use crate::routes::problem::ApiError;

/// What a socket reads and writes.
pub(super) type Stream = WebSocketStream<FrameMeter<TokioIo<Upgraded>>>;

/// An open WebSocket.
pub(crate) struct Connection {
    socket: Stream,
    heard_since_heartbeat: bool,
    silent_heartbeats: u32,
    /// Number of the last message sent, which pings carry from then on; 0 for none.
    sent: u32,
    /// The highest such number that came back.
    arrived: u32,
    /// Pings for messages that may be sent until the next heartbeat.
    proofs: u32,
}

/// What came in.
#[derive(Debug)]
pub(super) enum Incoming<T> {
    /// A frame.
    Frame(T),
    /// All messages up to this number arrived: the pong to a ping that followed them.
    Arrived(u32),
    /// Something that is no such frame, or too many of them; close with this.
    Bad(BadFrame),
    /// The other side went away.
    Gone,
}

/// Why a socket is closed on account of what came in.
#[derive(Clone, Debug)]
pub(super) struct BadFrame {
    code: u16,
    reason: Cow<'static, str>,
}

impl From<&'static str> for BadFrame {
    /// For a frame that is not one of this socket's.
    fn from(reason: &'static str) -> Self {
        Self {
            code: CLOSE_BAD_FRAME,
            reason: Cow::Borrowed(reason),
        }
    }
}

/// The other side is gone, or too slow to tell the difference.
#[derive(Debug)]
pub(super) struct Gone;

impl Connection {
    pub(super) fn new(socket: Stream) -> Self {
        gauge!("bonafide_sockets_open").increment(1);
        Self {
            socket,
            heard_since_heartbeat: true,
            silent_heartbeats: 0,
            sent: 0,
            arrived: 0,
            proofs: PROOFS_PER_HEARTBEAT,
        }
    }

    /// The next frame. May be dropped and called again without loss.
    pub(super) async fn next<T: DeserializeOwned>(&mut self) -> Incoming<T> {
        loop {
            let message = match self.socket.next().await {
                Some(Ok(message)) => message,
                Some(Err(error)) => return self.judge(&error),
                None => return Incoming::Gone,
            };
            self.heard_since_heartbeat = true;
            match message {
                Message::Text(text) => {
                    return serde_json::from_str(&text).map_or(
                        Incoming::Bad("This is not a frame of this socket.".into()),
                        Incoming::Frame,
                    );
                }
                Message::Binary(_) => return Incoming::Bad("Frames are text.".into()),
                Message::Close(_) => return Incoming::Gone,
                Message::Pong(payload) => {
                    if let Some(seq) = self.newly_arrived(&payload) {
                        return Incoming::Arrived(seq);
                    }
                }
                // The library answers these.
                Message::Ping(_) | Message::Frame(_) => {}
            }
        }
    }

    /// What an error in reading means for the other side (RFC 6455, section 7.4.1).
    fn judge<T>(&self, error: &Error) -> Incoming<T> {
        let (code, reason) = match error {
            Error::Io(_) if self.socket.get_ref().is_exceeded() => {
                return Incoming::Bad("Too many frames.".into());
            }
            Error::Utf8(_) => (NOT_UTF8, "This text is not UTF-8.".to_owned()),
            Error::Capacity(error) => (TOO_BIG, error.to_string()),
            Error::Protocol(error) => (PROTOCOL_ERROR, error.to_string()),
            _ => return Incoming::Gone,
        };
        Incoming::Bad(BadFrame {
            code,
            reason: reason.into(),
        })
    }

    /// Sends an event, and waits until the socket took it.
    pub(super) async fn send<T: Serialize>(&mut self, event: &T) -> Result<(), Gone> {
        let text = serde_json::to_string(event).map_err(|_| Gone)?;
        self.deliver(Message::Text(text.into())).await
    }

    /// Asks for a proof that all messages up to `seq`, which were sent before, arrived: a ping with that number. Browsers
    /// answer pings by themselves and in order, also those of a page that is hidden. Where there were too many already, the
    /// next heartbeat asks.
    pub(super) async fn prove(&mut self, seq: u32) -> Result<(), Gone> {
        self.sent = seq;
        if self.proofs == 0 {
            return Ok(());
        }
        self.proofs -= 1;
        self.ping().await
    }

    /// To be called once in the configured heartbeat: pings, and notices when nobody answers.
    pub(super) async fn heartbeat(&mut self) -> Result<(), Gone> {
        self.silent_heartbeats = if self.heard_since_heartbeat {
            0
        } else {
            self.silent_heartbeats + 1
        };
        if self.silent_heartbeats >= MAX_SILENT_HEARTBEATS {
            return Err(Gone);
        }
        self.heard_since_heartbeat = false;
        self.socket.get_mut().begin_anew();
        self.proofs = PROOFS_PER_HEARTBEAT;
        self.ping().await
    }

    /// Of several pings the other side may answer only the last one (RFC 6455, section 5.5.3), so each says all.
    async fn ping(&mut self) -> Result<(), Gone> {
        let payload = if self.sent == 0 {
            Vec::new()
        } else {
            self.sent.to_string().into_bytes()
        };
        self.deliver(Message::Ping(payload.into())).await
    }

    /// What a pong proves that was not known. One that nobody asked for proves no more than was sent.
    fn newly_arrived(&mut self, payload: &[u8]) -> Option<u32> {
        let seq: u32 = std::str::from_utf8(payload).ok()?.parse().ok()?;
        if seq <= self.arrived || seq > self.sent {
            return None;
        }
        self.arrived = seq;
        Some(seq)
    }

    /// Closes after an ordinary end.
    pub(super) async fn finish(self) {
        self.close(NORMAL, Cow::default()).await;
    }

    /// Closes because the server stops; the other side may come back at once.
    pub(super) async fn interrupt(self) {
        self.close(SERVICE_RESTART, Cow::default()).await;
    }

    /// Closes because a frame was not understood or came too often.
    pub(super) async fn refuse_frame(self, bad: BadFrame) {
        self.close(bad.code, bad.reason).await;
    }

    /// Closes because a right is gone or could not be checked, after saying why.
    pub(super) async fn refuse<T: Serialize>(
        mut self,
        error: &ApiError,
        request_id: &RequestId,
        event: impl FnOnce(Problem) -> T,
    ) {
        let problem = error.problem(request_id.as_str());
        if error.status().is_server_error() {
            tracing::error!(
                code = problem.code.as_str(),
                request_id = problem.request_id,
                cause = error.cause().map(tracing::field::display),
                "a socket failed"
            );
            let _ = self.send(&event(problem)).await;
            self.close(SERVER_ERROR, Cow::default()).await;
        } else {
            let _ = self.send(&event(problem)).await;
            self.close(CLOSE_SESSION_OVER, Cow::default()).await;
        }
    }

    async fn close(mut self, code: u16, reason: Cow<'static, str>) {
        let frame = CloseFrame {
            code: code.into(),
            // What fits into a control frame (RFC 6455, section 5.5).
            reason: cut(&reason, 123).into(),
        };
        if self.deliver(Message::Close(Some(frame))).await.is_ok() {
            // Until the other side closes too; a connection dropped before would lose what is under way.
            let drained = async {
                while let Some(Ok(_)) = self.socket.next().await {}
                if self.socket.get_ref().is_exceeded() {
                    // Unread bytes would make the system cut the connection before the other side has read why. But not
                    // for ever: whoever floods us goes on.
                    let mut rest = self.socket.get_mut().stream().take(MAX_DRAINED);
                    let mut bytes = [0; 4096];
                    while rest.read(&mut bytes).await.is_ok_and(|length| length > 0) {}
                }
            };
            let _ = timeout(CLOSE_WAIT, drained).await;
        }
    }

    async fn deliver(&mut self, message: Message) -> Result<(), Gone> {
        match timeout(WRITE_DEADLINE, self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(Gone),
        }
    }
}

/// The beginning of `text`, at most `most` bytes.
fn cut(text: &str, most: usize) -> String {
    text[..text.floor_char_boundary(most)].to_owned()
}

impl Drop for Connection {
    fn drop(&mut self) {
        gauge!("bonafide_sockets_open").decrement(1);
    }
}

/// Each ping is answered by a frame, and those are counted: a quarter of what a socket may send.
const PROOFS_PER_HEARTBEAT: u32 = 50;

/// A pong comes within one heartbeat, or the line is dead.
const MAX_SILENT_HEARTBEATS: u32 = 2;

/// A console on a poor line may stall this long before it reconnects and reads the table.
const WRITE_DEADLINE: Duration = Duration::from_secs(10);

/// How long the other side has to answer a close.
const CLOSE_WAIT: Duration = Duration::from_secs(2);

/// What is still read of a flood, in bytes.
const MAX_DRAINED: u64 = 256 * 1024;

/// RFC 6455, section 7.4.1, and the registry it began.
const NORMAL: u16 = 1000;
const PROTOCOL_ERROR: u16 = 1002;
const NOT_UTF8: u16 = 1007;
const TOO_BIG: u16 = 1009;
const SERVER_ERROR: u16 = 1011;
const SERVICE_RESTART: u16 = 1012;
