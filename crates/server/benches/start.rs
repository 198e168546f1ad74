//! How long an authenticated start takes over loopback HTTP, beside the least that any such answer can take: a POST
//! to a route that does nothing but commit one row to a database with the same durability. Both in turns, in one run,
//! so that the disk is equally busy for both.
//!
//! `cargo bench -p bonafide-server --bench start [-- ROUNDS]`
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a benchmark is no part of the server"
)]
#![allow(
    dead_code,
    reason = "shares the tests' people and website, and needs only some of them"
)]

use std::num::NonZeroU32;
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::routing::post;
use bonafide_server::Clock;
use serde_json::json;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use tempfile::TempDir;
use tokio::net::TcpListener;

#[path = "../tests/it/chat.rs"]
mod chat;
#[path = "../tests/it/client.rs"]
mod client;
#[path = "../tests/it/console.rs"]
mod console;
#[path = "../tests/it/scripted.rs"]
mod scripted;
#[path = "../tests/it/website.rs"]
mod website;

use chat::{Chat, SHOP, page, text};

const WARM_UP: usize = 50;
const ROUNDS: usize = 1_000;
/// At once, for the throughput.
const CLIENTS: usize = 16;

#[tokio::main]
async fn main() {
    // Cargo passes `--bench`.
    let rounds = std::env::args()
        .skip(1)
        .find_map(|argument| argument.parse().ok())
        .unwrap_or(ROUNDS);
    let many = NonZeroU32::new(100_000_000).unwrap();
    let chat = Chat::with(Clock::system(), |config| {
        config.rate_quotas.attempts_per_network = many;
        config.rate_quotas.starts_per_subject = many;
        config.rate_quotas.starts_per_widget = many;
    })
    .await;
    chat.contact().await;
    let shop = chat.shop().await;
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let start = Target {
        http: http.clone(),
        url: format!(
            "{}/api/v1/widgets/{}/conversations",
            chat.address,
            text(&shop.widget["id"])
        ),
        body: json!({"token": shop.token(chat.now()), "page": page()}).to_string(),
    };
    let folder = TempDir::new().unwrap();
    let bare = Target {
        http,
        url: bare_server(&folder).await,
        body: start.body.clone(),
    };

    let (mut bares, mut starts) = (Vec::new(), Vec::new());
    for round in 0..WARM_UP + rounds {
        let (bare_took, start_took) = (bare.ask().await, start.ask().await);
        if round >= WARM_UP {
            bares.push(bare_took);
            starts.push(start_took);
        }
    }
    println!("bare POST, one row committed: {}", line(&mut bares));
    println!("authenticated start:          {}", line(&mut starts));
    println!(
        "with {CLIENTS} clients at once: bare POST {:.0}/s, authenticated start {:.0}/s",
        throughput(&bare, rounds).await,
        throughput(&start, rounds).await
    );
    println!(
        "start: ratio to a bare POST {:.2} (p50), {:.2} (p99)",
        quantile(&starts, 50).as_secs_f64() / quantile(&bares, 50).as_secs_f64(),
        quantile(&starts, 99).as_secs_f64() / quantile(&bares, 99).as_secs_f64(),
    );
}

#[derive(Clone)]
struct Target {
    http: reqwest::Client,
    url: String,
    body: String,
}

impl Target {
    #[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
    async fn ask(&self) -> Duration {
        let began = Instant::now();
        let response = self
            .http
            .post(&self.url)
            .header(header::ORIGIN, SHOP)
            .header(header::CONTENT_TYPE, "application/json")
            .body(self.body.clone())
            .send()
            .await
            .unwrap();
        assert_eq!(
            response.status(),
            StatusCode::CREATED,
            "{}",
            response.text().await.unwrap()
        );
        let _ = response.bytes().await.unwrap();
        began.elapsed()
    }
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
async fn throughput(target: &Target, rounds: usize) -> f64 {
    let began = Instant::now();
    let clients = (0..CLIENTS).map(|_| {
        let target = target.clone();
        tokio::spawn(async move {
            for _ in 0..rounds / CLIENTS {
                target.ask().await;
            }
        })
    });
    for client in clients.collect::<Vec<_>>() {
        client.await.unwrap();
    }
    (rounds / CLIENTS * CLIENTS) as f64 / began.elapsed().as_secs_f64()
}

/// A server with one route that stores the body's length.
async fn bare_server(folder: &TempDir) -> String {
    let options = SqliteConnectOptions::new()
        .filename(folder.path().join("bare.sqlite"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .connect_with(options)
        .await
        .unwrap();
    sqlx::query("CREATE TABLE bodies (length BIGINT NOT NULL)")
        .execute(&pool)
        .await
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let router = Router::new().route("/", post(store)).with_state(pool);
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    url
}

async fn store(State(pool): State<SqlitePool>, body: String) -> StatusCode {
    let length = i64::try_from(body.len()).unwrap();
    sqlx::query("INSERT INTO bodies (length) VALUES ($1)")
        .bind(length)
        .execute(&pool)
        .await
        .unwrap();
    StatusCode::CREATED
}

fn line(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let milliseconds = |percent| quantile(times, percent).as_secs_f64() * 1_000.0;
    format!(
        "p50 {:.2} ms, p99 {:.2} ms ({} rounds)",
        milliseconds(50),
        milliseconds(99),
        times.len()
    )
}

fn quantile(sorted: &[Duration], percent: usize) -> Duration {
    sorted[(sorted.len() - 1) * percent / 100]
}
