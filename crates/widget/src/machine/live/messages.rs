//! The messages of a conversation that goes on: sent one after the other, received whichever way they come, and asked for
//! where they are missing.

use bonafide_protocol::ErrorCode;
use bonafide_protocol::visitor::{Message, PostMessage};

use super::Live;
use crate::machine::calls::Wanted;
use crate::machine::context::Context;
use crate::machine::thread::GAP_RETRY_MS;
use crate::machine::turn::Course;
use crate::machine::{Answer, ConversationCall, RequestError, Timer, failure};

impl Live {
    pub(in crate::machine) fn send(&mut self, cx: &mut Context, client_id: String, text: String) {
        self.thread.outbox.push(cx, client_id, text);
        self.send_next(cx);
    }

    /// The visitor wants a message sent again that was refused.
    pub(in crate::machine) fn retry(&mut self, cx: &mut Context, client_id: &str) {
        if self.thread.outbox.retry(cx, client_id) {
            self.send_again(cx);
        }
    }

    /// Does not wait for the timer of the next try.
    pub(in crate::machine) fn send_again(&mut self, cx: &mut Context) {
        self.thread.outbox.is_resting = false;
        self.send_next(cx);
        self.send_context(cx);
    }

    /// Sends the oldest message, one at a time so that they arrive in order.
    pub(super) fn send_next(&mut self, cx: &mut Context) {
        let outbox = &mut self.thread.outbox;
        if outbox.in_flight.is_some() || outbox.is_resting {
            return;
        }
        if let Some(next) = outbox.next() {
            let post = PostMessage {
                client_id: next.client_id.clone(),
                text: next.text.clone(),
            };
            outbox.in_flight_id = post.client_id.clone();
            cx.clear_timer(Timer::Resend);
            outbox.in_flight = Some(cx.ask(&self.session, ConversationCall::Post(post)));
        }
    }

    pub(super) fn message_answered(
        &mut self,
        cx: &mut Context,
        result: Result<Answer, RequestError>,
    ) -> Course {
        self.thread.outbox.in_flight = None;
        let error = match result {
            Ok(Answer::Message(message)) => {
                self.thread.outbox.failures = 0;
                self.is_well(cx);
                self.receive(cx, vec![message]);
                self.send_next(cx);
                return Ok(());
            }
            Ok(_) => failure::fault(),
            Err(error) => error,
        };
        if failure::is_session_over(&error) {
            return Err(self.session_over(failure::of_request(error)));
        }
        let outbox = &mut self.thread.outbox;
        if failure::is_passing(&error) && !failure::is_refusal(&error) {
            outbox.failures += 1;
            outbox.is_resting = true;
            let wait = cx.wait_ms(outbox.failures, &error);
            cx.set_timer(Timer::Resend, wait);
            return Ok(());
        }
        if failure::code(&error) == Some(ErrorCode::Conflict) && self.link.is_without_socket() {
            // The conversation is over, which a socket would have said.
            return Err(self.closed());
        }
        // Refused for good. That the conversation is over meanwhile is told by the server in its own way.
        let client_id = std::mem::take(&mut outbox.in_flight_id);
        if let Some(message) = outbox.set_refused(&client_id, true) {
            let failure = failure::of_request(error);
            cx.refuse(&failure);
            cx.draw(vec![message]);
            cx.reject(&Wanted::Message(client_id), &failure);
            cx.is_session_changed = true;
        }
        self.send_next(cx);
        Ok(())
    }

    /// Takes messages, whichever way they came.
    pub(super) fn receive(&mut self, cx: &mut Context, messages: Vec<Message>) {
        let leads = self.link.leads();
        self.thread.receive(cx, &self.session, leads, messages);
        self.send_read(cx);
    }

    /// Somebody looks at the chat.
    pub(in crate::machine) fn mark_read(&mut self, cx: &mut Context) {
        self.thread.mark_read(cx, &self.session);
        self.send_read(cx);
    }

    /// Asks, unless all is here and a socket would bring what is not.
    pub(in crate::machine) fn ask_if_missing(&mut self, cx: &mut Context) {
        if !self.link.is_open() || self.thread.is_incomplete() {
            self.ask_for_missing(cx);
        }
    }

    pub(in crate::machine) fn ask_for_missing(&mut self, cx: &mut Context) {
        self.thread.ask_for_missing(cx, &self.session);
    }

    /// The messages that were missing, or perhaps were.
    pub(super) fn messages_answered(
        &mut self,
        cx: &mut Context,
        result: Result<Answer, RequestError>,
    ) -> Course {
        self.thread.gap = None;
        let error = match result {
            Ok(Answer::Messages(page)) => {
                let leads = self.link.leads();
                let was_catching_up = self.thread.is_catching_up;
                let is_last =
                    (self.thread).turn_page(cx, &self.session, leads, page.items, page.more);
                self.send_read(cx);
                let is_without_socket = self.link.is_without_socket();
                // Where there is a socket, that knows better.
                if is_without_socket || self.conversation().is_none() {
                    self.conversation_is(cx, page.conversation)?;
                }
                if is_last && is_without_socket {
                    self.poll_later(cx, 0);
                } else if is_last && self.thread.transcript.has_gap() {
                    cx.set_timer(Timer::Gap, GAP_RETRY_MS);
                }
                if is_without_socket || was_catching_up {
                    self.tell_followers(cx);
                }
                return Ok(());
            }
            Ok(_) => failure::fault(),
            Err(error) => error,
        };
        if failure::is_session_over(&error) {
            return Err(self.session_over(failure::of_request(error)));
        }
        if self.link.is_without_socket() {
            let asked = cx.wait_ms(0, &error);
            self.poll_later(cx, asked);
        } else {
            self.thread.ask_later(cx, &error);
        }
        Ok(())
    }
}
