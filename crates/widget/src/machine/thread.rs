//! The messages of a conversation on this page: what was said, what is not sent yet, what is missing, what was read.

use bonafide_protocol::visitor::{Author, Message};

use super::context::Context;
use super::outbox::Outbox;
use super::transcript::Transcript;
use super::{
    ConversationCall, RequestError, Session, Side, StoredSession, TabMessage, Ticket, Timer,
};
use crate::view::Output;

/// How long a message that is known to be missing may still come by itself.
const GAP_MS: u32 = 1_500;
/// How long to wait before messages are asked for again that could not be had.
pub(super) const GAP_RETRY_MS: u32 = 5_000;

#[derive(Debug)]
pub(super) struct Thread {
    pub(super) transcript: Transcript,
    pub(super) outbox: Outbox,
    /// The highest `seq` the visitor has seen, here or in another tab.
    pub(super) read: u32,
    /// Missing messages are asked for.
    pub(super) gap: Option<Ticket>,
    /// What is asked for is older than what is here.
    is_gap_older: bool,
    /// What was said before this page was loaded is not here yet. Messages that come until its end is are history, not news.
    pub(super) is_catching_up: bool,
    /// Its end is here, and its beginning is not. That comes after, so that the visitor sees the end at once.
    has_older: bool,
}

impl Thread {
    pub(super) fn new(outbox: Outbox, read: u32) -> Self {
        Self {
            transcript: Transcript::default(),
            outbox,
            read,
            gap: None,
            is_gap_older: false,
            is_catching_up: false,
            has_older: false,
        }
    }

    /// Takes messages, whichever way they came. A tab that leads passes them on.
    pub(super) fn receive(
        &mut self,
        cx: &mut Context,
        session: &Session,
        leads: bool,
        messages: Vec<Message>,
    ) {
        let mut drawn = Vec::new();
        let mut news = Vec::new();
        let mut stored = Vec::new();
        for message in messages {
            let is_own = message.from == Author::Visitor;
            let was_waiting = is_own && self.outbox.remove(&message.client_id);
            cx.is_session_changed |= was_waiting;
            let is_known = message.seq <= self.transcript.complete_to();
            let own = is_own.then(|| self.transcript.draw(&message));
            let in_order = self.transcript.insert(message).to_vec();
            if leads {
                session.pass_on(cx, &in_order);
            }
            if let Some(own) = own {
                // The visitor's own message is known to be stored, even if one before it is still missing; and a known
                // one that was waiting was written a second time.
                if in_order.is_empty() && (was_waiting || !is_known) {
                    drawn.push(own.clone());
                }
                stored.push(own);
            }
            // What was said before this page was loaded is drawn, but no news to the page.
            let is_history = self.is_catching_up && !was_waiting;
            let place = if is_history { &mut drawn } else { &mut news };
            for message in &in_order {
                place.push(self.transcript.draw(message));
            }
        }
        for message in &news {
            drawn.push(message.clone());
        }
        cx.draw(drawn);
        for message in news {
            cx.output(Output::Message { message });
        }
        cx.answer_stored(stored);
        if self.transcript.has_gap() && self.gap.is_none() {
            cx.set_timer(Timer::Gap, GAP_MS);
        }
        self.mark_read(cx, session);
    }

    pub(super) fn ask_for_missing(&mut self, cx: &mut Context, session: &Session) {
        if self.gap.is_none() {
            let is_older = self.has_older && !self.transcript.has_gap();
            self.is_gap_older = self.is_catching_up || is_older;
            let (side, seq) = if self.is_catching_up {
                (Side::Before, u32::MAX)
            } else if is_older {
                (Side::Before, self.transcript.begins_at())
            } else {
                (Side::After, self.transcript.complete_to())
            };
            self.gap = Some(cx.ask(session, ConversationCall::Messages { side, seq }));
        }
    }

    /// Takes a page of the messages that were asked for. Whether it was the last one; else the next is asked for.
    pub(super) fn turn_page(
        &mut self,
        cx: &mut Context,
        session: &Session,
        leads: bool,
        items: Vec<Message>,
        more: bool,
    ) -> bool {
        let more = more && !items.is_empty();
        if self.is_gap_older && !self.is_catching_up {
            self.has_older = more;
            self.take_older(cx, items);
            self.mark_read(cx, session);
        } else {
            if self.is_catching_up {
                self.has_older = more && self.transcript.complete_to() == 0;
                self.transcript
                    .begin_at(items.first().map_or(1, |first| first.seq));
            }
            // What the other tabs want of the history they ask for themselves.
            self.receive(cx, session, leads && !self.is_catching_up, items);
            self.is_catching_up = false;
        }
        let is_last = !self.has_older && (self.is_gap_older || !more);
        if !is_last {
            self.ask_for_missing(cx, session);
        }
        is_last
    }

    /// Takes messages that come before all that are here: in one piece, as there may be thousands. One of the visitor's that
    /// waits for the server's answer is among them at most where its sending was not answered; it is sent again.
    fn take_older(&mut self, cx: &mut Context, items: Vec<Message>) {
        let mut drawn = Vec::new();
        for message in &items {
            drawn.push(self.transcript.draw(message));
        }
        self.transcript.insert_older(items);
        cx.draw(drawn);
    }

    /// Messages that were asked for could not be had.
    pub(super) fn ask_later(&mut self, cx: &mut Context, error: &RequestError) {
        if self.is_incomplete() {
            let wait = cx.wait_ms(0, error).max(GAP_RETRY_MS);
            cx.set_timer(Timer::Gap, wait);
        }
    }

    /// Whether messages are known to be missing.
    pub(super) fn is_incomplete(&self) -> bool {
        self.is_catching_up || self.has_older || self.transcript.has_gap()
    }

    /// The agent's messages are read when the chat is open in a page that can be seen.
    pub(super) fn mark_read(&mut self, cx: &mut Context, session: &Session) {
        let is_seen = cx.is_open && cx.surroundings.is_visible;
        if !is_seen || self.unread() == 0 {
            return;
        }
        let seq = self.transcript.complete_to();
        if cx.surroundings.shares_session {
            let conversation = session.conversation.clone();
            cx.post(TabMessage::Read { conversation, seq });
        }
        self.read_to(cx, seq);
    }

    pub(super) fn read_to(&mut self, cx: &mut Context, seq: u32) {
        if seq > self.read {
            self.read = seq;
            cx.is_session_changed = true;
        }
    }

    pub(super) fn unread(&self) -> u32 {
        self.transcript.unread_after(self.read)
    }

    pub(super) fn stored(&self, session: &Session) -> StoredSession {
        StoredSession {
            session: session.clone(),
            read: self.read,
            pending: self.outbox.pending(),
        }
    }
}
