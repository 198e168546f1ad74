//! How a stored conversation looks on the wire: to its visitor, in an agent's list, as the agent's summary.
//!
//! Must not decide anything: what is shown was decided when it was stored.

use bonafide_protocol::agent::{
    AgentConversation, AgentQueue, Authentication, Closing, ConversationSummary, LinkedBy,
    LinkedContact, OtherConversation, PresenceState, Profile, ProofState, SettingName,
    SummaryContext, VisitorPresence, YesNo,
};
use bonafide_protocol::file::{Attachment, FilePolicy};
use bonafide_protocol::hand_over::Offer;
use bonafide_protocol::transcript::TranscriptHead;
use bonafide_protocol::visitor::{
    Conversation, ConversationState, Identity as WireIdentity, Message,
};

use crate::clock::timestamp;
use crate::domain::conversation::State;
use crate::domain::identity::{Identity, VerifiedIdentity};
use crate::realtime::presence::Look;
use crate::storage::audit::Entry;
use crate::storage::conversations::{ContactLink, ConversationRow};
use crate::storage::files::FileRow;
use crate::storage::messages::MessageRow;

/// What the visitor sees. `position` is the place in the queue while it waits and somebody serves it.
pub(crate) fn conversation(
    row: &ConversationRow,
    position: Option<u32>,
    now_ms: i64,
) -> Conversation {
    Conversation {
        id: row.id.clone(),
        authenticated: row.identity.is_verified(),
        identity: identity(&row.identity, now_ms),
        identity_expires_at: row
            .identity
            .verified()
            .map(|identity| timestamp(identity.expires_at().saturating_mul(1000))),
        state: state(&row.state),
        queue: row.queue_name.clone(),
        position,
        agent: row.agent.as_ref().map(|agent| agent.name.clone()),
        read_by_agent: row.read_by_agent,
    }
}

/// What an agent sees in lists.
pub(crate) fn agent_conversation(
    row: &ConversationRow,
    look: Look,
    now_ms: i64,
) -> AgentConversation {
    AgentConversation {
        id: row.id.clone(),
        authenticated: yes_no(&row.identity),
        identity: identity(&row.identity, now_ms),
        visitor: visitor_name(row),
        queue: queue(row),
        priority: row.priority,
        state: state(&row.state),
        agent: row.agent.clone(),
        handed_back: row.handed_back,
        pushed: row.pushed,
        started_at: timestamp(row.started_at),
        accepted_at: row.accepted_at.map(timestamp),
        closed_at: row.closed_at.map(timestamp),
        visitor_presence: presence(row, look),
        last_seq: row.last_seq,
        last_text: row.last_text.clone(),
        read_by_agent: row.read_by_agent,
        delivered_to_visitor: look.delivered.max(row.read_by_visitor),
        read_by_visitor: row.read_by_visitor,
        closing_reason: row.closing_reason.clone(),
        offer: offer(row).map(Box::new),
        joined: row.joined.clone(),
    }
}

/// What an agent reads first. `others`: the same person's open conversations, with or without this one.
pub(crate) fn summary(
    row: &ConversationRow,
    look: Look,
    others: Vec<ConversationRow>,
    closing: Closing,
    files: Option<FilePolicy>,
    is_read_only: bool,
    now_ms: i64,
) -> ConversationSummary {
    ConversationSummary {
        id: row.id.clone(),
        authenticated: yes_no(&row.identity),
        authentication: authentication(&row.identity, now_ms),
        contact: contact(&row.contact),
        profile: row.identity.verified().map(profile).unwrap_or_default(),
        context: SummaryContext {
            signed: row.signed.clone(),
            unsigned: row.unsigned.clone(),
        },
        queue: queue(row),
        rule: row.rule.clone(),
        priority: row.priority,
        page: row.page.clone(),
        state: state(&row.state),
        agent: row.agent.clone(),
        started_at: timestamp(row.started_at),
        visitor_presence: presence(row, look),
        other_conversations: others
            .into_iter()
            .filter(|other| other.id != row.id)
            .take(MOST_OTHERS)
            .map(other)
            .collect(),
        closing,
        offer: offer(row),
        joined: row.joined.clone(),
        came_from: row.came_from.clone(),
        files,
        is_read_only,
    }
}

/// To whom whoever has it offers it.
fn offer(row: &ConversationRow) -> Option<Offer> {
    let offer = row.offer.as_ref()?;
    Some(Offer {
        to: offer.to.clone(),
        by: row.agent.clone()?,
        note: offer.note.clone(),
        lapses_at: timestamp(offer.lapses_at),
    })
}

fn authentication(identity: &Identity, now_ms: i64) -> Authentication {
    match identity {
        Identity::Verified(identity) => proof(identity, now_ms),
        Identity::Unverified(reason) => Authentication::Unverified { reason: *reason },
    }
}

fn contact(contact: &ContactLink) -> LinkedContact {
    match contact {
        ContactLink::Linked(contact) => LinkedContact::Linked {
            id: contact.id.clone(),
            name: contact.name.clone(),
            email: contact.email.clone(),
            phone: contact.phone.clone(),
            linked_by: LinkedBy::Subject,
        },
        ContactLink::NotLinked(reason) => LinkedContact::NotLinked {
            not_linked: *reason,
        },
    }
}

