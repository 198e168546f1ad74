//! When to stop: Ctrl-C, or the signal that service managers send.

/// Is over at the first SIGINT or SIGTERM. A second one ends the process at once, in case stopping hangs.
pub(crate) async fn requested() {
    signal().await;
    tracing::info!("stopping; a second signal ends it at once");
    tokio::spawn(async {
        signal().await;
        std::process::exit(130);
    });
}

#[cfg(unix)]
async fn signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        let _ = tokio::signal::ctrl_c().await;
        return;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}

#[cfg(not(unix))]
async fn signal() {
    let _ = tokio::signal::ctrl_c().await;
}
