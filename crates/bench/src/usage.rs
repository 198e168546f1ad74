//! Processor time and memory of a process, as the system counts them. Linux only; elsewhere nothing is known.

use std::fs;

/// A tick, in microseconds. Linux counts processor time in hundredths of a second wherever it runs.
pub(crate) const TICK_US: f64 = 10_000.0;

/// What a process has used.
#[derive(Clone, Copy, Default)]
pub(crate) struct Usage {
    /// Processor time, in ticks of [`TICK_US`].
    pub(crate) ticks: u64,
}

/// Of the process with this number; `None` where it cannot be known.
pub(crate) fn of(process: u32) -> Option<Usage> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name before may hold spaces and brackets; then state, and from there user time is the 12th, system time the 13th.
    let (_, after) = stat.rsplit_once(") ")?;
    let mut fields = after.split(' ').skip(11);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some(Usage {
        ticks: user + system,
    })
}

/// The memory that a process holds, in KiB.
pub(crate) fn resident_kib(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().split(' ').next()?.parse().ok()
}
