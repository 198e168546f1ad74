//! What the tabs of one site tell each other: one of them, the leader, holds the socket and renews the identity.

use bonafide_protocol::id::ConversationId;
use bonafide_protocol::visitor::{Conversation, Message};
use serde::Serialize;

use super::session::Session;

/// Something one tab tells the others.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum TabMessage {
    /// A tab without a session asks for one.
    Ask,
    /// A tab has this session: the answer to `Ask`, and what a tab says that started a conversation.
    Session(Session),
    /// A tab follows and wants the leader's state.
    Follow(ConversationId),
    /// The leader's state: after `Follow`, and whenever it changes.
    State {
        /// As the server told it last.
        conversation: Conversation,
        /// Whether the leader's socket is open.
        online: bool,
        /// Up to where the leader has all messages.
        seq: u32,
        /// Where two tabs lead, the higher one stays.
        rank: u32,
    },
    /// The leader heard of a message.
    Stored {
        /// Where.
        conversation: ConversationId,
        /// The message.
        message: Message,
    },
    /// The leader heard that the agent is typing.
    AgentTyping(ConversationId),
    /// The visitor types in a tab that follows.
    Typing(ConversationId),
    /// The visitor has seen the messages up to here.
    Read {
        /// Where.
        conversation: ConversationId,
        /// Highest `seq` seen.
        seq: u32,
    },
    /// The visitor signed out; all sessions end. Holds the conversation whose session the sender revokes itself.
    SignedOut(Option<ConversationId>),
}
