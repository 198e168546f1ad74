//! What happened to a conversation besides what was said in it. For agents only: no answer and no frame for visitors holds
//! one.

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// Something that happened to a conversation.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ConversationEvent {
    /// Order among the conversation's events, from 1, without gaps.
    pub number: u32,
    /// The `seq` of the last message before it; 0 when there was none. Its place in the flow.
    pub after_seq: u32,
    /// When it happened.
    pub at: Timestamp,
    /// What.
    pub kind: ConversationEventKind,
    /// Who did it.
    pub by: EventParty,
    /// The agent's name, or what the person is called from now on; what `kind` says.
    pub name: Option<String>,
    /// What was so before, or what more there is to say; what `kind` says.
    pub detail: Option<String>,
}

/// What happened.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ConversationEventKind {
    /// The agent `name` took it.
    Accepted,
    /// Its queue pushed it to the agent `name`.
    Pushed,
    /// It waits again; the agent `name` had it.
    HandedBack,
    /// The agent `name` offered it to the agent `detail`, who has not answered yet.
    Offered,
    /// The agent `name` did not take what was offered to them.
    OfferDeclined,
    /// The agent `name` offers it no more.
    OfferWithdrawn,
    /// The agent `name` did not answer the offer in time.
    OfferLapsed,
    /// The agent `name` handed it to the agent `detail`, who took it.
    HandedOver,
    /// The agent `name` handed it to the queue `detail`, where it waits.
    Requeued,
    /// The supervisor `name` took it over; the agent `detail` had it.
    TakenOver,
    /// The agent `name` has it now, because the supervisor `detail` said so.
    Assigned,
    /// The supervisor `name` writes in it too from now on.
    Joined,
    /// The supervisor `name` writes in it no more.
    Left,
    /// It is over. `name` is the agent who closed it, `detail` the reason they gave.
    Closed,
    /// The anonymous visitor proved to be `name`.
    Authenticated,
    /// The proof of who the visitor is was renewed.
    Renewed,
    /// The same person goes on from another page or device.
    Resumed,
    /// With a renewal the person is called `name`, and was called `detail` before.
    IdentityChanged,
    /// The proof ran out and was not renewed.
    Lapsed,
    /// A genuine token of somebody else was sent for this conversation, and refused.
    OtherPerson,
    /// The visitor signed out.
    SignedOut,
}

/// Who made something happen.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum EventParty {
    /// The person in the widget.
    Visitor,
    /// An agent or administrator.
    Operator,
    /// The server by itself.
    System,
}

/// Events of a conversation, in order of `number`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ConversationEvents {
    /// At most 200.
    pub items: Vec<ConversationEvent>,
    /// Whether there are more after the last.
    pub more: bool,
}
