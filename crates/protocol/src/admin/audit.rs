//! The audit: who did what, when. Append-only, and never holds a token or key.

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::context::ContextValue;
use crate::id::{AuditId, OperatorId};

/// One line of the audit. Append-only.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AuditEntry {
    /// The entry.
    pub id: AuditId,
    /// When.
    pub at: Timestamp,
    /// Who did it.
    pub actor: Actor,
    /// What was done: `authentication-setting.updated`, `token.refused`, `keys.changed`, `keys.passed-over` …
    pub action: String,
    /// Id of what it was done to.
    pub subject: Option<String>,
    /// Joins the entry to an answer and to the log.
    pub request_id: Option<String>,
    /// The error code of a refusal.
    pub code: Option<crate::ErrorCode>,
    /// What a person needs to understand it; for a change the fields before and after. Never a token or key.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub details: std::collections::BTreeMap<String, ContextValue>,
}

/// Who did something.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(
    tag = "kind",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
pub enum Actor {
    /// A person at a console, or their API token.
    Operator {
        /// Who.
        id: OperatorId,
        /// Their name at the time.
        name: String,
    },
    /// A person in a widget.
    Visitor,
    /// The server itself, or its command line.
    System,
}
