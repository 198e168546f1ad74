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
use tokio::sync::{Semaphore, mpsc, watch};

use super::cached::{Age, Cached, Decision};
pub use super::cached::{Held, KeysError};
use super::counts;
use super::fetch::{FetchFailed, Fetcher, Seen};
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
    is_private_key_told: bool,
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
                        counts::used(source);
                        return Ok(held);
                    }
                    Decision::Fail(error) => {
                        counts::used("none");
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
                counts::searched("declined");
                return None;
            }
            self.join(entry, &url)
        };
        landing(flight).await;
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
        newer
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
        self.0.fetcher.policy().judge(url).map_err(|refused| {
            let failed = FetchFailed::from(refused);
            counts::fetched(failed.outcome());
            KeysError::Unavailable(failed.to_string())
        })
    }

    pub(super) fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// The flight that is under way, or a new one. It is a task of its own: whoever waits may go away without
    /// ending it for the others.
    fn join(&self, entry: &mut Entry, url: &KeyUrl) -> watch::Receiver<()> {
        if let Some(flight) = &entry.flight {
            counts::fetch_shared();
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
            counts::fetched("crowded");
            return Err(KeysError::Unavailable(
                "Too many public key URLs are being asked at once.".to_owned(),
            ));
        };
        // Given back also when an administrator's test is broken off.
        let running = counts::Running::begin();
        let began = self.clock.monotonic();
        let body = self.fetcher.fetch(url, seen).await;
        let took = self.clock.monotonic().saturating_sub(began);
        drop(running);
        counts::fetch_took(took);
        let (outcome, result) = match body {
            Ok(body) => match self.parse(url, &body) {
                Ok(keys) => ("ok", Ok(keys)),
                Err(error) => ("invalid", Err(error)),
            },
            Err(failed) => (
                failed.outcome(),
                Err(KeysError::Unavailable(failed.to_string())),
            ),
        };
        counts::fetched(outcome);
        if let Err(error) = &result {
            tracing::warn!(url = url.as_str(), %error, "no keys from a public key URL");
        }
        result
    }

    fn parse(&self, url: &KeyUrl, body: &[u8]) -> Result<Arc<KeySet>, KeysError> {
        let invalid = |error: KeySetError| {
            if error.private_key_found() {
                self.tell_of_private_key(url);
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
            entry.is_private_key_told &= result.is_err();
            entry.cached.landed(number, began, now, result)
        };
        let Some(new) = published else { return };
        let Some(old) = replaced else {
            // A newer fetch has landed before this one.
            counts::outdated();
            return;
        };
        let old = old.map(|old| fingerprints(&old));
        if old.as_ref() != Some(&new) {
            if old.is_some() {
                counts::changed();
            }
            self.tell(KeyEvent::Published {
                url: url.as_str().to_owned(),
                fingerprints: new,
            });
        }
    }

    /// Once, until good keys have been seen there again: it is fetched every few seconds while it lasts.
    fn tell_of_private_key(&self, url: &KeyUrl) {
        let is_told = {
            let mut urls = self.lock();
            let entry = self.entry(&mut urls, url, self.clock.monotonic());
            std::mem::replace(&mut entry.is_private_key_told, true)
        };
        if !is_told {
            self.tell(KeyEvent::PrivateKeyShown {
                url: url.as_str().to_owned(),
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
