//! The audit: who did what, when. Append-only, and never holds a token or key.

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::context::ContextValue;
use crate::id::{AuditId, OperatorId};

/// Which entries of the audit are wanted. What is absent is not asked for; what is there must all hold.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct AuditRequest {
    /// Only this: `queue.updated`, `token.refused` …
    #[cfg_attr(feature = "openapi", param(max_length = 100))]
    pub action: Option<String>,
    /// Only what this operator did, by id; or `visitor`, or `system`.
    #[cfg_attr(feature = "openapi", param(max_length = 64))]
    pub actor: Option<String>,
    /// Only what was done to this record, by id.
    #[cfg_attr(feature = "openapi", param(max_length = 64))]
    pub subject: Option<String>,
    /// Only what was done at this time or later.
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>, format = DateTime, max_length = 40))]
    pub from: Option<Timestamp>,
    /// Only what was done before this time.
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>, format = DateTime, max_length = 40))]
    pub to: Option<Timestamp>,
    /// Each word must stand somewhere in the entry, also as a part of a longer word; upper and lower case are the same. A
    /// request id is looked up.
    #[cfg_attr(feature = "openapi", param(max_length = 200))]
    pub text: Option<String>,
    /// `next` of the page before; absent for the first.
    #[cfg_attr(feature = "openapi", param(max_length = 2048))]
    pub cursor: Option<String>,
    /// Items wanted, 1 to 200; 50 when absent.
    pub limit: Option<u32>,
}

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
    /// What that was called then; `null` where nothing is known of it.
    pub subject_name: Option<String>,
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
