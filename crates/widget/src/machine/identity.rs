//! Who the visitor is: calls of the page's client function, one at a time, and what is made of their outcome.

use bonafide_protocol::visitor::ConversationState;
use bonafide_protocol::{ErrorCode, Secret};
use bonafide_verifier::structure;

use super::calls::{Wanted, no_setting};
use super::life::{self, TokenLife};
use super::start::{History, Stage, Want};
use super::time::LONGEST_TIMER_MS;
use super::{
    Answer, ClientFunctionOutcome, ConversationCall, Effect, Machine, Reply, RequestError, Ticket,
    Timer, failure,
};
use crate::view::{ChatFailure, Output};

/// How often a missing function is looked for while the document is loading.
const SEARCH_MS: u32 = 100;

/// Proofs of who the visitor is: the one being made, and when the next one is due.
#[derive(Debug, Default)]
pub(super) struct Proofs {
    call: Option<Call>,
    request: Option<Proof>,
    /// Life of the token with which the conversation is being started.
    pub(super) first_life: Option<TokenLife>,
    /// By the server's clock, in milliseconds: our own may stand still while the computer sleeps.
    pub(super) renew_at: Option<i64>,
    /// When it was last tried, by the same clock.
    pub(super) tried_at: i64,
    /// The page was told that the renewal fails; it hears of it again after the next success.
    pub(super) is_failing: bool,
}

/// A call of the client function.
#[derive(Debug)]
struct Call {
    ticket: Ticket,
    purpose: Purpose,
    deadline: u64,
    /// The function was not found, but the document is still loading: what to say if it never appears.
    missing: Option<String>,
}

/// A token on its way to the server.
#[derive(Debug)]
struct Proof {
    ticket: Ticket,
    purpose: Purpose,
    life: Option<TokenLife>,
}

/// What a token is wanted for. Concurrent needs share one call; the larger one decides what becomes of it.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Purpose {
    /// Keep the proof from lapsing.
    Renew,
    /// The page says that somebody signed in.
    Authenticate,
    /// Show a stored session again, if it is the same person's.
    Resume,
    /// Start a conversation.
    Start,
}

impl Proofs {
    pub(super) fn is_calling(&self) -> bool {
        self.call.is_some()
    }

    /// Whether the server is being asked to take this ticket's token.
    pub(super) fn awaits(&self, ticket: Ticket) -> bool {
        (self.request.as_ref()).is_some_and(|proof| proof.ticket == ticket)
    }

    pub(super) fn is_under_way(&self) -> bool {
        self.is_calling() || self.is_asking_server()
    }

    pub(super) fn is_asking_server(&self) -> bool {
        self.request.is_some()
    }
}

impl Machine {
    /// The page says that somebody signed in, or signed in again.
    pub(super) fn authenticate(&mut self) {
        match self.stage {
            Stage::Live => {
                // It may turn out that there is no conversation any more that could go on.
                self.is_start_wanted = self.conversation.is_none();
                self.prove();
            }
            _ => self.start(),
        }
    }

    /// Asks the page who is here, for the conversation that there is.
    pub(super) fn prove(&mut self) {
        if self.client_function().is_some() {
            self.error = None;
            return self.call_client_function(Purpose::Authenticate);
        }
        // A mistake of the page's developers, so nothing that the visitor is shown.
        let failure = no_setting();
        self.tell_error(&failure);
        self.reject(&Wanted::Authenticate, &failure);
    }

    pub(super) fn call_client_function(&mut self, purpose: Purpose) {
        if let Some(call) = &mut self.proofs.call {
            call.purpose = call.purpose.max(purpose);
            return;
        }
        let Some(config) = &self.config else { return };
        let Some(path) = config.client_function.clone() else {
            return;
        };
        if let Some(proof) = &mut self.proofs.request {
            proof.purpose = proof.purpose.max(purpose);
            return;
        }
        let timeout_ms = config.timeout_ms;
        let ticket = self.ticket();
        self.proofs.call = Some(Call {
            ticket,
            purpose,
            deadline: self.now + u64::from(timeout_ms),
            missing: None,
        });
        self.set_timer(Timer::ClientFunction, timeout_ms);
        self.effect(Effect::CallClientFunction { ticket, path });
    }

