//! Work streams: the context variables a conversation may bring, and the rules that route it.

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::admin::Reference;
use crate::admin::routing::{RoutingRule, RuleWarning};
use crate::id::{ChatWidgetId, QueueId, WorkStreamId};

/// `POST /admin/work-streams`, `PUT …/{id}`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct WorkStreamBody {
    /// 1 to 100 characters, not in use.
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub name: String,
    /// The context variables it admits; at most 100, names unique.
    #[cfg_attr(feature = "openapi", schema(max_items = 100))]
    pub context_variables: Vec<ContextVariable>,
    /// Routing rules, tried in order; at most 100.
    #[cfg_attr(feature = "openapi", schema(max_items = 100))]
    pub rules: Vec<RoutingRule>,
    /// Where a conversation goes that no rule takes.
    pub fallback_queue: QueueId,
    /// What a start does whose person has a conversation that runs already; `never` when absent.
    #[serde(default)]
    pub resume: Resume,
    /// The reasons an agent may choose from when they close a conversation, in order; at most 50, unique, 1 to 100 characters
    /// each.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_items = 50))]
    pub closing_reasons: Vec<String>,
    /// Whether they must choose one; only with `closingReasons`.
    #[serde(default)]
    pub closing_reason_required: bool,
}

/// Whether a start continues a conversation that runs already, on another page or device.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Resume {
    /// Each start is a new conversation. Agents see the person's other ones in the summary.
    #[default]
    Never,
    /// The start is answered with the newest open conversation of this work stream whose person is proved to be the same:
    /// the same `sub` of the same `iss`, under the same authentication setting.
    SamePerson,
}

/// A work stream.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct WorkStream {
    /// The work stream.
    pub id: WorkStreamId,
    /// Its name.
    pub name: String,
    /// The context variables it admits.
    pub context_variables: Vec<ContextVariable>,
    /// Routing rules, in order.
    pub rules: Vec<RoutingRule>,
    /// Where a conversation goes that no rule takes.
    pub fallback_queue: QueueId,
    /// What a start does whose person has a conversation that runs already.
    pub resume: Resume,
    /// The reasons an agent may choose from when they close a conversation, in order.
    pub closing_reasons: Vec<String>,
    /// Whether they must choose one.
    pub closing_reason_required: bool,
    /// What is odd about the rules. They are stored and used all the same. Where rules are too many and too long to be compared in
    /// time, the last ones have none.
    pub warnings: Vec<RuleWarning>,
    /// The chat widgets that use it.
    pub used_by: Vec<Reference<ChatWidgetId>>,
    /// Counts its changes, from 1: what `If-Match` names in the next change. Only changes of its own fields count.
    pub version: i64,
    /// When it was recorded.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// Declares a context variable.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ContextVariable {
    /// 1 to 100 characters, compared exactly.
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub name: String,
    /// What its value must be.
    #[serde(rename = "type")]
    pub type_: VariableType,
}

/// Type of a context variable.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum VariableType {
    /// Any text.
    Text,
    /// A JSON number, or text that is one.
    Number,
    /// `true` or `false`, or text that is one.
    Boolean,
}
