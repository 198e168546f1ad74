//! Queues: where conversations wait, and who serves them.

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::admin::Reference;
use crate::id::{OperatorId, QueueId, WorkStreamId};

/// `POST /admin/queues`, `PUT …/{id}`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct QueueBody {
    /// 1 to 100 characters, not in use.
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub name: String,
    /// The operators who serve it; absent or `null` means all, an empty list nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_items = 10000))]
    pub members: Option<Vec<OperatorId>>,
    /// How long an agent without a live console keeps the conversations of this queue, 30 to 86,400 s; 120 when absent.
    /// Then they wait again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absence_seconds: Option<u32>,
    /// How its conversations come to an agent; `pick` when absent.
    #[serde(default)]
    pub assignment: Assignment,
}

/// How the conversations of a queue come to an agent.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Assignment {
    /// Agents take them.
    #[default]
    Pick,
    /// Each is given at once to the agent of the queue who has the fewest, among those who are signed in at a connected
    /// console, are not away and have fewer than their capacity. While there is none it waits, and can be taken.
    Push,
}

/// A queue.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Queue {
    /// The queue.
    pub id: QueueId,
    /// Its name.
    pub name: String,
    /// The operators who serve it; `null` means all.
    pub members: Option<Vec<OperatorId>>,
    /// How long an agent without a live console keeps the conversations of this queue, in seconds.
    pub absence_seconds: u32,
    /// How its conversations come to an agent.
    pub assignment: Assignment,
    /// The work streams that send conversations to it.
    pub used_by: Vec<Reference<WorkStreamId>>,
    /// Conversations that wait in it now.
    pub waiting: u32,
    /// Counts its changes, from 1: what `If-Match` names in the next change. Only changes of its own fields count.
    pub version: i64,
    /// When it was recorded.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}