    /// Judged before each input: in a tab in the background the timer itself may come much too late.
    pub(super) fn check_deadline(&mut self) {
        let now = self.now;
        let Some(call) = (self.proofs.call).take_if(|call| call.deadline <= now) else {
            return;
        };
        self.forget_call();
        let failure = match call.missing {
            Some(sentence) => failure::here(ErrorCode::ClientFunctionNotFound, sentence),
            None => failure::here(
                ErrorCode::ClientFunctionTimeout,
                "The page's client function was called, but did not call back in time.".into(),
            ),
        };
        self.no_proof(call.purpose, &failure);
    }

    /// The timer may be a little early by the machine's clock: then it waits for the rest.
    pub(super) fn client_function_waits(&mut self) {
        if let Some(call) = &self.proofs.call {
            let rest = (call.deadline - self.now).min(LONGEST_TIMER_MS) as u32;
            self.set_timer(Timer::ClientFunction, rest);
        }
    }

    pub(super) fn cancel_proofs(&mut self) {
        if self.proofs.call.take().is_some() {
            self.forget_call();
        }
        self.proofs = Proofs::default();
        self.clear_timer(Timer::Renew);
    }

    fn forget_call(&mut self) {
        self.effect(Effect::ForgetClientFunction);
        self.clear_timer(Timer::ClientFunction);
        self.clear_timer(Timer::ClientFunctionSearch);
    }

    pub(super) fn document_loaded(&mut self) {
        self.surroundings.is_document_loaded = true;
        self.search_client_function();
    }

    /// Looks again for a function that was missing.
    pub(super) fn search_client_function(&mut self) {
        let path = self.client_function().map(str::to_owned);
        // Taken: if it is there now, it runs, and must not be called a second time meanwhile.
        if let Some(call) = &mut self.proofs.call
            && call.missing.take().is_some()
            && let Some(path) = path
        {
            let ticket = call.ticket;
            self.effect(Effect::CallClientFunction { ticket, path });
        }
    }

    pub(super) fn client_function_outcome(
        &mut self,
        ticket: Ticket,
        outcome: ClientFunctionOutcome,
    ) {
        let is_loading = !self.surroundings.is_document_loaded;
        let Some(call) = (self.proofs.call.as_mut()).filter(|call| call.ticket == ticket) else {
            return;
        };
        if let (ClientFunctionOutcome::NotFound(sentence), true) = (&outcome, is_loading) {
            call.missing = Some(sentence.clone());
            self.set_timer(Timer::ClientFunctionSearch, SEARCH_MS);
            return;
        }
        let purpose = call.purpose;
        self.proofs.call = None;
        self.forget_call();
        let failure = match outcome {
            ClientFunctionOutcome::Text(text) => {
                let token = text.expose();
                if token.is_empty() {
                    return self.no_token(purpose);
                }
                match structure::check(token, structure::DEFAULT_MAX_TOKEN_BYTES) {
                    Ok(_) => return self.token(purpose, Secret::new(token.to_owned())),
                    Err(_) => failure::here(ErrorCode::TokenMalformed, misshapen(token)),
                }
            }
            ClientFunctionOutcome::Nothing => return self.no_token(purpose),
            ClientFunctionOutcome::WrongType(type_name) => failure::here(
                ErrorCode::TokenMalformed,
                failure::sentence(&[
                    "The page's client function gave a value of type `",
                    &type_name,
                    "`; a token is a string.",
                ]),
            ),
            ClientFunctionOutcome::Failed(what) => {
                failure::here(ErrorCode::ClientFunctionFailed, what)
            }
            ClientFunctionOutcome::NotFound(sentence) => {
                failure::here(ErrorCode::ClientFunctionNotFound, sentence)
            }
            ClientFunctionOutcome::PathRefused(sentence) => {
                failure::here(ErrorCode::ConfigurationInvalid, sentence)
            }
        };
        self.no_proof(purpose, &failure);
    }

    fn token(&mut self, purpose: Purpose, token: Secret) {
        let life = life::of_token(token.expose());
        if purpose == Purpose::Start {
            self.proofs.first_life = life;
            return self.start_with(Some(token));
        }
        if let Some(ticket) = self.ask(ConversationCall::Authenticate(token)) {
            self.proofs.request = Some(Proof {
                ticket,
                purpose,
                life,
            });
        }
    }

    /// The website says that nobody is signed in.
    fn no_token(&mut self, purpose: Purpose) {
        let failure = failure::here(
            ErrorCode::TokenNotProvided,
            "The page's client function gave no token: nobody is signed in.".into(),
        );
        match purpose {
            Purpose::Renew | Purpose::Authenticate => self.no_proof(purpose, &failure),
            // The session stays stored and hidden, for when its owner signs in again.
            _ if self.is_sign_in_required() && (self.is_open || self.wants_start()) => {
                self.need_sign_in(&failure);
            }
            // Nobody asked for anything.
            _ if !self.wants_start() => self.stage = Stage::Ready,
            _ => {
                self.forget_session();
                self.start_with(None);
            }
        }
    }

