//! One WebSocket, with the bounds every one of them has: frame size, buffers, a deadline on writing, pings, and
//! how many frames may come.

use std::time::Duration;

use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use bonafide_protocol::Problem;
use bonafide_protocol::socket::{CLOSE_BAD_FRAME, CLOSE_SESSION_OVER};
use metrics::gauge;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::time::timeout;

use crate::routes::envelope::RequestId;
use crate::routes::problem::{ApiError, ApiResult};
use crate::settings::Fault;

/// The upgrade with its bounds set.
///
/// 4 KB buffers instead of 128 KB: ten thousand idle visitors then take 62 MB instead of 1.3 GB. What does not
/// fit waits in the bounded write buffer, and a socket that does not take it in time is closed.
///
/// # Errors
/// `invalid-request`, when the request is no WebSocket handshake.
pub(crate) fn upgrade(
    handshake: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> ApiResult<WebSocketUpgrade> {
    let upgrade = handshake.map_err(|rejection| {
        ApiError::invalid(vec![Fault::invalid(rejection.body_text()).of("")])
    })?;
    Ok(upgrade
        .read_buffer_size(4 * 1024)
        .write_buffer_size(4 * 1024)
        .max_write_buffer_size(256 * 1024)
        .max_frame_size(MAX_FRAME)
        .max_message_size(MAX_FRAME))
}

/// An open WebSocket.
pub(super) struct Connection {
    socket: WebSocket,
    heard_since_heartbeat: bool,
    silent_heartbeats: u32,
    frames_since_heartbeat: u32,
}

/// What came in.
#[derive(Debug)]
pub(super) enum Incoming<T> {
    /// A frame.
    Frame(T),
    /// Something that is no such frame, or too many of them; close with this reason.
    Bad(&'static str),
    /// The other side went away.
    Gone,
}

/// The other side is gone, or too slow to tell the difference.
#[derive(Debug)]
pub(super) struct Gone;

impl Connection {
    pub(super) fn new(socket: WebSocket) -> Self {
        gauge!("bonafide_sockets_open").increment(1);
        Self {
            socket,
            heard_since_heartbeat: true,
            silent_heartbeats: 0,
            frames_since_heartbeat: 0,
        }
    }

    /// The next frame. May be dropped and called again without loss.
    pub(super) async fn next<T: DeserializeOwned>(&mut self) -> Incoming<T> {
        loop {
            let message = match self.socket.recv().await {
                Some(Ok(message)) => message,
                Some(Err(_)) | None => return Incoming::Gone,
            };
            self.heard_since_heartbeat = true;
            self.frames_since_heartbeat += 1;
            if self.frames_since_heartbeat > MAX_FRAMES_PER_HEARTBEAT {
                return Incoming::Bad("Too many frames.");
            }
            match message {
                Message::Text(text) => {
                    return serde_json::from_str(&text).map_or(
                        Incoming::Bad("This is not a frame of this socket."),
                        Incoming::Frame,
                    );
                }
                Message::Binary(_) => return Incoming::Bad("Frames are text."),
                Message::Close(_) => return Incoming::Gone,
                // Pongs answer our pings; axum answers theirs.
                Message::Ping(_) | Message::Pong(_) => {}
            }
        }
    }

    /// Sends an event, and waits until the socket took it.
    pub(super) async fn send<T: Serialize>(&mut self, event: &T) -> Result<(), Gone> {
        let text = serde_json::to_string(event).map_err(|_| Gone)?;
        self.deliver(Message::Text(text.into())).await
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
        self.frames_since_heartbeat = 0;
        self.deliver(Message::Ping(Vec::new().into())).await
    }

    /// Closes after an ordinary end.
    pub(super) async fn finish(self) {
        self.close(NORMAL, "").await;
    }

    /// Closes because the server stops; the other side may come back at once.
    pub(super) async fn interrupt(self) {
        self.close(SERVICE_RESTART, "").await;
    }

    /// Closes because a frame was not understood or came too often.
    pub(super) async fn refuse_frame(self, reason: &'static str) {
        self.close(CLOSE_BAD_FRAME, reason).await;
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
            self.close(SERVER_ERROR, "").await;
        } else {
            let _ = self.send(&event(problem)).await;
            self.close(CLOSE_SESSION_OVER, "").await;
        }
    }

    async fn close(mut self, code: u16, reason: &'static str) {
        let frame = CloseFrame {
            code,
            reason: reason.into(),
        };
        if self.deliver(Message::Close(Some(frame))).await.is_ok() {
            // Until the other side closes too; a connection dropped before would lose what is under way.
            let drained = async { while let Some(Ok(_)) = self.socket.recv().await {} };
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

impl Drop for Connection {
    fn drop(&mut self) {
        gauge!("bonafide_sockets_open").decrement(1);
    }
}

/// Our own frames are small; this leaves room for a `hello` with a long future.
const MAX_FRAME: usize = 64 * 1024;

/// A person types and reads; ten frames a second, in a heartbeat of 20 s, are a program.
const MAX_FRAMES_PER_HEARTBEAT: u32 = 200;

/// A pong comes within one heartbeat, or the line is dead.
const MAX_SILENT_HEARTBEATS: u32 = 2;

/// A console on a poor line may stall this long before it reconnects and reads the table.
const WRITE_DEADLINE: Duration = Duration::from_secs(10);

/// How long the other side has to answer a close.
const CLOSE_WAIT: Duration = Duration::from_secs(2);

/// RFC 6455, section 7.4.1, and the registry it began.
const NORMAL: u16 = 1000;
const SERVER_ERROR: u16 = 1011;
const SERVICE_RESTART: u16 = 1012;
