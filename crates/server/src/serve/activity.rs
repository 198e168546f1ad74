//! What happens on a connection: which requests are under way, whether they wait for us or for the client, and since when
//! nothing has moved. Must not know what a request is.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use hyper::Version;
use hyper::body::{Frame, SizeHint};
use tokio::sync::Notify;
use tokio::time::{Instant, timeout};

/// Counts the requests under way on one connection. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Activity(Arc<State>);

#[derive(Debug)]
struct State {
    /// Requests that wait for us: a handler works, or its body has nothing ready.
    working: AtomicUsize,
    /// Requests whose answer waits until the client has taken what was sent before.
    answering: AtomicUsize,
    changed: Notify,
    begun: Instant,
    /// When something moved last, in milliseconds after `begun`.
    moved: AtomicU64,
    /// HTTP/1.1 writes nothing but answers. HTTP/2 also writes when the client only pings.
    is_http1: AtomicBool,
}

/// A request under way, from its headers to the end of its answer; over when dropped.
#[derive(Debug)]
pub(super) struct UnderWay {
    activity: Activity,
    is_answering: bool,
}

impl Default for Activity {
    fn default() -> Self {
        Self(Arc::new(State {
            working: AtomicUsize::default(),
            answering: AtomicUsize::default(),
            changed: Notify::default(),
            begun: Instant::now(),
            moved: AtomicU64::default(),
            is_http1: AtomicBool::default(),
        }))
    }
}

impl Activity {
    /// Begins a request.
    pub(super) fn begin(&self, version: Version) -> UnderWay {
        let is_http1 = version < Version::HTTP_2;
        self.0.is_http1.store(is_http1, Ordering::SeqCst);
        self.moved();
        self.count(false).fetch_add(1, Ordering::SeqCst);
        self.0.changed.notify_one();
        UnderWay {
            activity: self.clone(),
            is_answering: false,
        }
    }

    /// Bytes were written to the client.
    pub(super) fn wrote(&self) {
        if self.0.is_http1.load(Ordering::SeqCst) {
            self.moved();
        }
    }

    /// Is over once no request was under way for `idle`, or the client took nothing of its answers for `unread`. From
    /// the beginning on, so that a client that sends nothing, or a head byte by byte, is treated as one that has
    /// finished.
    pub(super) async fn idle_for(&self, idle: Duration, unread: Duration) {
        loop {
            let changed = self.0.changed.notified();
            let limit = if self.0.working.load(Ordering::SeqCst) > 0 {
                changed.await;
                continue;
            } else if self.0.answering.load(Ordering::SeqCst) > 0 {
                unread
            } else {
                idle
            };
            let moved = Duration::from_millis(self.0.moved.load(Ordering::SeqCst));
            let quiet = self.0.begun.elapsed().saturating_sub(moved);
            if quiet >= limit {
                return;
            }
            // Either way the state is looked at again.
            let _ = timeout(limit.saturating_sub(quiet), changed).await;
        }
    }

    fn count(&self, is_answering: bool) -> &AtomicUsize {
        match is_answering {
            true => &self.0.answering,
            false => &self.0.working,
        }
    }

    fn moved(&self) {
        let now = self.0.begun.elapsed().as_millis();
        let now = u64::try_from(now).unwrap_or(u64::MAX);
        self.0.moved.store(now, Ordering::SeqCst);
    }
}

impl UnderWay {
    fn set_answering(&mut self, is_answering: bool) {
        self.activity.moved();
        if self.is_answering != is_answering {
            // In this order, so that nobody sees a moment without a request.
            self.activity
                .count(is_answering)
                .fetch_add(1, Ordering::SeqCst);
            self.activity
                .count(self.is_answering)
                .fetch_sub(1, Ordering::SeqCst);
            self.is_answering = is_answering;
            self.activity.0.changed.notify_one();
        }
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.activity.moved();
        self.activity
            .count(self.is_answering)
            .fetch_sub(1, Ordering::SeqCst);
        self.activity.0.changed.notify_one();
    }
}

/// An answer's body that keeps its request under way.
pub(super) struct WatchedBody {
    body: Body,
    under_way: UnderWay,
}

impl WatchedBody {
    pub(super) fn new(body: Body, mut under_way: UnderWay) -> Self {
        under_way.set_answering(true);
        Self { body, under_way }
    }
}

impl HttpBody for WatchedBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let frame = Pin::new(&mut self.body).poll_frame(context);
        // While it has nothing ready, it is not the client who is late.
        self.under_way.set_answering(frame.is_ready());
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
