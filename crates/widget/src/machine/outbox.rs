//! Messages that the server has not answered for: sent one after the other, again and again, until it does.

use bonafide_protocol::visitor::Author;

use super::context::Context;
use super::{Ticket, Timer};
use crate::view::{Delivery, MessageView};

/// Where unsent messages stand on the screen: after all that the server numbers.
const AFTER_ALL_STORED: u32 = 1 << 31;

/// The server's limit.
const LONGEST_TEXT: usize = 4_000;

/// Why this can be no message, as the server judges it: it would refuse it for ever.
pub(super) fn fault(text: &str) -> Option<Fault> {
    let mut length = 0;
    let mut is_blank = true;
    for character in text.chars() {
        if character == '\0' {
            return Some(Fault::Nul);
        }
        length += 1;
        is_blank &= character.is_whitespace();
    }
    if is_blank {
        Some(Fault::Blank)
    } else {
        (length > LONGEST_TEXT).then_some(Fault::TooLong)
    }
}

/// What is wrong with a text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Fault {
    Blank,
    Nul,
    TooLong,
}

impl Fault {
    pub(super) fn sentence(self) -> &'static str {
        match self {
            Self::Nul => "A message cannot hold the character U+0000.",
            _ => "A message has 1 to 4,000 characters.",
        }
    }
}

/// The messages on their way.
#[derive(Debug, Default)]
pub(super) struct Outbox {
    waiting: Vec<Outgoing>,
    /// The request that is under way, if one is.
    pub(super) in_flight: Option<Ticket>,
    /// The client id of its message.
    pub(super) in_flight_id: String,
    /// Whether the next try waits for its timer.
    pub(super) is_resting: bool,
    /// Tries in a row that had no answer.
    pub(super) failures: u32,
    written: u32,
}

/// One message on its way.
#[derive(Clone, Debug)]
pub(super) struct Outgoing {
    pub(super) client_id: String,
    pub(super) text: String,
    order: u32,
    /// The server refused it; it waits for the visitor.
    pub(super) is_refused: bool,
    /// It was written on this page, and not on the one before.
    is_of_this_page: bool,
}

impl Outbox {
    /// Takes a message that was written on this page.
    pub(super) fn push(&mut self, cx: &mut Context, client_id: String, text: String) {
        let message = self.add(client_id, text, true);
        cx.is_session_changed = true;
        cx.draw(vec![message]);
    }

    /// Shows a message that can never be sent, so that what was written does not vanish. It goes to no other conversation.
    pub(super) fn show_refused(&mut self, cx: &mut Context, client_id: &str, text: String) {
        self.add(client_id.into(), text, false);
        if let Some(message) = self.set_refused(client_id, true) {
            cx.draw(vec![message]);
        }
    }

    /// Takes a message that was written when none could be sent any more.
    pub(super) fn refuse(&mut self, cx: &mut Context, client_id: String, text: String) {
        self.add(client_id, text, true);
        cx.is_session_changed = true;
        self.refuse_rest(cx);
    }

    /// The visitor wants a message sent again that was refused. Whether it is here.
    pub(super) fn retry(&mut self, cx: &mut Context, client_id: &str) -> bool {
        let Some(message) = self.set_refused(client_id, false) else {
            return false;
        };
        cx.is_session_changed = true;
        cx.draw(vec![message]);
        true
    }

    fn add(&mut self, client_id: String, text: String, is_of_this_page: bool) -> MessageView {
        let order = AFTER_ALL_STORED + self.written;
        self.written += 1;
        let outgoing = Outgoing {
            client_id,
            text,
            order,
            is_refused: false,
            is_of_this_page,
        };
        let drawn = outgoing.draw();
        self.waiting.push(outgoing);
        drawn
    }

    /// Takes what the page before had not sent: it was written first.
    pub(super) fn put_first(&mut self, messages: Vec<(String, String)>) {
        let later = std::mem::take(&mut self.waiting);
        for (client_id, text) in messages {
            self.add(client_id, text, false);
        }
        for mut outgoing in later {
            outgoing.order = AFTER_ALL_STORED + self.written;
            self.written += 1;
            self.waiting.push(outgoing);
        }
    }

    /// The oldest message that may be sent.
    pub(super) fn next(&self) -> Option<&Outgoing> {
        self.waiting.iter().find(|outgoing| !outgoing.is_refused)
    }

    pub(super) fn holds(&self, client_id: &str) -> bool {
        (self.waiting.iter()).any(|outgoing| outgoing.client_id == client_id)
    }

    /// Whether the message with this id is here and waits for its turn, not for the visitor.
    pub(super) fn will_send(&self, client_id: &str) -> bool {
        (self.waiting.iter()).any(|it| it.client_id == client_id && !it.is_refused)
    }

    /// The server has it. Whether it was still here.
    pub(super) fn remove(&mut self, client_id: &str) -> bool {
        let place = (self.waiting.iter()).position(|outgoing| outgoing.client_id == client_id);
        place.map(|place| self.waiting.remove(place)).is_some()
    }

    /// Marks one message as refused or not, and draws it.
    pub(super) fn set_refused(&mut self, client_id: &str, is_refused: bool) -> Option<MessageView> {
        let outgoing =
            (self.waiting.iter_mut()).find(|outgoing| outgoing.client_id == client_id)?;
        if !is_refused && fault(&outgoing.text).is_some() {
            return None;
        }
        outgoing.is_refused = is_refused;
        // Whoever wants it sent again makes it theirs.
        outgoing.is_of_this_page |= !is_refused;
        Some(outgoing.draw())
    }

    /// None of them can be sent any more.
    pub(super) fn refuse_rest(&mut self, cx: &mut Context) {
        cx.clear_timer(Timer::Resend);
        self.in_flight = None;
        let mut refused = Vec::new();
        for outgoing in &mut self.waiting {
            if !std::mem::replace(&mut outgoing.is_refused, true) {
                refused.push(outgoing.draw());
            }
        }
        cx.is_session_changed |= !refused.is_empty();
        cx.draw(refused);
    }

    /// What was written on this page, for another conversation than the one that it was written under.
    pub(super) fn take_written_here(&mut self) -> Self {
        let Self {
            mut waiting,
            written,
            ..
        } = std::mem::take(self);
        waiting.retain(|outgoing| outgoing.is_of_this_page);
        Self {
            waiting,
            written,
            ..Self::default()
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    pub(super) fn draw_all(&self) -> Vec<MessageView> {
        let mut drawn = Vec::new();
        for outgoing in &self.waiting {
            drawn.push(outgoing.draw());
        }
        drawn
    }

    /// What the next page must still send: client id and text.
    pub(super) fn pending(&self) -> Vec<(String, String)> {
        let mut pending = Vec::new();
        for outgoing in &self.waiting {
            if !outgoing.is_refused {
                pending.push((outgoing.client_id.clone(), outgoing.text.clone()));
            }
        }
        pending
    }
}

impl Outgoing {
    fn draw(&self) -> MessageView {
        MessageView {
            client_id: self.client_id.clone(),
            order: self.order,
            from: Author::Visitor,
            name: None,
            text: self.text.clone(),
            sent_at: None,
            delivery: if self.is_refused {
                Delivery::Failed
            } else {
                Delivery::Sending
            },
        }
    }
}
