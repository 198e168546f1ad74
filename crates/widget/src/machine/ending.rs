//! The ways a conversation ends: ended by either side, its session over, the visitor signed out. What was not sent by
//! then is told, and what the session opened is revoked.

use bonafide_protocol::ErrorCode;
use bonafide_protocol::id::ConversationId;
use bonafide_protocol::visitor::ConversationState;

use super::outbox::Outbox;
use super::start::Stage;
use super::transcript::Transcript;
use super::{
    Answer, ConversationCall, Effect, Machine, Request, RequestError, Requests, Session,
    TabMessage, Timer, failure,
};
use crate::view::{ChatFailure, Output};

/// A session that cannot be revoked in so many tries ends by itself.
const REVOKE_TRIES: u32 = 6;

impl Machine {
    pub(super) fn end(&mut self) {
        match self.stage {
            Stage::Live if self.requests.end.is_none() => {
                self.requests.end = self.ask(ConversationCall::End);
            }
            Stage::Authenticating(_) => {
                self.cancel_proofs();
                self.stage = Stage::Ready;
            }
            _ => {}
        }
    }

    pub(super) fn end_answered(&mut self, result: Result<Answer, RequestError>) {
        match result {
            Err(error) if failure::is_session_over(&error) => {
                self.session_over(failure::of_request(error));
            }
            Err(error) if failure::code(&error) != Some(ErrorCode::Conflict) => {
                self.report(failure::of_request(error));
            }
            // Done, or it was over already.
            _ => {
                if let Some(conversation) = &mut self.conversation {
                    conversation.state = ConversationState::Closed;
                }
                if matches!(self.stage, Stage::Live) {
                    self.over();
                }
            }
        }
    }

    /// The conversation is over. It can be read, also after the page is loaded again.
    pub(super) fn over(&mut self) {
        self.ask_for_missing();
        self.tell_followers();
        self.stage = Stage::Ended;
        self.shut_link();
        self.cancel_proofs();
        self.requests.end = None;
        self.refuse_unsent();
        self.output(Output::Ended);
    }

    /// The session does not open the conversation any more. What is on the screen stays there.
    pub(super) fn session_over(&mut self, failure: ChatFailure) {
        self.stage = Stage::Ended;
        self.shut_link();
        self.cancel_proofs();
        self.refuse_unsent();
        self.session = None;
        self.requests.gap = None;
        self.requests.end = None;
        self.effect(Effect::ClearSession);
        self.report(failure);
    }

    fn refuse_unsent(&mut self) {
        self.clear_timer(Timer::Resend);
        let messages = self.outbox.refuse_all();
        if !messages.is_empty() {
            self.output(Output::Messages { messages });
            self.is_session_changed = true;
        }
    }

    /// Forgets a session that is not shown.
    pub(super) fn forget_session(&mut self) {
        if self.session.take().is_some() {
            self.effect(Effect::ClearSession);
        }
        self.is_session_changed = false;
        self.stored_pending = Vec::new();
        self.conversation = None;
        self.read = 0;
    }

    /// Forgets everything about the conversation, in the machine and on the screen.
    pub(super) fn reset(&mut self) {
        self.shut_link();
        self.cancel_proofs();
        self.forget_session();
        self.clear_timer(Timer::Gap);
        self.clear_timer(Timer::Resend);
        self.transcript = Transcript::default();
        self.outbox = Outbox::default();
        self.requests = Requests {
            revoke: self.requests.revoke,
            revoke_failures: self.requests.revoke_failures,
            revoking: self.requests.revoking.take(),
            abandoned: self.requests.abandoned,
            ..Requests::default()
        };
        self.error = None;
        self.output(Output::Cleared);
    }

    /// The page says that the visitor signed out: here, in all tabs, and on the server.
    pub(super) fn sign_out(&mut self) {
        let session = self.session.clone();
        let revoked = session.as_ref().map(|session| session.conversation.clone());
        self.effect(Effect::Post(TabMessage::SignedOut(revoked)));
        self.leave(session);
    }

    pub(super) fn signed_out_elsewhere(&mut self, revoked: Option<&ConversationId>) {
        // The tab that signed out revokes its own session; a session of ours alone is ours to revoke.
        let session = self.session.clone();
        self.leave(session.filter(|session| Some(&session.conversation) != revoked));
    }

    fn leave(&mut self, revoking: Option<Session>) {
        if let Stage::Starting(ticket) = self.stage {
            // The server may already have made the conversation: its session is revoked when the answer comes.
            self.requests.abandoned = Some(ticket);
        }
        self.reset();
        match &mut self.stage {
            Stage::Configuring(configuring) => configuring.only_look(),
            stage if self.config.is_some() => *stage = Stage::Ready,
            stage => *stage = Stage::Idle,
        }
        if revoking.is_some() {
            self.requests.revoking = revoking;
            self.requests.revoke_failures = 0;
            self.revoke();
        }
    }

    pub(super) fn abandoned_answered(&mut self, result: Result<Answer, RequestError>) {
        if let Ok(Answer::Started(started)) = result {
            self.requests.revoking = Some(Session {
                conversation: started.conversation.id,
                secret: started.session.secret,
                authenticated: false,
            });
            self.revoke();
        }
    }

    pub(super) fn revoke(&mut self) {
        let Some(session) = self.requests.revoking.clone() else {
            return;
        };
        let ticket = self.ticket();
        self.requests.revoke = Some(ticket);
        self.effect(Effect::Request {
            ticket,
            request: Request::Conversation {
                conversation: session.conversation,
                secret: session.secret,
                call: ConversationCall::SignOut,
            },
        });
    }

    pub(super) fn revoke_answered(&mut self, result: &Result<Answer, RequestError>) {
        self.requests.revoke_failures += 1;
        let is_passing = result.as_ref().is_err_and(failure::is_passing);
        if is_passing && self.requests.revoke_failures < REVOKE_TRIES {
            let wait = self.chance.wait_ms(self.requests.revoke_failures);
            self.set_timer(Timer::Revoke, wait);
        } else {
            self.requests.revoking = None;
        }
    }
}
