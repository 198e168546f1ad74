//! The wall clock of a running issuer. Everything else takes the time as an argument.

use std::time::UNIX_EPOCH;

/// Seconds since 1970-01-01T00:00:00Z; 0 where the machine's clock stands before that.
#[expect(
    clippy::disallowed_methods,
    reason = "a mounted router has nobody to ask for the time; tests give it another clock"
)]
pub(crate) fn unix_now() -> i64 {
    std::time::SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| {
            i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
        })
}
