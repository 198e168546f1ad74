//! A server whose limit of open files is small: silent visitors cannot shut out probes and operators, and what the
//! system refuses for a while is taken up again.
#![cfg(target_os = "linux")]

use std::fs::{self, File};
use std::process::Command;
use std::time::Duration;

use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

use crate::chat::{Visitor, add_administrator, widget};
use crate::running::{Http, Running};

const SERVE: &str = "serve --listen 127.0.0.1:0 --data data";
const PATIENCE: Duration = Duration::from_secs(20);

/// A connection from one of this machine's addresses: 127.0.0.`last`.
async fn connect_from(last: u8, origin: &str) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket
        .bind(format!("127.0.0.{last}:0").parse().unwrap())
        .unwrap();
    let address = origin.trim_start_matches("http://").parse().unwrap();
    timeout(PATIENCE, socket.connect(address))
        .await
        .unwrap()
        .unwrap()
}

/// Whether the server holds a connection: one that it does not, it has closed by now.
async fn is_held(stream: &mut TcpStream) -> bool {
    let mut byte = [0];
    timeout(Duration::from_millis(5), stream.read(&mut byte))
        .await
        .is_err()
}

#[tokio::test]
async fn probes_and_operators_are_answered_when_visitors_hold_all_connections() {
    let directory = tempfile::tempdir().unwrap();
    let at = directory.path();
    add_administrator(at);
    let log = at.join("log");
    let mut server = Running::start_limited(at, SERVE, "--nofile=256:256", |command| {
        command.stderr(File::create(&log).unwrap());
    });
    let (origin, widget) = widget(&mut server).await;
    let visitor = Visitor::start(&origin, &widget).await;
    let mut open = Vec::new();
    // Twelve addresses take what there is, and then what was kept back, as far as that goes.
    for last in 2..14 {
        for _ in 0..40 {
            open.push(connect_from(last, &origin).await);
        }
    }
    let config = format!("/api/v1/widgets/{widget}");
    let shut_out = Http::new(&origin).get(&config).await;
    assert_eq!(shut_out.status, 503, "{}", shut_out.body);
    assert_eq!(shut_out.json()["code"], "unavailable");
    assert_eq!(
        shut_out.json()["detail"],
        "The server has no connection left for visitors and sockets. Try again soon."
    );
    assert_eq!(shut_out.headers["retry-after"], "5");
    assert_eq!(Http::new(&origin).get("/healthz").await.status, 200);
    assert_eq!(Http::new(&origin).get("/readyz").await.status, 200);
    let mut console = Http::new(&origin);
    let credentials = json!({"email": "ada@example.com", "password": "correct horse battery"});
    let answer = console.post("/api/v1/operator/session", &credentials).await;
    assert_eq!(answer.status, 204, "{}", answer.body);
    assert_eq!(console.get("/api/v1/admin/audit").await.status, 200);
    assert_eq!(console.get("/api/v1/agent/conversations").await.status, 200);
    let socket = console.get("/api/v1/agent/socket").await;
    assert_eq!(socket.status, 503, "{}", socket.body);
    assert_eq!(socket.headers["retry-after"], "5");
    let mut held = 0;
    for stream in &mut open {
        held += usize::from(is_held(stream).await);
    }
    assert!((160..=200).contains(&held), "{held}");

    // Room again, for everybody.
    drop(open);
    let again = async {
        while Http::new(&origin).get(&config).await.status != 200 {}
        while visitor.write(&origin, "a", "hello").await.unwrap().status() != 201 {}
    };
    timeout(PATIENCE, again).await.expect("visitors again");
    assert_eq!(server.stop(), 0);
    let log = fs::read_to_string(log).unwrap();
    assert!(
        log.contains("the limit of open files leaves room for fewer connections of one address than --connections-per-address allows; raise it (ulimit -n, LimitNOFILE) connections=168 per_address=33"),
        "{log}"
    );
}

#[tokio::test]
async fn the_limit_is_raised_and_a_shortage_is_outlived() {
    let directory = tempfile::tempdir().unwrap();
    let at = directory.path();
    let log = at.join("log");
    let mut server = Running::start_limited(at, SERVE, "--nofile=128:512", |command| {
        command.stderr(File::create(&log).unwrap());
    });
    let origin = server.address("listens on");
    let limits = fs::read_to_string(format!("/proc/{}/limits", server.id())).unwrap();
    let limit = limits
        .lines()
        .find(|line| line.starts_with("Max open files"))
        .unwrap();
    assert!(limit.split_whitespace().nth(3) == Some("512"), "{limit}");

    let set = |limit: &str| {
        let id = server.id().to_string();
        let status = Command::new("prlimit").args(["--pid", &id, limit]).status();
        assert!(status.unwrap().success());
    };
    assert_eq!(Http::new(&origin).get("/healthz").await.status, 200);
    // No descriptor is free any more: the system takes connections, the server cannot.
    set("--nofile=8:512");
    let mut waiting = connect_from(1, &origin).await;
    waiting
        .write_all(b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        .await
        .unwrap();
    let said = async {
        while !fs::read_to_string(&log)
            .unwrap()
            .contains("connections cannot be accepted")
        {
            tokio::task::yield_now().await;
        }
    };
    timeout(PATIENCE, said).await.expect("a line in the log");
    let before = processor_time(server.id());
    let mut answer = String::new();
    let wait = timeout(Duration::from_secs(1), waiting.read_to_string(&mut answer)).await;
    assert!(wait.is_err(), "nothing can come");
    let spent = processor_time(server.id()) - before;
    assert!(
        spent < 30,
        "it spins: {spent} hundredths of a second in one"
    );
    set("--nofile=512:512");
    timeout(PATIENCE, waiting.read_to_string(&mut answer))
        .await
        .unwrap()
        .unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert_eq!(server.stop(), 0);
    let log = fs::read_to_string(log).unwrap();
    assert!(
        log.contains("the limit of open files was raised to the hard limit before=128 now=512"),
        "{log}"
    );
    assert_eq!(
        log.matches("connections cannot be accepted").count(),
        1,
        "{log}"
    );
    assert!(log.contains("connections are accepted again"), "{log}");
}

/// What a process has used of the processors, in hundredths of a second.
fn processor_time(id: u32) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).unwrap();
    let fields: Vec<&str> = stat
        .rsplit_once(')')
        .unwrap()
        .1
        .split_whitespace()
        .collect();
    fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
}
