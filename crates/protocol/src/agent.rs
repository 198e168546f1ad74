//! What agents see: the inbox, the conversation summary.

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::context::Context;
use crate::file::FilePolicy;
use crate::hand_over::{CameFrom, Offer};
use crate::id::{AuthenticationSettingId, ContactId, ConversationId, OperatorId, QueueId};
use crate::visitor::{ConversationState, Identity, PageInfo};

/// Which conversations are wanted.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct InboxRequest {
    /// Only these conversations. When absent, those that wait or are active.
    #[cfg_attr(feature = "openapi", param(inline))]
    pub state: Option<InboxState>,
    /// `next` of the page before; absent for the first page.
    #[cfg_attr(feature = "openapi", param(max_length = 2048))]
    pub cursor: Option<String>,
    /// Items wanted, 1 to 200; 50 when absent.
    pub limit: Option<u32>,
}

/// A part of the inbox.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum InboxState {
    /// Those that wait in the agent's queues, in routing order.
    Waiting,
    /// The agent's own.
    Active,
    /// The agent's own that are over.
    Closed,
    /// Those that colleagues offer to the agent.
    Offered,
    /// All that are not over, of all queues: those that wait, in routing order, then those that agents have. For supervisors
    /// only.
    All,
    /// Those of the agent's queues that ended while they waited, so that nobody answered or nobody went on; newest end first.
    Unanswered,
}

/// A conversation in an agent's inbox. Waiting ones come in routing order: priority, then those that an agent had already
/// (`handedBack`), then longest wait.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AgentConversation {
    /// The conversation.
    pub id: ConversationId,
    /// Whether the visitor's identity is proved.
    pub authenticated: YesNo,
    /// State of that proof.
    pub identity: Identity,
    /// Who it is with: the linked contact's name, else a name the token vouches for; `null` for an unknown visitor.
    pub visitor: Option<String>,
    /// Its queue.
    pub queue: AgentQueue,
    /// Its priority.
    pub priority: i32,
    /// Where it stands.
    pub state: ConversationState,
    /// Who took it.
    pub agent: Option<AgentName>,
    /// Whether an agent had it and could not go on, so that it came back into its queue. While it waits, it stands before the
    /// others of its priority.
    pub handed_back: bool,
    /// When it was started.
    pub started_at: Timestamp,
    /// When the agent who has or had it took it; `null` while nobody has.
    pub accepted_at: Option<Timestamp>,
    /// Whether they did not take it themselves: their queue or a supervisor gave it.
    pub pushed: bool,
    /// When it ended.
    pub closed_at: Option<Timestamp>,
    /// Whether the visitor is there.
    pub visitor_presence: VisitorPresence,
    /// The highest message number.
    pub last_seq: u32,
    /// Text of the last message, cut to 120 characters.
    pub last_text: Option<String>,
    /// The highest message number the agent's side has read.
    pub read_by_agent: u32,
    /// The highest message number that arrived in the visitor's browser; never below `readByVisitor`. After a restart of the
    /// server it is only that until the browser comes back.
    pub delivered_to_visitor: u32,
    /// The highest message number the visitor has read.
    pub read_by_visitor: u32,
    /// The reason its agent gave when it was closed.
    pub closing_reason: Option<String>,
    /// To whom its agent offers it; `null` when to nobody.
    pub offer: Option<Box<Offer>>,
    /// The supervisors who write in it beside its agent.
    pub joined: Vec<AgentName>,
}

/// Whether a visitor is there, and since when it stands so.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct VisitorPresence {
    /// Whether they are.
    pub state: PresenceState,
    /// When here: since when. When idle: when they last did something. When gone: when they were last there, or when the
    /// server started and they have not come back since.
    pub since: Timestamp,
}

/// Whether a visitor is there.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PresenceState {
    /// Their page is open and connected.
    Here,
    /// Their page is open and connected, but they have not written, typed or read anything for 5 minutes.
    Idle,
    /// Their page is closed or not connected. A page that is loaded anew is not gone.
    Gone,
}

/// A queue by id and name.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AgentQueue {
    /// The queue.
    pub id: QueueId,
    /// Its name.
    pub name: String,
}

/// An agent by id and name.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AgentName {
    /// The operator.
    pub id: OperatorId,
    /// Their name.
    pub name: String,
}

/// `yes` or `no`.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum YesNo {
    /// Proved.
    Yes,
    /// Not proved.
    No,
}

