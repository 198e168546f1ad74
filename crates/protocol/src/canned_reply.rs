//! Canned replies: texts that agents insert and complete instead of writing them anew.

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::id::CannedReplyId;

/// `POST /admin/canned-replies`, `POST /agent/canned-replies`, and `PUT …/{id}`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct CannedReplyBody {
    /// What it is found by, 1 to 50 characters; no other of the same owner's has it.
    #[cfg_attr(feature = "openapi", schema(max_length = 50))]
    pub name: String,
    /// 1 to 4,000 characters. May hold the variables `{visitor}`, `{agent}`, `{queue}` and `{context.NAME}`, with the name of
    /// a context variable that a work stream declares. The console fills them in when it inserts the reply.
    #[cfg_attr(feature = "openapi", schema(max_length = 4000))]
    pub text: String,
}

/// A canned reply.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CannedReply {
    /// The reply.
    pub id: CannedReplyId,
    /// What it is found by.
    pub name: String,
    /// What it says, with variables.
    pub text: String,
    /// Whether all agents have it; else it is the reader's own.
    pub shared: bool,
    /// Counts its changes, from 1: what `If-Match` names in the next change. Only changes of its own fields count.
    pub version: i64,
    /// When it was recorded.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}