/// The head of a transcript.
pub(super) fn transcript_head(row: &ConversationRow, now_ms: i64) -> TranscriptHead {
    TranscriptHead {
        id: row.id.clone(),
        utc_offset: "+00:00".to_owned(),
        made_at: timestamp(now_ms),
        started_at: timestamp(row.started_at),
        state: state(&row.state),
        queue: queue(row),
        agent: row.agent.clone(),
        closing_reason: row.closing_reason.clone(),
        visitor: visitor_name(row),
        authenticated: yes_no(&row.identity),
        authentication: authentication(&row.identity, now_ms),
        contact: contact(&row.contact),
        page: row.page.clone(),
    }
}

fn other(row: ConversationRow) -> OtherConversation {
    OtherConversation {
        state: state(&row.state),
        queue: queue(&row),
        id: row.id,
        agent: row.agent,
        page_url: row.page.url,
        started_at: timestamp(row.started_at),
    }
}

/// A message, to either side.
pub(crate) fn message(row: MessageRow) -> Message {
    Message {
        id: row.id,
        client_id: row.client_id,
        seq: row.seq,
        from: row.author,
        name: row.name,
        text: row.text,
        attachment: row.file.map(attachment),
        sent_at: timestamp(row.sent_at),
    }
}

fn attachment(row: FileRow) -> Attachment {
    Attachment {
        id: row.id,
        name: row.name,
        r#type: row.kind,
        bytes: row.bytes,
        width: row.width,
        height: row.height,
    }
}

/// Adds to an audit entry whose conversation it is: enough to answer "that was not me".
pub(super) fn with_identity(entry: Entry, identity: &Identity) -> Entry {
    match identity {
        Identity::Unverified(_) => entry.text("authenticated", "no"),
        Identity::Verified(identity) => {
            let entry = entry
                .text("authenticated", "yes")
                .text("setting", identity.setting_name())
                .text("issuer", identity.issuer())
                .text("subject", identity.subject())
                .text("keyFingerprint", identity.key_fingerprint());
            match identity.key_id() {
                Some(key_id) => entry.text("keyId", key_id),
                None => entry,
            }
        }
    }
}

/// Nobody is there in a conversation that is over, since it is.
fn presence(row: &ConversationRow, look: Look) -> VisitorPresence {
    match row.closed_at {
        Some(closed_at) => VisitorPresence {
            state: PresenceState::Gone,
            since: timestamp(closed_at),
        },
        None => VisitorPresence {
            state: look.state,
            since: timestamp(look.since.wall_ms),
        },
    }
}

fn yes_no(identity: &Identity) -> YesNo {
    if identity.is_verified() {
        YesNo::Yes
    } else {
        YesNo::No
    }
}

fn identity(identity: &Identity, now_ms: i64) -> WireIdentity {
    match identity {
        Identity::Unverified(_) => WireIdentity::None,
        Identity::Verified(identity) if identity.is_lapsed(now_ms) => WireIdentity::Lapsed,
        Identity::Verified(_) => WireIdentity::Current,
    }
}

fn proof(identity: &VerifiedIdentity, now_ms: i64) -> Authentication {
    Authentication::Verified {
        setting: SettingName {
            id: identity.setting().clone(),
            name: identity.setting_name().to_owned(),
        },
        issuer: identity.issuer().to_owned(),
        subject: identity.subject().to_owned(),
        key_id: identity.key_id().map(str::to_owned),
        key_fingerprint: identity.key_fingerprint().to_owned(),
        verified_at: timestamp(identity.verified_at_ms()),
        expires_at: timestamp(identity.expires_at().saturating_mul(1000)),
        state: if identity.is_lapsed(now_ms) {
            ProofState::Lapsed
        } else {
            ProofState::Current
        },
    }
}

fn profile(identity: &VerifiedIdentity) -> Profile {
    let profile = identity.profile();
    Profile {
        preferred_username: profile.preferred_username.clone(),
        given_name: profile.given_name.clone(),
        family_name: profile.family_name.clone(),
        email: profile.email.clone(),
        phone_number: profile.phone_number.clone(),
    }
}

/// Who it is with: the linked contact's name, else a name the token vouches for.
pub(super) fn visitor_name(row: &ConversationRow) -> Option<String> {
    match &row.contact {
        ContactLink::Linked(contact) => Some(contact.name.clone()),
        ContactLink::NotLinked(_) => row.identity.verified()?.display_name(),
    }
}

pub(super) fn queue(row: &ConversationRow) -> AgentQueue {
    AgentQueue {
        id: row.queue.clone(),
        name: row.queue_name.clone(),
    }
}

pub(super) fn state(state: &State) -> ConversationState {
    match state {
        State::Waiting => ConversationState::Waiting,
        State::Active { .. } => ConversationState::Active,
        State::Closed { .. } => ConversationState::Closed,
    }
}

/// Other conversations of one person that a summary shows: more than anybody has.
pub(super) const MOST_OTHERS: usize = 20;
