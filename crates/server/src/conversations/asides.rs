//! What agents read beside the messages: notes for colleagues, and what happened to the conversation. Must not be called for a
//! visitor: nothing here is for them, and they are not told that there is anything.

use bonafide_protocol::ErrorCode;
use bonafide_protocol::admin::Actor;
use bonafide_protocol::conversation_event::{ConversationEvent, ConversationEvents, EventParty};
use bonafide_protocol::id::{ConversationId, NoteId};
use bonafide_protocol::note::{Note, Notes, PostNote};
use metrics::counter;

use super::{Agent, Conversations, Refused, fields};
use crate::clock::timestamp;
use crate::random;
use crate::storage::Transaction;
use crate::storage::events::{self, EventRow};
use crate::storage::notes::{self, NoteRow};
use crate::storage::paging::Slice;

/// Notes or events of one answer.
pub(crate) const PAGE: u32 = 200;

impl Conversations {
    /// An agent who may read the conversation writes a note in it, also when it waits or is over.
    pub(crate) async fn write_note(
        &self,
        agent: &Agent,
        id: &ConversationId,
        body: PostNote,
    ) -> Result<Note, Refused> {
        self.asked(agent);
        fields::judge_note(&body)?;
        let now = self.clock.now_ms();
        let mut transaction = self.storage.write().await?;
        Self::find_as_own(&mut transaction, agent, id).await?;
        let stored = add_note(&mut transaction, agent, id, &body.client_id, body.text, now).await?;
        transaction.commit().await?;
        self.hub.agents_news(id);
        Ok(note(stored))
    }

    /// The notes numbered above `after`.
    pub(crate) async fn notes(
        &self,
        agent: &Agent,
        id: &ConversationId,
        after: u32,
    ) -> Result<Notes, Refused> {
        self.asked(agent);
        let mut reader = self.storage.read().await?;
        Self::find_to_read(&mut reader, agent, id).await?;
        let Slice { rows, more } = notes::after(&mut reader, id, after, PAGE).await?;
        let items = rows.into_iter().map(note).collect();
        Ok(Notes { items, more })
    }

    /// The events numbered above `after`.
    pub(crate) async fn events(
        &self,
        agent: &Agent,
        id: &ConversationId,
        after: u32,
    ) -> Result<ConversationEvents, Refused> {
        self.asked(agent);
        let mut reader = self.storage.read().await?;
        Self::find_to_read(&mut reader, agent, id).await?;
        let Slice { rows, more } = events::after(&mut reader, id, after, PAGE).await?;
        let items = rows.into_iter().map(event).collect();
        Ok(ConversationEvents { items, more })
    }
}

/// Stores a note, or finds it stored: what was acknowledged stays so however often it is sent.
pub(super) async fn add_note(
    transaction: &mut Transaction,
    agent: &Agent,
    id: &ConversationId,
    client_id: &str,
    text: String,
    now_ms: i64,
) -> Result<NoteRow, Refused> {
    if let Some(stored) = notes::find(transaction, id, &agent.id, client_id).await? {
        return if stored.text == text {
            Ok(stored)
        } else {
            Err(Refused::new(
                ErrorCode::Conflict,
                "Another note was stored in its place: under this `clientId`, or with the close.",
            ))
        };
    }
    let row = NoteRow {
        id: NoteId::from_bits(random::ordered_bits(now_ms)),
        client_id: client_id.to_owned(),
        // The table says which.
        number: 0,
        after_seq: 0,
        author: agent.id.clone(),
        name: agent.name.clone(),
        text,
        written_at: now_ms,
    };
    let stored = notes::append(transaction, id, row).await?;
    counter!("bonafide_notes_stored_total").increment(1);
    Ok(stored)
}

/// A note as agents see it.
pub(crate) fn note(row: NoteRow) -> Note {
    Note {
        id: row.id,
        client_id: row.client_id,
        number: row.number,
        after_seq: row.after_seq,
        author: row.author,
        name: row.name,
        text: row.text,
        written_at: timestamp(row.written_at),
    }
}

/// An event as agents see it.
pub(crate) fn event(row: EventRow) -> ConversationEvent {
    ConversationEvent {
        number: row.number,
        after_seq: row.after_seq,
        at: timestamp(row.event.at),
        kind: row.event.kind,
        by: row.event.by,
        name: row.event.name,
        detail: row.event.detail,
    }
}

/// Who did what an actor does, as events name it.
pub(super) fn party(actor: &Actor) -> EventParty {
    match actor {
        Actor::Visitor => EventParty::Visitor,
        Actor::Operator { .. } => EventParty::Operator,
        Actor::System => EventParty::System,
    }
}

/// The name of an operator who acts.
pub(super) fn operator_name(actor: &Actor) -> Option<&str> {
    match actor {
        Actor::Operator { name, .. } => Some(name),
        Actor::Visitor | Actor::System => None,
    }
}
