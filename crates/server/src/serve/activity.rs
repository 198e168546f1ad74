//! Whether a connection carries a request now, and since when it does not. Must not know what a request is.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};
use tokio::sync::Notify;
use tokio::time::timeout;

/// Counts the requests under way on one connection. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(super) struct Activity(Arc<State>);

#[derive(Debug, Default)]
struct State {
    under_way: AtomicUsize,
    changed: Notify,
}

/// A request under way, from its headers to the end of its answer; over when dropped.
#[derive(Debug)]
pub(super) struct UnderWay(Activity);

impl Activity {
    /// Begins a request.
    pub(super) fn begin(&self) -> UnderWay {
        self.0.under_way.fetch_add(1, Ordering::SeqCst);
        self.0.changed.notify_one();
        UnderWay(self.clone())
    }

    /// Is over once no request was under way for `limit`. From the beginning on, so that a client that sends nothing,
    /// or a head byte by byte, is treated as one that has finished.
    pub(super) async fn idle_for(&self, limit: Duration) {
        loop {
            let changed = self.0.changed.notified();
            if self.0.under_way.load(Ordering::SeqCst) > 0 {
                changed.await;
            } else if timeout(limit, changed).await.is_err()
                && self.0.under_way.load(Ordering::SeqCst) == 0
            {
                return;
            }
        }
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.0.under_way.fetch_sub(1, Ordering::SeqCst);
        self.0.0.changed.notify_one();
    }
}

/// An answer's body that keeps its request under way.
pub(super) struct WatchedBody {
    body: Body,
    _under_way: UnderWay,
}

impl WatchedBody {
    pub(super) fn new(body: Body, under_way: UnderWay) -> Self {
        Self {
            body,
            _under_way: under_way,
        }
    }
}

impl HttpBody for WatchedBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
