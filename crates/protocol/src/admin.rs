//! What administrators record: authentication settings, chat widgets, work streams, queues, contacts; and the audit.
//!
//! Each resource has a body that clients send (`…Body`) and the stored resource the server answers with.

use serde::{Deserialize, Serialize};

mod audit;
mod authentication_setting;
mod chat_widget;
mod contact;
mod queue;
mod routing;
pub mod test_report;
mod work_stream;

pub use audit::{Actor, AuditEntry, AuditRequest};
pub use authentication_setting::{
    AuthenticationSetting, AuthenticationSettingBody, AuthenticationType,
};
pub use chat_widget::{ChatWidget, ChatWidgetBody, Snippet};
pub use contact::{Contact, ContactBody};
pub use queue::{Assignment, Queue, QueueBody};
pub use routing::{Condition, Operator, RoutingRule, RuleWarning, RuleWarningCode, Test};
pub use work_stream::{ContextVariable, Resume, VariableType, WorkStream, WorkStreamBody};

/// Names another resource.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Reference<I> {
    /// Its id.
    pub id: I,
    /// Its name.
    pub name: String,
}
