//! How many connections each client holds. A place belongs to the stream itself, so it is held for as long as the
//! connection lives, whatever becomes of it: an upgraded connection outlives the HTTP that began it.

use std::collections::HashMap;
use std::io::{IoSlice, Result};
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use crate::routes::client_address::{ClientAddress, Network};

/// Counts the connections of each client. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(super) struct Places(Arc<Mutex<HashMap<Network, usize>>>);

/// One connection's place among its client's; given back when dropped.
#[derive(Debug)]
pub(super) struct Place {
    places: Places,
    network: Network,
}

/// A connection that holds its place, if it needs one.
#[derive(Debug)]
pub(super) struct PlacedStream {
    stream: TcpStream,
    _place: Option<Place>,
}

impl Places {
    /// A place for a connection from `peer`, unless its client holds `most` already.
    pub(super) fn take(&self, peer: SocketAddr, most: usize) -> Option<Place> {
        let network = ClientAddress(peer.ip()).network();
        let mut counts = self.lock();
        if counts.get(&network).copied().unwrap_or_default() >= most {
            return None;
        }
        *counts.entry(network).or_default() += 1;
        Some(Place {
            places: self.clone(),
            network,
        })
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Network, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut counts = self.places.lock();
        if let Some(count) = counts.get_mut(&self.network) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.network);
            }
        }
    }
}

impl PlacedStream {
    /// Ties a place to a connection; `None` for one that is not counted.
    pub(super) fn new(stream: TcpStream, place: Option<Place>) -> Self {
        Self {
            stream,
            _place: place,
        }
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
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, slices)
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
    use super::Places;

    #[test]
    fn a_place_is_given_back() {
        let places = Places::default();
        let peer = "192.0.2.1:1".parse().unwrap();
        let first = places.take(peer, 1);
        assert!(first.is_some());
        assert!(places.take(peer, 1).is_none());
        assert!(places.take("192.0.2.2:1".parse().unwrap(), 1).is_some());
        drop(first);
        assert!(places.take(peer, 1).is_some());
        assert!(places.lock().is_empty());
    }
}
