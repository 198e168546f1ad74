//! Hands out the key set of a public key URL: from memory while it is fresh, else by one fetch that all who
//! need it share.
//!
//! Rules, decided in [`super::cached`]: fresh for 600 s; a failed or invalid fetch never drops good keys, which
//! then serve up to 6 hours, and nobody waits for a website that failed just now; an unknown key leads to one more
//! fetch, at most one in 15 s a URL; an older answer never replaces a newer one. Whoever starts a conversation
//! waits at most 6 s in all.
//!
//! Must not judge tokens, and must not store: what changed is told to the receiver of [`KeySource::new`].

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bonafide_verifier::KeySet;
use tokio::sync::{Semaphore, mpsc};
use tokio::time::{Instant, timeout_at};

pub use super::cached::KeysError;
use super::cached::{Age, Cached, Decision, Fetched};
use super::counts;
pub use super::event::{KeyEvent, PublishedKey};
use super::fetch::{FetchFailed, Fetcher, Lane};
use super::flight::Flight;
use super::guard::KeyUrl;
use super::looks::Looks;
use crate::clock::Clock;

/// The key sets of all public key URLs. Cheap to clone.
#[derive(Clone, Debug)]
pub struct KeySource(pub(super) Arc<Inner>);

#[derive(Debug)]
pub(super) struct Inner {
    pub(super) fetcher: Fetcher,
    pub(super) clock: Clock,
    pub(super) looks: Looks,
    pub(super) turns_of_starts: Semaphore,
    pub(super) turns_of_tests: Semaphore,
    pub(super) events: mpsc::Sender<KeyEvent>,
    urls: Mutex<HashMap<String, Entry>>,
    fetches_begun: AtomicU64,
}

#[derive(Debug, Default)]
pub(super) struct Entry {
    pub(super) cached: Cached,
    pub(super) flight: Option<Flight>,
    /// What was told of last.
    pub(super) told: Option<Vec<PublishedKey>>,
    /// What was told of entries that cannot be used.
    pub(super) told_mistakes: Vec<String>,
    pub(super) is_private_key_told: bool,
}

/// A key set for the start of a conversation, and how long that start may still wait for another.
#[derive(Clone, Debug)]
pub struct Held {
    /// The keys.
    pub keys: Arc<KeySet>,
    number: u64,
    until: Instant,
}

impl Held {
    fn new(fetched: Fetched, until: Instant) -> Self {
        Self {
            keys: fetched.keys,
            number: fetched.number,
            until,
        }
    }
}

impl KeySource {
    /// A source that fetches with `fetcher`, and where it tells what it saw. Needs a tokio runtime when used.
    #[must_use]
    pub fn new(fetcher: Fetcher, clock: Clock) -> (Self, mpsc::Receiver<KeyEvent>) {
        let (events, receiver) = mpsc::channel(MAX_UNHEARD);
        let inner = Inner {
            fetcher,
            clock,
            looks: Looks::default(),
            turns_of_starts: Semaphore::new(Lane::Starts.turns()),
            turns_of_tests: Semaphore::new(Lane::Tests.turns()),
            events,
            urls: Mutex::default(),
            fetches_begun: AtomicU64::new(0),
        };
        (Self(Arc::new(inner)), receiver)
    }

    /// The keys published at `url`.
    ///
    /// # Errors
    /// [`KeysError`] when the URL cannot be asked, does not answer within 6 s or holds no usable keys, and none from
    /// before may be used.
    pub async fn key_set(&self, url: &str) -> Result<Held, KeysError> {
        let url = self.judge(url)?;
        let until = Instant::now() + START_WAIT;
        let mut source = "memory";
        loop {
            let flight = {
                let mut urls = self.0.lock();
                let now = self.0.clock.monotonic();
                let entry = self.0.entry(&mut urls, &url, now);
                match entry.cached.decide(now) {
                    Decision::Use(fetched, age) => {
                        let source = if age == Age::Stale { "stale" } else { source };
                        counts::used(source);
                        return Ok(Held::new(fetched, until));
                    }
                    Decision::Refresh(fetched) => {
                        self.0.refresh(entry, &url);
                        counts::used("stale");
                        return Ok(Held::new(fetched, until));
                    }
                    Decision::Fail(error) => {
                        // Of a fetch that this one waited for, or of one before, which is why nobody is asked now.
                        let waited = source == "fetch";
                        counts::used(if waited { "none" } else { "cool-down" });
                        return Err(error);
                    }
                    Decision::Fetch => self.0.join(entry, &url),
                }
            };
            source = "fetch";
            if let Err(error) = landing(flight, until).await {
                return self.stale(&url, until).ok_or(error);
            }
        }
    }

