//! Calls of the page's script that wait for an answer. Each is answered once: where the outcome is known, by the part of
//! the machine that knows it; and after each input, where nothing is under way any more that could answer it.
//!
//! It decides nothing about the conversation, and it must not answer a call with a failure that did not stop it.

use bonafide_protocol::ErrorCode;

use super::call::{CallId, Reply};
use super::start::{Stage, Want};
use super::{Effect, Machine, failure};
use crate::view::{ChatFailure, MessageView, Started};

/// The calls that wait, in the order in which they were made.
#[derive(Debug, Default)]
pub(super) struct Calls(Vec<(CallId, Wanted)>);

/// What a call wants.
#[derive(Debug, Eq, PartialEq)]
pub(super) enum Wanted {
    /// A conversation that goes on.
    Start,
    /// A proof of who the visitor is.
    Authenticate,
    /// The end of the conversation.
    End,
    /// That nothing is left to be revoked.
    SignOut,
    /// That the message with this client id is stored.
    Message(String),
}

impl Calls {
    pub(super) fn wait(&mut self, call: CallId, wanted: Wanted) {
        self.0.push((call, wanted));
    }

    pub(super) fn is_wanted(&self, wanted: &Wanted) -> bool {
        self.0.iter().any(|(_, other)| other == wanted)
    }
}

impl Machine {
    /// Answers all calls that want this.
    pub(super) fn answer(&mut self, wanted: &Wanted, answer: &Result<Reply, ChatFailure>) {
        for (call, other) in std::mem::take(&mut self.calls.0) {
            if other == *wanted {
                let answer = answer.clone();
                self.effect(Effect::Settle { call, answer });
            } else {
                self.calls.0.push((call, other));
            }
        }
    }

    /// Rejects a call that never waited.
    pub(super) fn reject_call(&mut self, call: Option<CallId>, failure: ChatFailure) {
        if let Some(call) = call {
            let answer = Err(failure);
            self.effect(Effect::Settle { call, answer });
        }
    }

    /// Rejects all calls that want this.
    pub(super) fn reject(&mut self, wanted: &Wanted, failure: &ChatFailure) {
        self.answer(wanted, &Err(failure.clone()));
    }

    /// Rejects every call that waits for a conversation, and those whose messages wait for one.
    pub(super) fn reject_way(&mut self, failure: &ChatFailure) {
        for (call, wanted) in std::mem::take(&mut self.calls.0) {
            if matches!(wanted, Wanted::End | Wanted::SignOut) {
                self.calls.0.push((call, wanted));
            } else {
                let answer = Err(failure.clone());
                self.effect(Effect::Settle { call, answer });
            }
        }
    }

    /// There is a conversation that goes on.
    pub(super) fn answer_started(&mut self, started: Started) {
        let is_authenticated = started.authenticated;
        self.answer(&Wanted::Start, &Ok(Reply::Started(started)));
        // A proof that is being made of this very conversation has its own outcome.
        if !self.proofs.is_under_way() {
            let answer = if is_authenticated {
                Ok(Reply::Done)
            } else if self.client_function().is_some() {
                Err(failure::here(
                    ErrorCode::TokenNotProvided,
                    "Nobody is signed in: an anonymous conversation was started.".into(),
                ))
            } else {
                Err(no_setting())
            };
            self.answer(&Wanted::Authenticate, &answer);
        }
    }

    /// The server has these messages of the visitor's.
    pub(super) fn answer_stored(&mut self, messages: Vec<MessageView>) {
        for message in messages {
            let wanted = Wanted::Message(message.client_id.clone());
            self.answer(&wanted, &Ok(Reply::Message(message)));
        }
    }

    /// The visitor signed out: whatever else was wanted was wanted before.
    pub(super) fn reject_all_but_sign_out(&mut self) {
        for (call, wanted) in std::mem::take(&mut self.calls.0) {
            let answer = match wanted {
                Wanted::SignOut => {
                    self.calls.0.push((call, wanted));
                    continue;
                }
                Wanted::Message(_) => Err(not_sent()),
                _ => Err(ended_before()),
            };
            self.effect(Effect::Settle { call, answer });
        }
    }

    /// Nothing may wait for ever: answers the calls for which nothing is under way any more.
    pub(super) fn answer_the_rest(&mut self) {
        for (call, wanted) in std::mem::take(&mut self.calls.0) {
            let answer = match &wanted {
                Wanted::Start if !self.is_start_under_way() => Err(ended_before()),
                Wanted::Authenticate
                    if !self.is_start_under_way() && !self.proofs.is_under_way() =>
                {
                    Err(ended_before())
                }
                Wanted::End if self.requests.end.is_none() => Ok(Reply::Done),
                Wanted::SignOut if self.requests.revoking.is_empty() => Ok(Reply::Done),
                Wanted::Message(client_id) if !self.outbox.will_send(client_id) => Err(not_sent()),
                _ => {
                    self.calls.0.push((call, wanted));
                    continue;
                }
            };
            self.effect(Effect::Settle { call, answer });
        }
    }

    /// Whether there may still be a conversation for those who asked for one.
    fn is_start_under_way(&self) -> bool {
        match &self.stage {
            Stage::Starting(_) => true,
            Stage::Configuring(configuring) => configuring.wants_start(),
            Stage::Authenticating(want) => *want == Want::Start,
            Stage::Live => self.is_start_wanted,
            _ => false,
        }
    }
}

/// The page's developers call for what their widget cannot do.
pub(super) fn no_setting() -> ChatFailure {
    failure::here(
        ErrorCode::ConfigurationInvalid,
        "This chat widget has no authentication setting, so nobody can be authenticated.".into(),
    )
}

fn ended_before() -> ChatFailure {
    failure::too_late("The chat was ended before it came to that.")
}

fn not_sent() -> ChatFailure {
    failure::too_late("The message was not sent: the chat ended before.")
}
