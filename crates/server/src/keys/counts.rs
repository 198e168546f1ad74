//! What `/metrics` shows of the key source: each of its rules can be seen at work.
//!
//! Labels are outcomes, never URLs: those are the administrators' and may be many.

use std::time::Duration;

use metrics::{counter, gauge, histogram};

/// A fetch ended so: `ok`, `invalid` (read, but no usable keys), `crowded` (too many at once, so it asked nothing), or
/// another word of [`super::failure::FetchFailed::outcome`].
pub(super) fn fetched(outcome: &'static str) {
    counter!("bonafide_key_fetches_total", "outcome" => outcome).increment(1);
}

/// A URL was refused as it is written, and nothing was fetched.
pub(super) fn url_refused() {
    counter!("bonafide_key_urls_refused_total").increment(1);
}

/// How long a fetch took, its wait for a turn not counted.
pub(super) fn fetch_took(took: Duration) {
    histogram!("bonafide_key_fetch_seconds").record(took.as_secs_f64());
}

/// Somebody joined a fetch that was under way instead of beginning one.
pub(super) fn fetch_shared() {
    counter!("bonafide_key_fetches_shared_total").increment(1);
}

/// Keys were handed out: from `memory`, from a `fetch` just made, `stale` ones because nothing newer can be had or is
/// waited for, or `none` at all. Or there were none and nobody asked, in the `cool-down` after a fetch that failed.
pub(super) fn used(source: &'static str) {
    counter!("bonafide_key_sets_used_total", "source" => source).increment(1);
}

/// A token's key, which the set in use does not have, was looked for at its website, which `answered` with a set, or
/// the search `failed` or took longer than the start may wait, or was `declined` because the last one is too recent.
pub(super) fn searched(outcome: &'static str) {
    counter!("bonafide_key_searches_total", "outcome" => outcome).increment(1);
}

/// A website publishes other keys than before.
pub(super) fn changed() {
    counter!("bonafide_key_sets_changed_total").increment(1);
}

/// An answer came after that of a later fetch, and was thrown away.
pub(super) fn outdated() {
    counter!("bonafide_key_answers_outdated_total").increment(1);
}

/// A fetch under way, for as long as this lives.
#[derive(Debug)]
pub(super) struct Running(());

impl Running {
    pub(super) fn begin() -> Self {
        gauge!("bonafide_key_fetches_running").increment(1);
        Self(())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        gauge!("bonafide_key_fetches_running").decrement(1);
    }
}
