//! Calls of the page's script that wait for an answer. Each is answered once: where the outcome is known, by the part of
//! the machine that knows it; and after each input, where nothing is under way any more that could answer it.
//!
//! It decides nothing about the conversation, and it must not answer a call with a failure that did not stop it.

use bonafide_protocol::ErrorCode;

use super::call::{CallId, Reply};
use super::context::Context;
use super::outbox::Outbox;
use super::{Effect, RequestError, failure};
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

/// What is under way that will answer calls.
#[derive(Debug)]
pub(super) struct UnderWay<'a> {
    /// A conversation for those who asked for one.
    pub(super) is_starting: bool,
    /// A proof in the conversation that there is.
    pub(super) is_proving: bool,
    /// The server is asked to end one.
    pub(super) is_ending: bool,
    pub(super) is_revoking: bool,
    pub(super) outbox: &'a Outbox,
}

impl Calls {
    pub(super) fn wait(&mut self, call: CallId, wanted: Wanted) {
        self.0.push((call, wanted));
    }

    pub(super) fn is_wanted(&self, wanted: &Wanted) -> bool {
        self.0.iter().any(|(_, other)| other == wanted)
    }
}

impl Context {
    /// Answers the calls for which `judge` has an answer.
    fn settle(&mut self, judge: &dyn Fn(&Wanted) -> Option<Result<Reply, ChatFailure>>) {
        for (call, wanted) in std::mem::take(&mut self.calls.0) {
            match judge(&wanted) {
                Some(answer) => self.effect(Effect::Settle { call, answer }),
                None => self.calls.0.push((call, wanted)),
            }
        }
    }

    /// Answers all calls that want this.
    pub(super) fn answer(&mut self, wanted: &Wanted, reply: &Reply) {
        self.settle(&|other| (other == wanted).then(|| Ok(reply.clone())));
    }

    /// Rejects all calls that want this.
    pub(super) fn reject(&mut self, wanted: &Wanted, failure: &ChatFailure) {
        self.settle(&|other| (other == wanted).then(|| Err(failure.clone())));
    }

    /// Rejects a call that never waited.
    pub(super) fn reject_call(&mut self, call: Option<CallId>, failure: ChatFailure) {
        if let Some(call) = call {
            let answer = Err(failure);
            self.effect(Effect::Settle { call, answer });
        }
    }

    /// Rejects every call that waits for a conversation, and those whose messages wait for one.
    pub(super) fn reject_way(&mut self, failure: &ChatFailure) {
        self.settle(&|wanted| match wanted {
            Wanted::End | Wanted::SignOut => None,
            _ => Some(Err(failure.clone())),
        });
    }

    /// The server could not be told to end the conversation.
    pub(super) fn end_failed(&mut self, error: RequestError) {
        let failure = failure::of_request(error);
        self.report(&failure);
        self.reject(&Wanted::End, &failure);
    }

    /// There is a conversation that goes on.
    pub(super) fn answer_started(&mut self, started: Started, is_proving: bool) {
        let is_authenticated = started.authenticated;
        self.answer(&Wanted::Start, &Reply::Started(started));
        // A proof that is being made of this very conversation has its own outcome.
        if is_proving {
            return;
        }
        if is_authenticated {
            self.answer(&Wanted::Authenticate, &Reply::Done);
            return;
        }
        let failure = match self.widget.client_function() {
            Some(_) => failure::here(
                ErrorCode::TokenNotProvided,
                "Nobody is signed in: an anonymous conversation was started.".into(),
            ),
            None => no_setting(),
        };
        self.reject(&Wanted::Authenticate, &failure);
    }

    /// The server has these messages of the visitor's.
    pub(super) fn answer_stored(&mut self, messages: Vec<MessageView>) {
        for message in messages {
            let wanted = Wanted::Message(message.client_id.clone());
            self.answer(&wanted, &Reply::Message(message));
        }
    }

    /// The visitor signed out: whatever else was wanted was wanted before.
    pub(super) fn reject_all_but_sign_out(&mut self) {
        self.settle(&|wanted| match wanted {
            Wanted::SignOut => None,
            _ => Some(Err(ended_before(wanted))),
        });
    }

    /// Nothing may wait for ever: answers the calls for which nothing is under way any more.
    pub(super) fn answer_the_rest(&mut self, under_way: &UnderWay<'_>) {
        self.settle(&|wanted| {
            let is_under_way = match wanted {
                Wanted::Start => under_way.is_starting,
                Wanted::Authenticate => under_way.is_starting || under_way.is_proving,
                Wanted::End => under_way.is_ending,
                Wanted::SignOut => under_way.is_revoking,
                Wanted::Message(client_id) => under_way.outbox.will_send(client_id),
            };
            match wanted {
                _ if is_under_way => None,
                Wanted::End | Wanted::SignOut => Some(Ok(Reply::Done)),
                _ => Some(Err(ended_before(wanted))),
            }
        });
    }
}

/// The page's developers call for what their widget cannot do.
pub(super) fn no_setting() -> ChatFailure {
    failure::here(
        ErrorCode::ConfigurationInvalid,
        "This chat widget has no authentication setting, so nobody can be authenticated.".into(),
    )
}

fn ended_before(wanted: &Wanted) -> ChatFailure {
    failure::too_late(match wanted {
        Wanted::Message(_) => "The message was not sent: the chat ended before.",
        _ => "The chat was ended before it came to that.",
    })
}
