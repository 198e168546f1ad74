//! Hands out the key set of a public key URL: from memory while it is fresh, else by one fetch that all who
//! need it share.
//!
//! Rules, decided in [`super::cached`]: fresh for 600 s; a failed or invalid fetch never drops good keys, which
//! then serve up to 6 hours; an unknown key leads to one more fetch, at most one in 15 s a URL; an older answer
//! never replaces a newer one. At most 32 fetches run at once over all URLs.
//!
//! Must not judge tokens, and must not store: what changed is told to the receiver of [`KeySource::new`].

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bonafide_verifier::{KeySet, KeySetError};
use metrics::{counter, gauge, histogram};
use tokio::sync::{Semaphore, mpsc, watch};

use super::cached::{Age, Cached, Decision};
pub use super::cached::{Held, KeysError};
use super::fetch::{Fetcher, Seen};
use super::guard::KeyUrl;
use crate::clock::Clock;

/// The key sets of all public key URLs. Cheap to clone.
#[derive(Clone, Debug)]
pub struct KeySource(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    fetcher: Fetcher,
    clock: Clock,
    urls: Mutex<HashMap<String, Entry>>,
    fetches_begun: AtomicU64,
    permits: Semaphore,
    events: mpsc::UnboundedSender<KeyEvent>,
}

#[derive(Debug, Default)]
struct Entry {
    cached: Cached,
    /// Its sender is dropped when the fetch has landed.
    flight: Option<watch::Receiver<()>>,
}

/// Something about a website's keys that people should know of.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum KeyEvent {
    /// The URL publishes these keys now: first seen since this process began, or changed.
    Published {
        /// The public key URL.
        url: String,
        /// SHA-256 of each key as lower-case hex, sorted.
        fingerprints: Vec<String>,
    },
    /// The URL shows a private key to everybody.
    PrivateKeyShown {
        /// The public key URL.
        url: String,
    },
}

impl KeySource {
    /// A source that fetches with `fetcher`, and where it tells what it saw. Needs a tokio runtime when used.
    #[must_use]
    pub fn new(fetcher: Fetcher, clock: Clock) -> (Self, mpsc::UnboundedReceiver<KeyEvent>) {
        let (events, receiver) = mpsc::unbounded_channel();
        let inner = Inner {
            fetcher,
            clock,
            urls: Mutex::default(),
            fetches_begun: AtomicU64::new(0),
            permits: Semaphore::new(MAX_FETCHES),
            events,
        };
        (Self(Arc::new(inner)), receiver)
    }

    /// The keys published at `url`.
    ///
    /// # Errors
    /// [`KeysError`] when the URL cannot be asked or holds no usable keys, and none from before may be used.
    pub async fn key_set(&self, url: &str) -> Result<Held, KeysError> {
        let url = self.judge(url)?;
        let mut source = "memory";
        loop {
            let flight = {
                let mut urls = self.0.lock();
                let now = self.0.clock.monotonic();
                let entry = self.0.entry(&mut urls, &url, now);
                match entry.cached.decide(now) {
                    Decision::Use(held, age) => {
                        let source = if age == Age::Stale { "stale" } else { source };
                        counter!("bonafide_key_sets_used_total", "source" => source).increment(1);
                        return Ok(held);
                    }
                    Decision::Fail(error) => {
                        counter!("bonafide_key_sets_used_total", "source" => "none").increment(1);
                        return Err(error);
                    }
                    Decision::Fetch => self.join(entry, &url),
                }
            };
            source = "fetch";
            landing(flight).await;
        }
    }

    /// A newer set than `held`, for a token that `held` could not judge; `None` when there is none and it is
    /// too early to ask again, or asking failed. Loop on it: a fetch that was under way may bring the same.
    pub async fn newer_than(&self, url: &str, held: &Held) -> Option<Held> {
        let url = self.judge(url).ok()?;
        let flight = {
            let mut urls = self.0.lock();
            let now = self.0.clock.monotonic();
            let entry = self.0.entry(&mut urls, &url, now);
            if let Some(newer) = entry.cached.newer_than(held.number) {
                return Some(newer);
            }
            if entry.flight.is_none() && !entry.cached.begin_search(now) {
                counter!("bonafide_key_searches_declined_total").increment(1);
                return None;
            }
            self.join(entry, &url)
        };
        landing(flight).await;
        let urls = self.0.lock();
        urls.get(url.as_str())?.cached.newer_than(held.number)
    }

    /// Asks `url` now, past the memory, and notes what it answered. What it brings is remembered when it is
    /// good; when it is not, those who use the keys are not disturbed.
    pub(super) async fn look(
        &self,
        url: &KeyUrl,
        seen: &mut Seen,
    ) -> Result<Arc<KeySet>, KeysError> {
        let (number, began) = self.0.begin();
        let result = self.0.fetch(url, seen).await;
        if result.is_ok() {
            self.0.land(url, number, began, result.clone());
        }
        result
    }

    pub(super) fn judge(&self, url: &str) -> Result<KeyUrl, KeysError> {
        self.0
            .fetcher
            .policy()
            .judge(url)
            .map_err(|refused| KeysError::Unavailable(refused.to_string()))
    }

