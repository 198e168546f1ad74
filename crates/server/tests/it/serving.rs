//! The serving loop, over real connections.

use std::time::Duration;

use axum::http::StatusCode;
use bonafide_protocol::Secret;
use bonafide_protocol::operator::Role;
use bonafide_server::{Config, Server, operators};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::console::{PASSWORD, World};

mod interrupted;
mod limits;
mod malformed;
mod silent;
mod unread;

struct Running {
    address: std::net::SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
    folder: tempfile::TempDir,
}

async fn start(change: impl FnOnce(&mut Config)) -> Running {
    let folder = tempfile::TempDir::new().unwrap();
    let mut config = Config::new(folder.path());
    change(&mut config);
    let server = Server::open(config).await.unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let task = tokio::spawn(async move {
        server
            .serve(listener, async { _ = stopped.await })
            .await
            .unwrap();
    });
    Running {
        address,
        stop,
        task,
        folder,
    }
}

async fn request(stream: &mut TcpStream) -> String {
    stream
        .write_all(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
        .await
        .unwrap();
    read(stream).await
}

async fn read(stream: &mut (impl AsyncRead + Unpin)) -> String {
    let mut buffer = [0; 4096];
    let length = stream.read(&mut buffer).await.unwrap_or(0);
    String::from_utf8_lossy(&buffer[..length]).into_owned()
}

#[tokio::test]
async fn it_answers_and_stops_when_it_is_told() {
    let running = start(|_| {}).await;
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    assert!(request(&mut stream).await.starts_with("HTTP/1.1 200"));
    running.stop.send(()).unwrap();
    running.task.await.unwrap();
    assert_eq!(
        read(&mut stream).await,
        "",
        "the idle connection was closed"
    );
    assert!(TcpStream::connect(running.address).await.is_err());
}

#[tokio::test]
async fn one_address_cannot_hold_all_connections() {
    let running = start(|config| config.connections_per_address = 2).await;
    let mut first = TcpStream::connect(running.address).await.unwrap();
    let mut second = TcpStream::connect(running.address).await.unwrap();
    assert!(request(&mut first).await.starts_with("HTTP/1.1 200"));
    assert!(request(&mut second).await.starts_with("HTTP/1.1 200"));
    let mut third = TcpStream::connect(running.address).await.unwrap();
    assert_eq!(read(&mut third).await, "", "closed without an answer");
    drop(first);
    // The place is free once the server has seen the end of the first connection.
    loop {
        let mut fourth = TcpStream::connect(running.address).await.unwrap();
        fourth
            .write_all(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
            .await
            .unwrap();
        if read(&mut fourth).await.starts_with("HTTP/1.1 200") {
            break;
        }
    }
}

#[tokio::test]
async fn a_socket_holds_its_place() {
    let running = start(|config| config.connections_per_address = 1).await;
    let folder = running.folder.path();
    let password = Secret::new(PASSWORD.to_owned());
    operators::add(
        folder,
        "agent@example.com",
        "Bo",
        Role::Agent,
        None,
        password,
    )
    .await
    .unwrap();
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    let body = format!(r#"{{"email":"agent@example.com","password":"{PASSWORD}"}}"#);
    let length = body.len();
    let sign_in = format!(
        "POST /api/v1/operator/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    stream.write_all(sign_in.as_bytes()).await.unwrap();
    let answer = read(&mut stream).await;
    let cookie = answer
        .split_once("bonafide_session=")
        .unwrap()
        .1
        .split(';')
        .next()
        .unwrap();
    let upgrade = format!(
        "GET /api/v1/agent/socket HTTP/1.1\r\nHost: a\r\nOrigin: http://a\r\nCookie: bonafide_session={cookie}\r\nConnection: Upgrade\r\n\
         Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    );
    stream.write_all(upgrade.as_bytes()).await.unwrap();
    assert!(read(&mut stream).await.starts_with("HTTP/1.1 101"));
    // The first frame comes from the task that took the connection over.
    assert_ne!(read(&mut stream).await, "");
    let mut second = TcpStream::connect(running.address).await.unwrap();
    assert_eq!(read(&mut second).await, "", "closed without an answer");
}

#[tokio::test]
async fn a_request_that_is_never_finished_is_cut_off() {
    let running = start(|_| {}).await;
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    stream
        .write_all(b"GET /healthz HTTP/1.1\r\nHo")
        .await
        .unwrap();
    // From here on time jumps whenever nothing else is to be done.
    tokio::time::pause();
    let begun = tokio::time::Instant::now();
    let answer = read(&mut stream).await;
    assert!(
        answer.is_empty() || answer.starts_with("HTTP/1.1 408"),
        "{answer}"
    );
    assert!(begun.elapsed() < Duration::from_secs(60));
}

#[tokio::test]
async fn static_files_are_served_as_they_are_meant() {
    let world = World::new().await;
    let person = world.anybody();
    let script = person.get("//embed.js").await;
    if script.status == StatusCode::OK {
        assert_eq!(script.headers["access-control-allow-origin"], "*");
        assert_eq!(script.headers["cache-control"], "no-cache");
        let tag = script.headers["etag"].to_str().unwrap();
        assert_eq!(
            person
                .with("if-none-match", tag)
                .get("//embed.js")
                .await
                .status,
            StatusCode::NOT_MODIFIED
        );
    } else {
        script.problem("not-found");
    }
    for path in ["//", "//admin/queues", "//agent", "//setup", "//sign-in"] {
        let page = person.get(path).await;
        if page.status == StatusCode::OK {
            assert_eq!(page.headers["content-type"], "text/html; charset=utf-8");
            let policy = page.headers["content-security-policy"].to_str().unwrap();
            assert!(
                policy.contains("script-src 'self';")
                    && policy.contains("frame-ancestors 'none'")
                    && policy.contains("require-trusted-types-for 'script'")
                    && !policy.contains("unsafe"),
                "{policy}"
            );
        } else {
            assert!(
                page.problem("not-found")["detail"]
                    .as_str()
                    .unwrap()
                    .contains("consoles")
            );
        }
    }
}
