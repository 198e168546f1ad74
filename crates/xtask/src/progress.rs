//! Says what is being done and how long it took. Long steps must never look like a hang.

use std::time::{Duration, Instant};

use anyhow::Result;

/// Does one step, saying so before and after.
///
/// # Errors
/// What the step fails with.
pub(crate) fn step<T>(name: &str, what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    eprintln!("[{name}] {what} …");
    let started = now();
    let value = work()?;
    eprintln!("[{name}] done in {}", human(started.elapsed()));
    Ok(value)
}

/// Says that a step had nothing to do.
pub(crate) fn skipped(name: &str, why: &str) {
    eprintln!("[{name}] {why}");
}

/// The time, for durations that people read.
#[expect(
    clippy::disallowed_methods,
    reason = "a build tool reports how long its own steps took; nothing is decided by it"
)]
pub(crate) fn now() -> Instant {
    Instant::now()
}

/// A duration as people say it.
pub(crate) fn human(duration: Duration) -> String {
    let seconds = duration.as_secs();
    if seconds >= 60 {
        format!("{} min {} s", seconds / 60, seconds % 60)
    } else {
        format!("{:.1} s", duration.as_secs_f64())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    #[test]
    fn durations_read_as_people_say_them() {
        assert_eq!(super::human(Duration::from_millis(1_250)), "1.2 s");
        assert_eq!(super::human(Duration::from_secs(61)), "1 min 1 s");
    }
}
