//! One call of the page's client function: made by its name, looked for while the document is loading, given up when its
//! time is over. What its token is wanted for is not known here.

use bonafide_protocol::{ErrorCode, Secret};
use bonafide_verifier::structure;

use super::context::Context;
use super::life::TokenLife;
use super::time::LONGEST_TIMER_MS;
use super::{ClientFunctionOutcome, Effect, Ticket, Timer, failure};
use crate::text::sentence;
use crate::view::ChatFailure;

/// How often a missing function is looked for while the document is loading.
const SEARCH_MS: u32 = 100;

#[derive(Debug)]
pub(super) struct ClientCall {
    ticket: Ticket,
    deadline: u64,
    /// The function was not found, but the document is still loading: what to say if it never appears.
    missing: Option<String>,
}

/// What a call came to.
#[derive(Debug)]
pub(super) enum Token {
    Given(Secret, Option<TokenLife>),
    /// The website says that nobody is signed in.
    NotProvided(ChatFailure),
    Failed(ChatFailure),
}

impl ClientCall {
    /// Calls the function. `None` where the widget has no authentication setting.
    pub(super) fn begin(cx: &mut Context) -> Option<Self> {
        let config = cx.widget.config()?;
        let path = config.client_function.clone()?;
        let timeout_ms = config.timeout_ms;
        let ticket = cx.ticket();
        cx.set_timer(Timer::ClientFunction, timeout_ms);
        cx.effect(Effect::CallClientFunction { ticket, path });
        Some(Self {
            ticket,
            deadline: cx.now + u64::from(timeout_ms),
            missing: None,
        })
    }

    pub(super) fn is(&self, ticket: Ticket) -> bool {
        self.ticket == ticket
    }

    /// Whatever it still does is of no interest.
    pub(super) fn forget(cx: &mut Context) {
        cx.effect(Effect::ForgetClientFunction);
        cx.clear_timer(Timer::ClientFunction);
        cx.clear_timer(Timer::ClientFunctionSearch);
    }

    /// The failure, if its time is over. Judged before each input: in a tab in the background the timer itself may come
    /// much too late.
    pub(super) fn check_deadline(&mut self, cx: &mut Context) -> Option<ChatFailure> {
        if cx.now < self.deadline {
            return None;
        }
        Self::forget(cx);
        Some(match self.missing.take() {
            Some(sentence) => failure::here(ErrorCode::ClientFunctionNotFound, sentence),
            None => failure::here(
                ErrorCode::ClientFunctionTimeout,
                "The page's client function was called, but did not call back in time.".into(),
            ),
        })
    }

    /// The timer may be a little early by the machine's clock: then it waits for the rest.
    pub(super) fn wait(&self, cx: &mut Context) {
        let rest = (self.deadline - cx.now).min(LONGEST_TIMER_MS) as u32;
        cx.set_timer(Timer::ClientFunction, rest);
    }

    /// Looks again for a function that was missing.
    pub(super) fn search(&mut self, cx: &mut Context) {
        // Taken: if it is there now, it runs, and must not be called a second time meanwhile.
        if self.missing.take().is_some()
            && let Some(path) = cx.widget.client_function().map(str::to_owned)
        {
            let ticket = self.ticket;
            cx.effect(Effect::CallClientFunction { ticket, path });
        }
    }

    /// What became of it. `None` while it is still looked for.
    pub(super) fn outcome(
        &mut self,
        cx: &mut Context,
        outcome: ClientFunctionOutcome,
    ) -> Option<Token> {
        if let (ClientFunctionOutcome::NotFound(sentence), false) =
            (&outcome, cx.surroundings.is_document_loaded)
        {
            self.missing = Some(sentence.clone());
            cx.set_timer(Timer::ClientFunctionSearch, SEARCH_MS);
            return None;
        }
        Self::forget(cx);
        Some(Token::of(outcome))
    }
}

impl Token {
    fn of(outcome: ClientFunctionOutcome) -> Self {
        Self::Failed(match outcome {
            ClientFunctionOutcome::Text { text, .. } if text.expose().is_empty() => {
                return Self::none();
            }
            ClientFunctionOutcome::Nothing => return Self::none(),
            ClientFunctionOutcome::Text { text, life } => {
                match structure::check(text.expose(), structure::DEFAULT_MAX_TOKEN_BYTES) {
                    Ok(_) => return Self::Given(text, life),
                    Err(_) => failure::here(ErrorCode::TokenMalformed, misshapen(text.expose())),
                }
            }
            ClientFunctionOutcome::WrongType(type_name) => failure::here(
                ErrorCode::TokenMalformed,
                sentence(&[
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
        })
    }

    fn none() -> Self {
        Self::NotProvided(failure::here(
            ErrorCode::TokenNotProvided,
            "The page's client function gave no token: nobody is signed in.".into(),
        ))
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
    sentence(&["What the page's client function gave ", what, "."])
}