    fn no_proof(&mut self, purpose: Purpose, failure: &ChatFailure) {
        match purpose {
            Purpose::Start | Purpose::Resume => self.fail(self.want(), failure),
            Purpose::Authenticate => {
                self.report(failure);
                self.reject(&Wanted::Authenticate, failure);
                self.plan_renewal_after_failure();
            }
            Purpose::Renew => {
                if !std::mem::replace(&mut self.proofs.is_failing, true) {
                    self.report(failure);
                }
                self.plan_renewal_after_failure();
            }
        }
    }

    pub(super) fn proof_answered(&mut self, result: Result<Answer, RequestError>) {
        let Some(proof) = self.proofs.request.take() else {
            return;
        };
        let error = match result {
            Ok(Answer::Conversation(conversation)) => {
                self.error = None;
                self.proofs.is_failing = false;
                let is_closed = conversation.state == ConversationState::Closed;
                let is_resumed = proof.purpose == Purpose::Resume;
                if is_closed && self.wants_start() {
                    return self.begin_afresh(Want::Start);
                }
                self.conversation_is(conversation);
                if is_resumed {
                    self.enter(History::Unknown);
                }
                self.output(Output::Authenticated);
                self.answer(&Wanted::Authenticate, &Ok(Reply::Done));
                return self.plan_renewal(proof.life);
            }
            Ok(_) => RequestError::Unreadable { status: 200 },
            Err(error) => error,
        };
        let is_resumed = proof.purpose == Purpose::Resume;
        let is_anonymous = (self.session.as_ref()).is_some_and(|session| !session.authenticated);
        if failure::code(&error) == Some(ErrorCode::Conflict) {
            if is_anonymous {
                // It was nobody's, so it cannot be another person's: it is over.
                if !self.is_start_wanted {
                    let failure = failure::of_request(error);
                    self.tell_error(&failure);
                    self.reject(&Wanted::Authenticate, &failure);
                }
                self.closed();
            } else {
                self.somebody_else(proof.purpose);
            }
        } else if is_resumed && failure::is_passing(&error) {
            let want = self.want();
            self.way_failed(want, error);
        } else if !failure::is_session_over(&error) {
            self.no_proof(proof.purpose, &failure::of_request(error));
        } else if is_resumed {
            // The session ended while nobody looked: not worth an error, a new conversation can be had.
            let want = self.want();
            self.forget_session();
            self.proceed(want);
        } else {
            self.session_over(&failure::of_request(error));
        }
    }

    /// The token is another person's: they get their own conversation, and see nothing of this one.
    fn somebody_else(&mut self, purpose: Purpose) {
        self.output(Output::Left);
        let want = match purpose {
            Purpose::Renew if !self.is_open => Want::Look,
            Purpose::Renew | Purpose::Authenticate => Want::Start,
            // What was written while it was not known who is here is the new person's.
            Purpose::Resume | Purpose::Start => return self.begin_afresh(self.want()),
        };
        self.reset();
        self.begin(want);
    }

    pub(super) fn want(&self) -> Want {
        match self.stage {
            Stage::Authenticating(want) => want,
            Stage::Live if !self.is_start_wanted => Want::Look,
            _ => Want::Start,
        }
    }

    fn wants_start(&self) -> bool {
        self.want() == Want::Start
    }
}

/// What a text is that is no token, in the terms of a developer who looks for the cause. The exact rule that it breaks
/// is for `bonafide verify` to tell: sentences for all of them would weigh too much here.
fn misshapen(text: &str) -> String {
    let what = if text.len() > structure::DEFAULT_MAX_TOKEN_BYTES {
        "is longer than 64 KiB"
    } else if text.starts_with('"') {
        "stands in quotation marks; give the token itself"
    } else if text.starts_with('<') || text.starts_with('{') {
        "is a page or an object, not a token; look at what the token endpoint answered"
    } else if text.bytes().filter(|byte| *byte == b'.').count() != 2 {
        "does not have two dots, so it is no compact JWS"
    } else {
        "has characters that no compact JWS has where they stand"
    };
    failure::sentence(&["What the page's client function gave ", what, "."])
}
