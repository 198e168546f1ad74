//! Authentication settings: what an administrator records about a website's sign-in.

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::admin::Reference;
use crate::id::{AuthenticationSettingId, ChatWidgetId};

/// How a website signs its visitors in. There is one way.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum AuthenticationType {
    /// OAuth 2.0 implicit flow.
    Oauth2Implicit,
}

/// `POST /admin/authentication-settings`, `PUT …/{id}`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct AuthenticationSettingBody {
    /// 1 to 100 characters, not in use.
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub name: String,
    /// Who answers for it; the operator who records it when absent. At most 100 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub owner: Option<String>,
    /// Where the website publishes its public keys: an `https` URL of at most 2,048 characters.
    #[cfg_attr(feature = "openapi", schema(max_length = 2048))]
    pub public_key_url: String,
    /// Dotted name of the page's function, at most 100 characters.
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub client_function: String,
    /// When present, `iss` must be exactly this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 2048))]
    pub expected_issuer: Option<String>,
    /// When present, `aud` must be or contain exactly this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 2048))]
    pub expected_audience: Option<String>,
    /// Tolerance for clocks that differ, 0 to 300 s; 60 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leeway_seconds: Option<u16>,
    /// Accept each `jti` of an issuer once only; false when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub single_use: Option<bool>,
}

/// An authentication setting.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AuthenticationSetting {
    /// The setting.
    pub id: AuthenticationSettingId,
    /// Its name.
    pub name: String,
    /// Who answers for it.
    pub owner: String,
    /// Always `oauth2-implicit`.
    #[serde(rename = "type")]
    pub type_: AuthenticationType,
    /// Where the website publishes its public keys.
    pub public_key_url: String,
    /// Dotted name of the page's function.
    pub client_function: String,
    /// Required `iss`.
    pub expected_issuer: Option<String>,
    /// Required `aud`.
    pub expected_audience: Option<String>,
    /// Tolerance for clocks that differ, in seconds.
    pub leeway_seconds: u16,
    /// Whether each `jti` is accepted once only.
    pub single_use: bool,
    /// The chat widgets that use it.
    pub used_by: Vec<Reference<ChatWidgetId>>,
    /// Counts its changes, from 1: what `If-Match` names in the next change. Only changes of its own fields count.
    pub version: i64,
    /// When it was recorded.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}
