//! The loop that takes connections, for this server and for whatever else is served beside it. `axum::serve` sets no
//! timer, so that a request sent a byte at a time would stay open for ever; this loop closes whoever is idle, limits the
//! connections of each client, and keeps some back for whoever must see to the server when visitors hold all others.
//! Must not know what is served.

use std::convert::Infallible;
use std::fmt::Display;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};
use tower::ServiceExt as _;

use self::activity::WatchedBody;
use self::descriptors::Shares;
use self::forwarders::Forwarders;
use self::places::{LastPlace, PlacedStream, Places};
use crate::routes::client_address::{KeptBack, PeerAddress};
use crate::trusted_proxy::TrustedProxy;

mod activity;
pub mod descriptors;
mod forwarders;
mod host;
mod places;

/// Largest head of a request. Tokens come in bodies, so cookies and `Authorization` stay far below.
const MAX_HEAD: usize = 64 * 1024;
const MAX_HEADER_LIST: u32 = 64 * 1024;
/// How long requests under way may take after the server was told to stop.
const GRACE: Duration = Duration::from_secs(10);
/// Pause after accepting failed, which mostly means that no file descriptor is free: trying at once would spin.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// A connection that was kept back must come to the point, and be gone soon.
const KEPT_BACK_HEADER_TIMEOUT: Duration = Duration::from_secs(2);
const KEPT_BACK_LIFETIME: Duration = Duration::from_secs(30);
/// Streams that a client may have open on one HTTP/2 connection.
const HTTP2_STREAMS: u32 = 128;

/// Limits of the loop.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Connections that one address may hold at once.
    pub connections_per_address: usize,
    /// How long a client may take for a request's headers, from the connection's beginning or the answer before, and
    /// how long an idle connection is kept.
    pub header_timeout: Duration,
    /// How long a client may take nothing of an answer that it asked for.
    pub unread_timeout: Duration,
    /// Speak HTTP/2 too, with whoever begins with it (RFC 9113, section 3.3). There is no TLS here in which it could be
    /// agreed.
    pub http2: bool,
    /// Reverse proxies, which may hold any number of connections: each carries the requests of many clients.
    pub trusted_proxies: Vec<TrustedProxy>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            // A browser opens six per host; a few dozen people may share an address.
            connections_per_address: 512,
            header_timeout: Duration::from_secs(15),
            // A telephone in a tunnel comes back within that.
            unread_timeout: Duration::from_secs(60),
            http2: false,
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
    let shares = Shares::current();
    let per_address = shares.per_address(limits.connections_per_address);
    if per_address < limits.connections_per_address {
        tracing::warn!(
            connections = shares.ordinary,
            per_address,
            "the limit of open files leaves room for fewer connections of one address than --connections-per-address \
             allows; raise it (ulimit -n, LimitNOFILE)"
        );
    }
    let places = Places::new(shares, per_address);
    let forwarders = Forwarders::default();
    let (stop, stopping) = watch::channel(());
    let mut shutdown = pin!(shutdown);
    let mut is_failing = false;
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut shutdown => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            // That client is gone; the next may come.
            Err(error) if is_of_one_client(error.kind()) => continue,
            Err(error) => {
                // Once, however long it lasts.
                if !is_failing {
                    tracing::warn!(%error, "connections cannot be accepted");
                }
                is_failing = true;
                sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        if is_failing {
            tracing::info!("connections are accepted again");
        }
        is_failing = false;
        let Some(place) = places.take(peer, limits.trust(peer)) else {
            // Closed without an answer: an answer would be work for whoever floods us.
            metrics::counter!("bonafide_connections_refused_total").increment(1);
            forwarders.limited(peer);
            continue;
        };
        let last = place.last();
        let stream = PlacedStream::new(stream, place);
        let attended = attend(
            stream,
            peer,
            limits.clone(),
            last.clone(),
            forwarders.clone(),
            router.clone(),
            stopping.clone(),
        );
        match last {
            Some(last) => tokio::spawn(async move {
                tokio::select! {
                    () = attended => {}
                    () = last.lost() => {}
                    () = sleep(KEPT_BACK_LIFETIME) => {}
                }
            }),
            None => tokio::spawn(attended),
        };
    }
    drop((listener, stopping));
    let _ = stop.send(());
    if timeout(GRACE, stop.closed()).await.is_err() {
        tracing::warn!("some requests were still under way when the server stopped");
    }
}

