//! The chat server: settings, key fetching, starting and routing conversations, realtime, the consoles' API, storage.
//!
//! It trusts nothing that a browser says about itself: what the widget checked is checked again here. SQL stands only
//! in [`storage`], axum only in [`routes`] and the realtime module, outgoing requests only in [`keys`].
//!
//! ```no_run
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! use bonafide_server::{Config, Server};
//! let server = Server::open(Config::new("data")).await?;
//! if let Some(link) = server.setup_link() {
//!     println!("Set up the first administrator: {link}");
//! }
//! let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
//! server.serve(listener, async { _ = tokio::signal::ctrl_c().await }).await?;
//! # Ok(())
//! # }
//! ```

mod assets;
pub mod clock;
pub mod config;
mod conversations;
mod domain;
pub mod files;
mod fresh;
pub mod keys;
pub mod metrics;
pub mod operators;
pub mod passwords;
pub mod public_url;
pub mod random;
pub mod rate_limit;
mod realtime;
pub mod routes;
pub mod serve;
mod server;
pub mod session_store;
pub mod settings;
pub mod sign_in_throttle;
pub mod state;
pub mod storage;
pub mod trusted_proxy;

pub use clock::Clock;
pub use config::Config;
pub use conversations::limits::RateQuotas;
pub use server::{OpenError, ServeError, Server, openapi, openapi_text};
pub use trusted_proxy::{TrustedProxy, TrustedProxyError};
