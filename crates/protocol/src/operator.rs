//! Operators: the people who sign in to the consoles.

use serde::{Deserialize, Serialize};

use crate::availability::Availability;
use crate::id::{ApiTokenId, OperatorId};
use crate::{Secret, Timestamp};

/// What an operator may do.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// All settings, and conversations like an agent: no more of them than an agent.
    Administrator,
    /// Conversations of the queues they are a member of.
    Agent,
    /// All conversations of all queues, whoever has them: reads them, joins in them, takes them over, assigns them. No settings.
    Supervisor,
}

/// `POST /operator/session`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct SignInRequest {
    /// E-mail address; upper and lower case are the same.
    #[cfg_attr(feature = "openapi", schema(max_length = 254))]
    pub email: String,
    /// Password.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Password, max_length = 128))]
    pub password: Secret,
}

/// `PUT /operator/password`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PasswordChange {
    /// The password until now.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Password, max_length = 128))]
    pub current: Secret,
    /// The password from now on, 12 to 128 characters.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Password, max_length = 128))]
    pub password: Secret,
}

/// `POST /operator/setup`: the first administrator of a fresh server.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct SetUpRequest {
    /// The secret from the set-up link.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Password, max_length = 100))]
    pub secret: Secret,
    /// Name to show, 1 to 100 characters.
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub name: String,
    /// E-mail address to sign in with.
    #[cfg_attr(feature = "openapi", schema(max_length = 254))]
    pub email: String,
    /// Password, 12 to 128 characters.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Password, max_length = 128))]
    pub password: Secret,
}

/// `GET /operator/session`: who am I.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct OperatorSession {
    /// The operator.
    pub id: OperatorId,
    /// Name to show.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Role.
    pub role: Role,
}

/// `GET /operator/setup`: whether the server still waits for its first administrator.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SetUpState {
    /// True until an administrator exists.
    pub needed: bool,
}

/// An operator as administrators see them.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Operator {
    /// The operator.
    pub id: OperatorId,
    /// Name to show.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Role.
    pub role: Role,
    /// Whether they may not sign in.
    pub disabled: bool,
    /// How many conversations they are given at most; `null` for no limit.
    pub capacity: Option<u32>,
    /// Whether they take conversations now, as they say themselves.
    pub availability: Availability,
    /// Counts the changes by administrators, from 1: what `If-Match` names in the next one.
    pub version: i64,
    /// When they were added.
    pub created_at: Timestamp,
}

/// `POST /admin/operators`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NewOperator {
    /// Name to show, 1 to 100 characters.
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub name: String,
    /// E-mail address, not in use.
    #[cfg_attr(feature = "openapi", schema(max_length = 254))]
    pub email: String,
    /// Role.
    pub role: Role,
    /// Password, 12 to 128 characters.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Password, max_length = 128))]
    pub password: Secret,
    /// As in a change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(maximum = 1000))]
    pub capacity: Option<u32>,
}

/// `PUT /admin/operators/{id}`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct OperatorChange {
    /// Name to show, 1 to 100 characters.
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub name: String,
    /// Role. The last enabled administrator cannot take another.
    pub role: Role,
    /// Disabled operators are signed out at once. The last enabled administrator cannot be disabled.
    pub disabled: bool,
    /// A new password; absent keeps the old one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Password, max_length = 128))]
    pub password: Option<Secret>,
    /// How many conversations they are given at most, 0 to 1,000, by queues that push and by *Accept next*; absent or `null` for
    /// no limit. What they pick by hand is not limited, but it counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(maximum = 1000))]
    pub capacity: Option<u32>,
}

/// `POST /admin/api-tokens`: a token that acts as the operator who made it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NewApiToken {
    /// What it is for, 1 to 100 characters.
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub name: String,
}

/// An API token, without its secret.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ApiToken {
    /// The token's id.
    pub id: ApiTokenId,
    /// What it is for.
    pub name: String,
    /// As whom it acts.
    pub operator: OperatorId,
    /// When it was made.
    pub created_at: Timestamp,
}

/// Answer to [`NewApiToken`]: the only time the secret is shown.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CreatedApiToken {
    /// The token's id.
    pub id: ApiTokenId,
    /// What it is for.
    pub name: String,
    /// Goes into `Authorization: Bearer`.
    pub secret: Secret,
}
