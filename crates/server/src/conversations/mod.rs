//! What visitors and agents do with conversations, one file an act: start, authenticate, write, accept, end.
//!
//! Each act reads, asks the domain, writes in one transaction, and only then tells the hub. Must not know
//! HTTP: what it refuses is a [`Refused`] with a code, which the routes turn into an answer.

use std::sync::Arc;

use bonafide_protocol::ErrorCode;
use bonafide_protocol::agent::AgentConversation;
use bonafide_protocol::id::ConversationId;

use crate::clock::Clock;
use crate::files::store::FileStore;
use crate::keys::source::KeySource;
use crate::realtime::hub::Hub;
use crate::realtime::presence::Presence;
use crate::routes::client_address::Network;
use crate::storage::Storage;
use crate::storage::conversations::ConversationRow;

mod absence;
mod accept;
mod act;
pub(crate) mod asides;
mod authenticate;
pub(crate) mod availability;
mod close;
mod colleagues;
mod due;
mod fields;
pub(crate) mod files;
mod hand_back;
mod hand_over;
mod housekeeping;
mod judge;
mod key_events;
pub(crate) mod limits;
mod link;
mod messages;
mod offers;
mod proof_events;
mod push;
mod reading;
mod refuse_origin;
mod refused;
mod resume;
mod same_person;
mod search;
mod served;
mod session;
mod set_context;
mod setups;
mod start;
mod supervise;
pub(crate) mod transcript;
pub(crate) mod view;
mod wrap_up;

pub(crate) use accept::Agent;
pub(crate) use due::Due;
pub(crate) use hand_back::{By, HandedBack};
pub(crate) use housekeeping::keep_house;
pub(crate) use judge::{REPLAYED, error_code};
pub(crate) use key_events::watch_keys;
pub(crate) use link::not_admitted;
pub(crate) use messages::party_of;
pub(crate) use push::push_due;
pub(crate) use refused::Refused;
pub(crate) use search::Search;
pub(crate) use served::Served;
pub(crate) use setups::{Setup, Setups};

/// Everything that can be done with conversations, and what it needs. One per server, behind the state's Arc.
#[derive(Debug)]
pub struct Conversations {
    pub(crate) storage: Storage,
    pub(crate) clock: Clock,
    pub(crate) keys: KeySource,
    pub(crate) hub: Hub,
    pub(crate) presence: Presence,
    pub(crate) limits: limits::RateLimits,
    pub(crate) due: Due,
    pub(crate) served: Served,
    /// What chat widgets stand on.
    pub(crate) setups: Setups,
    /// Where the files lie that people send.
    pub(crate) files: Arc<dyn FileStore>,
    /// Largest token accepted, in bytes.
    pub(crate) max_token_bytes: usize,
}

/// Where a request comes from.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The client's network, for rate limits.
    pub(crate) network: Network,
    /// Joins the answer to the log and the audit.
    pub(crate) request_id: String,
}

impl Conversations {
    /// What an agent sees of a conversation in lists.
    pub(crate) fn for_agent(&self, row: &ConversationRow) -> AgentConversation {
        view::agent_conversation(row, self.presence.look(&row.id), self.clock.now_ms())
    }

    /// An agent asked for something: at a console, or by a program.
    fn asked(&self, agent: &Agent) {
        let Agent { id, is_program, .. } = agent;
        self.presence.console_asked(id, *is_program);
    }

    /// The conversation, or `conversation-not-found`.
    async fn find(
        connection: &mut crate::storage::Connection,
        id: &ConversationId,
    ) -> Result<ConversationRow, Refused> {
        crate::storage::conversations::find(connection, id)
            .await?
            .ok_or_else(|| {
                Refused::new(
                    ErrorCode::ConversationNotFound,
                    "There is no such conversation.",
                )
            })
    }
}
