//! The administrator's *Test*: asks a URL now, past the memory.
//!
//! Must not be a way round the limits that protect visitors and websites: tests have a few turns of their own, one
//! URL is asked once at a time, and once in 2 s. Whoever asks meanwhile waits for the answer that is still to come, and
//! is never given one that came before.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bonafide_verifier::KeySet;
use tokio::sync::watch;

use super::cached::KeysError;
use super::fetch::{Lane, Seen};
use super::flight::broken_off;
use super::guard::KeyUrl;
use super::source::{Inner, KeySource};

/// The looks of the last seconds, by URL.
#[derive(Debug, Default)]
pub(super) struct Looks(Mutex<HashMap<String, Look>>);

#[derive(Debug)]
struct Look {
    /// When the URL is or was asked, on the server's clock.
    asks_at: Duration,
    /// What was found; its sender goes when the look has ended.
    found: watch::Receiver<Option<Looked>>,
}

/// What a look found.
#[derive(Clone, Debug)]
pub(super) struct Looked {
    pub(super) result: Result<Arc<KeySet>, KeysError>,
    pub(super) seen: Seen,
}

impl KeySource {
    /// Asks `url`, or joins somebody who does, and says what it answered. What it brings is remembered when it is
    /// good; when it is not, those who use the keys are not disturbed.
    pub(super) async fn look(&self, url: &KeyUrl) -> Looked {
        let mut found = self.0.looks.join(&self.0, url);
        let looked = found.wait_for(Option::is_some).await;
        let looked = looked.ok().and_then(|looked| looked.clone());
        looked.unwrap_or_else(|| Looked {
            result: broken_off(),
            seen: Seen::default(),
        })
    }
}

impl Looks {
    /// The look that is under way, or a new one that begins when it may. It is a task of its own: whoever waits may go
    /// away without ending it for the others.
    fn join(&self, inner: &Arc<Inner>, url: &KeyUrl) -> watch::Receiver<Option<Looked>> {
        let now = inner.clock.monotonic();
        // Nothing that holds the lock can leave a look half written.
        let mut looks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        looks.retain(|_, look| look.is_under_way() || look.rest(now) > Duration::ZERO);
        let last = looks.get(url.as_str());
        if let Some(look) = last
            && look.is_under_way()
        {
            return look.found.clone();
        }
        let rest = last.map_or(Duration::ZERO, |look| look.rest(now));
        let (sender, found) = watch::channel(None);
        let look = Look {
            asks_at: now + rest,
            found: found.clone(),
        };
        looks.insert(url.as_str().to_owned(), look);
        let (inner, url) = (inner.clone(), url.clone());
        tokio::spawn(async move {
            tokio::time::sleep(rest).await;
            let looked = inner.look(&url).await;
            sender.send_replace(Some(looked));
        });
        found
    }
}

impl Look {
    fn is_under_way(&self) -> bool {
        self.found.has_changed().is_ok() && self.found.borrow().is_none()
    }

    /// How long the URL must still be left alone.
    fn rest(&self, now: Duration) -> Duration {
        (self.asks_at + SPACING).saturating_sub(now)
    }
}

impl Inner {
    async fn look(&self, url: &KeyUrl) -> Looked {
        let (number, began) = self.begin();
        let mut seen = Seen::default();
        let result = self.fetch(Lane::Tests, url, &mut seen).await;
        if result.is_ok() {
            self.land(url, number, began, result.clone());
        }
        Looked { result, seen }
    }
}

/// The least time between two looks at one URL. A person who corrects a website needs longer.
const SPACING: Duration = Duration::from_secs(2);
