//! Arithmetic on time and chance, both given from outside: waits that grow, and the server's times in milliseconds.

use bonafide_protocol::Timestamp;

use super::RequestError;
use super::context::Context;

/// Longest wait given to a timer; browsers overflow at 2^31 ms, and clocks drift.
pub(super) const LONGEST_TIMER_MS: u64 = 60 * 60 * 1000;

/// First wait before a second try.
const FIRST_WAIT_MS: u32 = 500;
/// Longest wait between two tries. Tied to what a visitor accepts after the server is back.
const LONGEST_WAIT_MS: u32 = 30_000;

/// By so much the two clocks of a computer that is awake come apart only when somebody sets one of them.
const SLEEP_MS: i64 = 2_000;

impl Context {
    /// Whether the computer slept since the last input. What the server's clock shows is put forward by that; a wall
    /// clock that somebody set forward is corrected by the server's next word.
    pub(super) fn notice_sleep(&mut self, wall: i64) -> bool {
        let ahead = wall - self.now as i64;
        let slept = ahead - self.ahead.replace(ahead).unwrap_or(ahead);
        let has_slept = slept > SLEEP_MS;
        if has_slept {
            self.clock_offset += slept;
        }
        has_slept
    }

    /// What the server's clock shows, in milliseconds since 1970, as far as is known here.
    pub(super) fn server_now(&self) -> i64 {
        self.now as i64 + self.clock_offset
    }

    pub(super) fn server_says(&mut self, time: &Timestamp) {
        if let Some(server_now) = milliseconds(time) {
            self.clock_offset = server_now - self.now as i64;
        }
    }

    /// How long to wait after a request failed: no shorter than the server asked for.
    pub(super) fn wait_ms(&mut self, failures: u32, error: &RequestError) -> u32 {
        let asked = match error {
            RequestError::Problem { retry_after, .. } => u32::from(*retry_after) * 1_000,
            _ => 0,
        };
        self.chance.wait_ms(failures).max(asked)
    }
}

/// Pseudo-random numbers from one random seed that is not zero (xorshift). They spread load; nothing secret depends on them.
#[derive(Debug)]
pub(super) struct Chance(pub(super) u32);

impl Chance {
    fn next(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0
    }

    /// The wait after `failures` tries that failed: doubles, up to a limit, and half of it is chance, so that the
    /// visitors of a server that comes back do not all knock at once.
    pub(super) fn wait_ms(&mut self, failures: u32) -> u32 {
        let doubled = FIRST_WAIT_MS.saturating_mul(1 << failures.min(10));
        let half = doubled.min(LONGEST_WAIT_MS) / 2;
        half + self.next() % (half + 1)
    }
}

/// Milliseconds since 1970 of a time as our server writes it, for example `2026-11-22T20:00:00.000Z`.
pub(super) fn milliseconds(time: &Timestamp) -> Option<i64> {
    let bytes = time.as_str().as_bytes();
    let number = |from: usize, to: usize| -> Option<i64> {
        let mut value = 0;
        for byte in bytes.get(from..to)? {
            value = value * 10 + i64::from(byte.checked_sub(b'0').filter(|digit| *digit < 10)?);
        }
        Some(value)
    };
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let seconds = (number(11, 13)? * 60 + number(14, 16)?) * 60 + number(17, 19)?;
    let thousandths = match bytes.get(19)? {
        b'.' => number(20, 23)?,
        _ => 0,
    };
    if bytes.last() != Some(&b'Z') || !(1..=12).contains(&month) {
        return None;
    }
    Some((days(year, month, day) * 86_400 + seconds) * 1000 + thousandths)
}

/// Days from 1970-01-01 in the Gregorian calendar, counting years from March so that leap days come last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month > 2 { year } else { year - 1 };
    let month = (month + 9) % 12;
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    year * 365 + year / 4 - year / 100 + year / 400 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use bonafide_protocol::Timestamp;

    use super::{Chance, LONGEST_WAIT_MS, milliseconds};

    #[test]
    fn times_of_the_server_are_read() {
        let read = |text: &str| milliseconds(&Timestamp::from_rfc3339(text.into()));
        assert_eq!(read("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(read("2018-11-19T10:07:51Z"), Some(1_542_622_071_000));
        assert_eq!(read("2024-02-29T23:59:59.999Z"), Some(1_709_251_199_999));
        assert_eq!(read("2026-11-22T20:00:00.123456Z"), Some(1_795_377_600_123));
        for bad in [
            "",
            "2026",
            "2026-11-22T20:00:00+01:00",
            "x026-11-22T20:00:00Z",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn waits_grow_to_a_limit_and_differ() {
        let mut chance = Chance(7);
        assert!((250..=500).contains(&chance.wait_ms(0)));
        assert!((2_000..=4_000).contains(&chance.wait_ms(3)));
        for failures in 6..40 {
            assert!((LONGEST_WAIT_MS / 2..=LONGEST_WAIT_MS).contains(&chance.wait_ms(failures)));
        }
        assert_ne!(chance.wait_ms(9), chance.wait_ms(9));
    }
}
