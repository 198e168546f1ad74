//! What opens a conversation for its visitor, and what of it outlives a page.

use bonafide_protocol::Secret;
use bonafide_protocol::id::ConversationId;
use serde::{Deserialize, Serialize};

/// A visitor's key to one conversation.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Session {
    /// The conversation.
    pub conversation: ConversationId,
    /// Opens it.
    pub secret: Secret,
    /// Whether the visitor was proved. Such a session is shown again only after a new proof, because the next person
    /// at this browser may be somebody else.
    pub authenticated: bool,
}

/// What is kept for the next page of the same tab.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct StoredSession {
    /// The session.
    pub session: Session,
    /// The highest `seq` the visitor has seen.
    pub read: u32,
    /// Messages that the server has not answered for: client id and text.
    pub pending: Vec<(String, String)>,
}
