//! What all routes share: configuration, clock, storage, key source, hub, rate limits. One per server; cheap to clone.

use std::ops::Deref;
use std::sync::Arc;

use crate::clock::Clock;
use crate::config::Config;
use crate::conversations::Conversations;
use crate::keys::guard::AddressPolicy;
use crate::metrics::Metrics;
use crate::passwords::Passwords;
use crate::public_url::PublicUrl;
use crate::routes::probes::Readiness;
use crate::routes::public_host::WrongHost;
use crate::sign_in_throttle::SignInThrottle;
use crate::storage::Storage;

/// Handed to every route.
#[derive(Clone, Debug)]
pub struct AppState(Arc<Shared>);

/// What an [`AppState`] points to.
#[derive(Debug)]
pub struct Shared {
    /// What the server's operator decided.
    pub config: Config,
    /// How browsers reach this server.
    pub public_url: PublicUrl,
    /// The time.
    pub clock: Clock,
    /// The database.
    pub storage: Storage,
    /// Which addresses may be asked for public keys.
    pub address_policy: AddressPolicy,
    /// What visitors and agents do with conversations; holds the websites' public keys and the hub.
    pub conversations: Conversations,
    /// Hashes and checks passwords.
    pub passwords: Passwords,
    /// Slows the guessing of passwords.
    pub sign_in_throttle: SignInThrottle,
    /// When the database was last seen to work.
    pub readiness: Readiness,
    /// Whether it was said that the server is reached by another name than its public URL's.
    pub wrong_host: WrongHost,
    /// What `/metrics` shows.
    pub metrics: Metrics,
}

impl AppState {
    /// Puts the parts together.
    #[must_use]
    pub fn new(shared: Shared) -> Self {
        Self(Arc::new(shared))
    }
}

impl Deref for AppState {
    type Target = Shared;
    fn deref(&self) -> &Shared {
        &self.0
    }
}
