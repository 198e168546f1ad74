//! What opens a conversation for its visitor, and what of it outlives a page.

use bonafide_protocol::Secret;
use bonafide_protocol::id::ConversationId;
use bonafide_protocol::visitor::Message;
use serde::Serialize;

use super::TabMessage;
use super::context::Context;

/// A visitor's key to one conversation.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Session {
    /// The conversation.
    pub conversation: ConversationId,
    /// Opens it.
    pub secret: Secret,
    /// Whether the visitor was proved. Such a session is shown again only after a new proof, because the next person
    /// at this browser may be somebody else.
    pub authenticated: bool,
}

impl Session {
    /// Tells the other tabs of it, and up to where its visitor has read.
    pub(super) fn share(&self, cx: &mut Context, read: u32) {
        if !cx.surroundings.shares_session {
            return;
        }
        cx.post(TabMessage::Session(self.clone()));
        if read > 0 {
            let conversation = self.conversation.clone();
            let seq = read;
            cx.post(TabMessage::Read { conversation, seq });
        }
    }

    /// Tells the tabs that follow of messages, whichever way they came.
    pub(super) fn pass_on(&self, cx: &mut Context, messages: &[Message]) {
        if !cx.surroundings.shares_session {
            return;
        }
        for message in messages {
            let conversation = self.conversation.clone();
            let message = message.clone();
            cx.post(TabMessage::Stored {
                conversation,
                message,
            });
        }
    }
}

/// What is kept for the next page of the same tab.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct StoredSession {
    /// The session.
    pub session: Session,
    /// The highest `seq` the visitor has seen.
    pub read: u32,
    /// Messages that the server has not answered for: client id and text.
    pub pending: Vec<(String, String)>,
}

/// What the page says of its visitor without a signature: the JSON of an object of primitives, ready to be sent. The
/// machine does not look into it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct UnsignedContext(pub String);
