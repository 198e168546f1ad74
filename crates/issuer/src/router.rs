//! The three endpoints a website mounts: token, public key, client function.

use std::convert::Infallible;
use std::error::Error;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::request::Parts;
use axum::routing::get;

use crate::{Issuer, Person};

mod client;
mod public_key;
mod refusal;
mod token;

/// The website's own notion of who is signed in.
///
/// Implemented for closures that need not wait: `|request: &Parts| -> Option<Person>`.
pub trait SignedIn: Send + Sync + 'static {
    /// Who sent this request; `None` for a visitor who is not signed in.
    ///
    /// Look at the session cookie, never at anything that another website's page could send along.
    ///
    /// # Errors
    /// Anything that keeps the website from knowing. The visitor gets status 500, the log the reason.
    fn signed_in(
        &self,
        request: &Parts,
    ) -> impl Future<Output = Result<Option<Person>, WebsiteError>> + Send;
}

/// Why a website cannot tell who is signed in.
pub type WebsiteError = Box<dyn Error + Send + Sync>;

impl<F> SignedIn for F
where
    F: Fn(&Parts) -> Option<Person> + Send + Sync + 'static,
{
    async fn signed_in(&self, request: &Parts) -> Result<Option<Person>, WebsiteError> {
        Ok(self(request))
    }
}

/// The endpoints, to merge into the website's own router:
///
/// | | |
/// | --- | --- |
/// | `GET\|POST /_services/auth/token` | the signed-in person's token |
/// | `GET /_services/auth/publickey` | the public keys, for chat servers |
/// | `GET /_services/auth/client.js` | defines `auth.getAuthenticationToken` |
///
/// None of them sends CORS headers: a token is for the website's own pages only.
pub fn router<S: SignedIn>(issuer: Arc<Issuer>, website: S) -> Router {
    let tokens = Router::new()
        .route(
            "/_services/auth/token",
            get(token::answer::<S>).post(token::answer::<S>),
        )
        .layer(DefaultBodyLimit::max(MAX_FORM))
        .with_state(Arc::new(token::Endpoint {
            issuer: Arc::clone(&issuer),
            website,
        }));
    let keys = Router::new()
        .route("/_services/auth/publickey", get(public_key::answer))
        .with_state(issuer);
    let client = Router::<()>::new().route(
        "/_services/auth/client.js",
        get(|| async { Ok::<_, Infallible>(client::answer()) }),
    );
    Router::new().merge(tokens).merge(keys).merge(client)
}

/// Four short parameters fit many times over.
const MAX_FORM: usize = 8 * 1024;
