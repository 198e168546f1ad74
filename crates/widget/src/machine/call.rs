//! Calls of the page's script that wait for an answer, and what they are answered with.

use crate::view::{MessageView, Started};

/// Names one call of the page's script, whose promise waits for its answer.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct CallId(pub u32);

/// What a call's promise resolves to.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// It is done, and there is nothing to say.
    Done,
    /// `Start`: there is a conversation.
    Started(Started),
    /// `Send`: the message as it was stored.
    Message(MessageView),
}
