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
    /// The work streams that send conversations to it.
    pub used_by: Vec<Reference<WorkStreamId>>,
    /// Conversations that wait in it now.
    pub waiting: u32,
    /// When it was recorded.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}
