//! A conversation to take away: who it was with, how that was proved, and what was said.

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::agent::{AgentName, AgentQueue, Authentication, LinkedContact, YesNo};
use crate::id::ConversationId;
use crate::note::Note;
use crate::visitor::{ConversationState, Message, PageInfo};

/// How a transcript is wanted.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct TranscriptRequest {
    /// `text` when absent.
    #[cfg_attr(feature = "openapi", param(inline))]
    pub format: Option<TranscriptFormat>,
    /// Whether the notes for colleagues go with it; only with `json`.
    pub notes: Option<bool>,
}

/// How a transcript is written.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum TranscriptFormat {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

/// A transcript as `json`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Transcript {
    /// Which conversation it is of.
    pub conversation: TranscriptHead,
    /// All messages until it was asked for, in order of `seq`.
    pub messages: Vec<Message>,
    /// All notes until then; absent when they were not asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<Vec<Note>>,
}

/// Which conversation a transcript is of.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct TranscriptHead {
    /// The conversation.
    pub id: ConversationId,
    /// Offset from UTC of every time in the transcript: `+00:00`.
    pub utc_offset: String,
    /// When the transcript was made.
    pub made_at: Timestamp,
    /// When the conversation was started.
    pub started_at: Timestamp,
    /// Where it stood.
    pub state: ConversationState,
    /// Its queue.
    pub queue: AgentQueue,
    /// Who had it.
    pub agent: Option<AgentName>,
    /// The reason that was given when it was closed.
    pub closing_reason: Option<String>,
    /// Who it was with: the linked contact's name, else a name the token vouches for; `null` for an unknown visitor.
    pub visitor: Option<String>,
    /// Whether the visitor's identity was proved.
    pub authenticated: YesNo,
    /// The proof, or why there was none.
    pub authentication: Authentication,
    /// The customer's record, or why none was linked.
    pub contact: LinkedContact,
    /// The page it was started from, as the browser tells it.
    pub page: PageInfo,
}
