//! What is known of one public key URL, and what to do about it now.
//!
//! Must not fetch, wait or read a clock: `now` is a monotonic time given by the caller. [`super::source`]
//! does what is decided here.

use std::sync::Arc;
use std::time::Duration;

use bonafide_protocol::ErrorCode;
use bonafide_verifier::KeySet;

/// How long a key set is used without asking again.
pub(super) const FRESH: Duration = Duration::from_secs(600);

/// How long a key set is used when asking again fails. Long enough for a website's outage over a morning;
/// bounded, because whoever can keep us from reaching the website could otherwise keep a revoked key alive.
pub(super) const STALE_CEILING: Duration = Duration::from_secs(6 * 60 * 60);

/// How long a failed fetch is reason enough not to wait for the next one. While people come, an outage is noticed
/// again every few seconds; after a pause it may be over, and then a key that was withdrawn meanwhile must not be
/// taken for good because nobody looked.
const OUTAGE: Duration = Duration::from_secs(600);

/// The least time between a failed fetch, or one made because a token's key was unknown, and the next of its
/// kind. A new key is seen after at most this; a flood of invented key ids costs the website one request in it.
pub(super) const COOL_DOWN: Duration = Duration::from_secs(15);

/// A key set, and which fetch brought it.
#[derive(Clone, Debug)]
pub(super) struct Fetched {
    pub(super) keys: Arc<KeySet>,
    pub(super) number: u64,
}

/// Why there are no keys.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum KeysError {
    /// The URL was not asked, because this server is asking too many at once.
    #[error("Too many public key URLs are being asked at once.")]
    Crowded,
    /// The URL was read but holds no usable key set.
    #[error("The public key URL holds no usable keys: {message}")]
    Invalid {
        /// What is wrong and where, as a sentence.
        message: String,
        /// A private key stands there for all to read.
        has_private_key: bool,
    },
    /// The URL could not be read.
    #[error("{0}")]
    Unavailable(String),
}

impl KeysError {
    /// The error code of an answer.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Invalid { .. } => ErrorCode::KeysInvalid,
            Self::Crowded | Self::Unavailable(_) => ErrorCode::KeysUnavailable,
        }
    }
}

/// What to do for somebody who needs keys.
#[derive(Debug)]
pub(super) enum Decision {
    /// Ask the URL, or join whoever asks.
    Fetch,
    /// Give up: it failed just now.
    Fail(KeysError),
    /// Take these, and ask the URL without waiting for its answer: it failed a while ago.
    Refresh(Fetched),
    /// Take these.
    Use(Fetched, Age),
}

/// Whether keys are used within their time or because nothing newer can be had.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Age {
    Fresh,
    Stale,
}

/// Everything remembered of one URL. Fetches are numbered in the order they began.
#[derive(Debug, Default)]
pub(super) struct Cached {
    good: Option<Good>,
    failed: Option<Failed>,
    searched_at: Option<Duration>,
}

#[derive(Debug)]
struct Good {
    fetched: Fetched,
    fetched_at: Duration,
}

#[derive(Debug)]
struct Failed {
    at: Duration,
    error: KeysError,
}

impl Cached {
    /// What to do for the start of a conversation.
    pub(super) fn decide(&self, now: Duration) -> Decision {
        if let Some(good) = &self.good
            && good.age(now) < FRESH
        {
            return Decision::Use(good.fetched.clone(), Age::Fresh);
        }
        match (&self.failed, self.stale(now)) {
            (Some(failed), Some(stale)) if failed.is_recent(now) => {
                Decision::Use(stale, Age::Stale)
            }
            (Some(failed), Some(stale)) if failed.is_of_this_outage(now) => {
                Decision::Refresh(stale)
            }
            (Some(failed), None) if failed.is_recent(now) => Decision::Fail(failed.error.clone()),
            _ => Decision::Fetch,
        }
    }

    /// Keys that may still be used when no newer ones can be had.
    pub(super) fn stale(&self, now: Duration) -> Option<Fetched> {
        let good = self.good.as_ref()?;
        (good.age(now) < STALE_CEILING).then(|| good.fetched.clone())
    }

    /// The keys, if a later fetch than `number` brought them.
    pub(super) fn newer_than(&self, number: u64) -> Option<Fetched> {
        let good = self.good.as_ref()?;
        (good.fetched.number > number).then(|| good.fetched.clone())
    }

    /// Whether a fetch may begin for a token that the keys could not judge, because the website may have published
    /// a new key since; if so it is noted as begun.
    pub(super) fn begin_search(&mut self, now: Duration) -> bool {
        let is_recent =
            |at: Option<Duration>| at.is_some_and(|at| now.saturating_sub(at) < COOL_DOWN);
        let failed_at = self.failed.as_ref().map(|failed| failed.at);
        if is_recent(self.searched_at) || is_recent(failed_at) {
            return false;
        }
        self.searched_at = Some(now);
        true
    }

    /// Notes what fetch `number`, begun at `began`, brought. Returns the set it replaced (`None` within when
    /// it is the first) if this one is now in use. A failure never drops good keys, and what an older fetch
    /// brings never replaces what a newer one brought. A fetch that found no room asked nothing: it says nothing
    /// about the URL, and the next one need not wait.
    pub(super) fn landed(
        &mut self,
        number: u64,
        began: Duration,
        now: Duration,
        result: Result<Arc<KeySet>, KeysError>,
    ) -> Option<Option<Arc<KeySet>>> {
        let newest = self.good.as_ref().map_or(0, |good| good.fetched.number);
        if number <= newest {
            return None;
        }
        match result {
            Ok(keys) => {
                self.failed = None;
                // Aged from its beginning: the website may have read its keys right then.
                let good = Good {
                    fetched: Fetched { keys, number },
                    fetched_at: began,
                };
                Some(self.good.replace(good).map(|old| old.fetched.keys))
            }
            Err(KeysError::Crowded) => {
                self.searched_at = None;
                None
            }
            Err(error) => {
                self.failed = Some(Failed { at: now, error });
                None
            }
        }
    }

    /// Whether nothing here is of use any more.
    pub(super) fn is_worthless(&self, now: Duration) -> bool {
        let is_failure_of_use = self
            .failed
            .as_ref()
            .is_some_and(|failed| failed.is_recent(now));
        self.stale(now).is_none() && !is_failure_of_use
    }
}

impl Good {
    fn age(&self, now: Duration) -> Duration {
        now.saturating_sub(self.fetched_at)
    }
}

impl Failed {
    fn is_recent(&self, now: Duration) -> bool {
        now.saturating_sub(self.at) < COOL_DOWN
    }

    fn is_of_this_outage(&self, now: Duration) -> bool {
        now.saturating_sub(self.at) < OUTAGE
    }
}
