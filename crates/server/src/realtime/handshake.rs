//! A WebSocket's handshake, and the bounds that every socket has. Not axum's own upgrade: that one hands out neither the
//! stream, in which frames are counted, nor what was wrong with a frame. Must not know what a socket is for.

use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{Request, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::server::create_response;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};

use super::connection::Connection;
use super::frame_meter::FrameMeter;
use crate::routes::problem::ApiError;
use crate::settings::Fault;

/// A request that asks for a WebSocket, and may have it.
#[derive(Debug)]
pub struct Handshake {
    response: Response,
    upgrade: OnUpgrade,
}

impl<S: Sync> FromRequestParts<S> for Handshake {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let refused = |why: String| {
            let fault = Fault::invalid(format!(
                "This address takes WebSockets only, and the request opens none: {why}."
            ));
            ApiError::invalid(vec![fault.of("")])
        };
        let mut request = Request::new(());
        request.method_mut().clone_from(&parts.method);
        *request.version_mut() = parts.version;
        request.headers_mut().clone_from(&parts.headers);
        // RFC 6455, section 4.2: what must be there, and the answer.
        let response = create_response(&request).map_err(|error| refused(error.to_string()))?;
        let upgrade = parts
            .extensions
            .remove()
            .ok_or_else(|| refused("the connection cannot be taken over".to_owned()))?;
        Ok(Self {
            response: response.map(|()| Body::empty()).into_response(),
            upgrade,
        })
    }
}

impl Handshake {
    /// The answer; `serve` gets the socket once it was sent.
    pub(crate) fn accept<F>(self, serve: impl FnOnce(Connection) -> F + Send + 'static) -> Response
    where
        F: Future<Output = ()> + Send,
    {
        let Self { response, upgrade } = self;
        tokio::spawn(async move {
            let stream = match upgrade.await {
                Ok(upgraded) => FrameMeter::new(TokioIo::new(upgraded), MAX_FRAMES_PER_HEARTBEAT),
                Err(error) => {
                    tracing::debug!(%error, "a connection was gone before it became a socket");
                    return;
                }
            };
            let socket =
                WebSocketStream::from_raw_socket(stream, Role::Server, Some(bounds())).await;
            serve(Connection::new(socket)).await;
        });
        debug_assert_eq!(response.status(), StatusCode::SWITCHING_PROTOCOLS);
        debug_assert!(
            response
                .headers()
                .contains_key(header::SEC_WEBSOCKET_ACCEPT)
        );
        response
    }
}

/// 4 KB buffers instead of 128 KB: ten thousand idle visitors then take 62 MB instead of 1.3 GB. What does not fit waits
/// in the bounded write buffer, and a socket that does not take it in time is closed.
fn bounds() -> WebSocketConfig {
    WebSocketConfig::default()
        .read_buffer_size(4 * 1024)
        .write_buffer_size(4 * 1024)
        .max_write_buffer_size(256 * 1024)
        .max_frame_size(Some(MAX_FRAME))
        .max_message_size(Some(MAX_FRAME))
}

/// Our own frames are small; this leaves room for a `hello` with a long future.
const MAX_FRAME: usize = 64 * 1024;

/// A person types and reads; ten frames a second, in a heartbeat of 20 s, are a program.
const MAX_FRAMES_PER_HEARTBEAT: u32 = 200;