/// `GET /agent/conversations/{id}/summary`: what the agent sees first.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ConversationSummary {
    /// The conversation.
    pub id: ConversationId,
    /// Whether the visitor's identity is proved.
    pub authenticated: YesNo,
    /// The proof, or why there is none.
    pub authentication: Authentication,
    /// The customer's record, or why none is linked.
    pub contact: LinkedContact,
    /// What the token says about the person. Empty without one.
    pub profile: Profile,
    /// What the website vouches for, and what the page merely says.
    pub context: SummaryContext,
    /// Its queue.
    pub queue: AgentQueue,
    /// Name of the routing rule that chose the queue; `null` for the fallback queue, and for one that an agent chose.
    pub rule: Option<String>,
    /// Higher is served first.
    pub priority: i32,
    /// The page it was started from, as the browser tells it.
    pub page: PageInfo,
    /// Where it stands.
    pub state: ConversationState,
    /// Who took it.
    pub agent: Option<AgentName>,
    /// When it was started.
    pub started_at: Timestamp,
    /// Whether the visitor was there when this was read; the conversation in the inbox says it from then on.
    pub visitor_presence: VisitorPresence,
    /// The same person's other open conversations in queues that the agent serves, newest first, at most 20: the same
    /// `sub` of the same `iss`, proved under the same authentication setting.
    pub other_conversations: Vec<OtherConversation>,
    /// What its agent may choose, or has chosen, when it is closed.
    pub closing: Closing,
    /// To whom its agent offers it; `null` when to nobody.
    pub offer: Option<Offer>,
    /// The supervisors who write in it beside its agent.
    pub joined: Vec<AgentName>,
    /// Who had it before it was handed over; `null` when nobody handed it over.
    pub came_from: Option<CameFrom>,
    /// Which files may be sent in it; `null` where none may.
    pub files: Option<FilePolicy>,
    /// Whether the reader may only read it: another agent had it, and they have a chat with the same person now.
    pub is_read_only: bool,
}

/// What is said of a conversation when it is closed.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Closing {
    /// The reasons to choose from, in the administrators' order. Empty where there are none.
    pub reasons: Vec<String>,
    /// Whether one must be chosen.
    pub required: bool,
    /// The one that was chosen.
    pub reason: Option<String>,
}

/// `POST /agent/conversations/{id}/close`; the body may be left out.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct CloseConversation {
    /// One of the reasons that the work stream offers. Some work streams require one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub reason: Option<String>,
    /// A note for colleagues, 1 to 4,000 characters, stored with the close.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 4000))]
    pub note: Option<String>,
}

/// Another conversation of the same person.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct OtherConversation {
    /// The conversation.
    pub id: ConversationId,
    /// Where it stands.
    pub state: ConversationState,
    /// Its queue.
    pub queue: AgentQueue,
    /// Who took it.
    pub agent: Option<AgentName>,
    /// The address of the page it was started from, as the browser tells it.
    pub page_url: String,
    /// When it was started.
    pub started_at: Timestamp,
}

/// The proof of a visitor's identity, or why there is none.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged, rename_all_fields = "camelCase")]
pub enum Authentication {
    /// Proved.
    // Says what `rename_all_fields` says, in the place where `openapi.json` is made from.
    #[serde(rename_all = "camelCase")]
    Verified {
        /// The authentication setting that was used.
        setting: SettingName,
        /// The token's `iss`.
        issuer: String,
        /// The token's `sub`.
        subject: String,
        /// The token's `kid`.
        key_id: Option<String>,
        /// SHA-256 of the key, as lower-case hex.
        key_fingerprint: String,
        /// When the last token was verified.
        verified_at: Timestamp,
        /// When the last verified token expires.
        expires_at: Timestamp,
        /// Whether that has passed.
        state: ProofState,
    },
    /// Not proved.
    Unverified {
        /// Why.
        reason: UnverifiedReason,
    },
}

/// An authentication setting by id and name.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SettingName {
    /// The setting.
    pub id: AuthenticationSettingId,
    /// Its name when the token was verified.
    pub name: String,
}

/// Whether a proof still holds.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ProofState {
    /// The last verified token has not expired.
    Current,
    /// It has, and was not renewed.
    Lapsed,
}

/// Why a visitor's identity is not proved.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum UnverifiedReason {
    /// The chat widget has no authentication setting.
    NoSetting,
    /// The visitor is not signed in, and the widget allows that.
    NotSignedIn,
}

/// The customer's record, or why none is linked.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged, rename_all_fields = "camelCase")]
pub enum LinkedContact {
    /// Linked.
    #[serde(rename_all = "camelCase")]
    Linked {
        /// The contact.
        id: ContactId,
        /// Its name.
        name: String,
        /// E-mail address.
        email: Option<String>,
        /// Telephone number.
        phone: Option<String>,
        /// What led to it.
        linked_by: LinkedBy,
    },
    /// Not linked.
    #[serde(rename_all = "camelCase")]
    NotLinked {
        /// Why.
        not_linked: NotLinkedReason,
    },
}

/// What led to a contact.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LinkedBy {
    /// The verified token's `sub` is the contact's id.
    Subject,
}

/// Why no contact is linked.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum NotLinkedReason {
    /// The visitor's identity is not proved.
    NotAuthenticated,
    /// No contact has the verified `sub` as its id.
    NoSuchContact,
    /// The contact is not active.
    ContactInactive,
}

/// What a verified token says about the person. Any of it may be absent.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    /// `preferred_username`.
    pub preferred_username: Option<String>,
    /// `given_name`.
    pub given_name: Option<String>,
    /// `family_name`.
    pub family_name: Option<String>,
    /// `email`.
    pub email: Option<String>,
    /// `phone_number`.
    pub phone_number: Option<String>,
}

/// Context of a conversation.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SummaryContext {
    /// From the verified token.
    pub signed: Context,
    /// From the page: nobody vouches for it.
    pub unsigned: Context,
}
