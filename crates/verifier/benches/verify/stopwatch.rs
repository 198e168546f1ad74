//! Times closures in turn, in many short rounds, of which the quiet ones count: those as fast as the fastest in fifty.
//!
//! A median would tell of the neighbours on the same core. They slow code that branches and allocates more than long
//! multiplications, so that even a ratio of two medians moves by some percent with what others happen to do.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

/// Long enough for the clock, short enough to fit between two interruptions.
const ROUND: Duration = Duration::from_micros(250);
const ROUNDS: usize = 1_000;
/// As many as take two candidates ten seconds: somewhere in them even a busy machine is quiet.
const MANY_ROUNDS: usize = 20_000;
/// The fastest of so many rounds is a quiet one. The very fastest of all would be a matter of luck.
const QUIET: usize = 50;

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

/// What a race found.
pub(crate) struct Times {
    /// Nanoseconds per run of each candidate in its quiet rounds.
    pub(crate) quiet: Vec<f64>,
}

impl Times {
    /// How fast one candidate is in terms of another. Both took turns every quarter of a millisecond, so both had the
    /// same quiet moments.
    pub(crate) fn ratio(&self, of: usize, to: usize) -> f64 {
        self.quiet[to] / self.quiet[of]
    }
}

/// Prints the time of each candidate too.
pub(crate) fn race(candidates: &mut [Candidate<'_>]) -> Times {
    race_for(ROUNDS, candidates)
}

/// A [`race`] for the figure that matters most.
pub(crate) fn long_race(candidates: &mut [Candidate<'_>]) -> Times {
    race_for(MANY_ROUNDS, candidates)
}

fn race_for(rounds: usize, candidates: &mut [Candidate<'_>]) -> Times {
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
    let mut times = vec![Vec::new(); candidates.len()];
    for _ in 0..if is_trial { 1 } else { rounds } {
        for ((candidate, &runs), times) in candidates.iter().zip(&runs).zip(&mut times) {
            if is_wanted(candidate) {
                times.push(time(candidate, runs).as_nanos() as f64 / f64::from(runs));
            }
        }
    }
    let quiet: Vec<f64> = times.into_iter().map(quiet).collect();
    for (candidate, quiet) in candidates
        .iter()
        .zip(&quiet)
        .filter(|(candidate, _)| is_wanted(candidate))
    {
        println!("verify: {}: {:.2} µs", candidate.name, quiet / 1_000.0);
    }
    Times { quiet }
}

/// The time that one round in [`QUIET`] reaches; of a candidate that did not run, infinity.
fn quiet(mut rounds: Vec<f64>) -> f64 {
    rounds.sort_unstable_by(f64::total_cmp);
    rounds
        .get(rounds.len() / QUIET)
        .copied()
        .unwrap_or(f64::INFINITY)
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
