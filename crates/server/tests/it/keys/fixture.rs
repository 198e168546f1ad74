//! What the tests of the key source share: a source with short limits on a clock of the test's own, websites whose
//! answers a test changes, and what the server does with a token.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bonafide_server::Clock;
use bonafide_server::keys::fetch::{FetchFailed, Fetcher, Limits, Seen, Surroundings};
use bonafide_server::keys::guard::AddressPolicy;
use bonafide_server::keys::resolver::Lookup;
use bonafide_server::keys::source::{Held, KeyEvent, KeySource};
use bonafide_verifier::{Policy, RefusalCode, verify};
use serde_json::json;
use tokio::sync::mpsc;

use crate::scripted::{Act, Scripted, answer};

pub(crate) const NOW: i64 = 1_800_000_000;

pub(crate) struct Fixture {
    pub(crate) source: KeySource,
    pub(crate) events: mpsc::Receiver<KeyEvent>,
    pub(crate) clock: Clock,
}

/// A source with the product's limits.
pub(crate) fn fixture() -> Fixture {
    with_limits(Limits::default())
}

/// A source that gives up soon, for websites that never answer.
pub(crate) fn impatient() -> Fixture {
    with_limits(Limits {
        connect: Duration::from_millis(400),
        total: Duration::from_millis(500),
        ..Limits::default()
    })
}

fn with_limits(limits: Limits) -> Fixture {
    resolving(Lookup::default(), limits)
}

/// A source that finds names in the test's own way.
pub(crate) fn resolving(lookup: Lookup, limits: Limits) -> Fixture {
    let surroundings = Surroundings {
        lookup,
        ..Surroundings::default()
    };
    let policy = AddressPolicy::private_allowed();
    let fetcher = Fetcher::within(policy, limits, surroundings).unwrap();
    let clock = Clock::manual(NOW * 1000);
    let (source, events) = KeySource::new(fetcher, clock.clone());
    Fixture {
        source,
        events,
        clock,
    }
}

/// Limits that no test runs into by being slow; the body's is small, so that it is soon passed.
pub(crate) const LIMITS: Limits = Limits {
    connect: Duration::from_secs(20),
    total: Duration::from_secs(20),
    body: 64 * 1024,
};

/// One fetch, and what was seen of the answer.
pub(crate) async fn fetch(
    server: &Scripted,
    limits: Limits,
) -> (Result<Vec<u8>, FetchFailed>, Seen) {
    let policy = AddressPolicy::private_allowed();
    let url = policy.judge(&server.url).unwrap();
    let mut seen = Seen::default();
    let result = Fetcher::new(policy, limits)
        .unwrap()
        .fetch(&url, &mut seen)
        .await;
    (result, seen)
}

/// One fetch from a server that does this with each request.
pub(crate) async fn fetched(
    act: impl Fn() -> Act + Send + Sync + 'static,
) -> (Result<Vec<u8>, FetchFailed>, Seen) {
    fetch(&Scripted::start(move |_| act()).await, LIMITS).await
}

/// A server whose answer a test can change.
pub(crate) async fn changeable(body: Vec<u8>) -> (Scripted, Arc<Mutex<Vec<u8>>>) {
    let body = Arc::new(Mutex::new(body));
    let current = body.clone();
    let server = Scripted::start(move |_| Act::Send(current.lock().unwrap().clone())).await;
    (server, body)
}

pub(crate) fn kids(held: &Held) -> Vec<&str> {
    held.keys
        .keys()
        .iter()
        .filter_map(|key| key.kid())
        .collect()
}

pub(crate) fn unavailable() -> Vec<u8> {
    answer("503 Down", "Content-Length: 0\r\n", "")
}

/// Waits until the fetch that is under way has landed, after one that failed: whoever looks for newer keys shares it, and
/// is not given one of their own so soon after a failure.
pub(crate) async fn landed(source: &KeySource, url: &str, held: &Held) {
    drop(source.newer_than(url, held).await);
}

/// What the server does with a token: judges it, and asks for newer keys when its key is unknown.
pub(crate) async fn judge(source: &KeySource, url: &str, token: &str) -> Result<(), RefusalCode> {
    let mut held = source.key_set(url).await.unwrap();
    loop {
        match verify(token, &held.keys, &Policy::default(), NOW) {
            Ok(_) => return Ok(()),
            Err(refusal) if refusal.code() == RefusalCode::KeyUnknown => {
                match source.newer_than(url, &held).await {
                    Some(newer) => held = newer,
                    None => return Err(refusal.code()),
                }
            }
            Err(refusal) => return Err(refusal.code()),
        }
    }
}

/// A token with a key id that nobody publishes. Its signature does not matter: the key is looked for first.
pub(crate) fn invented(kid: &str) -> String {
    let header = json!({"alg": "RS256", "kid": kid}).to_string();
    format!("{}.e30.AA", URL_SAFE_NO_PAD.encode(header))
}
