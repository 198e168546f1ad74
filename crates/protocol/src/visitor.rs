//! What the widget asks of the server and is told: configuration, the start of a conversation, messages.

use serde::{Deserialize, Serialize};

use crate::context::{self, Context};
use crate::file::{Attachment, FilePolicy};
use crate::id::{ChatWidgetId, ConversationId, MessageId};
use crate::{Secret, Timestamp};

/// `GET /widgets/{id}`: what a page must know before it can start a chat.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct WidgetConfig {
    /// The chat widget.
    pub id: ChatWidgetId,
    /// Dotted name of the page's client function; `null` when the widget has no authentication setting.
    pub client_function: Option<String>,
    /// Whether a chat needs a token. Without an authentication setting always `optional`.
    pub sign_in: SignIn,
    /// How long the client function has to call back, in milliseconds.
    pub timeout_ms: u32,
    /// How the widget looks and what it says.
    pub appearance: Appearance,
    /// Which files may be sent; absent where none may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub files: Option<FilePolicy>,
    /// The server's time when it answered.
    pub server_time: Timestamp,
}

/// Whether a chat may start without a token.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum SignIn {
    /// No token, no chat.
    Required,
    /// No token gives an anonymous chat. A refused token never does.
    Optional,
}

/// How a chat widget looks and what it says. Absent fields take the widget's defaults.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Appearance {
    /// The chat's heading, at most 60 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 60))]
    pub title: Option<String>,
    /// Shown before the first message, at most 500 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 500))]
    pub greeting: Option<String>,
    /// Colour of launcher and own messages as `#rrggbb`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 7))]
    pub accent_color: Option<String>,
    /// Corner of the page; `end` is right in left-to-right pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<LauncherPosition>,
}

/// Corner of the page in which the launcher sits.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum LauncherPosition {
    /// Bottom left in left-to-right pages.
    Start,
    /// Bottom right in left-to-right pages.
    End,
}

/// The page that a chat was started from. As the browser tells it: shown to agents, never trusted.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PageInfo {
    /// The page's address, without credentials and fragment; at most 2,048 characters.
    #[cfg_attr(feature = "openapi", schema(max_length = 2048))]
    pub url: String,
    /// The page's title, at most 300 characters.
    #[cfg_attr(feature = "openapi", schema(max_length = 300))]
    pub title: String,
    /// The page's language as a BCP 47 tag.
    #[cfg_attr(feature = "openapi", schema(max_length = 64))]
    pub locale: String,
}

/// `POST /widgets/{id}/conversations`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct StartConversation {
    /// The visitor's JWT. Ignored when the widget has no authentication setting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Password, max_length = 65536))]
    pub token: Option<Secret>,
    /// Unsigned context from the page; only without a token. A value that is `null` counts as absent.
    #[serde(
        default,
        deserialize_with = "context::optional_without_nulls",
        skip_serializing_if = "Option::is_none"
    )]
    pub context: Option<Context>,
    /// The page.
    pub page: PageInfo,
}

/// Answer to [`StartConversation`].
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct StartedConversation {
    /// The new conversation.
    pub conversation: Conversation,
    /// What opens it for this visitor.
    pub session: VisitorSession,
}

/// A visitor's key to one conversation.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct VisitorSession {
    /// Goes into `Authorization: Bearer`, and into the socket's first frame; never into a URL.
    pub secret: Secret,
    /// When it ends unless it is used before.
    pub expires_at: Timestamp,
    /// Ends the session, as the secret does in `DELETE …/session`, and opens nothing. So a page may keep it where the site's
    /// other pages find it, and a visitor can be signed out of a conversation that no open page shows.
    pub revocation_key: Secret,
}

/// A conversation as its visitor sees it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Conversation {
    /// The conversation.
    pub id: ConversationId,
    /// Whether the server has proof of who the visitor is.
    pub authenticated: bool,
    /// State of that proof.
    pub identity: Identity,
    /// When the proof lapses; `null` without one.
    pub identity_expires_at: Option<Timestamp>,
    /// Where the conversation stands.
    pub state: ConversationState,
    /// Name of the queue it waits or waited in.
    pub queue: String,
    /// Place in the queue, from 1; `null` when it no longer waits, and while nobody who serves the queue is there: no agent
    /// of it, and no supervisor, who is at a console and not away.
    pub position: Option<u32>,
    /// Name of the agent who took it.
    pub agent: Option<String>,
    /// The highest message number the agent's side has read.
    pub read_by_agent: u32,
}

/// State of a visitor's proof of identity.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Identity {
    /// There never was one.
    None,
    /// The last verified token has not expired.
    Current,
    /// The last verified token has expired and was not renewed.
    Lapsed,
}

/// Where a conversation stands.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum ConversationState {
    /// In its queue.
    Waiting,
    /// An agent has it.
    Active,
    /// Over; it can only be read.
    Closed,
}

/// `POST /conversations/{id}/authenticate`: renew the proof, or upgrade an anonymous chat.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Authenticate {
    /// The visitor's JWT.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Password, max_length = 65536))]
    pub token: Secret,
}

/// `POST …/messages`, from visitors and agents alike.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PostMessage {
    /// Chosen by the sender, 1 to 64 of `[A-Za-z0-9_-]`; sending the same again changes nothing and answers the same.
    #[cfg_attr(feature = "openapi", schema(max_length = 64))]
    pub client_id: String,
    /// 1 to 4,000 characters.
    #[cfg_attr(feature = "openapi", schema(max_length = 4000))]
    pub text: String,
}

/// A message of a conversation.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// The message.
    pub id: MessageId,
    /// The sender's own id for it.
    pub client_id: String,
    /// Order within the conversation, from 1, without gaps.
    pub seq: u32,
    /// Who wrote it.
    pub from: Author,
    /// Name to show for an agent; `null` for the visitor.
    pub name: Option<String>,
    /// What was written. Of a message that brings a file, the file's name: who does not know of files shows that.
    pub text: String,
    /// The file that it brings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attachment: Option<Attachment>,
    /// When the server stored it.
    pub sent_at: Timestamp,
}

/// Who wrote a message.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Author {
    /// The person in the widget.
    Visitor,
    /// The person in the agent console.
    Agent,
}

/// `POST /conversations/{id}/context`: replaces the unsigned context of an anonymous conversation.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct SetContext {
    /// What the page says of its visitor, with the limits of a token's context. Variables that the work stream does not
    /// declare are left out. A value that is `null` counts as absent.
    #[serde(deserialize_with = "context::without_nulls")]
    pub context: Context,
}

/// Which messages are wanted: one of the two, or neither for those from the beginning.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct MessagesWanted {
    /// The first 200 with a higher `seq`.
    pub after: Option<u32>,
    /// The last 200 with a lower `seq`. With 4294967295, the newest.
    pub before: Option<u32>,
}

/// Messages of a conversation, in order of `seq`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Messages {
    /// At most 200.
    pub items: Vec<Message>,
    /// Whether there are more in the direction that was asked for: `after` the last `seq`, or `before` the first.
    pub more: bool,
}

/// Messages as their visitor reads them, with the conversation: who has no socket needs nothing else.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ConversationMessages {
    /// The conversation, as it stood before the messages were read.
    pub conversation: Conversation,
    /// At most 200, in order of `seq`.
    pub items: Vec<Message>,
    /// Whether there are more in the direction that was asked for: `after` the last `seq`, or `before` the first.
    pub more: bool,
}
