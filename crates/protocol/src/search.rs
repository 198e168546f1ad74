//! The search over all conversations that an agent may read.

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::agent::AgentConversation;
use crate::id::{OperatorId, QueueId};
use crate::visitor::Author;

/// Which conversations are looked for. What is absent is not asked for; what is there must all hold.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct SearchRequest {
    /// Who it is with. Each word must stand in a name, an e-mail address or the verified subject; upper and lower case are the
    /// same. Names and addresses are those of the linked contact and of the token.
    #[cfg_attr(feature = "openapi", param(max_length = 200))]
    pub person: Option<String>,
    /// What was said. Each word must stand in one and the same message, also as a part of a longer word; upper and lower case
    /// are the same.
    #[cfg_attr(feature = "openapi", param(max_length = 200))]
    pub text: Option<String>,
    /// Only those of this queue.
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>, max_length = 64))]
    pub queue: Option<QueueId>,
    /// Only those that stand so. `closed` has those that ended unanswered too.
    #[cfg_attr(feature = "openapi", param(inline))]
    pub state: Option<SearchState>,
    /// Only those that this operator has or had.
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>, max_length = 64))]
    pub agent: Option<OperatorId>,
    /// Only those that started at this time or later.
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>, format = DateTime, max_length = 40))]
    pub from: Option<Timestamp>,
    /// Only those that started before this time.
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>, format = DateTime, max_length = 40))]
    pub to: Option<Timestamp>,
    /// `next` of the answer before; absent for the first.
    #[cfg_attr(feature = "openapi", param(max_length = 2048))]
    pub cursor: Option<String>,
    /// Items wanted, 1 to 100; 25 when absent.
    pub limit: Option<u32>,
}

/// How a conversation stands that is looked for.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SearchState {
    /// It waits.
    Waiting,
    /// An agent has it.
    Active,
    /// It is over.
    Closed,
    /// It ended while nobody had it.
    Unanswered,
}

/// What was found, those that started last first.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct FoundConversations {
    /// At most as many as were wanted. One answer looks through a limited number of messages, so there may be fewer, even none,
    /// while `next` says that there is more to look through.
    pub items: Vec<FoundConversation>,
    /// Give this as `cursor` to go on; `null` when everything was looked through.
    pub next: Option<String>,
    /// The start of the last conversation that was looked at: everything since then is searched. `null` when `next` is.
    pub searched_to: Option<Timestamp>,
}

/// A conversation that was found.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct FoundConversation {
    /// As the inbox shows it.
    pub conversation: AgentConversation,
    /// The first message in it with all the words; `null` where no text was looked for.
    pub message: Option<FoundMessage>,
}

/// A message that was found.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct FoundMessage {
    /// Its number.
    pub seq: u32,
    /// Who wrote it.
    pub from: Author,
    /// The agent's name.
    pub name: Option<String>,
    /// At most 160 characters around the first word that was looked for; cut ends are marked with `…`.
    pub excerpt: String,
    /// When it was sent.
    pub sent_at: Timestamp,
}
