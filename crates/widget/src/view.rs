//! What the engine shows to the page's script: the state to draw, the messages, and the events to announce.
//!
//! These types cross from wasm to TypeScript; `js/src/generated` holds their TypeScript twins. They carry
//! codes, never sentences for people: the element owns the words and their translations.

use bonafide_protocol::visitor::{Appearance, Author, Identity, SignIn};
use bonafide_protocol::{ErrorCode, Timestamp};
use serde::Serialize;

use crate::machine::ClientFunctionOutcome;

/// What the engine tells its listener, in order.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(
    tag = "type",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
pub enum Output {
    /// Draw this state. Sent only when it differs from the last one.
    View {
        /// The state.
        view: View,
    },
    /// These messages are new or changed; match by `clientId`, keep sorted by `order`.
    Messages {
        /// The messages.
        messages: Vec<MessageView>,
    },
    /// Forget all messages: another conversation begins, or the visitor signed out.
    Cleared,
    /// Forget also what was typed: the visitor signed out, or somebody else is here.
    Left,
    /// The other side is typing; show it for 5 s.
    AgentTyping,
    /// For the page: the configuration is here and the chat can be started.
    Ready,
    /// For the page: a conversation started.
    Started {
        /// The conversation's id.
        conversation: String,
        /// Whether the server has proof of who the visitor is.
        authenticated: bool,
    },
    /// For the page: the identity was proved, renewed or upgraded.
    Authenticated,
    /// For the page: this chat needs a sign-in.
    SignIn,
    /// For the page: a message was stored or received.
    Message {
        /// The message.
        message: MessageView,
    },
    /// For the page: the conversation is over.
    Ended,
    /// For the page: something failed. At most one per attempt. The page's own thrown value or callback error,
    /// where there is one, is handed over beside this value as the `cause`.
    Error {
        /// What failed.
        error: ChatFailure,
    },
    /// For the page: an argument could not be used, or one message was refused. The page hears of it as of an error,
    /// but it is none of the chat's: nothing is shown to the visitor, and what else is under way goes on.
    Refused {
        /// What was wrong.
        error: ChatFailure,
    },
}

/// A conversation that has begun.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Started {
    /// The conversation's id.
    pub conversation: String,
    /// Whether the server has proof of who the visitor is.
    pub authenticated: bool,
}

/// The state to draw.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct View {
    /// Where the chat stands.
    pub phase: Phase,
    /// Whether the server can be reached.
    pub connection: Connection,
    /// State of the proof of who the visitor is.
    pub identity: Identity,
    /// Whether the widget wants a sign-in; `null` until configured.
    pub sign_in: Option<SignIn>,
    /// How the widget looks; `null` until configured.
    pub appearance: Option<Appearance>,
    /// Whether files may be sent.
    pub files: bool,
    /// Name of the queue.
    pub queue: Option<String>,
    /// Place in the queue, from 1, while waiting; `null` also while nobody is there to serve it.
    pub position: Option<u32>,
    /// The agent's name, once one has taken the conversation.
    pub agent: Option<String>,
    /// Agent messages that arrived while the chat was closed.
    pub unread: u32,
    /// The failure to show; `null` when all is well.
    pub error: Option<ChatFailure>,
}

/// Where the chat stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Nothing asked for yet.
    Idle,
    /// Reading the widget's configuration.
    Configuring,
    /// Configured; a conversation can be started.
    Ready,
    /// Waiting for the page's client function.
    Authenticating,
    /// Asking the server for a conversation.
    Starting,
    /// No token, and this widget requires one: show the sign-in card.
    SignInNeeded,
    /// In the queue.
    Waiting,
    /// With an agent.
    Active,
    /// Over; the transcript can be read.
    Ended,
    /// The start failed; `error` says why and whether trying again can help.
    Failed,
}

/// Whether the server can be reached.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Connection {
    /// No conversation, so no socket.
    None,
    /// Opening the socket, or opening it again.
    Connecting,
    /// The socket is open.
    Online,
    /// Several sockets failed, and the server answers without one: what the agent writes comes a little later.
    Polling,
    /// The browser says it is offline, or several sockets failed and the server does not answer otherwise. Tries go on.
    Offline,
}

/// A message to draw.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct MessageView {
    /// The sender's id for it: the same before and after the server stored it.
    pub client_id: String,
    /// Order on the screen.
    pub order: u32,
    /// Who wrote it.
    pub from: Author,
    /// The agent's name; `null` for the visitor.
    pub name: Option<String>,
    /// What was written. Plain text.
    pub text: String,
    /// When the server stored it; `null` until then.
    pub sent_at: Option<Timestamp>,
    /// How far it got.
    pub delivery: Delivery,
}

/// How far a message got.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Delivery {
    /// On its way; it is sent again until the server answers.
    Sending,
    /// Stored by the server.
    Sent,
    /// Read by the other side.
    Read,
    /// Refused by the server, for example because the conversation is over.
    Failed,
}

/// What failed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ChatFailure {
    /// The error code.
    pub code: ErrorCode,
    /// What happened, for developers, in English.
    pub message: String,
    /// Joins it to the server's log; `null` when the server was not asked.
    pub request_id: Option<String>,
    /// Whether trying again can help.
    pub retryable: bool,
}

/// What became of one call of the page's function, for the developers' report.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PageCall {
    /// What became of it.
    pub outcome: CallOutcome,
    /// How long it took, in milliseconds.
    pub ms: f64,
    /// What it gave, or a sentence about why it gave nothing.
    pub text: String,
}

/// How a call of the page's function ended.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum CallOutcome {
    /// It gave a text.
    Text,
    /// It gave nothing: nobody is signed in.
    Nothing,
    /// It gave something that is no text.
    WrongType,
    /// It threw, rejected, or called back with an error.
    Failed,
    /// There is no such function.
    NotFound,
    /// The function's name is not one that may be called.
    Refused,
}

impl PageCall {
    /// Tells of a call that took so many milliseconds.
    #[must_use]
    pub fn of(outcome: &ClientFunctionOutcome, ms: f64) -> Self {
        let (outcome, text) = match outcome {
            ClientFunctionOutcome::Text { text, .. } => (CallOutcome::Text, text.expose()),
            ClientFunctionOutcome::Nothing => (CallOutcome::Nothing, ""),
            ClientFunctionOutcome::WrongType(what) => (CallOutcome::WrongType, what.as_str()),
            ClientFunctionOutcome::Failed(what) => (CallOutcome::Failed, what.as_str()),
            ClientFunctionOutcome::NotFound(what) => (CallOutcome::NotFound, what.as_str()),
            ClientFunctionOutcome::PathRefused(what) => (CallOutcome::Refused, what.as_str()),
        };
        Self {
            outcome,
            ms,
            text: text.into(),
        }
    }
}
