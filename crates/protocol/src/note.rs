//! Notes for colleagues in a conversation. No answer and no frame for visitors holds one.

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::id::{NoteId, OperatorId};

/// `POST /agent/conversations/{id}/notes`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PostNote {
    /// Chosen by the sender, 1 to 64 of `[A-Za-z0-9_-]`; sending the same again changes nothing and answers the same.
    #[cfg_attr(feature = "openapi", schema(max_length = 64))]
    pub client_id: String,
    /// 1 to 4,000 characters.
    #[cfg_attr(feature = "openapi", schema(max_length = 4000))]
    pub text: String,
}

/// What an agent wrote down for colleagues.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Note {
    /// The note.
    pub id: NoteId,
    /// The author's own id for it.
    pub client_id: String,
    /// Order among the conversation's notes, from 1, without gaps.
    pub number: u32,
    /// The `seq` of the last message before it; 0 when there was none. Its place in the flow.
    pub after_seq: u32,
    /// Who wrote it.
    pub author: OperatorId,
    /// Their name when they did.
    pub name: String,
    /// What was written.
    pub text: String,
    /// When the server stored it.
    pub written_at: Timestamp,
}

/// Which notes or events of a conversation are wanted.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NumbersWanted {
    /// The first 200 with a higher `number`; from the beginning when absent.
    pub after: Option<u32>,
}

/// Notes of a conversation, in order of `number`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Notes {
    /// At most 200.
    pub items: Vec<Note>,
    /// Whether there are more after the last.
    pub more: bool,
}
