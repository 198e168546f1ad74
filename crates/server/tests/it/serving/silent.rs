//! Whoever holds a connection and does not use it loses it, however they begin; and whoever uses it keeps it.

use std::time::Duration;

use reqwest::{Client, Version};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{Instant, interval, timeout};

use super::{read, request, start};
use crate::scripted::PATIENCE;

const LIMIT: Duration = Duration::from_millis(400);
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
/// An empty `SETTINGS` frame (RFC 9113, section 6.5).
const SETTINGS: &[u8] = &[0, 0, 0, 4, 0, 0, 0, 0, 0];

/// How a client begins, and what it then sends again and again.
struct Client1 {
    what: &'static str,
    begins: Vec<u8>,
    drips: &'static [u8],
    http2: bool,
}

fn clients() -> Vec<Client1> {
    let client = |what, begins: &[&[u8]], drips, http2| Client1 {
        what,
        begins: begins.concat(),
        drips,
        http2,
    };
    // A stream's headers, of which more would come: no END_HEADERS.
    let headers: &[u8] = &[0, 0, 1, 1, 1, 0, 0, 0, 1, 0x82];
    let continuation: &[u8] = &[0, 0, 0, 9, 0, 0, 0, 0, 1];
    let mut clients = Vec::new();
    for http2 in [false, true] {
        clients.extend([
            client("nothing", &[], b"", http2),
            client("one letter", &[b"P"], b"", http2),
            client("the beginning of a preface", &[&PREFACE[..23]], b"", http2),
            client("a preface", &[PREFACE], b"", http2),
            client("half a line", &[b"GET /hea"], b"", http2),
            client(
                "half of the headers",
                &[b"GET /healthz HTTP/1.1\r\nHost: a\r\n"],
                b"",
                http2,
            ),
            client("line ends", &[], b"\r\n", http2),
            client(
                "headers, one after another",
                &[b"GET /healthz HTTP/1.1\r\n"],
                b"x: y\r\n",
                http2,
            ),
            client(
                "a header, byte by byte",
                &[b"GET /healthz HTTP/1.1\r\nx: "],
                b"y",
                http2,
            ),
        ]);
    }
    clients.extend([
        client("HTTP/2 and no request", &[PREFACE, SETTINGS], b"", true),
        client("HTTP/2 and settings", &[PREFACE, SETTINGS], SETTINGS, true),
        client(
            "HTTP/2 and half a head",
            &[PREFACE, SETTINGS, headers],
            b"",
            true,
        ),
        client(
            "HTTP/2 and an endless head",
            &[PREFACE, SETTINGS, headers],
            continuation,
            true,
        ),
    ]);
    clients
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_without_a_request_is_closed_in_time() {
    let mut waiting = tokio::task::JoinSet::new();
    let servers = [
        start(|config| config.header_timeout = LIMIT).await,
        start(|config| {
            config.header_timeout = LIMIT;
            config.http2 = true;
        })
        .await,
    ];
    for client in clients() {
        let address = servers[usize::from(client.http2)].address;
        waiting.spawn(async move {
            let begun = Instant::now();
            let stream = TcpStream::connect(address).await.unwrap();
            let (mut answers, mut writer) = stream.into_split();
            writer.write_all(&client.begins).await.unwrap();
            let drips = client.drips;
            let dripping = tokio::spawn(async move {
                let mut drops = interval(Duration::from_millis(20));
                // The writing half stays open.
                loop {
                    drops.tick().await;
                    if writer.write_all(drips).await.is_err() {
                        return;
                    }
                }
            });
            let what = format!("{}, HTTP/2 {}", client.what, client.http2);
            let mut answer = Vec::new();
            let ended = timeout(PATIENCE, answers.read_to_end(&mut answer)).await;
            assert!(ended.is_ok(), "{what}: never closed");
            assert!(begun.elapsed() < Duration::from_secs(5), "{what}");
            dripping.abort();
        });
    }
    while let Some(ended) = waiting.join_next().await {
        ended.unwrap();
    }
}

#[tokio::test]
async fn a_connection_between_requests_is_closed_in_time() {
    let running = start(|config| config.header_timeout = LIMIT).await;
    for next in ["", "G", "GET /healthz HTTP/1.1\r\n"] {
        let mut stream = TcpStream::connect(running.address).await.unwrap();
        for _ in 0..3 {
            assert!(request(&mut stream).await.starts_with("HTTP/1.1 200"));
        }
        stream.write_all(next.as_bytes()).await.unwrap();
        let ended = timeout(PATIENCE, read(&mut stream)).await;
        assert_eq!(ended.expect("closed"), "", "{next}");
    }
}

/// Without TLS nobody can agree on HTTP/2, so it is spoken only where the server's operator says so.
#[tokio::test]
async fn http2_is_spoken_where_it_is_asked_for() {
    for is_asked_for in [false, true] {
        let running = start(|config| config.http2 = is_asked_for).await;
        let client = Client::builder().no_proxy().http2_prior_knowledge().build();
        let url = format!("http://{}/healthz", running.address);
        let answer = client.unwrap().get(&url).send().await;
        if is_asked_for {
            let answer = answer.unwrap();
            assert_eq!(
                (answer.status(), answer.version()),
                (reqwest::StatusCode::OK, Version::HTTP_2)
            );
            // Both are.
            let mut stream = TcpStream::connect(running.address).await.unwrap();
            assert!(request(&mut stream).await.starts_with("HTTP/1.1 200"));
        } else {
            assert!(answer.is_err());
        }
    }
}
