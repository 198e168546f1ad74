//! Sessions that are to be revoked: those that the visitor signed out of, and what the server made of a start that was
//! given up. It goes on whatever else happens until the server was told, and it must not touch the conversation.
//!
//! The adapter keeps what is to be revoked for the site's next page. The machine says when that may be forgotten.

use super::calls::Wanted;
use super::context::Context;
use super::{Answer, ConversationCall, Effect, RequestError, Session, Ticket, Timer, failure};

#[derive(Debug, Default)]
pub(super) struct Revocations(Vec<Revocation>);

#[derive(Debug)]
struct Revocation {
    /// What it has for a secret may be its revocation key.
    session: Session,
    /// The try that is under way; without one it waits for its timer.
    ticket: Option<Ticket>,
    failures: u32,
}

impl Revocations {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds one, for which nothing is done yet, unless it is here.
    pub(super) fn add(&mut self, session: Session) {
        let is_here = |it: &Revocation| it.session.conversation == session.conversation;
        if !self.0.iter().any(is_here) {
            self.0.push(Revocation {
                session,
                ticket: None,
                failures: 0,
            });
        }
    }

    /// Asks that the sessions be revoked for which that is not under way.
    pub(super) fn revoke_rest(&mut self, cx: &mut Context) {
        for revocation in &mut self.0 {
            if revocation.ticket.is_none() {
                revocation.ticket = Some(cx.ask(&revocation.session, ConversationCall::SignOut));
            }
        }
    }

    /// An answer that nobody else waits for, perhaps because it comes too late.
    pub(super) fn answered(
        &mut self,
        cx: &mut Context,
        ticket: Ticket,
        result: Result<Answer, RequestError>,
    ) {
        if let Ok(Answer::Started(started)) = result {
            self.add(Session {
                conversation: started.conversation.id,
                secret: started.session.secret,
                authenticated: false,
            });
            return self.revoke_rest(cx);
        }
        let Some(place) = (self.0.iter()).position(|it| it.ticket == Some(ticket)) else {
            return;
        };
        let error = match result {
            Err(error) if !failure::is_session_over(&error) => error,
            // Done, or it was over already.
            _ => return self.forget(cx, place),
        };
        let revocation = &mut self.0[place];
        revocation.ticket = None;
        revocation.failures += 1;
        if failure::is_passing(&error) {
            let wait = cx.wait_ms(revocation.failures, &error);
            cx.set_timer(Timer::Revoke, wait);
        } else {
            self.forget(cx, place);
        }
        cx.reject(&Wanted::SignOut, &failure::of_request(error));
    }

    fn forget(&mut self, cx: &mut Context, place: usize) {
        let revoked = self.0.remove(place).session.conversation;
        cx.effect(Effect::ForgetRevocable(revoked));
    }
}
