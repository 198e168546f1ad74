//! Who the visitor is, while a conversation goes on: proved because the page says so, or again before the proof lapses.

use bonafide_protocol::ErrorCode;
use bonafide_protocol::visitor::ConversationState;

use super::Live;
use crate::machine::calls::{Wanted, no_setting};
use crate::machine::client_function::{ClientCall, Token};
use crate::machine::context::Context;
use crate::machine::life::TokenLife;
use crate::machine::proof::Proof;
use crate::machine::turn::{Course, Turn, Want};
use crate::machine::{Answer, Reply, RequestError, Ticket, Timer, failure};
use crate::view::{ChatFailure, Output};

/// Proofs of who the visitor is: the one being made, and when the next one is due.
#[derive(Debug, Default)]
pub(super) struct Proofs {
    under_way: Option<UnderWay>,
    /// By the server's clock, in milliseconds: our own may stand still while the computer sleeps.
    pub(super) renew_at: Option<i64>,
    /// When it was last tried, by the same clock.
    pub(super) tried_at: i64,
    /// The page was told that the renewal fails; it hears of it again after the next success.
    pub(super) is_failing: bool,
}

#[derive(Debug)]
struct UnderWay {
    proof: Proof,
    /// The page says that somebody signed in. Else it only keeps the proof of before from lapsing.
    is_asked_for: bool,
}

impl Proofs {
    pub(super) fn awaits(&self, ticket: Ticket) -> bool {
        (self.under_way.as_ref()).is_some_and(|it| it.proof.awaits(ticket))
    }

    pub(super) fn client_call(&mut self) -> Option<&mut ClientCall> {
        self.under_way.as_mut()?.proof.client_call()
    }
}

impl Live {
    pub(in crate::machine) fn is_proving(&self) -> bool {
        self.proofs.under_way.is_some()
    }

    pub(super) fn is_asking_server(&self) -> bool {
        (self.proofs.under_way.as_ref()).is_some_and(|it| !it.proof.is_calling())
    }

    /// The page says that somebody signed in, or signed in again.
    pub(in crate::machine) fn authenticate(&mut self, cx: &mut Context) {
        // It may turn out that there is no conversation any more that could go on.
        self.want_start(true);
        self.prove(cx);
    }

    pub(super) fn prove(&mut self, cx: &mut Context) {
        if cx.widget.client_function().is_some() {
            cx.error = None;
            return self.make_proof(cx, true);
        }
        // A mistake of the page's developers, so nothing that the visitor is shown.
        let failure = no_setting();
        cx.tell_error(&failure);
        cx.reject(&Wanted::Authenticate, &failure);
    }

    /// Concurrent needs share one proof; that the page asked for it decides what becomes of it.
    pub(super) fn make_proof(&mut self, cx: &mut Context, is_asked_for: bool) {
        if let Some(under_way) = &mut self.proofs.under_way {
            under_way.is_asked_for |= is_asked_for;
        } else if let Some(call) = ClientCall::begin(cx) {
            let proof = Proof::Calling(call);
            self.proofs.under_way = Some(UnderWay {
                proof,
                is_asked_for,
            });
        }
    }

    pub(super) fn cancel_proofs(&mut self, cx: &mut Context) {
        if let Some(under_way) = &self.proofs.under_way {
            under_way.proof.cancel(cx);
        }
        self.proofs = Proofs::default();
        cx.clear_timer(Timer::Renew);
    }

    /// What the page's client function came to.
    pub(in crate::machine) fn token(&mut self, cx: &mut Context, token: Token) {
        match token {
            Token::Given(token, life) => {
                if let Some(under_way) = &mut self.proofs.under_way {
                    under_way.proof = Proof::of(cx, &self.session, token, life);
                }
            }
            Token::NotProvided(failure) | Token::Failed(failure) => {
                let is_asked_for = self.take_proof().is_some_and(|it| it.is_asked_for);
                self.no_proof(cx, is_asked_for, &failure);
            }
        }
    }

    fn take_proof(&mut self) -> Option<UnderWay> {
        self.proofs.under_way.take()
    }

    fn no_proof(&mut self, cx: &mut Context, is_asked_for: bool, failure: &ChatFailure) {
        if is_asked_for {
            cx.report(failure);
            cx.reject(&Wanted::Authenticate, failure);
        } else if !std::mem::replace(&mut self.proofs.is_failing, true) {
            cx.report(failure);
        }
        self.plan_renewal_after_failure(cx);
    }

    pub(super) fn proved(&mut self, cx: &mut Context, life: Option<TokenLife>) {
        cx.output(Output::Authenticated);
        cx.answer(&Wanted::Authenticate, &Reply::Done);
        self.plan_renewal(cx, life);
    }

    pub(super) fn proof_answered(
        &mut self,
        cx: &mut Context,
        result: Result<Answer, RequestError>,
    ) -> Course {
        let error = match result {
            Ok(Answer::Conversation(conversation)) => {
                cx.error = None;
                self.proofs.is_failing = false;
                let is_closed = conversation.state == ConversationState::Closed;
                if is_closed && self.is_start_wanted() {
                    return Err(Turn::Afresh(Want::Start));
                }
                let course = self.conversation_is(cx, conversation);
                // Not before: what the conversation has become is told as the outcome of this proof.
                let life = match self.take_proof().map(|it| it.proof) {
                    Some(Proof::Proving { life, .. }) => life,
                    _ => None,
                };
                self.proved(cx, life);
                return course;
            }
            Ok(_) => failure::fault(),
            Err(error) => error,
        };
        let is_asked_for = self.take_proof().is_some_and(|it| it.is_asked_for);
        if failure::code(&error) == Some(ErrorCode::Conflict) {
            return Err(if self.session.authenticated {
                self.somebody_else(cx, is_asked_for)
            } else {
                self.refused_as_closed(cx, error)
            });
        }
        if failure::is_session_over(&error) {
            return Err(self.session_over(failure::of_request(error)));
        }
        self.no_proof(cx, is_asked_for, &failure::of_request(error));
        Ok(())
    }

    /// It was nobody's, so it cannot be another person's: it is over.
    fn refused_as_closed(&mut self, cx: &mut Context, error: RequestError) -> Turn {
        if !self.is_start_wanted() {
            let failure = failure::of_request(error);
            cx.tell_error(&failure);
            cx.reject(&Wanted::Authenticate, &failure);
        }
        self.closed()
    }

    /// The token is another person's: they get their own conversation, and see nothing of this one.
    fn somebody_else(&self, cx: &mut Context, is_asked_for: bool) -> Turn {
        cx.output(Output::Left);
        Turn::Anew(if is_asked_for || cx.is_open {
            Want::Start
        } else {
            Want::Look
        })
    }
}
