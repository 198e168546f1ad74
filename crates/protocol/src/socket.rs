//! Frames of the realtime sockets. Every frame is one JSON object with a `type`.
//!
//! A socket tells; it does not take messages. Messages are posted over HTTP, where an answer means stored.
//!
//! The server sends a `heartbeat` in every `heartbeatMs` of the welcome. A proxy or a network may lose a connection without
//! telling either end, and a page cannot see the pings of WebSocket itself: a socket on which nothing came in twice that time
//! is dead, and the other side opens another. Who cannot wait that long, because a computer woke up, asks with a `heartbeat`
//! of its own, which is answered at once.

use serde::{Deserialize, Serialize};

use crate::agent::{AgentConversation, AgentName};
use crate::availability::Colleague;
use crate::conversation_event::ConversationEvent;
use crate::id::ConversationId;
use crate::note::Note;
use crate::visitor::{Conversation, Message};
use crate::{Problem, Secret, Timestamp};

/// The socket was closed because its session is over or was revoked. The frame before it says why.
pub const CLOSE_SESSION_OVER: u16 = 4401;
/// The socket was closed because a frame was not understood or came too often.
pub const CLOSE_BAD_FRAME: u16 = 4400;

/// What a visitor's socket sends. The first frame must be `hello`, within 5 s.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(
    tag = "type",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
#[serde(deny_unknown_fields)]
pub enum VisitorFrame {
    /// Opens the session.
    Hello {
        /// The session's secret.
        #[cfg_attr(feature = "openapi", schema(value_type = String, format = Password, max_length = 100))]
        secret: Secret,
        /// The highest `seq` the widget has. The messages after it follow the welcome; where they are more than 100, only the
        /// newest does, and the others are read over HTTP, a page at a time.
        after: u32,
    },
    /// Asks for a `heartbeat`, which comes at once.
    Heartbeat,
    /// The visitor is typing; at most one in 2 s is passed on.
    Typing,
    /// The visitor has seen all messages up to here.
    Read {
        /// Highest `seq` seen.
        seq: u32,
    },
}

/// What the server sends to a visitor's socket.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(
    tag = "type",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
pub enum VisitorEvent {
    /// The session is open. Missed messages follow as `message` frames.
    // Says what `rename_all_fields` says, in the place where `openapi.json` is made from.
    #[serde(rename_all = "camelCase")]
    Welcome {
        /// The conversation as it stands.
        conversation: Conversation,
        /// The server's time.
        server_time: Timestamp,
        /// How often a `heartbeat` comes, in milliseconds.
        heartbeat_ms: u32,
    },
    /// The socket lives. Comes in every `heartbeatMs`, whatever else does, and as the answer to one.
    #[serde(rename_all = "camelCase")]
    Heartbeat {
        /// The server's time.
        server_time: Timestamp,
    },
    /// The conversation changed: position, agent, identity, state, read mark.
    Conversation {
        /// The conversation as it stands now.
        conversation: Conversation,
    },
    /// A message was stored; in order of `seq`, each once per socket.
    Message {
        /// The message.
        message: Message,
    },
    /// The agent is typing.
    Typing,
    /// The socket closes after this frame.
    Error {
        /// Why.
        problem: Problem,
    },
}

/// What an agent console's socket sends. The operator's cookie opened it; there is no hello.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(
    tag = "type",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
#[serde(deny_unknown_fields)]
pub enum AgentFrame {
    /// Asks for a `heartbeat`, which comes at once.
    Heartbeat,
    /// The agent is typing in a conversation of theirs; at most one in 2 s is passed on.
    Typing {
        /// The conversation.
        conversation: ConversationId,
    },
    /// The agent has seen all messages up to here.
    Read {
        /// The conversation.
        conversation: ConversationId,
        /// Highest `seq` seen.
        seq: u32,
    },
}

/// What the server sends to an agent console's socket.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(
    tag = "type",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
pub enum AgentEvent {
    /// The socket is open: read the lists once, then follow the events.
    #[serde(rename_all = "camelCase")]
    Welcome {
        /// The server's time.
        server_time: Timestamp,
        /// How often a `heartbeat` comes, in milliseconds.
        heartbeat_ms: u32,
    },
    /// The socket lives. Comes in every `heartbeatMs`, whatever else does, and as the answer to one.
    #[serde(rename_all = "camelCase")]
    Heartbeat {
        /// The server's time.
        server_time: Timestamp,
    },
    /// A conversation the agent may see is new or changed.
    Conversation {
        /// As it stands now.
        conversation: AgentConversation,
    },
    /// A conversation left the agent's sight: another agent took it, it changed queue, or it ended while it waited.
    Gone {
        /// The conversation.
        conversation: ConversationId,
        /// The agent who has it now, where its queue is the agent's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        agent: Option<AgentName>,
    },
    /// A message was stored in a conversation the agent may see.
    Message {
        /// The conversation.
        conversation: ConversationId,
        /// The message.
        message: Message,
    },
    /// A note for colleagues was stored in a conversation that waits in the agent's queues, or is theirs.
    Note {
        /// The conversation.
        conversation: ConversationId,
        /// The note.
        note: Note,
    },
    /// Something happened to a conversation the agent may see.
    ConversationEvent {
        /// The conversation.
        conversation: ConversationId,
        /// What.
        event: ConversationEvent,
    },
    /// The agent themselves or a colleague, who serves a queue of theirs, came back or went away.
    Colleague {
        /// As they stand now.
        colleague: Colleague,
    },
    /// The visitor is typing.
    Typing {
        /// The conversation.
        conversation: ConversationId,
    },
    /// Events were dropped because the console was slow: read the lists again.
    Resync,
    /// The socket closes after this frame.
    Error {
        /// Why.
        problem: Problem,
    },
}