fn is_of_one_client(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset | ErrorKind::Interrupted
    )
}

/// Serves one connection to its end.
async fn attend(
    stream: PlacedStream,
    peer: SocketAddr,
    limits: Limits,
    last: Option<Arc<LastPlace>>,
    forwarders: Forwarders,
    router: Router,
    stopping: watch::Receiver<()>,
) {
    // Chat frames are small; waiting to fill packets would delay them.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection was gone at once");
    }
    let is_kept_back = last.is_some();
    let is_trusted = limits.trust(peer);
    let activity = stream.activity();
    let requests = activity.clone();
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let under_way = requests.begin(request.version());
        let router = router.clone();
        let forwarders = forwarders.clone();
        if !is_trusted {
            forwarders.look(peer, request.headers());
        }
        let mut request: Request = request.map(Body::new);
        request.extensions_mut().insert(PeerAddress(peer));
        if let Some(last) = &last {
            last.has_asked();
            request.extensions_mut().insert(KeptBack);
        }
        async move {
            let response: Response = match host::refuse(&request) {
                Some(refusal) => refusal,
                None => router
                    .oneshot(request)
                    .await
                    .unwrap_or_else(|never| match never {}),
            };
            forwarders.look_at_answer(peer, response.status());
            Ok::<_, Infallible>(response.map(|body| WatchedBody::new(body, under_way)))
        }
    });
    let idle = match is_kept_back {
        true => limits.header_timeout.min(KEPT_BACK_HEADER_TIMEOUT),
        false => limits.header_timeout,
    };
    let idle = activity.idle_for(idle, limits.unread_timeout);
    let stream = TokioIo::new(stream);
    if limits.http2 {
        let mut builder = auto::Builder::new(TokioExecutor::new());
        builder
            .http1()
            .half_close(true)
            .max_buf_size(MAX_HEAD)
            .keep_alive(!is_kept_back);
        builder
            .http2()
            .timer(TokioTimer::new())
            .max_concurrent_streams(HTTP2_STREAMS)
            .max_header_list_size(MAX_HEADER_LIST)
            .keep_alive_interval(limits.header_timeout)
            .keep_alive_timeout(limits.header_timeout);
        let connection = builder.serve_connection_with_upgrades(stream, service);
        drive(
            connection,
            auto::UpgradeableConnection::graceful_shutdown,
            idle,
            stopping,
        )
        .await;
    } else {
        // A client that has sent its whole request and hung up asked for something all the same. Seen as an end, its
        // request would be dropped, perhaps before it began: hence `half_close`.
        //
        // Not the other builder with HTTP/1 alone: it reads what the client begins with before any timer runs.
        let connection = http1::Builder::new()
            .half_close(true)
            .max_buf_size(MAX_HEAD)
            .keep_alive(!is_kept_back)
            .serve_connection(stream, service)
            .with_upgrades();
        drive(
            connection,
            http1::UpgradeableConnection::graceful_shutdown,
            idle,
            stopping,
        )
        .await;
    }
}

/// Runs a connection until it ends, `idle` is over, or the server stops and it has finished its requests.
async fn drive<C, E: Display>(
    connection: C,
    finish: impl Fn(Pin<&mut C>),
    idle: impl Future<Output = ()>,
    mut stopping: watch::Receiver<()>,
) where
    C: Future<Output = Result<(), E>>,
{
    let mut connection = pin!(connection);
    let mut idle = pin!(idle);
    let mut is_stopping = false;
    loop {
        tokio::select! {
            ended = &mut connection => {
                if let Err(error) = ended {
                    tracing::debug!(%error, "a connection broke");
                }
                return;
            }
            () = &mut idle => {
                tracing::debug!("an idle connection was closed");
                return;
            }
            // Also when the loop itself is gone.
            _ = stopping.changed(), if !is_stopping => {
                is_stopping = true;
                finish(connection.as_mut());
            }
        }
    }
}
