//! Times closures in turn. The fastest of many short rounds counts.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

/// Long enough for the clock, short enough to fit between two interruptions.
const ROUND: Duration = Duration::from_millis(1);
const ROUNDS: usize = 250;

static IS_TRIAL: AtomicBool = AtomicBool::new(false);

/// In a trial everything runs once.
pub(crate) fn set_trial(is_trial: bool) {
    IS_TRIAL.store(is_trial, Ordering::Relaxed);
}

/// Something to measure. `run` says whether the token was accepted.
pub(crate) struct Candidate<'a> {
    name: String,
    is_accepted: bool,
    run: Box<dyn Fn() -> bool + 'a>,
}

impl<'a> Candidate<'a> {
    /// One that accepts.
    pub(crate) fn new(name: &str, run: impl Fn() -> bool + 'a) -> Self {
        Self {
            name: name.to_owned(),
            is_accepted: true,
            run: Box::new(run),
        }
    }

    /// One that refuses.
    pub(crate) fn refusal(name: &str, run: impl Fn() -> bool + 'a) -> Self {
        Self {
            is_accepted: false,
            ..Self::new(name, run)
        }
    }
}

/// Nanoseconds per run of each candidate; prints them too.
pub(crate) fn race(candidates: &mut [Candidate<'_>]) -> Vec<f64> {
    let is_trial = IS_TRIAL.load(Ordering::Relaxed);
    // `cargo bench -- NAME` measures only the candidates with NAME in their names, for a profiler.
    let wanted: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with('-'))
        .collect();
    let is_wanted = |candidate: &Candidate<'_>| {
        wanted.is_empty() || wanted.iter().any(|name| candidate.name.contains(name))
    };
    let runs: Vec<u32> = candidates
        .iter()
        .map(|candidate| {
            if !is_wanted(candidate) {
                return 0;
            }
            assert_eq!(
                (candidate.run)(),
                candidate.is_accepted,
                "{}",
                candidate.name
            );
            if is_trial {
                1
            } else {
                runs_per_round(candidate)
            }
        })
        .collect();
    let mut best = vec![f64::INFINITY; candidates.len()];
    for _ in 0..if is_trial { 1 } else { ROUNDS } {
        for ((candidate, &runs), best) in candidates.iter().zip(&runs).zip(&mut best) {
            if !is_wanted(candidate) {
                continue;
            }
            *best = best.min(time(candidate, runs).as_nanos() as f64 / f64::from(runs));
        }
    }
    for (candidate, best) in candidates
        .iter()
        .zip(&best)
        .filter(|(candidate, _)| is_wanted(candidate))
    {
        println!("verify: {}: {:.2} µs", candidate.name, best / 1_000.0);
    }
    best
}

fn runs_per_round(candidate: &Candidate<'_>) -> u32 {
    let mut runs = 1;
    while time(candidate, runs) < ROUND {
        runs *= 2;
    }
    runs
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn time(candidate: &Candidate<'_>, runs: u32) -> Duration {
    let start = Instant::now();
    for _ in 0..runs {
        std::hint::black_box((candidate.run)());
    }
    start.elapsed()
}
