//! Turns into lines: medians over turns, latencies over all of them.

use std::fmt;

use hdrhistogram::Histogram;

use crate::load::Turn;

/// What several turns of one work gave.
pub(crate) struct Line {
    name: &'static str,
    clients: usize,
    rate: f64,
    /// In microseconds.
    p50: u64,
    p99: u64,
    share: Option<f64>,
    cpu_us: Option<f64>,
    resident_kib: Option<u64>,
    ratio: Option<f64>,
}

impl Line {
    /// Of one or more turns.
    pub(crate) fn of(name: &'static str, clients: usize, turns: &[Turn]) -> Self {
        let mut took: Option<Histogram<u64>> = None;
        for turn in turns {
            match &mut took {
                None => took = Some(turn.took.clone()),
                // All have the same bounds.
                Some(all) => all.add(&turn.took).unwrap_or_default(),
            }
        }
        let at = |share| {
            took.as_ref()
                .map_or(0, |took| took.value_at_quantile(share))
        };
        Self {
            name,
            clients,
            rate: median(turns.iter().map(|turn| turn.rate).collect()).unwrap_or_default(),
            p50: at(0.5),
            p99: at(0.99),
            share: median(turns.iter().filter_map(|turn| turn.share).collect()),
            cpu_us: median(turns.iter().filter_map(|turn| turn.cpu_us).collect()),
            resident_kib: turns.iter().filter_map(|turn| turn.resident_kib).max(),
            ratio: None,
        }
    }

    /// With its rate as a part of another's.
    pub(crate) fn beside(self, floor: &Self) -> Self {
        Self {
            ratio: Some(self.rate / floor.rate),
            ..self
        }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        #[allow(clippy::cast_precision_loss, reason = "times of one run")]
        let ms = |us: u64| us as f64 / 1_000.0;
        write!(
            f,
            "{:<10}{:>8}{:>12.0}{:>10.2}{:>10.2}",
            self.name,
            self.clients,
            self.rate,
            ms(self.p50),
            ms(self.p99)
        )?;
        match self.share {
            Some(share) => write!(f, "{:>8.0}%", share * 100.0)?,
            None => write!(f, "{:>9}", "?")?,
        }
        match self.cpu_us {
            Some(us) => write!(f, "{us:>8.0}")?,
            None => write!(f, "{:>8}", "?")?,
        }
        match self.resident_kib {
            Some(kib) => write!(f, "{:>8}", kib / 1_024)?,
            None => write!(f, "{:>8}", "?")?,
        }
        self.ratio
            .map_or(Ok(()), |ratio| write!(f, "{ratio:>10.3}"))
    }
}

/// What the columns are.
pub(crate) fn print_head() {
    println!(
        "{:<10}{:>8}{:>12}{:>10}{:>10}{:>9}{:>8}{:>8}{:>10}",
        "work", "clients", "a second", "p50 ms", "p99 ms", "share", "cpu µs", "MiB", "/ floor"
    );
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}
