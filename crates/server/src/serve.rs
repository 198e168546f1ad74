//! The loop that takes connections. `axum::serve` sets no timer, so that a request sent a byte at a time would stay
//! open for ever; this loop limits the time for headers, and the connections of each address.

use std::collections::HashMap;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt as _;

use crate::routes::client_address::{ClientAddress, Network, PeerAddress};

/// How long a client may take for a request's headers, and how long an idle connection is kept.
const HEADER_TIMEOUT: Duration = Duration::from_secs(15);
/// How long requests under way may take after the server was told to stop.
const GRACE: Duration = Duration::from_secs(10);
/// Pause after accepting failed, which mostly means that no file descriptor is free: trying at once would spin.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Limits of the loop.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Connections that one address may hold at once.
    pub(crate) connections_per_address: usize,
}

/// Serves connections until `shutdown` completes, then finishes the requests under way.
pub(crate) async fn serve(
    router: Router,
    listener: TcpListener,
    limits: Limits,
    shutdown: impl Future<Output = ()> + Send,
) {
    let graceful = GracefulShutdown::new();
    let connections = Connections::default();
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut shutdown => break,
        };
        match accepted {
            Ok((stream, peer)) => match connections.admit(peer, limits.connections_per_address) {
                Some(place) => attend(stream, peer, place, router.clone(), &graceful),
                // Closed without an answer: an answer would be work for whoever floods us.
                None => metrics::counter!("bonafide_connections_refused_total").increment(1),
            },
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
    stream: TcpStream,
    peer: SocketAddr,
    place: Place,
    router: Router,
    graceful: &GracefulShutdown,
) {
    // Chat frames are small; waiting to fill packets would delay them.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection was gone at once");
    }
    // An upgraded connection lives on in the request's extensions, so its place must, too.
    let place = Arc::new(place);
    let held = Arc::clone(&place);
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let router = router.clone();
        let mut request: Request = request.map(Body::new);
        request.extensions_mut().insert(PeerAddress(peer));
        request.extensions_mut().insert(Arc::clone(&place));
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
        .header_read_timeout(HEADER_TIMEOUT);
    let connection = builder
        .serve_connection_with_upgrades(TokioIo::new(stream), service)
        .into_owned();
    let watched = graceful.watch(connection);
    tokio::spawn(async move {
        if let Err(error) = watched.await {
            tracing::debug!(%error, "a connection broke");
        }
        drop(held);
    });
}

/// Counts the connections of each client.
#[derive(Clone, Debug, Default)]
struct Connections(Arc<Mutex<HashMap<Network, usize>>>);

/// One connection's place among its client's; given back when dropped.
#[derive(Debug)]
struct Place {
    connections: Connections,
    network: Network,
}

impl Connections {
    fn admit(&self, peer: SocketAddr, most: usize) -> Option<Place> {
        let network = ClientAddress(peer.ip()).network();
        let mut counts = self.lock();
        let count = counts.entry(network).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        Some(Place {
            connections: self.clone(),
            network,
        })
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Network, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut counts = self.connections.lock();
        if let Some(count) = counts.get_mut(&self.network) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.network);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Connections;

    #[test]
    fn a_place_is_given_back() {
        let connections = Connections::default();
        let peer = "192.0.2.1:1".parse().unwrap();
        let first = connections.admit(peer, 1);
        assert!(first.is_some());
        assert!(connections.admit(peer, 1).is_none());
        assert!(
            connections
                .admit("192.0.2.2:1".parse().unwrap(), 1)
                .is_some()
        );
        drop(first);
        assert!(connections.admit(peer, 1).is_some());
        assert!(connections.lock().is_empty());
    }
}
