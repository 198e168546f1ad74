//! How long others wait for somebody who is away: an agent for their conversations, a visitor for their place.

use super::Fault;

/// How long an agent without a live console keeps their conversations where the queue does not say: longer than a reload, a
/// restart of the browser or a line that breaks, shorter than a visitor's patience.
pub const DEFAULT_ABSENCE: u32 = 120;

/// A console whose line breaks is back within this time as a rule.
const SHORTEST_ABSENCE: u32 = 30;

/// How long a waiting visitor who is gone keeps their place where the widget does not say: who looks for something on
/// another site comes back to it.
const DEFAULT_RELEASE: u32 = 600;

/// Phones sleep and trains pass through tunnels for so long.
const SHORTEST_RELEASE: u32 = 60;

/// A day: what waits longer is a message, not a chat.
const LONGEST: u32 = 86_400;

/// A queue's `absenceSeconds`.
///
/// # Errors
/// When it is not in the range that is allowed.
pub fn absence_seconds(given: Option<u32>) -> Result<u32, Fault> {
    within(SHORTEST_ABSENCE, given.unwrap_or(DEFAULT_ABSENCE))
}

/// A chat widget's `releaseSeconds`.
///
/// # Errors
/// When it is not in the range that is allowed.
pub fn release_seconds(given: Option<u32>) -> Result<u32, Fault> {
    within(SHORTEST_RELEASE, given.unwrap_or(DEFAULT_RELEASE))
}

fn within(shortest: u32, seconds: u32) -> Result<u32, Fault> {
    if (shortest..=LONGEST).contains(&seconds) {
        Ok(seconds)
    } else {
        Err(Fault::invalid(format!(
            "This must be from {shortest} to {LONGEST} s."
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bounds_are_allowed_and_what_is_beyond_is_not() {
        for (given, taken) in [
            (None, Ok(120)),
            (Some(30), Ok(30)),
            (Some(86_400), Ok(86_400)),
            (Some(29), Err(())),
            (Some(86_401), Err(())),
            (Some(0), Err(())),
        ] {
            assert_eq!(absence_seconds(given).map_err(drop), taken, "{given:?}");
        }
        for (given, taken) in [(None, Ok(600)), (Some(60), Ok(60)), (Some(59), Err(()))] {
            assert_eq!(release_seconds(given).map_err(drop), taken, "{given:?}");
        }
    }
}
