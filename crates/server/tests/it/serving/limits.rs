//! What one client may hold or take, and who is no one client.

use std::time::Duration;

use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::time::{interval, timeout};

use super::{read, request, start};
use crate::scripted::PATIENCE;

#[tokio::test]
async fn a_trusted_proxy_holds_as_many_connections_as_it_has_clients() {
    let running = start(|config| {
        config.connections_per_address = 1;
        config.trusted_proxies = vec!["127.0.0.0/8".parse().unwrap()];
    })
    .await;
    let mut held = Vec::new();
    for _ in 0..5 {
        let mut stream = TcpStream::connect(running.address).await.unwrap();
        assert!(request(&mut stream).await.starts_with("HTTP/1.1 200"));
        held.push(stream);
    }
}

#[tokio::test]
async fn a_configured_header_timeout_holds() {
    let running = start(|config| config.header_timeout = Duration::from_millis(200)).await;
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    stream
        .write_all(b"GET /healthz HTTP/1.1\r\nHo")
        .await
        .unwrap();
    let answer = timeout(Duration::from_secs(10), read(&mut stream)).await;
    let answer = answer.expect("an end far below the default of 15 s");
    assert!(
        answer.is_empty() || answer.starts_with("HTTP/1.1 408"),
        "{answer}"
    );
}

#[tokio::test]
async fn a_body_that_comes_byte_by_byte_is_cut_off() {
    let running = start(|config| config.body_timeout = Duration::from_millis(300)).await;
    let (mut answers, mut body) = TcpStream::connect(running.address)
        .await
        .unwrap()
        .into_split();
    let head = "POST /api/v1/operator/session HTTP/1.1\r\nHost: a\r\n\
                Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{";
    body.write_all(head.as_bytes()).await.unwrap();
    let drip = tokio::spawn(async move {
        let mut drops = interval(Duration::from_millis(10));
        loop {
            drops.tick().await;
            if body.write_all(b" ").await.is_err() {
                return;
            }
        }
    });
    let answer = timeout(PATIENCE, read(&mut answers)).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 422"), "{answer}");
    assert!(answer.contains("took too long"), "{answer}");
    // What still drips finds the connection closed.
    timeout(PATIENCE, drip).await.unwrap().unwrap();
}
