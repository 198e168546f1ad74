//! How many connections each client holds. A place belongs to the stream itself, so it is held for as long as the
//! connection lives, whatever becomes of it: an upgraded connection outlives the HTTP that began it.

use std::collections::{HashMap, VecDeque};
use std::io::{IoSlice, Result};
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::Notify;

use super::activity::Activity;
use super::descriptors::Shares;
use crate::routes::client_address::{ClientAddress, Network};

/// Counts the connections of each client, and all of them. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Places {
    counts: Arc<Mutex<Counts>>,
    shares: Shares,
    per_address: usize,
}

#[derive(Debug, Default)]
struct Counts {
    ordinary: HashMap<Network, usize>,
    all_ordinary: usize,
    kept_back: HashMap<Network, usize>,
    all_kept_back: usize,
    /// The connections that were kept back, oldest first, until they bring a request.
    silent: VecDeque<Arc<LastPlace>>,
}

/// A connection that was kept back. It loses its place to a newer one for as long as it brings no request.
#[derive(Debug, Default)]
pub(super) struct LastPlace {
    has_asked: AtomicBool,
    lost: Notify,
}

/// One connection's place; given back when dropped.
#[derive(Debug)]
pub(super) struct Place {
    places: Places,
    network: Network,
    last: Option<Arc<LastPlace>>,
}

/// A connection that holds its place, and notes what is written.
#[derive(Debug)]
pub(super) struct PlacedStream {
    stream: TcpStream,
    activity: Activity,
    _place: Place,
}

impl Places {
    /// So many in all, and `per_address` of them for one client.
    pub(super) fn new(shares: Shares, per_address: usize) -> Self {
        Self {
            counts: Arc::default(),
            shares,
            per_address,
        }
    }

    /// A place for a connection from `peer`, unless its client holds its share already. `is_proxy`: it carries the
    /// requests of many, and may have any number of the ordinary ones.
    pub(super) fn take(&self, peer: SocketAddr, is_proxy: bool) -> Option<Place> {
        let network = ClientAddress(peer.ip()).network();
        let mut counts = self.lock();
        let counts = &mut *counts;
        let held = |of_clients: &HashMap<Network, usize>| {
            of_clients.get(&network).copied().unwrap_or_default()
        };
        let last = if counts.all_ordinary < self.shares.ordinary {
            if !is_proxy && held(&counts.ordinary) >= self.per_address {
                return None;
            }
            *counts.ordinary.entry(network).or_default() += 1;
            counts.all_ordinary += 1;
            None
        } else {
            let is_over_share = !is_proxy && held(&counts.kept_back) >= KEPT_BACK_PER_ADDRESS;
            // Those that lose their place need a moment to go.
            if is_over_share || counts.all_kept_back >= 2 * self.shares.kept_back {
                return None;
            }
            if counts.all_kept_back >= self.shares.kept_back && !counts.take_from_silent() {
                return None;
            }
            let last = Arc::<LastPlace>::default();
            counts.silent.push_back(last.clone());
            *counts.kept_back.entry(network).or_default() += 1;
            counts.all_kept_back += 1;
            Some(last)
        };
        Some(Place {
            places: self.clone(),
            network,
            last,
        })
    }

    fn lock(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Counts {
    /// Takes the place of the connection that has brought no request for the longest time. False when all have.
    fn take_from_silent(&mut self) -> bool {
        while let Some(oldest) = self.silent.pop_front() {
            if !oldest.has_asked.load(Ordering::SeqCst) {
                oldest.lost.notify_one();
                return true;
            }
        }
        false
    }
}

impl Place {
    /// What there is to know of it when it is one of the last, for probes and operators.
    pub(super) fn last(&self) -> Option<Arc<LastPlace>> {
        self.last.clone()
    }
}

impl LastPlace {
    /// A request came: it may be finished.
    pub(super) fn has_asked(&self) {
        self.has_asked.store(true, Ordering::SeqCst);
    }

    /// Is over once the place is another's.
    pub(super) async fn lost(&self) {
        self.lost.notified().await;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut counts = self.places.lock();
        let counts = &mut *counts;
        let (of_clients, all) = match &self.last {
            Some(last) => {
                counts.silent.retain(|silent| !Arc::ptr_eq(silent, last));
                (&mut counts.kept_back, &mut counts.all_kept_back)
            }
            None => (&mut counts.ordinary, &mut counts.all_ordinary),
        };
        *all -= 1;
        if let Some(count) = of_clients.get_mut(&self.network) {
            *count -= 1;
            if *count == 0 {
                of_clients.remove(&self.network);
            }
        }
    }
}

/// A probe and an operator's browser need no more at once.
const KEPT_BACK_PER_ADDRESS: usize = 8;

impl PlacedStream {
    /// Ties a place to a connection.
    pub(super) fn new(stream: TcpStream, place: Place) -> Self {
        Self {
            stream,
            activity: Activity::default(),
            _place: place,
        }
    }

    /// What happens on it.
    pub(super) fn activity(&self) -> Activity {
        self.activity.clone()
    }

    fn note(&self, written: Poll<Result<usize>>) -> Poll<Result<usize>> {
        if matches!(written, Poll::Ready(Ok(1..))) {
            self.activity.wrote();
        }
        written
    }

    /// See [`TcpStream::set_nodelay`].
    pub(super) fn set_nodelay(&self, nodelay: bool) -> Result<()> {
        self.stream.set_nodelay(nodelay)
    }
}

impl AsyncRead for PlacedStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for PlacedStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.note(written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.note(written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::{Places, Shares};

    #[test]
    fn a_place_is_given_back() {
        let shares = Shares {
            ordinary: 10,
            kept_back: 2,
        };
        let places = Places::new(shares, 1);
        let peer = "192.0.2.1:1".parse().unwrap();
        let first = places.take(peer, false);
        assert!(first.is_some());
        assert!(places.take(peer, false).is_none());
        assert!(places.take(peer, true).is_some(), "a proxy");
        assert!(places.take("192.0.2.2:1".parse().unwrap(), false).is_some());
        drop(first);
        assert!(places.take(peer, false).is_some());
        assert!(places.lock().ordinary.is_empty() && places.lock().all_ordinary == 0);
    }

    #[test]
    fn the_last_places_are_kept_back() {
        let shares = Shares {
            ordinary: 2,
            kept_back: 1,
        };
        let places = Places::new(shares, 2);
        let take = |peer: &str| places.take(peer.parse().unwrap(), false);
        let held = [take("192.0.2.1:1"), take("192.0.2.1:2")];
        assert!(held.iter().flatten().count() == 2);
        assert!(held.iter().flatten().all(|place| place.last().is_none()));
        let silent = take("192.0.2.1:3").unwrap();
        // The silent one goes for a new one, which has asked and stays.
        let asking = take("192.0.2.2:1").unwrap();
        let lost = silent.last().unwrap();
        assert!(lost.lost().now_or_never().is_some(), "it is told");
        asking.last().unwrap().has_asked();
        drop(silent);
        assert!(take("192.0.2.3:1").is_none());
        drop(held);
        drop(asking);
        assert!(take("192.0.2.2:1").unwrap().last().is_none());
    }
}
