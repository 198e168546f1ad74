//! Visitors who are connected and wait: what each of them costs, and how long an agent's message takes until its visitor's socket
//! has it.
//!
//! Messages are sent at fixed times, whether those before were answered or not, and each counts from its own time: a server that
//! stalls makes all that were to be sent meanwhile late.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use futures_util::{SinkExt as _, StreamExt as _};
use hyper::StatusCode;
use hyper::body::Bytes;
use serde_json::{Value, json};
use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::{sleep_until, timeout};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{WebSocketStream, client_async};

use crate::client::{Ask, Client};
use crate::load::histogram;
use crate::product::{ORIGIN, Product};
use crate::tokens::Website;
use crate::usage;
use crate::works::{begun, id_of};

/// Connections that agents' messages are sent over, each with one at a time.
const SENDERS: usize = 64;
/// How long the last messages may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long the server has for what follows from many new sockets, until its memory is looked at.
const SETTLES: Duration = Duration::from_secs(3);

/// Visitors from one address: a server lets none have more than a fifth of its connections.
const PER_ADDRESS: usize = 1_000;

type Socket = WebSocketStream<TcpStream>;

/// Connects this many visitors, and sends so many messages a second for a while. Prints.
pub(crate) async fn measure(
    product: &Product,
    website: &Website,
    count: usize,
    rate: u32,
    length: Duration,
) -> Result<()> {
    let started = begun(product, website, count).await?;
    let mut client = Client::connect(&product.address).await?;
    for one in &started {
        let path = format!("/api/v1/agent/conversations/{}/accept", id_of(one)?);
        client
            .send(&product.as_operator("POST", path))
            .await?
            .json()?;
    }
    let process = product.process()?;
    let before = usage::resident_kib(process).context("memory cannot be known")?;
    let mut sockets = Vec::with_capacity(count);
    for (number, one) in started.iter().enumerate() {
        let opened = open(product, one, number).await;
        sockets.push(opened.with_context(|| format!("visitor {} of {count}", number + 1))?);
    }
    tokio::time::sleep(SETTLES).await;
    let after = usage::resident_kib(process).context("memory cannot be known")?;
    #[allow(clippy::cast_precision_loss, reason = "counts of one run")]
    let each = after.saturating_sub(before) as f64 / count as f64;
    println!(
        "{count} visitors' sockets: {each:.1} KiB each, {} MiB in all",
        after / 1_024
    );
    let ids = started
        .iter()
        .map(|one| id_of(one).map(str::to_owned))
        .collect::<Result<Vec<_>>>()?;
    delivered(product, sockets, ids, rate, length).await
}

/// A visitor's socket after its welcome.
async fn open(product: &Product, started: &Value, number: usize) -> Result<Socket> {
    let path = format!("/api/v1/conversations/{}/socket", id_of(started)?);
    let mut request = format!("ws://{}{path}", product.address).into_client_request()?;
    request.headers_mut().insert("origin", ORIGIN.parse()?);
    let plain = TcpSocket::new_v4()?;
    let address = u8::try_from(2 + number / PER_ADDRESS).context("more visitors than addresses")?;
    plain.bind(SocketAddr::from(([127, 0, 0, address], 0)))?;
    let stream = plain.connect(product.address.parse()?).await?;
    let (mut socket, _) = client_async(request, stream).await?;
    let secret = &started["session"]["secret"];
    let hello = json!({"type": "hello", "secret": secret, "after": 0});
    socket.send(Message::text(hello.to_string())).await?;
    let welcome = timeout(PATIENCE, next(&mut socket)).await??;
    ensure!(welcome["type"] == "welcome", "no welcome: {welcome}");
    Ok(socket)
}

/// The next event.
async fn next(socket: &mut Socket) -> Result<Value> {
    loop {
        let frame = socket.next().await.context("the socket was closed")??;
        if let Message::Text(text) = frame {
            return Ok(serde_json::from_str(&text)?);
        }
    }
}

/// Sends messages of the agent's, and waits until all are there.
async fn delivered(
    product: &Product,
    sockets: Vec<Socket>,
    ids: Vec<String>,
    rate: u32,
    length: Duration,
) -> Result<()> {
    let process = product.process()?;
    let begin = Instant::now() + Duration::from_millis(200);
    let (hears, mut heard) = mpsc::unbounded_channel();
    let mut listening = JoinSet::new();
    for mut socket in sockets {
        let hears = hears.clone();
        listening.spawn(async move {
            while let Ok(event) = next(&mut socket).await {
                let text = event["message"]["text"].as_str();
                let Some(due_us) = text.and_then(|text| text.parse().ok()) else {
                    continue;
                };
                let due = begin + Duration::from_micros(due_us);
                let _ = hears.send(Instant::now().saturating_duration_since(due));
            }
        });
    }
    let before = usage::of(process);
    let total = u64::from(rate) * length.as_secs();
    let sending = send_all(product, Arc::new(ids), begin, rate, total);
    let listens = async {
        let mut took = histogram()?;
        while took.len() < total {
            let late = timeout(length + PATIENCE, heard.recv()).await;
            let late = late
                .context("a message did not come")?
                .context("nobody listens")?;
            took.record(u64::try_from(late.as_micros())?.max(1))?;
        }
        anyhow::Ok(took)
    };
    let ((), took) = tokio::try_join!(sending, listens)?;
    let after = usage::of(process);
    #[allow(clippy::cast_precision_loss, reason = "counts of one run")]
    let cpu = before.zip(after).map_or(0.0, |(before, after)| {
        (after.ticks - before.ticks) as f64 * usage::TICK_US / total as f64
    });
    #[allow(clippy::cast_precision_loss, reason = "times of one run")]
    let at = |share| took.value_at_quantile(share) as f64 / 1_000.0;
    println!(
        "{total} messages, {rate} a second, posted, stored and on the visitor's socket: p50 {:.1} ms, p99 {:.1} ms, at most {:.1} ms; {cpu:.0} µs of the server's processor time each",
        at(0.5),
        at(0.99),
        at(1.0)
    );
    Ok(())
}

/// Sends each message at its time, or as soon after as a connection is free.
async fn send_all(
    product: &Product,
    ids: Arc<Vec<String>>,
    begin: Instant,
    rate: u32,
    total: u64,
) -> Result<()> {
    let mut sending = JoinSet::new();
    for sender in 0..SENDERS as u64 {
        let mut client = Client::connect(&product.address).await?;
        let ask = product.as_operator("POST", String::new());
        let ids = ids.clone();
        sending.spawn(async move {
            // Each has its share of the times.
            for number in (sender..total).step_by(SENDERS) {
                let due_us = number * 1_000_000 / u64::from(rate);
                sleep_until((begin + Duration::from_micros(due_us)).into()).await;
                let id = ids.get(usize::try_from(number)? % ids.len());
                let body = json!({"clientId": format!("d{number}"), "text": due_us.to_string()});
                let ask = Ask {
                    path: format!(
                        "/api/v1/agent/conversations/{}/messages",
                        id.context("no id")?
                    ),
                    body: Bytes::from(body.to_string()),
                    ..ask.clone()
                };
                let answer = client.send(&ask).await?;
                let said = String::from_utf8_lossy(&answer.body);
                ensure!(
                    answer.status == StatusCode::CREATED,
                    "{}: {said}",
                    answer.status
                );
            }
            Ok(())
        });
    }
    while let Some(done) = sending.join_next().await {
        done??;
    }
    Ok(())
}
