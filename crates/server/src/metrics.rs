//! What `/metrics` shows, in Prometheus' text format. Labels are routes and outcomes, never ids or addresses.

use std::sync::OnceLock;

use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};

/// The process's metrics. Several servers in one process share them, because a recorder is global.
#[derive(Clone, Debug)]
pub struct Metrics(PrometheusHandle);

impl Metrics {
    /// Installs the recorder with the first call.
    ///
    /// # Errors
    /// When the buckets cannot be set.
    pub fn install() -> Result<Self, BuildError> {
        static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
        if let Some(handle) = HANDLE.get() {
            return Ok(Self(handle.clone()));
        }
        let recorder = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), BUCKETS)?
            .build_recorder();
        let handle = HANDLE.get_or_init(|| recorder.handle());
        // Fails when an embedding program has a recorder of its own; then ours stays empty and theirs gets all.
        if metrics::set_global_recorder(recorder).is_err() {
            tracing::debug!(
                "another metrics recorder is installed; /metrics of this server stays empty"
            );
        }
        Ok(Self(handle.clone()))
    }

    /// The metrics as text.
    #[must_use]
    pub fn render(&self) -> String {
        self.0.run_upkeep();
        self.0.render()
    }
}

/// From what a cached answer takes to what a key fetch may take.
const BUCKETS: &[f64] = &[
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
];
