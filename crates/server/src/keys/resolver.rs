//! Resolves names for the HTTP client, and gives it judged addresses only.
//!
//! Must not resolve a name twice for one connection: the second answer may be another one (DNS rebinding). What
//! is judged here is what the client connects to. Must not have more lookups under way than it was given turns,
//! also when nobody waits for them any more.

use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::guard::AddressPolicy;

/// How a name becomes addresses. The operating system's way by default.
#[derive(Clone)]
pub struct Lookup(Arc<LookupFn>);

type LookupFn = dyn Fn(String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> + Send + Sync;

impl Lookup {
    /// Asks `lookup` for a name's addresses.
    pub fn new<F>(lookup: impl Fn(String) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = io::Result<Vec<IpAddr>>> + Send + 'static,
    {
        Self(Arc::new(move |name| Box::pin(lookup(name))))
    }
}

impl Default for Lookup {
    /// Asks the operating system.
    fn default() -> Self {
        Self::new(async |name: String| {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}

impl fmt::Debug for Lookup {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Lookup")
    }
}

/// The client's resolver.
#[derive(Clone, Debug)]
pub(super) struct GuardedResolver {
    policy: AddressPolicy,
    lookup: Lookup,
    turns: Arc<Semaphore>,
}

impl GuardedResolver {
    /// At most `turns` lookups at once.
    pub(super) fn new(policy: AddressPolicy, lookup: Lookup, turns: usize) -> Self {
        Self {
            policy,
            lookup,
            turns: Arc::new(Semaphore::new(turns)),
        }
    }

    /// One bad answer refuses the name: a name with a public and a private address is how an attacker gets
    /// the second one used when the first does not answer.
    async fn addresses(self, name: String) -> Result<Vec<SocketAddr>, ResolveFailed> {
        let found = self
            .found(name)
            .await?
            .map_err(|_| ResolveFailed::NotFound)?;
        if found.is_empty() {
            return Err(ResolveFailed::NotFound);
        }
        if found.iter().any(|&address| !self.policy.allows(address)) {
            return Err(ResolveFailed::NotAllowed);
        }
        // Port 0 is replaced by the URL's port.
        Ok(found
            .into_iter()
            .map(|address| SocketAddr::new(address, 0))
            .collect())
    }

    /// The operating system looks a name up in a thread of its own, which goes on (for half a minute, with silent
    /// name servers) when whoever asked has given up. So the lookup is a task that keeps its turn to its end.
    async fn found(&self, name: String) -> Result<io::Result<Vec<IpAddr>>, ResolveFailed> {
        let turn = timeout(TURN_WAIT, self.turns.clone().acquire_owned()).await;
        let Ok(Ok(turn)) = turn else {
            return Err(ResolveFailed::Crowded);
        };
        let lookup = (self.lookup.0)(name);
        let found = tokio::spawn(async move {
            let found = lookup.await;
            drop(turn);
            found
        });
        found.await.map_err(|_| ResolveFailed::NotFound)
    }
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let addresses = self.clone().addresses(name.as_str().to_owned());
        Box::pin(async move { Ok(Box::new(addresses.await?.into_iter()) as Addrs) })
    }
}

/// Why a name gave no address to connect to.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub(super) enum ResolveFailed {
    #[error("too many names are being resolved")]
    Crowded,
    #[error("the name resolves to an address that is not allowed")]
    NotAllowed,
    #[error("the name cannot be resolved")]
    NotFound,
}

/// How long a lookup waits for its turn: less than the client gives it in all, so that a crowd is called one.
const TURN_WAIT: Duration = Duration::from_secs(1);

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    /// DNS rebinding: the name is harmless when it is first looked up. Without a connection, so that no test
    /// calls out to the internet.
    #[tokio::test]
    async fn a_name_whose_second_answer_is_private_is_refused_the_second_time() {
        let is_asked = AtomicBool::new(false);
        let lookup = Lookup::new(move |_| {
            let public = !is_asked.swap(true, Ordering::SeqCst);
            let address = if public {
                Ipv4Addr::new(1, 1, 1, 1)
            } else {
                Ipv4Addr::LOCALHOST
            };
            async move { Ok(vec![IpAddr::V4(address)]) }
        });
        let resolver = GuardedResolver::new(AddressPolicy::public(), lookup, 1);
        let asked = || resolver.clone().addresses("keys.example".to_owned());
        assert_eq!(asked().await, Ok(vec!["1.1.1.1:0".parse().unwrap()]));
        assert_eq!(asked().await, Err(ResolveFailed::NotAllowed));
    }

    #[tokio::test]
    async fn names_for_this_machine_are_refused() {
        // Some resolvers do not know the name with the trailing dot at all; either way there is no address.
        for (name, expected) in [
            ("localhost", &[ResolveFailed::NotAllowed][..]),
            (
                "localhost.",
                &[ResolveFailed::NotAllowed, ResolveFailed::NotFound],
            ),
        ] {
            let failed = GuardedResolver::new(AddressPolicy::public(), Lookup::default(), 1)
                .addresses(name.to_owned())
                .await
                .unwrap_err();
            assert!(expected.contains(&failed), "{name}: {failed}");
        }
    }
}
