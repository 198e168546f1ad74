//! Keeps a number of connections busy for a while, each with one request at a time, and counts. A refusal ends it: what is not
//! served must not look fast.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, anyhow};
use hdrhistogram::Histogram;
use tokio::task::JoinSet;

use crate::client::Client;
use crate::usage;
use crate::works::Work;

/// The longest that is told apart, in microseconds.
const LONGEST_US: u64 = 60_000_000;

/// What one turn gave.
pub(crate) struct Turn {
    /// Answers in a second.
    pub(crate) rate: f64,
    /// How long answers took, in microseconds.
    pub(crate) took: Histogram<u64>,
    /// The load's part of the processor time of both; `None` where it cannot be known.
    pub(crate) share: Option<f64>,
    /// The server's processor time for one answer, in microseconds: what least depends on who else uses the machine.
    pub(crate) cpu_us: Option<f64>,
    /// The server's memory at the end, in KiB.
    pub(crate) resident_kib: Option<u64>,
}

/// One turn of a work against the process with this number.
pub(crate) async fn run(
    work: &Work,
    process: u32,
    clients: usize,
    length: Duration,
) -> Result<Turn> {
    let mut connections = Vec::with_capacity(clients);
    for _ in 0..clients {
        connections.push(Client::connect(&work.address).await?);
    }
    let own = std::process::id();
    let before = (usage::of(own), usage::of(process));
    let begin = Instant::now();
    let end = begin + length;
    let mut running = JoinSet::new();
    for connection in connections {
        running.spawn(one(connection, work.clone(), end));
    }
    let mut took = histogram()?;
    while let Some(done) = running.join_next().await {
        took.add(done??)?;
    }
    let seconds = begin.elapsed().as_secs_f64();
    let after = (usage::of(own), usage::of(process));
    #[allow(clippy::cast_precision_loss, reason = "counts of one run")]
    let ticks = match (before, after) {
        ((Some(own), Some(other)), (Some(own_now), Some(other_now))) => {
            let own = (own_now.ticks - own.ticks) as f64;
            let other = (other_now.ticks - other.ticks) as f64;
            Some((own, other))
        }
        _ => None,
    };
    #[allow(clippy::cast_precision_loss, reason = "counts of one run")]
    let answers = took.len() as f64;
    Ok(Turn {
        rate: answers / seconds,
        took,
        share: ticks.map(|(own, server)| own / (own + server).max(1.0)),
        cpu_us: ticks.map(|(_, server)| server * usage::TICK_US / answers.max(1.0)),
        resident_kib: usage::resident_kib(process),
    })
}

async fn one(mut connection: Client, work: Work, end: Instant) -> Result<Histogram<u64>> {
    let mut took = histogram()?;
    while Instant::now() < end {
        // Nothing is left to do: the rest of the time would count for nothing.
        let Some(ask) = work.next() else { break };
        let begin = Instant::now();
        let answer = connection.send(&ask).await?;
        let elapsed = begin.elapsed();
        if answer.status != work.expected {
            let said = String::from_utf8_lossy(&answer.body).into_owned();
            return Err(anyhow!("{}: {said}", answer.status)).context(work.name);
        }
        took.record(u64::try_from(elapsed.as_micros())?.clamp(1, LONGEST_US))?;
    }
    Ok(took)
}

pub(crate) fn histogram() -> Result<Histogram<u64>> {
    Histogram::new_with_bounds(1, LONGEST_US, 3).context("a histogram")
}
