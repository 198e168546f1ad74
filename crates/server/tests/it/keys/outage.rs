//! A website that stops answering while its keys are at hand: nobody waits for it but those who notice first, and nobody
//! for long. Its name is what hangs, so that no time has to pass.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bonafide_server::keys::fetch::{FetchFailed, Limits};
use bonafide_server::keys::resolver::Lookup;
use bonafide_server::keys::source::KeysError;
use tokio::time::Instant;

use super::fixture::{Fixture, LIMITS, changeable, kids, landed, resolving, unavailable};
use crate::scripted::{Scripted, ok};
use crate::website::{Key, key_array};

/// A website at `keys.example`, and whether its name is resolved at all.
struct Website {
    server: Scripted,
    url: String,
    body: Arc<std::sync::Mutex<Vec<u8>>>,
    is_silent: Arc<AtomicBool>,
    f: Fixture,
}

impl Website {
    async fn start(limits: Limits) -> Self {
        let (server, body) = changeable(ok(&key_array(&[&Key::new("good")]))).await;
        let is_silent = Arc::new(AtomicBool::new(false));
        let silence = is_silent.clone();
        let lookup = Lookup::new(move |_| {
            let is_silent = silence.load(Ordering::SeqCst);
            async move {
                match is_silent {
                    true => std::future::pending().await,
                    false => Ok(vec![IpAddr::V4(Ipv4Addr::LOCALHOST)]),
                }
            }
        });
        let url = format!("http://keys.example:{}/keys", server.address.port());
        Self {
            server,
            url,
            body,
            is_silent,
            f: resolving(lookup, limits),
        }
    }

    /// From now on nothing answers, and time passes only while everybody waits.
    fn fall_silent(&self) {
        self.is_silent.store(true, Ordering::SeqCst);
        tokio::time::pause();
    }

    fn recover(&self, body: Vec<u8>) {
        *self.body.lock().unwrap() = body;
        self.is_silent.store(false, Ordering::SeqCst);
        tokio::time::resume();
    }
}

/// Timers count in milliseconds.
fn is_about(time: Duration, expected: Duration) -> bool {
    (expected..expected + Duration::from_millis(10)).contains(&time)
}

#[tokio::test]
async fn only_whoever_notices_an_outage_first_waits() {
    let website = Website::start(Limits::default()).await;
    let (source, url) = (&website.f.source, website.url.as_str());
    source.key_set(url).await.unwrap();
    website.fall_silent();
    website.f.clock.advance(Duration::from_secs(600));
    let began = Instant::now();
    let held = source.key_set(url).await.unwrap();
    assert_eq!(kids(&held), ["good"]);
    assert!(
        is_about(began.elapsed(), Limits::default().connect),
        "{:?}",
        began.elapsed()
    );
    for _ in 0..20 {
        website.f.clock.advance(Duration::from_secs(15));
        let began = Instant::now();
        for _ in 0..10 {
            assert_eq!(kids(&source.key_set(url).await.unwrap()), ["good"]);
        }
        assert_eq!(began.elapsed(), Duration::ZERO);
        // But it was asked again behind them.
        let held = source.key_set(url).await.unwrap();
        landed(source, url, &held).await;
        assert!(is_about(began.elapsed(), Limits::default().connect));
    }
    website.recover(ok(&key_array(&[&Key::new("next")])));
    website.f.clock.advance(Duration::from_secs(15));
    let held = source.key_set(url).await.unwrap();
    assert_eq!(kids(&held), ["good"]);
    landed(source, url, &held).await;
    assert_eq!(kids(&source.key_set(url).await.unwrap()), ["next"]);
    assert_eq!(website.server.requests(), 2);
}

/// A key that was withdrawn meanwhile must not be taken because of a failure long ago.
#[tokio::test]
async fn ten_minutes_after_a_failure_the_website_is_waited_for_again() {
    let website = Website::start(Limits::default()).await;
    let (source, url) = (&website.f.source, website.url.as_str());
    source.key_set(url).await.unwrap();
    website.f.clock.advance(Duration::from_secs(600));
    *website.body.lock().unwrap() = unavailable();
    source.key_set(url).await.unwrap();
    *website.body.lock().unwrap() = ok(&key_array(&[&Key::new("next")]));
    website.f.clock.advance(Duration::from_secs(600));
    assert_eq!(kids(&source.key_set(url).await.unwrap()), ["next"]);
}

#[tokio::test]
async fn a_start_without_keys_waits_six_seconds_whatever_the_fetch_takes() {
    let website = Website::start(LIMITS).await;
    website.fall_silent();
    let began = Instant::now();
    let error = website.f.source.key_set(&website.url).await.unwrap_err();
    let late = KeysError::Unavailable(FetchFailed::TimedOut.to_string());
    assert_eq!(error, late);
    let took = began.elapsed();
    assert!(is_about(took, Duration::from_secs(6)), "{took:?}");
}

#[tokio::test]
async fn with_keys_at_hand_they_are_used_after_six_seconds() {
    let website = Website::start(LIMITS).await;
    let (source, url) = (&website.f.source, website.url.as_str());
    source.key_set(url).await.unwrap();
    website.fall_silent();
    website.f.clock.advance(Duration::from_secs(600));
    let began = Instant::now();
    assert_eq!(kids(&source.key_set(url).await.unwrap()), ["good"]);
    let took = began.elapsed();
    assert!(is_about(took, Duration::from_secs(6)), "{took:?}");
}

#[tokio::test]
async fn a_search_for_a_newer_key_counts_into_the_same_six_seconds() {
    let website = Website::start(LIMITS).await;
    let (source, url) = (&website.f.source, website.url.as_str());
    source.key_set(url).await.unwrap();
    website.fall_silent();
    let began = Instant::now();
    let held = source.key_set(url).await.unwrap();
    // As long as getting the keys may have taken.
    tokio::time::advance(Duration::from_secs(4)).await;
    assert!(source.newer_than(url, &held).await.is_none());
    let took = began.elapsed();
    assert!(is_about(took, Duration::from_secs(6)), "{took:?}");
    // No time is left, and none is taken.
    assert!(source.newer_than(url, &held).await.is_none());
    assert_eq!(began.elapsed(), took);
}
