//! After the conversation: it can be read, and what is still missing of it is asked for. Nothing more can be said in it.

use bonafide_protocol::visitor::Conversation;

use super::context::Context;
use super::thread::{GAP_RETRY_MS, Thread};
use super::turn::{Course, Turn, Want};
use super::{
    Answer, Effect, RequestError, Session, StoredSession, TabMessage, Ticket, Timer, failure,
};
use crate::view::ChatFailure;

#[derive(Debug)]
pub(super) struct Ended {
    session: Session,
    /// The session does not open the conversation any more.
    is_session_over: bool,
    /// As it stood last. `None` where it ended before that was known.
    pub(super) conversation: Option<Conversation>,
    pub(super) thread: Thread,
}

impl Ended {
    pub(super) fn new(
        session: Session,
        conversation: Option<Conversation>,
        thread: Thread,
    ) -> Self {
        Self {
            session,
            is_session_over: false,
            conversation,
            thread,
        }
    }

    pub(super) fn session_over(&mut self, cx: &mut Context, failure: &ChatFailure) {
        self.is_session_over = true;
        self.thread.gap = None;
        cx.effect(Effect::ClearSession);
        cx.report(failure);
    }

    /// The session, while it opens the conversation.
    pub(super) fn session(&self) -> Option<&Session> {
        Some(&self.session).filter(|_| !self.is_session_over)
    }

    pub(super) fn stored(&self) -> Option<StoredSession> {
        self.session().map(|session| self.thread.stored(session))
    }

    /// It cannot be sent any more.
    pub(super) fn send(&mut self, cx: &mut Context, client_id: String, text: String) {
        self.thread.outbox.refuse(cx, client_id, text);
    }

    /// It can still go to another conversation.
    pub(super) fn retry(&mut self, client_id: &str) -> Course {
        match self.thread.outbox.set_refused(client_id, false) {
            Some(_) => Err(Turn::Afresh(Want::Start)),
            None => Ok(()),
        }
    }

    pub(super) fn mark_read(&mut self, cx: &mut Context) {
        self.thread.mark_read(cx, &self.session);
    }

    pub(super) fn ask_for_missing(&mut self, cx: &mut Context) {
        if !self.is_session_over {
            self.thread.ask_for_missing(cx, &self.session);
        }
    }

    pub(super) fn awaits(&self, ticket: Ticket) -> bool {
        self.thread.gap == Some(ticket)
    }

    /// The messages that were still missing.
    pub(super) fn answered(&mut self, cx: &mut Context, result: Result<Answer, RequestError>) {
        self.thread.gap = None;
        let error = match result {
            Ok(Answer::Messages(page)) => {
                let is_last =
                    (self.thread).turn_page(cx, &self.session, false, page.items, page.more);
                if is_last && self.thread.transcript.has_gap() {
                    cx.set_timer(Timer::Gap, GAP_RETRY_MS);
                }
                return;
            }
            Ok(_) => failure::fault(),
            Err(error) => error,
        };
        if failure::is_session_over(&error) {
            self.session_over(cx, &failure::of_request(error));
        } else {
            self.thread.ask_later(cx, &error);
        }
    }

    pub(super) fn heard(&mut self, cx: &mut Context, message: &TabMessage) {
        if let TabMessage::Read { conversation, seq } = message
            && self.session.conversation == *conversation
        {
            self.thread.read_to(cx, *seq);
        }
    }

    /// Forgets it, here and for the next page.
    pub(super) fn leave(&self, cx: &mut Context) {
        if !self.is_session_over {
            cx.effect(Effect::ClearSession);
        }
    }
}
