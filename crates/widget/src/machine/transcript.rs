//! The stored messages: in the server's order, each once, whichever way and how often they come.

use bonafide_protocol::visitor::{Author, Message};

use crate::view::{Delivery, MessageView};

/// The messages of a conversation. The server numbers them from 1 without gaps.
#[derive(Debug, Default)]
pub(super) struct Transcript {
    /// How many come before those that are here: a long transcript is read from its end.
    older: u32,
    /// Without a gap: the message with `seq` n stands at n − 1 − `older`.
    complete: Vec<Message>,
    /// Came before one that must stand before them; by `seq`.
    early: Vec<Message>,
    /// The highest `seq` that the agent's side has read.
    read_by_agent: u32,
}

impl Transcript {
    /// The highest `seq` up to which nothing is missing; 0 when there is nothing.
    pub(super) fn complete_to(&self) -> u32 {
        self.older + self.complete.len() as u32
    }

    /// The lowest `seq` that is here, or will be the first.
    pub(super) fn begins_at(&self) -> u32 {
        self.older + 1
    }

    /// Begins with this `seq`, unless it has begun.
    pub(super) fn begin_at(&mut self, seq: u32) {
        if self.complete.is_empty() {
            self.older = seq.saturating_sub(1);
        }
    }

    /// Takes messages that come before all that are here.
    pub(super) fn insert_older(&mut self, mut messages: Vec<Message>) {
        self.older -= messages.len() as u32;
        messages.append(&mut self.complete);
        self.complete = messages;
    }

    /// Where the message after `seq` stands, or the first that is here.
    fn place_after(&self, seq: u32) -> usize {
        seq.saturating_sub(self.older) as usize
    }

    /// Whether a message is known to be missing.
    pub(super) fn has_gap(&self) -> bool {
        !self.early.is_empty()
    }

    /// Takes a message. Gives the ones that are now in order and were not before.
    pub(super) fn insert(&mut self, message: Message) -> &[Message] {
        let before = self.complete.len();
        if message.seq > self.complete_to()
            && let Err(place) = (self.early).binary_search_by_key(&message.seq, |early| early.seq)
        {
            self.early.insert(place, message);
        }
        let mut next = self.complete_to() + 1;
        while (self.early.first()).is_some_and(|early| early.seq <= next) {
            let message = self.early.remove(0);
            // One from before the beginning comes again with the older ones.
            if message.seq == next {
                self.complete.push(message);
                next += 1;
            }
        }
        self.complete.get(before..).unwrap_or_default()
    }

    /// How many of the agent's messages came after `seq`.
    pub(super) fn unread_after(&self, seq: u32) -> u32 {
        let new = (self.complete.get(self.place_after(seq)..)).unwrap_or_default();
        new.iter()
            .filter(|message| message.from == Author::Agent)
            .count() as u32
    }

    /// The agent's side has read up to `seq`. Gives the visitor's messages for which that is news.
    pub(super) fn mark_read_by_agent(&mut self, seq: u32) -> Vec<MessageView> {
        let before = self.read_by_agent;
        if seq <= before {
            return Vec::new();
        }
        self.read_by_agent = seq;
        let mut news = Vec::new();
        let to = self.place_after(seq);
        for message in (self.complete.iter().take(to)).skip(self.place_after(before)) {
            if message.from == Author::Visitor {
                news.push(self.draw(message));
            }
        }
        news
    }

    /// A stored message as it is drawn.
    pub(super) fn draw(&self, message: &Message) -> MessageView {
        let is_read = message.from == Author::Visitor && message.seq <= self.read_by_agent;
        MessageView {
            client_id: message.client_id.clone(),
            order: message.seq,
            from: message.from,
            name: message.name.clone(),
            text: message.text.clone(),
            sent_at: Some(message.sent_at.clone()),
            delivery: if is_read {
                Delivery::Read
            } else {
                Delivery::Sent
            },
        }
    }
}