    pub(super) fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// The flight that is under way, or a new one. It is a task of its own: whoever waits may go away without
    /// ending it for the others.
    fn join(&self, entry: &mut Entry, url: &KeyUrl) -> watch::Receiver<()> {
        if let Some(flight) = &entry.flight {
            return flight.clone();
        }
        let (landed, flight) = watch::channel(());
        entry.flight = Some(flight.clone());
        let (number, began) = self.0.begin();
        let mut landing = Landing {
            inner: self.0.clone(),
            url: url.clone(),
            number,
            began,
            result: None,
            _landed: landed,
        };
        tokio::spawn(async move {
            let mut seen = Seen::default();
            let result = landing.inner.fetch(&landing.url, &mut seen).await;
            landing.note(result);
        });
        flight
    }
}

/// Ends a flight, also when its task is dropped or panics: nobody may wait for ever.
struct Landing {
    inner: Arc<Inner>,
    url: KeyUrl,
    number: u64,
    began: Duration,
    result: Option<Result<Arc<KeySet>, KeysError>>,
    /// Dropped after [`Landing::drop`] has noted the result.
    _landed: watch::Sender<()>,
}

impl Landing {
    fn note(&mut self, result: Result<Arc<KeySet>, KeysError>) {
        self.result = Some(result);
    }
}

impl Drop for Landing {
    fn drop(&mut self) {
        let broken_off = || {
            Err(KeysError::Unavailable(
                "The fetch was broken off.".to_owned(),
            ))
        };
        let result = self.result.take().unwrap_or_else(broken_off);
        self.inner.land(&self.url, self.number, self.began, result);
        if let Some(entry) = self.inner.lock().get_mut(self.url.as_str()) {
            entry.flight = None;
        }
    }
}

impl Inner {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Entry>> {
        // Nothing that holds the lock can leave an entry half written.
        self.urls.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn entry<'a>(
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

    fn begin(&self) -> (u64, Duration) {
        let number = self.fetches_begun.fetch_add(1, Ordering::Relaxed) + 1;
        (number, self.clock.monotonic())
    }

    async fn fetch(&self, url: &KeyUrl, seen: &mut Seen) -> Result<Arc<KeySet>, KeysError> {
        let permit = tokio::time::timeout(PERMIT_WAIT, self.permits.acquire()).await;
        let Ok(Ok(_permit)) = permit else {
            counter!("bonafide_key_fetches_total", "outcome" => "crowded").increment(1);
            return Err(KeysError::Unavailable(
                "Too many public key URLs are being asked at once.".to_owned(),
            ));
        };
        let running = gauge!("bonafide_key_fetches_running");
        running.increment(1);
        let began = self.clock.monotonic();
        let body = self.fetcher.fetch(url, seen).await;
        let took = self.clock.monotonic().saturating_sub(began);
        running.decrement(1);
        histogram!("bonafide_key_fetch_seconds").record(took.as_secs_f64());
        let result = body
            .map_err(|failed| KeysError::Unavailable(failed.to_string()))
            .and_then(|body| self.parse(url, &body));
        let outcome = match &result {
            Ok(_) => "ok",
            Err(KeysError::Invalid { .. }) => "invalid",
            Err(KeysError::Unavailable(_)) => "failed",
        };
        counter!("bonafide_key_fetches_total", "outcome" => outcome).increment(1);
        if let Err(error) = &result {
            tracing::warn!(url = url.as_str(), %error, "no keys from a public key URL");
        }
        result
    }

    fn parse(&self, url: &KeyUrl, body: &[u8]) -> Result<Arc<KeySet>, KeysError> {
        let invalid = |error: KeySetError| {
            if error.private_key_found() {
                self.tell(KeyEvent::PrivateKeyShown {
                    url: url.as_str().to_owned(),
                });
            }
            KeysError::Invalid {
                message: error.to_string(),
                has_private_key: error.private_key_found(),
            }
        };
        KeySet::parse(body).map(Arc::new).map_err(invalid)
    }

    fn land(
        &self,
        url: &KeyUrl,
        number: u64,
        began: Duration,
        result: Result<Arc<KeySet>, KeysError>,
    ) {
        let published = result.as_ref().ok().map(|keys| fingerprints(keys));
        let replaced = {
            let mut urls = self.lock();
            let now = self.clock.monotonic();
            let entry = self.entry(&mut urls, url, now);
            entry.cached.landed(number, began, now, result)
        };
        if let (Some(old), Some(new)) = (replaced, published)
            && old.is_none_or(|old| fingerprints(&old) != new)
        {
            counter!("bonafide_key_sets_changed_total").increment(1);
            self.tell(KeyEvent::Published {
                url: url.as_str().to_owned(),
                fingerprints: new,
            });
        }
    }

    fn tell(&self, event: KeyEvent) {
        // Nobody listens only while the server shuts down.
        let _ = self.events.send(event);
    }
}

/// Waits until a flight has landed: nothing is ever sent, the sender is dropped.
async fn landing(mut flight: watch::Receiver<()>) {
    let _ = flight.changed().await;
}

fn fingerprints(keys: &KeySet) -> Vec<String> {
    let mut fingerprints: Vec<String> = keys
        .keys()
        .iter()
        .map(|key| key.fingerprint().to_string())
        .collect();
    fingerprints.sort_unstable();
    fingerprints
}

/// Fetches at once over all URLs. A slow website holds one for at most 5 s in 20, so it takes more than a
/// hundred dead ones to make a living one wait.
const MAX_FETCHES: usize = 32;

/// How long a fetch waits for its turn.
const PERMIT_WAIT: Duration = Duration::from_secs(2);
