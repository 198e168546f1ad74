//! A WebSocket as a browser or a program opens it.

use axum::http::{HeaderMap, StatusCode};
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::Value;
use tokio::io::AsyncReadExt as _;
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, client_async, connect_async};

use crate::chat::{Chat, Visitor};
use crate::client::Client;
use crate::scripted::PATIENCE;

pub(crate) struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    /// Opens a path below the API's base with these headers; the status when the handshake is refused.
    pub(crate) async fn open(
        chat: &Chat,
        path: &str,
        headers: &HeaderMap,
    ) -> Result<Self, StatusCode> {
        let url = format!("{}/api/v1{path}", chat.address.replacen("http", "ws", 1));
        let mut request = url.into_client_request().unwrap();
        request.headers_mut().extend(headers.clone());
        match connect_async(request).await {
            Ok((socket, _)) => Ok(Self(socket)),
            Err(Error::Http(response)) => Err(response.status()),
            Err(error) => panic!("{error}"),
        }
    }

    /// A visitor's socket before its hello, on a connection that holds little: what is not read soon stays with the
    /// server.
    pub(crate) async fn narrow(chat: &Chat, visitor: &Visitor) -> Self {
        let address = chat.address.strip_prefix("http://").unwrap();
        let plain = TcpSocket::new_v4().unwrap();
        plain.set_recv_buffer_size(4 * 1024).unwrap();
        let stream = plain.connect(address.parse().unwrap()).await.unwrap();
        let path = visitor.path("/socket");
        let mut request = format!("ws://{address}/api/v1{path}")
            .into_client_request()
            .unwrap();
        request.headers_mut().extend(visitor.client.headers.clone());
        let stream = MaybeTlsStream::Plain(stream);
        Self(client_async(request, stream).await.unwrap().0)
    }

    /// A visitor's socket after its hello and welcome.
    pub(crate) async fn of_visitor(chat: &Chat, visitor: &Visitor, after: u32) -> (Self, Value) {
        let mut socket = Self::open(chat, &visitor.path("/socket"), &visitor.client.headers)
            .await
            .unwrap();
        socket
            .send(&serde_json::json!({"type": "hello", "secret": visitor.secret, "after": after}))
            .await;
        let welcome = socket.next().await;
        assert_eq!(welcome["type"], "welcome", "{welcome}");
        (socket, welcome)
    }

    /// An agent's socket after its welcome.
    pub(crate) async fn of_agent(chat: &Chat, agent: &Client) -> Self {
        let mut socket = Self::open(chat, "/agent/socket", &agent.headers)
            .await
            .unwrap();
        let welcome = socket.next().await;
        assert_eq!(welcome["type"], "welcome", "{welcome}");
        socket
    }

    pub(crate) async fn send(&mut self, frame: &Value) {
        self.send_message(Message::text(frame.to_string())).await;
    }

    pub(crate) async fn send_message(&mut self, message: Message) {
        // The other side may have closed already; then the close is what the test reads next.
        let _ = self.0.send(message).await;
    }

    /// The next event.
    pub(crate) async fn next(&mut self) -> Value {
        match self.receive().await {
            Message::Text(text) => serde_json::from_str(&text).unwrap(),
            other => panic!("{other:?} instead of an event"),
        }
    }

    /// The next event of this type; others are passed over.
    pub(crate) async fn next_of(&mut self, type_: &str) -> Value {
        loop {
            let event = self.next().await;
            if event["type"] == type_ {
                return event;
            }
        }
    }

    /// The next event for which this holds; others are passed over.
    pub(crate) async fn until(&mut self, holds: impl Fn(&Value) -> bool) -> Value {
        loop {
            let event = self.next().await;
            if holds(&event) {
                return event;
            }
        }
    }

    /// The code the socket is closed with; events before it are passed over, but the last is given.
    pub(crate) async fn closed(&mut self) -> (u16, Value) {
        let mut last = Value::Null;
        loop {
            match self.receive().await {
                Message::Text(text) => last = serde_json::from_str(&text).unwrap(),
                Message::Close(Some(frame)) => return (frame.code.into(), last),
                other => panic!("{other:?} instead of a close"),
            }
        }
    }

    /// Reads until the other side closes; with which code.
    pub(crate) async fn close_code(&mut self) -> u16 {
        let closed = async {
            loop {
                match self.0.next().await {
                    Some(Ok(Message::Close(Some(frame)))) => return frame.code.into(),
                    Some(Ok(_)) => {}
                    other => panic!("no close with a code: {other:?}"),
                }
            }
        };
        timeout(PATIENCE, closed).await.expect("a close in time")
    }

    /// Closes, and waits until the server has let go of it.
    pub(crate) async fn leave(mut self) {
        let _ = self.0.close(None).await;
        let ended = async { while let Some(Ok(_)) = self.0.next().await {} };
        timeout(PATIENCE, ended).await.expect("an end in time");
    }

    /// The connection below, for bytes that a WebSocket would not send.
    pub(crate) fn into_stream(self) -> TcpStream {
        match self.0.into_inner() {
            MaybeTlsStream::Plain(stream) => stream,
            _ => unreachable!("no TLS here"),
        }
    }

    /// Reads until the other side ends the connection, as one that has forgotten that it must answer pings.
    pub(crate) async fn read_without_answering(&mut self) {
        let ended = async {
            let mut buffer = [0; 1024];
            // Past the WebSocket: what it does not see, it does not answer.
            while matches!(self.0.get_mut().read(&mut buffer).await, Ok(1..)) {}
        };
        timeout(PATIENCE, ended).await.expect("an end in time");
    }

    /// The next frame that is no ping: a socket that only lives on must not keep a test waiting.
    async fn receive(&mut self) -> Message {
        let received = async {
            loop {
                let message = self.0.next().await;
                match message.expect("an open socket").expect("a frame") {
                    Message::Ping(_) | Message::Pong(_) => {}
                    message => return message,
                }
            }
        };
        timeout(PATIENCE, received).await.expect("an event in time")
    }
}
