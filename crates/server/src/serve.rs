//! The loop that takes connections, for this server and for whatever else is served beside it. `axum::serve` sets no
//! timer, so that a request sent a byte at a time would stay open for ever; this loop limits the time for headers, and
//! the connections of each client. Must not know what is served.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tower::ServiceExt as _;

use self::places::{PlacedStream, Places};
use crate::routes::client_address::PeerAddress;
use crate::trusted_proxy::TrustedProxy;

mod places;

/// Largest head of a request. Tokens come in bodies, so cookies and `Authorization` stay far below.
const MAX_HEAD: usize = 64 * 1024;
/// How long requests under way may take after the server was told to stop.
const GRACE: Duration = Duration::from_secs(10);
/// Pause after accepting failed, which mostly means that no file descriptor is free: trying at once would spin.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Limits of the loop.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Connections that one address may hold at once.
    pub connections_per_address: usize,
    /// How long a client may take for a request's headers, and how long an idle connection is kept.
    pub header_timeout: Duration,
    /// Reverse proxies, which may hold any number of connections: each carries the requests of many clients.
    pub trusted_proxies: Vec<TrustedProxy>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            // A browser opens six per host; a few dozen people may share an address.
            connections_per_address: 512,
            header_timeout: Duration::from_secs(15),
            trusted_proxies: Vec::new(),
        }
    }
}

impl Limits {
    fn trust(&self, peer: SocketAddr) -> bool {
        self.trusted_proxies
            .iter()
            .any(|proxy| proxy.has(peer.ip()))
    }
}

/// Serves connections until `shutdown` completes, then finishes the requests under way.
pub async fn serve(
    router: Router,
    listener: TcpListener,
    limits: Limits,
    shutdown: impl Future<Output = ()> + Send,
) {
    let graceful = GracefulShutdown::new();
    let places = Places::default();
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut shutdown => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                let place = if limits.trust(peer) {
                    None
                } else {
                    let place = places.take(peer, limits.connections_per_address);
                    if place.is_none() {
                        // Closed without an answer: an answer would be work for whoever floods us.
                        metrics::counter!("bonafide_connections_refused_total").increment(1);
                        continue;
                    }
                    place
                };
                let stream = PlacedStream::new(stream, place);
                attend(
                    stream,
                    peer,
                    limits.header_timeout,
                    router.clone(),
                    &graceful,
                );
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
    drop(listener);
    if tokio::time::timeout(GRACE, graceful.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("some requests were still under way when the server stopped");
    }
}

fn attend(
    stream: PlacedStream,
    peer: SocketAddr,
    header_timeout: Duration,
    router: Router,
    graceful: &GracefulShutdown,
) {
    // Chat frames are small; waiting to fill packets would delay them.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection was gone at once");
    }
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let router = router.clone();
        let mut request: Request = request.map(Body::new);
        request.extensions_mut().insert(PeerAddress(peer));
        async move {
            Ok::<_, Infallible>(
                router
                    .oneshot(request)
                    .await
                    .unwrap_or_else(|never| match never {}),
            )
        }
    });
    let mut builder = auto::Builder::new(TokioExecutor::new()).http1_only();
    builder
        .http1()
        .timer(TokioTimer::new())
        // A client that has sent its whole request and hung up asked for something all the same. Seen as an end, its
        // request would be dropped, perhaps before it began.
        .half_close(true)
        .header_read_timeout(header_timeout)
        .max_buf_size(MAX_HEAD);
    let connection = builder
        .serve_connection_with_upgrades(TokioIo::new(stream), service)
        .into_owned();
    let watched = graceful.watch(connection);
    tokio::spawn(async move {
        if let Err(error) = watched.await {
            tracing::debug!(%error, "a connection broke");
        }
    });
}
