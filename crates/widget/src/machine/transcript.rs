//! The stored messages: in the server's order, each once, whichever way and how often they come.

use bonafide_protocol::visitor::{Author, Message};

use crate::view::{Delivery, MessageView};

/// The messages of a conversation. The server numbers them from 1 without gaps.
#[derive(Debug, Default)]
pub(super) struct Transcript {
    /// Without a gap: the message with `seq` n stands at n − 1.
    complete: Vec<Message>,
    /// Came before one that must stand before them; by `seq`.
    early: Vec<Message>,
    /// The highest `seq` that the agent's side has read.
    read_by_agent: u32,
}

impl Transcript {
    /// The highest `seq` up to which nothing is missing; 0 when there is nothing.
    pub(super) fn complete_to(&self) -> u32 {
        self.complete.len() as u32
    }

    /// Whether a message is known to be missing.
    pub(super) fn has_gap(&self) -> bool {
        !self.early.is_empty()
    }

    /// Takes a message. Gives the ones that are now in order and were not before.
    pub(super) fn insert(&mut self, message: Message) -> &[Message] {
        let before = self.complete.len();
        if message.seq as usize > before
            && let Err(place) = (self.early).binary_search_by_key(&message.seq, |early| early.seq)
        {
            self.early.insert(place, message);
        }
        while (self.early.first()).is_some_and(|early| early.seq == self.complete_to() + 1) {
            self.complete.push(self.early.remove(0));
        }
        self.complete.get(before..).unwrap_or_default()
    }

    /// The agent's latest message.
    pub(super) fn latest_of_agent(&self) -> Option<&Message> {
        (self.complete.iter()).rfind(|message| message.from == Author::Agent)
    }

    /// How many of the agent's messages came after `seq`.
    pub(super) fn unread_after(&self, seq: u32) -> u32 {
        let new = self.complete.get(seq as usize..).unwrap_or_default();
        new.iter()
            .filter(|message| message.from == Author::Agent)
            .count() as u32
    }

    /// The agent's side has read up to `seq`. Gives the visitor's messages for which that is news.
    pub(super) fn mark_read_by_agent(&mut self, seq: u32) -> Vec<MessageView> {
        let before = self.read_by_agent as usize;
        if seq as usize <= before {
            return Vec::new();
        }
        self.read_by_agent = seq;
        let mut news = Vec::new();
        for message in self.complete.iter().take(seq as usize).skip(before) {
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
