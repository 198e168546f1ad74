//! The other conversations of one verified person: earlier ones, and those that run elsewhere.

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::agent::{AgentName, AgentQueue};
use crate::id::ConversationId;
use crate::visitor::ConversationState;

/// Which page of them is wanted.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct SamePersonRequest {
    /// `next` of the page before, at most 2,048 characters; absent for the first page.
    #[cfg_attr(feature = "openapi", param(max_length = 2048))]
    pub cursor: Option<String>,
    /// Items wanted, 1 to 200; 20 when absent.
    pub limit: Option<u32>,
}

/// Another conversation of the same person: the same `sub` of the same `iss`, proved under the same authentication setting.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SamePersonConversation {
    /// The conversation.
    pub id: ConversationId,
    /// Where it stands.
    pub state: ConversationState,
    /// Its queue.
    pub queue: AgentQueue,
    /// Who has or had it.
    pub agent: Option<AgentName>,
    /// When it was started.
    pub started_at: Timestamp,
    /// When it ended; `null` while it is open.
    pub closed_at: Option<Timestamp>,
    /// The reason that its agent gave at the close.
    pub closing_reason: Option<String>,
    /// The address of the page it was started from, as the browser tells it; `null` where the reader does not serve its queue.
    pub page_url: Option<String>,
    /// Whether the reader may read what was said.
    pub is_readable: bool,
}
