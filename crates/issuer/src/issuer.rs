//! A website's issuer: its name, its keys, whom it lets ask, how long its tokens live.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, PoisonError, RwLock};

use crate::{Grant, KeyRing, MintError, Person, PublishedKeys, clock, mint};

/// What the endpoints answer from. Share it behind an [`Arc`].
pub struct Issuer {
    name: String,
    keys: RwLock<Arc<KeyRing>>,
    clients: BTreeSet<ClientId>,
    lifetime: Lifetime,
    clock: Clock,
}

type Clock = Box<dyn Fn() -> i64 + Send + Sync>;

/// A client id: 1 to 36 letters, digits and hyphens. Becomes `aud` and `appid` of the tokens it asks for.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct ClientId(String);

/// Text that cannot be a client id.
#[derive(Debug, Eq, PartialEq, thiserror::Error)]
#[error("A client id has 1 to 36 characters: letters, digits and hyphens.")]
pub struct ClientIdError;

/// How long a token lives: 60 to 3,600 seconds, 900 by default.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Lifetime(u32);

/// A number of seconds that no token may live.
#[derive(Debug, Eq, PartialEq, thiserror::Error)]
#[error("A token lives 60 to 3,600 seconds, not {0}.")]
pub struct LifetimeError(u32);

impl Issuer {
    /// An issuer whose tokens name `name` as `iss`, live 900 seconds and have no audience.
    #[must_use]
    pub fn new(name: impl Into<String>, keys: KeyRing) -> Self {
        Self {
            name: name.into(),
            keys: RwLock::new(Arc::new(keys)),
            clients: BTreeSet::new(),
            lifetime: Lifetime::default(),
            clock: Box::new(clock::unix_now),
        }
    }

    /// Lets `client` ask for tokens under its id. Without a client id anybody who is signed in may ask.
    #[must_use]
    pub fn register_client(mut self, client: ClientId) -> Self {
        self.clients.insert(client);
        self
    }

    /// Sets how long tokens live.
    #[must_use]
    pub fn with_lifetime(mut self, lifetime: Lifetime) -> Self {
        self.lifetime = lifetime;
        self
    }

    /// Takes the time in Unix seconds from `clock` instead of from the system.
    #[must_use]
    pub fn with_clock(mut self, clock: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        self.clock = Box::new(clock);
        self
    }

    /// Goes on with other keys, after a rotation. Requests that run keep the ones they have.
    pub fn replace_keys(&self, keys: KeyRing) {
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(keys);
    }

    /// Makes a token for `person`.
    ///
    /// # Errors
    /// As [`mint()`]; and [`MintError::SigningFailed`] when all keys have expired.
    pub fn mint(
        &self,
        person: &Person,
        audience: Option<&ClientId>,
        nonce: Option<&str>,
    ) -> Result<String, MintError> {
        let now = self.now();
        let keys = self.keys();
        let key = keys.signing(now).ok_or(MintError::SigningFailed)?;
        let grant = Grant {
            issuer: self.name.clone(),
            audience: audience.map(ToString::to_string),
            nonce: nonce.map(str::to_owned),
            issued_at: now,
            lifetime_seconds: self.lifetime.seconds(),
        };
        mint(person, &grant, key)
    }

    /// What stands at the public key URL now; `None` when all keys have expired.
    #[must_use]
    pub fn published(&self) -> Option<PublishedKeys> {
        self.keys().published(self.now())
    }

    pub(crate) fn registered(&self, client: &ClientId) -> bool {
        self.clients.contains(client)
    }

    pub(crate) fn lifetime(&self) -> Lifetime {
        self.lifetime
    }

    pub(crate) fn now(&self) -> i64 {
        (self.clock)()
    }

    fn keys(&self) -> Arc<KeyRing> {
        Arc::clone(&self.keys.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl fmt::Debug for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Issuer")
            .field("name", &self.name)
            .field("clients", &self.clients)
            .field("lifetime", &self.lifetime)
            .finish_non_exhaustive()
    }
}

impl FromStr for ClientId {
    type Err = ClientIdError;

    fn from_str(text: &str) -> Result<Self, ClientIdError> {
        let allowed = text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        match (1..=36).contains(&text.len()) && allowed {
            true => Ok(Self(text.to_owned())),
            false => Err(ClientIdError),
        }
    }
}

impl fmt::Display for ClientId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Lifetime {
    /// A lifetime of `seconds`.
    ///
    /// # Errors
    /// [`LifetimeError`] below 60 and above 3,600.
    pub fn from_seconds(seconds: u32) -> Result<Self, LifetimeError> {
        match seconds {
            60..=3_600 => Ok(Self(seconds)),
            _ => Err(LifetimeError(seconds)),
        }
    }

    /// In seconds.
    #[must_use]
    pub fn seconds(self) -> u32 {
        self.0
    }
}

impl Default for Lifetime {
    fn default() -> Self {
        Self(900)
    }
}
