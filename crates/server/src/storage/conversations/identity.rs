//! The columns of a proved identity. Reading them is the second of the two ways to make one.

use bonafide_protocol::agent::Profile as WireProfile;
use bonafide_protocol::id::AuthenticationSettingId;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _};

use crate::domain::identity::{Identity, Profile};
use crate::storage::json;

/// A proved identity as it was stored. Its field is private, so only the database makes one.
#[derive(Debug)]
pub(crate) struct IdentityRow(IdentityParts);

/// What [`IdentityRow`] holds.
#[derive(Debug)]
pub(crate) struct IdentityParts {
    pub(crate) setting: AuthenticationSettingId,
    pub(crate) setting_name: String,
    pub(crate) issuer: String,
    pub(crate) subject: String,
    pub(crate) key_id: Option<String>,
    pub(crate) key_fingerprint: String,
    /// Unix milliseconds.
    pub(crate) verified_at_ms: i64,
    /// Unix seconds.
    pub(crate) expires_at: i64,
    pub(crate) profile: Profile,
}

impl IdentityRow {
    pub(crate) fn into_parts(self) -> IdentityParts {
        self.0
    }
}

impl FromRow<'_, SqliteRow> for IdentityRow {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        let profile: WireProfile = json::read(row, "profile")?;
        Ok(Self(IdentityParts {
            setting: AuthenticationSettingId::from_text(row.try_get::<String, _>("setting_id")?),
            setting_name: row.try_get("setting_name")?,
            issuer: row.try_get("issuer")?,
            subject: row.try_get("subject")?,
            key_id: row.try_get("key_id")?,
            key_fingerprint: row.try_get("key_fingerprint")?,
            verified_at_ms: row.try_get("verified_at")?,
            expires_at: row.try_get("identity_expires_at")?,
            profile: Profile {
                preferred_username: profile.preferred_username,
                given_name: profile.given_name,
                family_name: profile.family_name,
                email: profile.email,
                phone_number: profile.phone_number,
            },
        }))
    }
}

/// The identity columns to write: the reason or the proof, never both.
#[derive(Debug, Default)]
pub(crate) struct StoredIdentity<'a> {
    pub(super) unverified_reason: Option<String>,
    pub(super) setting: Option<&'a str>,
    pub(super) setting_name: Option<&'a str>,
    pub(super) issuer: Option<&'a str>,
    pub(super) subject: Option<&'a str>,
    pub(super) key_id: Option<&'a str>,
    pub(super) key_fingerprint: Option<&'a str>,
    pub(super) verified_at: Option<i64>,
    pub(super) expires_at: Option<i64>,
    pub(super) profile: Option<String>,
}

impl<'a> StoredIdentity<'a> {
    pub(super) fn new(identity: &'a Identity) -> sqlx::Result<Self> {
        let identity = match identity {
            Identity::Verified(identity) => identity,
            Identity::Unverified(reason) => {
                return Ok(Self {
                    unverified_reason: Some(json::write_word(reason)?),
                    ..Self::default()
                });
            }
        };
        let profile = identity.profile();
        let profile = WireProfile {
            preferred_username: profile.preferred_username.clone(),
            given_name: profile.given_name.clone(),
            family_name: profile.family_name.clone(),
            email: profile.email.clone(),
            phone_number: profile.phone_number.clone(),
        };
        Ok(Self {
            unverified_reason: None,
            setting: Some(identity.setting().as_str()),
            setting_name: Some(identity.setting_name()),
            issuer: Some(identity.issuer()),
            subject: Some(identity.subject()),
            key_id: identity.key_id(),
            key_fingerprint: Some(identity.key_fingerprint()),
            verified_at: Some(identity.verified_at_ms()),
            expires_at: Some(identity.expires_at()),
            profile: Some(json::write(&profile)?),
        })
    }
}
