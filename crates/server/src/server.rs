//! A server as its users hold it: opened on a data folder, then served, or mounted as a router.

use std::sync::Arc;

use axum::Router;
use bonafide_protocol::Secret;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::config::Config;
use crate::conversations::limits::RateLimits;
use crate::conversations::{Conversations, Due, Served, Setups, keep_house, push_due, watch_keys};
use crate::files::FolderStore;
use crate::fresh;
use crate::keys::fetch::{Fetcher, Limits as FetchLimits};
use crate::keys::guard::AddressPolicy;
use crate::keys::source::KeySource;
use crate::metrics::Metrics;
use crate::passwords::{PasswordError, Passwords};
use crate::public_url::{PublicUrl, PublicUrlError};
use crate::random;
use crate::realtime::hub::Hub;
use crate::realtime::presence::Presence;
use crate::routes;
use crate::routes::probes::Readiness;
use crate::routes::public_host::WrongHost;
use crate::serve::{Limits, serve};
use crate::sign_in_throttle::SignInThrottle;
use crate::state::{AppState, Shared};
use crate::storage::{Storage, StorageError, files_folder, operators, set_up};

/// An open server.
#[derive(Debug)]
pub struct Server {
    state: AppState,
    set_up_secret: Option<Secret>,
    /// What happens by itself; ends when the server is dropped.
    chores: JoinSet<()>,
}

/// Why a server could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The HTTP client for public keys could not be made.
    #[error("the client that fetches public keys could not be made: {0}")]
    Client(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The metrics could not be set up.
    #[error("the metrics could not be set up: {0}")]
    Metrics(#[from] metrics_exporter_prometheus::BuildError),
    /// Passwords cannot be hashed.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The public URL is wrong.
    #[error(transparent)]
    PublicUrl(#[from] PublicUrlError),
    /// The data folder or the database cannot be used.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Why serving ended badly.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The listener is not usable.
    #[error("the listening address cannot be read: {0}")]
    Listener(#[from] std::io::Error),
}

impl Server {
    /// Opens the database in the configured folder, brings it up to date, and fills it when it is fresh.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub async fn open(config: Config) -> Result<Self, OpenError> {
        let public_url = PublicUrl::parse(&config.public_url)?;
        let storage = Storage::open(&config.data, config.check).await?;
        let clock = config.clock.clone();
        fresh::fill(&storage, clock.now_ms()).await?;
        let set_up_secret = renew_set_up_secret(&storage).await?;
        let address_policy = if config.allow_private_key_urls {
            AddressPolicy::private_allowed()
        } else {
            AddressPolicy::public().with_ports(config.key_url_ports.iter().copied())
        };
        let fetcher = Fetcher::new(address_policy.clone(), FetchLimits::default())
            .map_err(|error| OpenError::Client(error.into()))?;
        let (keys, key_events) = KeySource::new(fetcher, clock.clone());
        let state = AppState::new(Shared {
            public_url,
            conversations: Conversations {
                storage: storage.clone(),
                clock: clock.clone(),
                keys,
                hub: Hub::new(),
                presence: Presence::new(clock.clone()),
                limits: RateLimits::new(config.rate_quotas, &clock),
                due: Due::default(),
                served: Served::default(),
                setups: Setups::default(),
                files: Arc::new(FolderStore::new(files_folder(&config.data))),
                max_token_bytes: config.max_token_bytes,
            },
            storage,
            address_policy,
            passwords: Passwords::new().await?,
            sign_in_throttle: SignInThrottle::new(&clock),
            readiness: Readiness::default(),
            wrong_host: WrongHost::default(),
            metrics: Metrics::install()?,
            clock,
            config,
        });
        let mut chores = JoinSet::new();
        chores.spawn(keep_house(state.clone()));
        chores.spawn(push_due(state.clone()));
        chores.spawn(watch_keys(state.clone(), key_events));
        Ok(Self {
            state,
            set_up_secret,
            chores,
        })
    }

    /// The link that makes the first administrator of a fresh server, once; `None` when there is one. The secret is
    /// in the fragment, which browsers send to nobody.
    #[must_use]
    pub fn setup_link(&self) -> Option<String> {
        let secret = self.set_up_secret.as_ref()?;
        Some(format!(
            "{}/setup#{}",
            self.state.public_url.origin(),
            secret.expose()
        ))
    }

    /// The routes, for tests and for mounting in another program. [`Self::serve`] adds limits for connections.
    pub fn router(&self) -> Router {
        routes::assemble::router(&self.state)
    }

    /// `/metrics`, for a listener of its own: it is not among [`Self::router`]'s routes, which the public reaches.
    pub fn metrics_router(&self) -> Router {
        routes::assemble::metrics(&self.state)
    }

    #[cfg(test)]
    pub(crate) fn state(&self) -> &AppState {
        &self.state
    }

    /// Serves connections until `shutdown` completes, then finishes what is under way and closes the database.
    ///
    /// # Errors
    /// When the listener cannot be used.
    pub async fn serve(
        mut self,
        listener: TcpListener,
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), ServeError> {
        let address = listener.local_addr()?;
        tracing::info!(%address, public_url = self.state.public_url.origin(), "listening");
        let limits = Limits {
            connections_per_address: self.state.config.connections_per_address,
            header_timeout: self.state.config.header_timeout,
            unread_timeout: self.state.config.unread_timeout,
            http2: self.state.config.http2,
            trusted_proxies: self.state.config.trusted_proxies.clone(),
        };
        serve(self.router(), listener, limits, shutdown).await;
        self.state.conversations.hub.stop().await;
        self.chores.shutdown().await;
        self.state.storage.close().await;
        tracing::info!("stopped");
        Ok(())
    }
}

/// A new secret for the set-up link while there is no administrator: one that was printed before, and perhaps lies in
/// a log, opens nothing.
async fn renew_set_up_secret(storage: &Storage) -> Result<Option<Secret>, StorageError> {
    let mut transaction = storage.write().await?;
    if operators::enabled_administrators(&mut transaction).await? > 0 {
        return Ok(None);
    }
    let secret = random::secret("");
    set_up::replace(&mut transaction, &random::secret_hash(secret.expose())).await?;
    transaction.commit().await?;
    Ok(Some(secret))
}

/// The description of the HTTP API.
#[must_use]
pub fn openapi() -> utoipa::openapi::OpenApi {
    routes::assemble::description()
}

/// The description as it is committed in `openapi.json`.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn openapi_text() -> Result<String, serde_json::Error> {
    routes::openapi::to_text(&openapi())
}
