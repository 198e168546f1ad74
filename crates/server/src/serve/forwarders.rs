//! Notices reverse proxies that nobody said to trust. All their clients count as one then, and are refused together once
//! it is too much for one: the log says which flag is missing. Must not believe what such a header says.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::{HeaderMap, StatusCode};

/// The addresses that forward requests without being trusted. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(super) struct Forwarders(Arc<Mutex<HashMap<IpAddr, Told>>>);

/// Whether the log names it already.
#[derive(Debug, Eq, PartialEq)]
enum Told {
    No,
    Yes,
}

impl Forwarders {
    /// Looks at a request from `peer`, which is not trusted.
    pub(super) fn look(&self, peer: SocketAddr, headers: &HeaderMap) {
        if !FORWARDED.iter().any(|name| headers.contains_key(*name)) {
            return;
        }
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Anybody may send such a header; whoever runs a server has few proxies.
        if seen.len() < MOST {
            seen.entry(peer.ip().to_canonical()).or_insert(Told::No);
        }
    }

    /// Looks at the answer to `peer`.
    pub(super) fn look_at_answer(&self, peer: SocketAddr, status: StatusCode) {
        if status == StatusCode::TOO_MANY_REQUESTS {
            self.limited(peer);
        }
    }

    /// A limit of one client was reached by `peer`: says so once, if it forwards requests.
    pub(super) fn limited(&self, peer: SocketAddr) {
        let address = peer.ip().to_canonical();
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(told) = seen.get_mut(&address)
            && *told == Told::No
        {
            *told = Told::Yes;
            tracing::warn!(
                "{address} reached the limit of one client, and its requests carry X-Forwarded-For, which is not believed \
                 from there. If it is your reverse proxy, all visitors behind it count as one: start with \
                 --trusted-proxies {address}"
            );
        }
    }
}

const FORWARDED: [&str; 3] = ["forwarded", "x-forwarded-for", "x-real-ip"];
const MOST: usize = 1_000;
