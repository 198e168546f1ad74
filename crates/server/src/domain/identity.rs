//! Who the visitor is: proved, or not and why.
//!
//! Must not be made from anything the browser says. `Verified` holds a [`VerifiedIdentity`], whose fields are
//! private and which has two sources only: a token that `bonafide_verifier::verify` accepted, and the row
//! that was stored from one.

use bonafide_protocol::agent::UnverifiedReason;
use bonafide_protocol::id::AuthenticationSettingId;
use bonafide_verifier::VerifiedToken;

use crate::storage::conversations::IdentityRow;

/// What is known of who the visitor is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Identity {
    /// Proved by a token.
    Verified(Box<VerifiedIdentity>),
    /// Not proved.
    Unverified(UnverifiedReason),
}

impl Identity {
    /// What the agent reads as *Authenticated*: Yes or No. A lapsed proof stays a Yes, marked so.
    pub(crate) fn is_verified(&self) -> bool {
        matches!(self, Self::Verified(_))
    }

    /// The proof, if there is one.
    pub(crate) fn verified(&self) -> Option<&VerifiedIdentity> {
        match self {
            Self::Verified(identity) => Some(identity),
            Self::Unverified(_) => None,
        }
    }
}

/// A proved identity.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct VerifiedIdentity {
    setting: AuthenticationSettingId,
    setting_name: String,
    issuer: String,
    subject: String,
    key_id: Option<String>,
    key_fingerprint: String,
    verified_at_ms: i64,
    expires_at: i64,
    profile: Profile,
}

/// What the token says about the person. Any of it may be absent.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Profile {
    /// `preferred_username`.
    pub(crate) preferred_username: Option<String>,
    /// `given_name`.
    pub(crate) given_name: Option<String>,
    /// `family_name`.
    pub(crate) family_name: Option<String>,
    /// `email`.
    pub(crate) email: Option<String>,
    /// `phone_number`.
    pub(crate) phone_number: Option<String>,
}

impl VerifiedIdentity {
    /// The identity that `token` proves, verified under the named setting at `now_ms` (Unix milliseconds).
    pub(crate) fn from_token(
        token: &VerifiedToken,
        setting: AuthenticationSettingId,
        setting_name: String,
        now_ms: i64,
    ) -> Self {
        let profile = token.profile();
        Self {
            setting,
            setting_name,
            issuer: token.issuer().to_owned(),
            subject: token.subject().to_owned(),
            key_id: storable(token.key_id()),
            key_fingerprint: token.key_fingerprint().to_string(),
            verified_at_ms: now_ms,
            expires_at: token.expires_at(),
            profile: Profile {
                preferred_username: profile.preferred_username.map(str::to_owned),
                given_name: profile.given_name.map(str::to_owned),
                family_name: profile.family_name.map(str::to_owned),
                email: profile.email.map(str::to_owned),
                phone_number: profile.phone_number.map(str::to_owned),
            },
        }
    }

    /// The identity that was stored. Only the database makes an [`IdentityRow`].
    pub(crate) fn from_row(row: IdentityRow) -> Self {
        let row = row.into_parts();
        Self {
            setting: row.setting,
            setting_name: row.setting_name,
            issuer: row.issuer,
            subject: row.subject,
            key_id: row.key_id,
            key_fingerprint: row.key_fingerprint,
            verified_at_ms: row.verified_at_ms,
            expires_at: row.expires_at,
            profile: row.profile,
        }
    }

    /// The authentication setting that was used.
    pub(crate) fn setting(&self) -> &AuthenticationSettingId {
        &self.setting
    }

    /// The setting's name when the token was verified.
    pub(crate) fn setting_name(&self) -> &str {
        &self.setting_name
    }

    /// The token's `iss`.
    pub(crate) fn issuer(&self) -> &str {
        &self.issuer
    }

    /// The token's `sub`.
    pub(crate) fn subject(&self) -> &str {
        &self.subject
    }

    /// The token's `kid`.
    pub(crate) fn key_id(&self) -> Option<&str> {
        self.key_id.as_deref()
    }

    /// SHA-256 of the key, as lower-case hex.
    pub(crate) fn key_fingerprint(&self) -> &str {
        &self.key_fingerprint
    }

    /// When the token was verified, in Unix milliseconds.
    pub(crate) fn verified_at_ms(&self) -> i64 {
        self.verified_at_ms
    }

    /// The token's `exp`, in Unix seconds.
    pub(crate) fn expires_at(&self) -> i64 {
        self.expires_at
    }

    /// What the token says about the person.
    pub(crate) fn profile(&self) -> &Profile {
        &self.profile
    }

    /// Whether the proof has run out by `now_ms` (Unix milliseconds). The leeway for clocks that differ is
    /// for accepting a token, not for how long its proof lasts.
    pub(crate) fn is_lapsed(&self, now_ms: i64) -> bool {
        now_ms.div_euclid(1000) >= self.expires_at
    }

    /// Whether both prove the same person: one issuer, one subject. Two issuers may use one subject for two
    /// people.
    pub(crate) fn is_same_person_as(&self, other: &Self) -> bool {
        self.issuer == other.issuer && self.subject == other.subject
    }

    /// A name the token vouches for: the given and family names, else the user name, else the e-mail address.
    pub(crate) fn display_name(&self) -> Option<String> {
        let profile = &self.profile;
        let full = [&profile.given_name, &profile.family_name]
            .into_iter()
            .flatten()
            .map(|part| part.trim())
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        [
            Some(full.as_str()),
            profile.preferred_username.as_deref(),
            profile.email.as_deref(),
        ]
        .into_iter()
        .flatten()
        .map(str::trim)
        .find(|name| !name.is_empty())
        .map(str::to_owned)
    }
}

/// Without U+0000, which some databases cannot store. The verifier lets it through in a key's id only, which is
/// opaque; there it is no reason to turn a person away.
fn storable(text: Option<&str>) -> Option<String> {
    text.map(|text| text.replace('\0', ""))
}
