//! The one place where the server reads the time. Everything else takes time as an argument.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use bonafide_protocol::Timestamp;
use chrono::{DateTime, SecondsFormat};

/// A point in time: as people read it, and as ages are told by.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Moment {
    /// Unix milliseconds. May be before that of an earlier moment, as when somebody corrects the machine's clock.
    pub wall_ms: i64,
    /// Time since the clock was made.
    pub passed: Duration,
}

/// A source of wall time and of monotonic time. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System {
        started: Instant,
    },
    Manual {
        wall_ms: Arc<AtomicI64>,
        passed_ms: Arc<AtomicI64>,
    },
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is where the time is read")]
    pub fn system() -> Self {
        Self(Source::System {
            started: Instant::now(),
        })
    }

    /// A clock that stands at `now_ms` (unix milliseconds) and moves only by [`Clock::advance`] and [`Clock::set_wall`].
    #[must_use]
    pub fn manual(now_ms: i64) -> Self {
        Self(Source::Manual {
            wall_ms: Arc::new(AtomicI64::new(now_ms)),
            passed_ms: Arc::default(),
        })
    }

    /// Moves a manual clock, and all its clones, forward. The machine's clock cannot be moved.
    pub fn advance(&self, by: Duration) {
        if let Source::Manual { wall_ms, passed_ms } = &self.0 {
            let by = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
            wall_ms.fetch_add(by, Ordering::SeqCst);
            passed_ms.fetch_add(by, Ordering::SeqCst);
        }
    }

    /// Sets the wall time of a manual clock, and of all its clones, while no time passes: as when somebody corrects the
    /// machine's clock.
    pub fn set_wall(&self, now_ms: i64) {
        if let Source::Manual { wall_ms, .. } = &self.0 {
            wall_ms.store(now_ms, Ordering::SeqCst);
        }
    }

    /// Wall time as unix milliseconds. May jump.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is where the time is read")]
    pub fn now_ms(&self) -> i64 {
        match &self.0 {
            Source::System { .. } => SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .map_or(0, |since| {
                    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
                }),
            Source::Manual { wall_ms, .. } => wall_ms.load(Ordering::SeqCst),
        }
    }

    /// Wall time as unix seconds, as tokens count it.
    #[must_use]
    pub fn now_s(&self) -> i64 {
        self.now_ms().div_euclid(1000)
    }

    /// Time since this clock was made; never jumps, for ages and deadlines.
    #[must_use]
    pub fn monotonic(&self) -> Duration {
        match &self.0 {
            Source::System { started } => started.elapsed(),
            Source::Manual { passed_ms, .. } => {
                let passed = passed_ms.load(Ordering::SeqCst);
                Duration::from_millis(u64::try_from(passed).unwrap_or(0))
            }
        }
    }

    /// Now, by both of its times.
    #[must_use]
    pub fn moment(&self) -> Moment {
        Moment {
            wall_ms: self.now_ms(),
            passed: self.monotonic(),
        }
    }

    /// Wall time as the wire writes it.
    #[must_use]
    pub fn timestamp(&self) -> Timestamp {
        timestamp(self.now_ms())
    }
}

/// Writes unix milliseconds as RFC 3339 in UTC with milliseconds. RFC 3339 has years of four digits only, and browsers
/// throw at what they cannot read; so a time before the year 0 or after 9999, as a token or a key may have, is written as
/// the first or last that can be.
#[must_use]
pub fn timestamp(unix_ms: i64) -> Timestamp {
    let writable = unix_ms.clamp(FIRST_WRITABLE_MS, LAST_WRITABLE_MS);
    let time = DateTime::from_timestamp_millis(writable).unwrap_or(DateTime::UNIX_EPOCH);
    Timestamp::from_rfc3339(time.to_rfc3339_opts(SecondsFormat::Millis, true))
}

/// Reads an RFC 3339 time of any offset, as Unix milliseconds; `None` for anything else.
#[must_use]
pub fn unix_ms(time: &Timestamp) -> Option<i64> {
    let time = DateTime::parse_from_rfc3339(time.as_str()).ok()?;
    Some(time.timestamp_millis())
}

/// 0000-01-01T00:00:00.000Z
const FIRST_WRITABLE_MS: i64 = -62_167_219_200_000;
/// 9999-12-31T23:59:59.999Z
const LAST_WRITABLE_MS: i64 = 253_402_300_799_999;

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use bonafide_protocol::Timestamp;

    use super::{Clock, timestamp, unix_ms};

    #[test]
    fn a_manual_clock_moves_only_when_told() {
        let clock = Clock::manual(1_542_622_071_000);
        assert_eq!(clock.timestamp().as_str(), "2018-11-19T10:07:51.000Z");
        clock.clone().advance(Duration::from_millis(1_500));
        assert_eq!(clock.now_ms(), 1_542_622_072_500);
        assert_eq!(clock.now_s(), 1_542_622_072);
        assert_eq!(clock.monotonic(), Duration::from_millis(1_500));
        clock.clone().set_wall(0);
        assert_eq!(clock.now_ms(), 0);
        assert_eq!(clock.monotonic(), Duration::from_millis(1_500));
    }

    #[test]
    fn a_time_is_read_with_its_offset() {
        let read = |text: &str| unix_ms(&Timestamp::from_rfc3339(text.to_owned()));
        assert_eq!(read("2018-11-19T10:07:51.000Z"), Some(1_542_622_071_000));
        assert_eq!(read("2018-11-19T12:07:51+02:00"), Some(1_542_622_071_000));
        for wrong in ["", "2018-11-19", "2018-11-19T10:07:51", "1542622071"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_time_whose_year_has_no_four_digits_is_written_as_the_nearest_that_has() {
        let (first, last) = ("0000-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z");
        for (unix_ms, written) in [
            (i64::MIN, first),
            (-62_167_219_200_001, first),
            (-62_167_219_200_000, first),
            (-62_167_219_199_999, "0000-01-01T00:00:00.001Z"),
            (253_402_300_799_998, "9999-12-31T23:59:59.998Z"),
            (253_402_300_799_999, last),
            (253_402_300_800_000, last),
            (i64::MAX, last),
        ] {
            assert_eq!(timestamp(unix_ms).as_str(), written, "{unix_ms}");
        }
    }
}
