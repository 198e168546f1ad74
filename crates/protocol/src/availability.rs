//! Whether agents take conversations now, as they say themselves, and what their colleagues see of it.
//!
//! Not to be mixed up with presence, which is whether a console is connected: somebody may be at the console and away, or here
//! and without a connection.

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::id::OperatorId;

/// What an agent says of themselves. It stands until they say something else, also when they sign out.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Availability {
    /// Here or away.
    pub state: AvailabilityState,
    /// Why they are away, in their words; `null` when they gave no reason, or are here.
    pub reason: Option<String>,
    /// Since when they are away; `null` when they are here.
    pub since: Option<Timestamp>,
}

/// Whether an agent takes conversations.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum AvailabilityState {
    /// They do.
    Here,
    /// They do not: nothing is pushed to them. They keep what they have, and may still take more by hand.
    Away,
}

/// `PUT /agent/availability`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct AvailabilityChange {
    /// Here or away.
    pub state: AvailabilityState,
    /// Why away, 1 to 100 characters, for colleagues to read: *Break*, *Training* …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub reason: Option<String>,
}

/// An agent as their colleagues see them.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Colleague {
    /// The operator.
    pub id: OperatorId,
    /// Their name.
    pub name: String,
    /// Whether a console of theirs was connected when this was read.
    pub connected: bool,
    /// What they say of themselves.
    pub availability: Availability,
    /// How many conversations they have now.
    pub active: u32,
    /// How many they are given at most; `null` for no limit.
    pub capacity: Option<u32>,
}

/// `POST /agent/accept-next`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AcceptedNext {
    /// The one that was taken; `null` when none waits in the agent's queues.
    pub conversation: Option<crate::agent::AgentConversation>,
}
