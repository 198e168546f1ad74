//! Times closures in turn. Of times the fastest of many short rounds counts, of ratios the median.

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

/// What a race found, in nanoseconds per run of each candidate.
pub(crate) struct Times {
    /// Of the fastest round.
    pub(crate) best: Vec<f64>,
    rounds: Vec<Vec<f64>>,
}

impl Times {
    /// How fast one candidate is in terms of another: in each round the two ran within milliseconds of each other, so
    /// the clock's speed and the neighbours' work cancel out, and the median leaves out the rounds that were disturbed.
    pub(crate) fn ratio(&self, of: usize, to: usize) -> f64 {
        let mut ratios: Vec<f64> = self
            .rounds
            .iter()
            .map(|times| times[to] / times[of])
            .collect();
        ratios.sort_unstable_by(f64::total_cmp);
        ratios[ratios.len() / 2]
    }
}

/// Prints the fastest round of each candidate too.
pub(crate) fn race(candidates: &mut [Candidate<'_>]) -> Times {
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
    let mut rounds = Vec::new();
    for _ in 0..if is_trial { 1 } else { ROUNDS } {
        let mut round = vec![f64::INFINITY; candidates.len()];
        for (place, (candidate, &runs)) in candidates.iter().zip(&runs).enumerate() {
            if is_wanted(candidate) {
                round[place] = time(candidate, runs).as_nanos() as f64 / f64::from(runs);
                best[place] = best[place].min(round[place]);
            }
        }
        rounds.push(round);
    }
    for (candidate, best) in candidates
        .iter()
        .zip(&best)
        .filter(|(candidate, _)| is_wanted(candidate))
    {
        println!("verify: {}: {:.2} µs", candidate.name, best / 1_000.0);
    }
    Times { best, rounds }
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
