//! A token that has been found genuine. Its fields are private and [`verify`](crate::verify()) is the only
//! maker, so that holding one is the proof.

use std::fmt;

use crate::{
    arena::{Span, Texts},
    claims::{ProfileSpans, Registered},
    context::{Context, ContextValue},
    keys::Fingerprint,
};

/// What a genuine, current token says. The token itself is not kept.
///
/// `Debug` shows who issued it for whom and until when, but not profile and context, so that a stray
/// `{:?}` does not put personal data into a log.
#[derive(Clone, PartialEq)]
pub struct VerifiedToken {
    pub(crate) texts: Texts,
    pub(crate) registered: Registered,
    pub(crate) key_id: Option<Span>,
    pub(crate) key_fingerprint: Fingerprint,
    pub(crate) profile: ProfileSpans,
    pub(crate) context: Context,
}

/// What the website says about the person, to be shown and not to be relied on
/// (OpenID Connect Core 1.0, section 5.1).
///
/// A claim that is not a string, is blank, contains U+0000 or is longer than 4,000 characters counts as absent.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Profile<'a> {
    /// `preferred_username`.
    pub preferred_username: Option<&'a str>,
    /// `given_name`.
    pub given_name: Option<&'a str>,
    /// `family_name`.
    pub family_name: Option<&'a str>,
    /// `email`.
    pub email: Option<&'a str>,
    /// `phone_number`.
    pub phone_number: Option<&'a str>,
}

impl VerifiedToken {
    /// `iss`: not blank, at most 2,048 characters (RFC 7519, section 4.1.1).
    #[must_use]
    pub fn issuer(&self) -> &str {
        self.texts.text(self.registered.issuer)
    }

    /// `sub`: not blank, at most 255 characters (RFC 7519, section 4.1.2).
    #[must_use]
    pub fn subject(&self) -> &str {
        self.texts.text(self.registered.subject)
    }

    /// The token's `kid` (RFC 7515, section 4.1.4). Where the keys are a lone PEM, any `kid` is accepted, so it says
    /// nothing then. `None` for one of more than 255 characters too: whatever it chose, it is not kept.
    #[must_use]
    pub fn key_id(&self) -> Option<&str> {
        self.key_id.map(|span| self.texts.text(span))
    }

    /// Which key verified the signature.
    #[must_use]
    pub fn key_fingerprint(&self) -> &Fingerprint {
        &self.key_fingerprint
    }

    /// `iat` in seconds since 1970 (RFC 7519, section 4.1.6); fractions are rounded up.
    #[must_use]
    pub fn issued_at(&self) -> i64 {
        self.registered.issued_at.0
    }

    /// `exp` in seconds since 1970, without leeway (RFC 7519, section 4.1.4); fractions are rounded up.
    #[must_use]
    pub fn expires_at(&self) -> i64 {
        self.registered.expires_at.0
    }

    /// `jti` (RFC 7519, section 4.1.7), for callers that accept each token once. Unique per issuer at most.
    #[must_use]
    pub fn token_id(&self) -> Option<&str> {
        self.registered.token_id.map(|span| self.texts.text(span))
    }

    /// The profile claims.
    #[must_use]
    pub fn profile(&self) -> Profile<'_> {
        let text = |span: Option<Span>| span.map(|span| self.texts.text(span));
        Profile {
            preferred_username: text(self.profile.preferred_username),
            given_name: text(self.profile.given_name),
            family_name: text(self.profile.family_name),
            email: text(self.profile.email),
            phone_number: text(self.profile.phone_number),
        }
    }

    /// The context variables of `lwicontexts` in the order of the token: at most 100, no name twice,
    /// names of 1 to 100 characters.
    pub fn context(&self) -> impl ExactSizeIterator<Item = (&str, ContextValue<'_>)> {
        self.context
            .iter()
            .map(|variable| variable.read(&self.texts))
    }
}

impl fmt::Debug for VerifiedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifiedToken")
            .field("issuer", &self.issuer())
            .field("subject", &self.subject())
            .field("key_id", &self.key_id())
            .field("key_fingerprint", &self.key_fingerprint)
            .field("issued_at", &self.issued_at())
            .field("expires_at", &self.expires_at())
            .finish_non_exhaustive()
    }
}