    /// A newer set than `held`, for a token that `held` could not judge; `None` when there is none and it is too early
    /// to ask again, when asking failed, or when it takes longer than the start that got `held` may wait in all. Loop
    /// on it: a fetch that was under way may bring the same.
    pub async fn newer_than(&self, url: &str, held: &Held) -> Option<Held> {
        let url = self.judge(url).ok()?;
        let flight = {
            let mut urls = self.0.lock();
            let now = self.0.clock.monotonic();
            let entry = self.0.entry(&mut urls, &url, now);
            if let Some(newer) = entry.cached.newer_than(held.number) {
                return Some(Held::new(newer, held.until));
            }
            if entry.flight.is_none() && !entry.cached.begin_search(now) {
                counts::searched("declined");
                return None;
            }
            self.0.join(entry, &url)
        };
        // Whether it landed or not: what counts is what is there now.
        let _ = landing(flight, held.until).await;
        let newer = {
            let urls = self.0.lock();
            let entry = urls.get(url.as_str());
            entry.and_then(|entry| entry.cached.newer_than(held.number))
        };
        counts::searched(if newer.is_some() {
            "answered"
        } else {
            "failed"
        });
        newer.map(|newer| Held::new(newer, held.until))
    }

    pub(super) fn judge(&self, url: &str) -> Result<KeyUrl, KeysError> {
        self.0.fetcher.policy().judge(url).map_err(|refused| {
            counts::url_refused();
            KeysError::Unavailable(FetchFailed::from(refused).to_string())
        })
    }

    pub(super) fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// For somebody who waited in vain.
    fn stale(&self, url: &KeyUrl, until: Instant) -> Option<Held> {
        let stale = {
            let urls = self.0.lock();
            let entry = urls.get(url.as_str());
            entry.and_then(|entry| entry.cached.stale(self.0.clock.monotonic()))
        };
        counts::used(if stale.is_some() { "stale" } else { "none" });
        stale.map(|stale| Held::new(stale, until))
    }
}

impl Inner {
    pub(super) fn lock(&self) -> MutexGuard<'_, HashMap<String, Entry>> {
        // Nothing that holds the lock can leave an entry half written.
        self.urls.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn entry<'a>(
        &self,
        urls: &'a mut HashMap<String, Entry>,
        url: &KeyUrl,
        now: Duration,
    ) -> &'a mut Entry {
        if !urls.contains_key(url.as_str()) {
            // URLs come and go with settings; those nobody asks for any more must not pile up.
            urls.retain(|_, entry| entry.flight.is_some() || !entry.cached.is_worthless(now));
        }
        urls.entry(url.as_str().to_owned()).or_default()
    }

    /// The number of a fetch that begins now, and the time.
    pub(super) fn begin(&self) -> (u64, Duration) {
        let number = self.fetches_begun.fetch_add(1, Ordering::Relaxed) + 1;
        (number, self.clock.monotonic())
    }
}

/// Waits until a flight has landed, but not past `until`. An error says why there is no use in looking at what it
/// brought.
async fn landing(mut flight: Flight, until: Instant) -> Result<(), KeysError> {
    if timeout_at(until, flight.changed()).await.is_err() {
        return Err(KeysError::Unavailable(FetchFailed::TimedOut.to_string()));
    }
    match *flight.borrow() {
        true => Err(KeysError::Crowded),
        false => Ok(()),
    }
}

/// How long the start of one conversation waits for keys, over all its questions. The page gives it 10 s for
/// everything; one fetch may take 5.
const START_WAIT: Duration = Duration::from_secs(6);

/// Events that may wait to be heard. A website changes its keys a few times a year.
const MAX_UNHEARD: usize = 128;
