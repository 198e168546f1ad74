//! The ways a conversation ends: ended by either side, its session over, the visitor signed out. What was not sent by
//! then is told, and what the session opened is revoked.

use bonafide_protocol::ErrorCode;
use bonafide_protocol::id::ConversationId;
use bonafide_protocol::visitor::ConversationState;

use super::calls::Wanted;
use super::outbox::Outbox;
use super::start::{Stage, Want};
use super::transcript::Transcript;
use super::{
    Answer, ConversationCall, Effect, Machine, Request, RequestError, Requests, Session,
    TabMessage, Ticket, Timer, failure,
};
use crate::view::{ChatFailure, Output};

/// A session that cannot be revoked in so many tries ends by itself.
const REVOKE_TRIES: u32 = 6;

/// A session that is to be revoked.
#[derive(Debug)]
pub(super) struct Revocation {
    session: Session,
    /// The try that is under way; without one it waits for its timer.
    ticket: Option<Ticket>,
    failures: u32,
}

impl Machine {
    /// Ends the conversation, or the way to one.
    pub(super) fn end(&mut self) {
        if matches!(self.stage, Stage::Ended) {
            return;
        }
        if self.requests.end.is_none() {
            self.requests.end = self.ask(ConversationCall::End);
        }
        self.is_start_wanted = false;
        match &mut self.stage {
            Stage::Configuring(configuring) => configuring.only_look(),
            Stage::Authenticating(_) | Stage::Starting(_) => {
                self.cancel_proofs();
                self.stage = Stage::Ready;
            }
            _ => return,
        }
        self.refuse_unsent();
    }

    pub(super) fn end_answered(&mut self, result: Result<Answer, RequestError>) {
        match result {
            Err(error) if failure::is_session_over(&error) => {
                self.session_over(&failure::of_request(error));
            }
            Err(error) if failure::code(&error) != Some(ErrorCode::Conflict) => {
                let failure = failure::of_request(error);
                self.report(&failure);
                self.reject(&Wanted::End, &failure);
            }
            // Done, or it was over already.
            _ if matches!(self.stage, Stage::Live) => self.closed(),
            _ if !matches!(self.stage, Stage::Ended) => self.lose_session(),
            _ => {}
        }
    }

    /// The conversation is closed, as something else than the conversation itself says.
    pub(super) fn closed(&mut self) {
        if self.is_start_wanted {
            // It was not known yet how it stands. Whoever wants a conversation wants one that goes on.
            return self.begin_afresh(Want::Start);
        }
        if let Some(conversation) = &mut self.conversation {
            conversation.state = ConversationState::Closed;
        }
        self.over();
    }

    /// The conversation is over. It can be read, also after the page is loaded again.
    pub(super) fn over(&mut self) {
        self.ask_for_missing();
        self.tell_followers();
        self.stay_ended();
        self.error = None;
        self.is_start_wanted = false;
        self.output(Output::Ended);
    }

    /// The session does not open the conversation any more. What is on the screen stays there.
    pub(super) fn session_over(&mut self, failure: &ChatFailure) {
        if !matches!(self.stage, Stage::Live | Stage::Ended) {
            return self.lose_session();
        }
        if self.conversation.is_none() {
            // It ended while nobody looked: not worth an error, a new conversation can be had.
            let want = self.want();
            return self.begin_afresh(want);
        }
        self.stay_ended();
        self.session = None;
        self.requests.gap = None;
        self.effect(Effect::ClearSession);
        self.report(failure);
        self.reject(&Wanted::End, failure);
        self.reject(&Wanted::Authenticate, failure);
    }

    fn stay_ended(&mut self) {
        self.stage = Stage::Ended;
        // Until there is to be another conversation, a tab that shows the end too may have one.
        self.fresh_until = 0;
        self.shut_link();
        self.cancel_proofs();
        self.requests.end = None;
        self.refuse_unsent();
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
        // What the server still answers is about a conversation that is not here any more.
        self.requests.end = None;
    }

