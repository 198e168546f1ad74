//! Tests that cannot be tried on every machine, and must not look as if they had been.
#![cfg(unix)]

use std::io::Write as _;

/// Says which test was not tried and why, on the real standard error: that of a test that passes is not shown.
pub(crate) fn not_tried(test: &str, reason: &str) {
    let _ = writeln!(std::io::stderr(), "NOT TRIED: {test}: {reason}");
}
