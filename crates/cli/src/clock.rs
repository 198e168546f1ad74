//! The wall clock of the command line.

use std::time::UNIX_EPOCH;

/// Seconds since 1970-01-01T00:00:00Z; 0 where the machine's clock stands before that.
#[expect(
    clippy::disallowed_methods,
    reason = "commands run at the time they are started"
)]
pub(crate) fn unix_now() -> i64 {
    std::time::SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| {
            i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
        })
}

/// Unix seconds as RFC 3339 text; the bare number where that has no year.
pub(crate) fn rfc3339(seconds: i64) -> String {
    chrono::DateTime::from_timestamp(seconds, 0).map_or_else(
        || seconds.to_string(),
        |time| time.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
    )
}
