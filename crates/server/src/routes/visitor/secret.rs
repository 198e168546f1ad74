//! The secret of a visitor's session, as `Authorization: Bearer`.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use bonafide_protocol::Secret;

/// The secret that came with a request, if any. It opens nothing before it is looked up.
#[derive(Clone, Debug)]
pub struct UntrustedSecret(pub Option<Secret>);

impl<S: Sync> FromRequestParts<S> for UntrustedSecret {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let secret = parts
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .map(|(_, secret)| Secret::new(secret.trim().to_owned()));
        Ok(Self(secret))
    }
}
