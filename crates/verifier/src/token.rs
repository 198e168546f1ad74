//! A token that has been found genuine. Its fields are private and [`verify`](crate::verify()) is the only
//! maker, so that holding one is the proof.

use std::fmt;

use crate::{
    claims::Profile,
    context::{Context, ContextValue},
    keys::Fingerprint,
};

/// What a genuine, current token says. The token itself is not kept.
///
/// `Debug` shows who issued it for whom and until when, but not profile and context, so that a stray
/// `{:?}` does not put personal data into a log.
#[derive(Clone, PartialEq)]
pub struct VerifiedToken {
    pub(crate) issuer: String,
    pub(crate) subject: String,
    pub(crate) key_id: Option<String>,
    pub(crate) key_fingerprint: Fingerprint,
    pub(crate) issued_at: i64,
    pub(crate) expires_at: i64,
    pub(crate) token_id: Option<String>,
    pub(crate) profile: Profile,
    pub(crate) context: Context,
}

impl VerifiedToken {
    /// `iss`: not blank, at most 2,048 characters.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// `sub`: not blank, at most 255 characters.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// The token's `kid`. Where the keys are a lone PEM, any `kid` is accepted, so it says nothing then.
    #[must_use]
    pub fn key_id(&self) -> Option<&str> {
        self.key_id.as_deref()
    }

    /// Which key verified the signature.
    #[must_use]
    pub fn key_fingerprint(&self) -> &Fingerprint {
        &self.key_fingerprint
    }

    /// `iat` in seconds since 1970; fractions are rounded up.
    #[must_use]
    pub fn issued_at(&self) -> i64 {
        self.issued_at
    }

    /// `exp` in seconds since 1970, without leeway; fractions are rounded up.
    #[must_use]
    pub fn expires_at(&self) -> i64 {
        self.expires_at
    }

    /// `jti`, for callers that accept each token once. Unique per issuer at most.
    #[must_use]
    pub fn token_id(&self) -> Option<&str> {
        self.token_id.as_deref()
    }

    /// The profile claims.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// The context variables of `lwicontexts` in the order of the token: at most 100, no name twice,
    /// names of 1 to 100 characters.
    pub fn context(&self) -> impl ExactSizeIterator<Item = (&str, &ContextValue)> {
        self.context
            .iter()
            .map(|(name, value)| (name.as_str(), value))
    }
}

impl fmt::Debug for VerifiedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifiedToken")
            .field("issuer", &self.issuer)
            .field("subject", &self.subject)
            .field("key_id", &self.key_id)
            .field("key_fingerprint", &self.key_fingerprint)
            .field("issued_at", &self.issued_at)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}
