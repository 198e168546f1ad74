//! A rate limit by key, on the server's own clock: so many at once, then one in a period.

use std::hash::Hash;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};

use crate::clock::Clock;

impl governor::clock::Clock for Clock {
    type Instant = Duration;

    fn now(&self) -> Duration {
        self.monotonic()
    }
}

type Limiter<K> = RateLimiter<K, DefaultKeyedStateStore<K>, Clock, NoOpMiddleware<Duration>>;

/// Lets each key do something a limited number of times.
#[derive(Debug)]
pub struct RateLimit<K: Clone + Eq + Hash> {
    limiter: Limiter<K>,
    clock: Clock,
    checks: AtomicU32,
}

impl<K: Clone + Eq + Hash> RateLimit<K> {
    /// `burst` at once, then one in `period`.
    #[must_use]
    pub fn new(burst: NonZeroU32, period: Duration, clock: Clock) -> Self {
        // A period of zero is no limit; governor has no quota for it, a nanosecond is as good.
        let period = period.max(Duration::from_nanos(1));
        let quota = Quota::with_period(period)
            .unwrap_or_else(|| Quota::per_second(burst))
            .allow_burst(burst);
        let limiter = RateLimiter::new(quota, DefaultKeyedStateStore::default(), clock.clone());
        Self {
            limiter,
            clock,
            checks: AtomicU32::new(0),
        }
    }

    /// Counts one more for `key`.
    ///
    /// # Errors
    /// How long to wait, when that is too many.
    pub fn check(&self, key: &K) -> Result<(), Duration> {
        // Keys come from outside, so those at rest are forgotten now and then; the rest is bounded by the rate.
        if self.checks.fetch_add(1, Ordering::Relaxed) % CHECKS_BETWEEN_SWEEPS
            == CHECKS_BETWEEN_SWEEPS - 1
        {
            self.limiter.retain_recent();
        }
        self.limiter
            .check_key(key)
            .map_err(|refused| refused.wait_time_from(self.clock.monotonic()))
    }
}

const CHECKS_BETWEEN_SWEEPS: u32 = 4_096;

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;
    use std::time::Duration;

    use super::RateLimit;
    use crate::clock::Clock;

    #[test]
    fn a_key_that_was_too_quick_waits_and_others_do_not() {
        let clock = Clock::manual(0);
        let limit = RateLimit::new(
            NonZeroU32::new(2).unwrap(),
            Duration::from_secs(6),
            clock.clone(),
        );
        assert!(limit.check(&"a").is_ok() && limit.check(&"a").is_ok());
        assert_eq!(limit.check(&"a").unwrap_err(), Duration::from_secs(6));
        assert!(limit.check(&"b").is_ok());
        clock.advance(Duration::from_secs(6));
        assert!(limit.check(&"a").is_ok());
        assert!(limit.check(&"a").is_err());
    }
}