    /// A session that is not shown is of no use any more, and may just be resumed: then what was wanted goes on without it.
    fn lose_session(&mut self) {
        self.forget_session();
        if let Stage::Authenticating(want) = self.stage {
            self.cancel_proofs();
            self.proceed(want);
        }
    }

    /// Goes on without the conversation of before, of which nobody has seen anything here. What was written on this page
    /// goes with whoever is here now.
    pub(super) fn begin_afresh(&mut self, want: Want) {
        let written = self.outbox.take_written_here();
        let want = if written.is_empty() {
            want
        } else {
            Want::Start
        };
        self.reset();
        self.outbox = written;
        self.draw_unsent();
        self.begin(want);
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
            revoking: std::mem::take(&mut self.requests.revoking),
            ..Requests::default()
        };
        self.error = None;
        self.is_start_wanted = false;
        self.output(Output::Cleared);
    }

    /// The page says that the visitor signed out: here, in all tabs, and on the server.
    pub(super) fn sign_out(&mut self) {
        let session = self.session.clone();
        let revoked = session.as_ref().map(|session| session.conversation.clone());
        self.effect(Effect::Post(TabMessage::SignedOut(revoked)));
        self.leave(session);
        // The page asks again for what could not be done before: then it is not left to the timer.
        self.revoke_rest();
    }

    pub(super) fn signed_out_elsewhere(&mut self, revoked: Option<&ConversationId>) {
        // The tab that signed out revokes its own session; a session of ours alone is ours to revoke.
        let session = self.session.clone();
        self.leave(session.filter(|session| Some(&session.conversation) != revoked));
    }

    fn leave(&mut self, revoking: Option<Session>) {
        self.reset();
        self.output(Output::Left);
        self.reject_all_but_sign_out();
        match &mut self.stage {
            Stage::Configuring(configuring) => configuring.only_look(),
            stage if self.config.is_some() => *stage = Stage::Ready,
            stage => *stage = Stage::Idle,
        }
        if let Some(session) = revoking {
            self.revoke(session);
        }
    }

    /// An answer that nobody waits for any more. What the server made of a start that was given up is revoked.
    pub(super) fn answered_too_late(
        &mut self,
        ticket: Ticket,
        result: Result<Answer, RequestError>,
    ) {
        match result {
            Ok(Answer::Started(started)) => self.revoke(Session {
                conversation: started.conversation.id,
                secret: started.session.secret,
                authenticated: false,
            }),
            Err(error) if failure::is_passing(&error) => self.revoke_failed(ticket, error),
            result => {
                let before = self.requests.revoking.len();
                (self.requests.revoking).retain(|it| it.ticket != Some(ticket));
                if let Err(error) = result
                    && self.requests.revoking.len() < before
                    && !failure::is_session_over(&error)
                {
                    self.reject(&Wanted::SignOut, &failure::of_request(error));
                }
            }
        }
    }

    fn revoke(&mut self, session: Session) {
        self.requests.revoking.push(Revocation {
            session,
            ticket: None,
            failures: 0,
        });
        self.revoke_rest();
    }

    /// Asks that the sessions be revoked for which that is not under way.
    pub(super) fn revoke_rest(&mut self) {
        let mut revoking = std::mem::take(&mut self.requests.revoking);
        for revocation in &mut revoking {
            if revocation.ticket.is_none() {
                let ticket = self.ticket();
                revocation.ticket = Some(ticket);
                let session = revocation.session.clone();
                let request = Request::of(session, ConversationCall::SignOut);
                self.effect(Effect::Request { ticket, request });
            }
        }
        self.requests.revoking = revoking;
    }

    fn revoke_failed(&mut self, ticket: Ticket, error: RequestError) {
        let mut failures = 0;
        for revocation in &mut self.requests.revoking {
            if revocation.ticket == Some(ticket) {
                revocation.ticket = None;
                revocation.failures += 1;
                failures = revocation.failures;
            }
        }
        (self.requests.revoking).retain(|it| it.failures < REVOKE_TRIES);
        if failures > 0 {
            let wait = self.wait_ms(failures, &error);
            self.set_timer(Timer::Revoke, wait);
            self.reject(&Wanted::SignOut, &failure::of_request(error));
        }
    }
}
