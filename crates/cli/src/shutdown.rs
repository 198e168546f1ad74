//! When to stop: Ctrl-C, or the signal that service managers send.

use std::future::Future;

/// Is over at the first SIGINT or SIGTERM. A second one ends the process at once, in case stopping hangs.
///
/// The signals are heard from this call on, before anybody waits: call it before the first line is printed, for whoever
/// reads that line may send one.
///
/// # Panics
/// Outside a runtime.
pub(crate) fn requested() -> impl Future<Output = ()> + Send + 'static {
    let mut signals = Signals::listen();
    async move {
        signals.next().await;
        tracing::info!("stopping; a second signal ends it at once");
        tokio::spawn(async move {
            signals.next().await;
            std::process::exit(130);
        });
    }
}

/// The signals, as far as the system lets us have them.
#[cfg(unix)]
struct Signals([Option<tokio::signal::unix::Signal>; 2]);

#[cfg(unix)]
impl Signals {
    fn listen() -> Self {
        use tokio::signal::unix::{SignalKind, signal};
        Self([SignalKind::interrupt(), SignalKind::terminate()].map(|kind| signal(kind).ok()))
    }

    async fn next(&mut self) {
        let [interrupt, terminate] = &mut self.0;
        tokio::select! {
            () = received(interrupt) => {}
            () = received(terminate) => {}
        }
    }
}

#[cfg(unix)]
async fn received(signal: &mut Option<tokio::signal::unix::Signal>) {
    match signal {
        Some(signal) => {
            signal.recv().await;
        }
        None => std::future::pending().await,
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn listen() -> Self {
        Self
    }

    async fn next(&mut self) {
        let _ = tokio::signal::ctrl_c().await;
    }
}
