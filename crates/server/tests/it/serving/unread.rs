//! Whoever asks and does not take the answer loses the connection; whoever takes it slowly, or waits for us, keeps it.

use std::convert::Infallible;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::routing::get;
use bonafide_server::serve::{Limits, serve};
use futures_util::stream;
use reqwest::Client;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::mpsc;
use tokio::time::{interval, timeout};

use super::start;
use crate::scripted::PATIENCE;

const LIMIT: Duration = Duration::from_millis(400);
/// Far more than the buffers between the two hold.
const FRAMES: usize = 2;
const FRAME: usize = 32 << 20;
/// What the slow reader takes at a time.
const PIECE: usize = 2 << 20;

/// Says when it is dropped.
struct Held(mpsc::UnboundedSender<()>);

impl Drop for Held {
    fn drop(&mut self) {
        let _ = self.0.send(());
    }
}

/// Serves a large answer at `/large`, and one that the server itself is slow with at `/slow`. The receiver is told when
/// a large one was dropped.
async fn start_streaming(limits: Limits) -> (std::net::SocketAddr, mpsc::UnboundedReceiver<()>) {
    let (dropped, drops) = mpsc::unbounded_channel();
    let large = move || {
        let held = Held(dropped.clone());
        let frames = stream::unfold((0, held), |(sent, held)| async move {
            let frame = Ok::<_, Infallible>(Bytes::from(vec![b'x'; FRAME]));
            (sent < FRAMES).then_some((frame, (sent + 1, held)))
        });
        std::future::ready(Body::from_stream(frames))
    };
    let slow = || {
        let mut ticks = interval(2 * LIMIT);
        ticks.reset();
        let frames = stream::unfold((0, ticks), |(sent, mut ticks)| async move {
            ticks.tick().await;
            let frame = Ok::<_, Infallible>(Bytes::from_static(b"x"));
            (sent < 2).then_some((frame, (sent + 1, ticks)))
        });
        std::future::ready(Body::from_stream(frames))
    };
    let router = Router::new()
        .route("/large", get(large))
        .route("/slow", get(slow));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(serve(router, listener, limits, std::future::pending()));
    (address, drops)
}

fn limits(http2: bool) -> Limits {
    Limits {
        header_timeout: LIMIT,
        unread_timeout: LIMIT,
        http2,
        ..Limits::default()
    }
}

/// Asks for `/large` through a small window.
async fn ask(address: std::net::SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    let mut stream = socket.connect(address).await.unwrap();
    let request = b"GET /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    stream.write_all(request).await.unwrap();
    stream
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_nobody_takes_is_given_up() {
    for http2 in [false, true] {
        let (address, mut dropped) = start_streaming(limits(http2)).await;
        let stream = ask(address).await;
        let given_up = timeout(PATIENCE, dropped.recv()).await;
        assert_eq!(given_up, Ok(Some(())), "HTTP/2 {http2}: never closed");
        drop(stream);
    }
}

/// A stream's window may be zero (RFC 9113, section 6.9.2), while the connection lives and answers pings.
#[tokio::test(flavor = "multi_thread")]
async fn an_http2_client_without_a_window_is_closed_in_time() {
    let running = start(|config| {
        config.unread_timeout = LIMIT;
        config.http2 = true;
    })
    .await;
    let client = Client::builder()
        .no_proxy()
        .http2_prior_knowledge()
        .http2_initial_stream_window_size(0)
        .build()
        .unwrap();
    let url = format!("http://{}/healthz", running.address);
    let answer = client.get(&url).send().await.unwrap();
    assert_eq!(answer.status(), reqwest::StatusCode::OK);
    let body = timeout(PATIENCE, answer.bytes()).await;
    assert!(body.expect("closed").is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_taken_slowly_arrives() {
    let (address, _dropped) = start_streaming(limits(false)).await;
    let mut stream = ask(address).await;
    let mut ticks = interval(LIMIT / 8);
    let mut buffer = vec![0; PIECE];
    let mut length = 0;
    loop {
        ticks.tick().await;
        let mut taken = 0;
        // The head comes on top of the frames.
        while taken < PIECE {
            match stream.read(&mut buffer).await.unwrap() {
                0 => {
                    assert!(length + taken > FRAMES * FRAME, "cut off after {length}");
                    return;
                }
                more => taken += more,
            }
        }
        length += taken;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_may_wait_for_an_answer_as_long_as_it_takes() {
    for http2 in [false, true] {
        let (address, _dropped) = start_streaming(limits(http2)).await;
        let client = Client::builder().no_proxy();
        let client = match http2 {
            true => client.http2_prior_knowledge(),
            false => client,
        };
        let url = format!("http://{address}/slow");
        let answer = client.build().unwrap().get(&url).send().await.unwrap();
        assert_eq!(answer.text().await.unwrap(), "xx");
    }
}
