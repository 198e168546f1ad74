//! Answers to the page's calls in the world: that each call is answered once, and that what it is told is true.

use bonafide_protocol::ErrorCode;
use bonafide_protocol::id::ConversationId;
use bonafide_protocol::visitor::ConversationState;
use bonafide_widget::machine::Reply;
use bonafide_widget::view::{ChatFailure, Delivery, Phase};

use crate::world::World;

/// A call of the page's that is answered.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Call {
    Start,
    Authenticate,
    End,
    SignOut,
    /// The text is its client id too.
    Send(String),
}

/// A call that waits.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) wanted: Call,
    /// The conversation that the tab had at that time.
    pub(crate) conversation: Option<ConversationId>,
}

impl World {
    /// Whether nothing more can be said in this conversation.
    pub(crate) fn is_over(&self, id: &ConversationId) -> bool {
        (self.server.iter())
            .find(|stored| stored.conversation.id == *id)
            .is_none_or(|it| it.is_revoked || it.conversation.state == ConversationState::Closed)
    }

    /// Holds after each input.
    pub(crate) fn check_answers(&mut self, index: usize) {
        for (call, answer) in std::mem::take(&mut self.tabs[index].answers) {
            let asked = (self.tabs[index].unanswered.remove(&call))
                .unwrap_or_else(|| panic!("{call:?} of tab {index} is answered twice"));
            match answer {
                Ok(reply) => self.check_reply(index, &asked, reply),
                Err(failure) => self.check_rejection(index, &asked, &failure),
            }
        }
    }

    fn check_reply(&self, index: usize, asked: &Asked, reply: Reply) {
        let tab = &self.tabs[index];
        let shown = tab.conversation();
        let stored = (self.server.iter()).find(|stored| shown == Some(&stored.conversation.id));
        match (&asked.wanted, reply) {
            (Call::Start, Reply::Started(started)) => {
                let stored = stored.expect("a tab that started has a conversation");
                assert_eq!(stored.conversation.id.as_str(), started.conversation);
                assert!(
                    stored.person.is_some() || !started.authenticated,
                    "of nobody"
                );
                assert!(matches!(tab.phase(), Phase::Waiting | Phase::Active));
            }
            (Call::Authenticate, Reply::Done) => {
                assert!(stored.is_some_and(|stored| stored.person.is_some()));
            }
            (Call::End, Reply::Done) => {
                let is_left = asked.conversation.is_none() || asked.conversation.as_ref() != shown;
                assert!(
                    is_left
                        || asked
                            .conversation
                            .as_ref()
                            .is_some_and(|id| self.is_over(id)),
                    "tab {index} did not end {:?}",
                    asked.conversation
                );
            }
            (Call::SignOut, Reply::Done) => {
                let stored = (self.server.iter())
                    .find(|stored| asked.conversation.as_ref() == Some(&stored.conversation.id));
                assert!(stored.is_none_or(|stored| stored.is_revoked));
            }
            (Call::Send(text), Reply::Message(view)) => {
                let stored = stored.expect("a tab that sent has a conversation");
                let message = &stored.messages[view.order as usize - 1];
                assert_eq!((&message.text, &view.text), (text, text));
                assert_eq!(
                    tab.drawn[text].delivery, view.delivery,
                    "it is drawn otherwise"
                );
            }
            (wanted, reply) => panic!("{wanted:?} is answered with {reply:?}"),
        }
    }

    fn check_rejection(&self, index: usize, asked: &Asked, failure: &ChatFailure) {
        let tab = &self.tabs[index];
        let phase = tab.phase();
        let is_running = matches!(phase, Phase::Waiting | Phase::Active);
        // What was told with this very input, or one of the few answers that are nothing but answers.
        let is_told = tab.failures.contains(failure);
        match &asked.wanted {
            Call::Start => {
                assert!(!is_running, "a conversation runs");
                assert!(is_told || failure.code == ErrorCode::Conflict);
            }
            Call::Authenticate => {
                let is_anonymous = failure.code == ErrorCode::TokenNotProvided && is_running;
                assert!(is_told || is_anonymous || failure.code == ErrorCode::Conflict);
            }
            Call::End => assert!(is_told || failure.code == ErrorCode::Conflict),
            Call::SignOut => assert!(failure.retryable, "the server was only away"),
            Call::Send(text) => {
                let delivery = tab.drawn.get(text).map(|it| it.delivery);
                assert!(
                    match delivery {
                        None | Some(Delivery::Failed) =>
                            is_told || failure.code == ErrorCode::Conflict,
                        // It waits for a conversation that could not be had, or for the next try.
                        Some(Delivery::Sending) => is_told && !is_running,
                        Some(_) => false,
                    },
                    "{text} of tab {index} is {delivery:?} in {phase:?}, and {failure:?}"
                );
            }
        }
    }
}
