//! Which notes and events of conversations an agent console was told of, and what it lacks. A console that was told of a
//! later one than it has asks for those between.
//!
//! For agents' sockets alone.

use std::collections::HashMap;

use bonafide_protocol::id::ConversationId;
use bonafide_protocol::socket::AgentEvent;

use crate::conversations::asides;
use crate::domain::conversation::State;
use crate::storage::conversations::ConversationRow;
use crate::storage::{Connection, StorageError, events, notes};

/// The last note and the last event that a console was told of.
#[derive(Clone, Copy, Debug)]
struct Told {
    note: u32,
    event: u32,
}

/// What a console was told of, by conversation.
#[derive(Debug, Default)]
pub(super) struct Asides(HashMap<ConversationId, Told>);

impl Asides {
    /// The console reads these itself.
    pub(super) fn know(&mut self, rows: &[ConversationRow]) {
        let known = rows.iter().map(|row| (row.id.clone(), Told::all_of(row)));
        self.0.extend(known);
    }

    /// What the console lacks of a conversation as it stands; nothing of one it may not see any more. Of one it did not
    /// know the last of each, which tells it whether it lacks any before.
    pub(super) async fn news(
        &mut self,
        reader: &mut Connection,
        id: &ConversationId,
        row: Option<&ConversationRow>,
    ) -> Result<Vec<AgentEvent>, StorageError> {
        let Some(row) = row else {
            self.0.remove(id);
            return Ok(Vec::new());
        };
        let mut told = self.0.get(id).copied().unwrap_or_else(|| Told::before(row));
        let mut news = Vec::new();
        if told.note < row.last_note {
            for row in notes::after(reader, id, told.note, asides::PAGE)
                .await?
                .rows
            {
                told.note = row.number;
                news.push(AgentEvent::Note {
                    conversation: id.clone(),
                    note: asides::note(row),
                });
            }
        }
        if told.event < row.last_event {
            for row in events::after(reader, id, told.event, asides::PAGE)
                .await?
                .rows
            {
                told.event = row.number;
                news.push(AgentEvent::ConversationEvent {
                    conversation: id.clone(),
                    event: asides::event(row),
                });
            }
        }
        match row.state {
            // Little more will come.
            State::Closed { .. } => self.0.remove(id),
            State::Waiting | State::Active { .. } => self.0.insert(id.clone(), told),
        };
        Ok(news)
    }
}

impl Told {
    fn all_of(row: &ConversationRow) -> Self {
        Self {
            note: row.last_note,
            event: row.last_event,
        }
    }

    fn before(row: &ConversationRow) -> Self {
        Self {
            note: row.last_note.saturating_sub(1),
            event: row.last_event.saturating_sub(1),
        }
    }
}
