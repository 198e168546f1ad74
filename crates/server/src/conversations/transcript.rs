//! A conversation to take away, written a page of messages at a time: however long it is, only one page is in memory.
//!
//! Holds what was there when it was asked for. Notes for colleagues go with it only where they were asked for, events never:
//! a text may be handed to the customer.

use bonafide_protocol::id::ConversationId;
use bonafide_protocol::transcript::{TranscriptFormat, TranscriptHead, TranscriptRequest};
use serde::Serialize;

use super::{Agent, Conversations, Refused, asides, view};
use crate::settings::Fault;
use crate::storage::paging::Slice;
use crate::storage::{Storage, StorageError, messages, notes};

mod text;

/// Messages or notes read at once.
const PAGE: u32 = 500;

/// A transcript that is being written.
#[derive(Debug)]
pub(crate) struct Transcript {
    storage: Storage,
    id: ConversationId,
    head: TranscriptHead,
    format: TranscriptFormat,
    has_notes: bool,
    /// The last message and the last note that go into it.
    last_seq: u32,
    last_note: u32,
    next: Part,
}

/// What comes next.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Part {
    Head,
    /// Those after this number.
    Messages(u32),
    /// Those after this number.
    Notes(u32),
    End,
    Nothing,
}

impl Conversations {
    /// Begins the transcript of a conversation that the agent may read.
    pub(crate) async fn transcript(
        &self,
        agent: &Agent,
        id: &ConversationId,
        request: &TranscriptRequest,
    ) -> Result<Transcript, Refused> {
        let format = request.format.unwrap_or_default();
        let has_notes = request.notes.unwrap_or(false);
        if has_notes && format == TranscriptFormat::Text {
            let fault = "Notes go with `format=json` only: a text may be handed to the customer.";
            return Err(Refused::Fields(vec![Fault::invalid(fault).of("notes")]));
        }
        let mut reader = self.storage.read().await?;
        let row = Self::find_to_read(&mut reader, agent, id).await?;
        Ok(Transcript {
            storage: self.storage.clone(),
            id: row.id.clone(),
            head: view::transcript_head(&row, self.clock.now_ms()),
            format,
            has_notes,
            last_seq: row.last_seq,
            last_note: row.last_note,
            next: Part::Head,
        })
    }
}

impl Transcript {
    /// Name for its file: letters, digits, `-`, `_` and one dot, whatever the id.
    pub(crate) fn file_name(&self) -> String {
        let id: String = self
            .id
            .as_str()
            .chars()
            .filter(|character| character.is_ascii_alphanumeric() || *character == '_')
            .take(64)
            .collect();
        let day = self.head.started_at.as_str();
        let day = day.split('T').next().unwrap_or_default();
        let ending = match self.format {
            TranscriptFormat::Text => "txt",
            TranscriptFormat::Json => "json",
        };
        format!("conversation-{day}-{id}.{ending}")
    }

    /// How it is written.
    pub(crate) fn format(&self) -> TranscriptFormat {
        self.format
    }

    /// The next piece of it; `None` after the last.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(crate) async fn next(&mut self) -> Result<Option<String>, StorageError> {
        let piece = match self.next {
            Part::Head => {
                self.next = Part::Messages(0);
                match self.format {
                    TranscriptFormat::Text => text::head(&self.head),
                    TranscriptFormat::Json => {
                        format!("{{\"conversation\":{},\"messages\":[", json(&self.head)?)
                    }
                }
            }
            Part::Messages(after) => self.messages(after).await?,
            Part::Notes(after) => self.notes(after).await?,
            Part::End => {
                self.next = Part::Nothing;
                match self.format {
                    TranscriptFormat::Text => text::end(self.last_seq),
                    TranscriptFormat::Json => "}\n".to_owned(),
                }
            }
            Part::Nothing => return Ok(None),
        };
        Ok(Some(piece))
    }

    async fn messages(&mut self, after: u32) -> Result<String, StorageError> {
        let mut reader = self.storage.read().await?;
        let Slice { rows, more } = messages::after(&mut reader, &self.id, after, PAGE).await?;
        drop(reader);
        let rows = rows.into_iter().filter(|row| row.seq <= self.last_seq);
        let items: Vec<_> = rows.map(view::message).collect();
        let last = items.last().map_or(after, |message| message.seq);
        let is_end = !more || last >= self.last_seq || items.is_empty();
        let mut piece = match self.format {
            TranscriptFormat::Text => {
                let visitor = self.head.visitor.as_deref();
                items
                    .iter()
                    .map(|message| text::message(message, visitor))
                    .collect()
            }
            TranscriptFormat::Json => list(&items, after == 0)?,
        };
        self.next = match (is_end, self.has_notes) {
            (false, _) => Part::Messages(last),
            (true, true) => Part::Notes(0),
            (true, false) => Part::End,
        };
        if is_end && self.format == TranscriptFormat::Json {
            piece.push(']');
            if self.has_notes {
                piece.push_str(",\"notes\":[");
            }
        }
        Ok(piece)
    }

    async fn notes(&mut self, after: u32) -> Result<String, StorageError> {
        let mut reader = self.storage.read().await?;
        let Slice { rows, more } = notes::after(&mut reader, &self.id, after, PAGE).await?;
        drop(reader);
        let rows = rows.into_iter().filter(|row| row.number <= self.last_note);
        let items: Vec<_> = rows.map(asides::note).collect();
        let last = items.last().map_or(after, |note| note.number);
        let is_end = !more || last >= self.last_note || items.is_empty();
        let mut piece = list(&items, after == 0)?;
        self.next = if is_end { Part::End } else { Part::Notes(last) };
        if is_end {
            piece.push(']');
        }
        Ok(piece)
    }
}

/// Some items of a JSON list.
fn list<T: Serialize>(items: &[T], is_first: bool) -> Result<String, StorageError> {
    let mut piece = String::new();
    for (index, item) in items.iter().enumerate() {
        if index > 0 || !is_first {
            piece.push(',');
        }
        piece.push_str(&json(item)?);
    }
    Ok(piece)
}

fn json<T: Serialize>(value: &T) -> Result<String, StorageError> {
    serde_json::to_string(value).map_err(|error| StorageError::Corrupt(error.to_string()))
}
