//! A conversation goes from one colleague to another: handed over, offered, taken over, assigned.

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::agent::{AgentName, AgentQueue};
use crate::id::{OperatorId, QueueId};

/// `POST /agent/conversations/{id}/hand-over`: to a queue or to an agent, one of the two.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct HandOver {
    /// The queue in which it waits from then on, before the others of its priority. Its own queue puts it back in line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue: Option<QueueId>,
    /// The agent to whom it is offered: one who is here and serves its queue. Until they accept, it stays with who has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<OperatorId>,
    /// A note for colleagues, 1 to 4,000 characters, stored with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 4000))]
    pub note: Option<String>,
}

/// `POST /agent/conversations/{id}/hand-back`; the body may be left out.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct HandBack {
    /// A note for colleagues, 1 to 4,000 characters, stored with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 4000))]
    pub note: Option<String>,
}

/// `POST /agent/conversations/{id}/take-over`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct TakeOver {
    /// Who has it, as far as the supervisor knows. Where somebody else does by now, it stays with them.
    pub from: OperatorId,
}

/// `POST /agent/conversations/{id}/assign`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Assign {
    /// Who has it from then on: somebody who is here and serves its queue.
    pub to: OperatorId,
    /// Who has it, as far as the supervisor knows; absent when it waits. Where it stands otherwise by now, it stays so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<OperatorId>,
}

/// A conversation that its agent offers to a colleague.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Offer {
    /// To whom.
    pub to: AgentName,
    /// By whom: who has it.
    pub by: AgentName,
    /// The note for colleagues that came with it.
    pub note: Option<String>,
    /// When it ends, unless it was accepted before.
    pub lapses_at: Timestamp,
}

/// From whom a conversation came.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CameFrom {
    /// Who had it.
    pub agent: AgentName,
    /// The queue that it was in then.
    pub queue: AgentQueue,
}

/// `GET /agent/conversations/{id}/colleagues`: to whom it can be handed over.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Colleagues {
    /// Who serves its queue, besides the one who asks, by name.
    pub agents: Vec<HandOverAgent>,
    /// All queues, by name.
    pub queues: Vec<StaffedQueue>,
}

/// An agent to whom a conversation can be handed over.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct HandOverAgent {
    /// The operator.
    pub id: OperatorId,
    /// Their name.
    pub name: String,
    /// Whether a console of theirs is there. To one who is not, nothing can be offered.
    pub is_here: bool,
    /// Whether they say that they are away.
    pub is_away: bool,
    /// How many conversations they have.
    pub active: u32,
}

/// A queue with who is there for it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct StaffedQueue {
    /// The queue.
    pub id: QueueId,
    /// Its name.
    pub name: String,
    /// How many of those who serve it are there.
    pub here: u32,
}
