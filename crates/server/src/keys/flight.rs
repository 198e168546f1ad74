//! One fetch for all who need the same URL's keys: begun once, a task of its own, its result noted when it lands.
//!
//! Must not decide what is done with the result ([`super::cached`] does), and nobody may wait for it for ever.

use std::sync::Arc;
use std::time::Duration;

use bonafide_verifier::{KeySet, KeySetError};
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::watch;

use super::cached::KeysError;
use super::counts;
use super::event::{KeyEvent, mistakes, published};
use super::fetch::{FetchFailed, Lane, Seen};
use super::guard::KeyUrl;
use super::source::{Entry, Inner};

/// Changes when the fetch has landed; then it says whether there was no room for it.
pub(super) type Flight = watch::Receiver<bool>;

impl Inner {
    /// The flight that is under way, or a new one. Whoever waits may go away without ending it for the others.
    pub(super) fn join(self: &Arc<Self>, entry: &mut Entry, url: &KeyUrl) -> Flight {
        match &entry.flight {
            Some(flight) => {
                counts::fetch_shared();
                flight.clone()
            }
            None => self.take_off(entry, url),
        }
    }

    /// Sees to it that a flight is under way, for nobody who waits.
    pub(super) fn refresh(self: &Arc<Self>, entry: &mut Entry, url: &KeyUrl) {
        if entry.flight.is_none() {
            drop(self.take_off(entry, url));
        }
    }

    fn take_off(self: &Arc<Self>, entry: &mut Entry, url: &KeyUrl) -> Flight {
        let (landed, flight) = watch::channel(false);
        entry.flight = Some(flight.clone());
        let (number, began) = self.begin();
        let mut landing = Landing {
            inner: self.clone(),
            url: url.clone(),
            number,
            began,
            result: None,
            landed,
        };
        tokio::spawn(async move {
            let mut seen = Seen::default();
            let fetch = landing.inner.fetch(Lane::Starts, &landing.url, &mut seen);
            let result = fetch.await;
            landing.note(result);
        });
        flight
    }

    /// Asks `url` now, when it is its turn.
    pub(super) async fn fetch(
        &self,
        lane: Lane,
        url: &KeyUrl,
        seen: &mut Seen,
    ) -> Result<Arc<KeySet>, KeysError> {
        let turns = match lane {
            Lane::Starts => &self.turns_of_starts,
            Lane::Tests => &self.turns_of_tests,
        };
        let turn = tokio::time::timeout(TURN_WAIT, turns.acquire()).await;
        let Ok(Ok(_turn)) = turn else {
            counts::fetched("crowded");
            return Err(KeysError::Crowded);
        };
        // Given back also when the task is dropped.
        let running = counts::Running::begin();
        let began = self.clock.monotonic();
        let body = self.fetcher.fetch_for(lane, url, seen).await;
        let took = self.clock.monotonic().saturating_sub(began);
        drop(running);
        seen.took = took;
        counts::fetch_took(took);
        let (outcome, result) = match body {
            Ok(body) => match self.parse(url, &body) {
                Ok(keys) => ("ok", Ok(keys)),
                Err(error) => ("invalid", Err(error)),
            },
            Err(failed) => (failed.outcome(), Err(unavailable(&failed))),
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

    /// Notes what fetch `number`, begun at `began`, brought, and tells of keys that were not told of yet.
    pub(super) fn land(
        &self,
        url: &KeyUrl,
        number: u64,
        began: Duration,
        result: Result<Arc<KeySet>, KeysError>,
    ) {
        let new = result
            .as_ref()
            .ok()
            .map(|keys| (published(keys), mistakes(keys)));
        let mut urls = self.lock();
        let now = self.clock.monotonic();
        let entry = self.entry(&mut urls, url, now);
        entry.is_private_key_told &= result.is_err();
        let replaced = entry.cached.landed(number, began, now, result);
        let Some((new, mistakes)) = new else { return };
        let Some(old) = replaced else {
            // A newer fetch has landed before this one.
            counts::outdated();
            return;
        };
        if old.is_some_and(|old| published(&old) != new) {
            counts::changed();
        }
        if entry.told.as_ref() != Some(&new) {
            let event = KeyEvent::Published {
                url: url.as_str().to_owned(),
                keys: new.clone(),
            };
            if self.tell(event) {
                entry.told = Some(new);
            }
        }
        if entry.told_mistakes != mistakes {
            let event = KeyEvent::PassedOver {
                url: url.as_str().to_owned(),
                entries: mistakes.clone(),
            };
            // That there are none any more is no news.
            if mistakes.is_empty() || self.tell(event) {
                entry.told_mistakes = mistakes;
            }
        }
    }

    /// Once, until good keys have been seen there again: it is fetched every few seconds while it lasts.
    fn tell_of_private_key(&self, url: &KeyUrl) {
        let mut urls = self.lock();
        let entry = self.entry(&mut urls, url, self.clock.monotonic());
        if !entry.is_private_key_told {
            entry.is_private_key_told = self.tell(KeyEvent::PrivateKeyShown {
                url: url.as_str().to_owned(),
            });
        }
    }

    /// Whether it will be heard. What is not is told again with the next fetch.
    fn tell(&self, event: KeyEvent) -> bool {
        match self.events.try_send(event) {
            Ok(()) => true,
            Err(TrySendError::Full(event)) => {
                tracing::error!(
                    ?event,
                    "too many events of the key source wait to be recorded"
                );
                false
            }
            // Nobody listens only while the server shuts down.
            Err(TrySendError::Closed(_)) => false,
        }
    }
}

/// Ends a flight, also when its task is dropped or panics.
struct Landing {
    inner: Arc<Inner>,
    url: KeyUrl,
    number: u64,
    began: Duration,
    result: Option<Result<Arc<KeySet>, KeysError>>,
    landed: watch::Sender<bool>,
}

impl Landing {
    fn note(&mut self, result: Result<Arc<KeySet>, KeysError>) {
        self.result = Some(result);
    }
}

impl Drop for Landing {
    fn drop(&mut self) {
        let result = self.result.take().unwrap_or_else(broken_off);
        let is_crowded = matches!(result, Err(KeysError::Crowded));
        self.inner.land(&self.url, self.number, self.began, result);
        if let Some(entry) = self.inner.lock().get_mut(self.url.as_str()) {
            entry.flight = None;
        }
        // Last: whoever wakes up finds everything noted.
        self.landed.send_replace(is_crowded);
    }
}

/// The result of a fetch whose task ended before it did.
pub(super) fn broken_off<T>() -> Result<T, KeysError> {
    Err(KeysError::Unavailable(
        "The fetch was broken off.".to_owned(),
    ))
}

fn unavailable(failed: &FetchFailed) -> KeysError {
    match failed {
        FetchFailed::Crowded => KeysError::Crowded,
        other => KeysError::Unavailable(other.to_string()),
    }
}

/// How long a fetch waits for its turn.
const TURN_WAIT: Duration = Duration::from_secs(2);
