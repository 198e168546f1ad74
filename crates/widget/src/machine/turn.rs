//! What an input leads to where a state does not simply go on: the way to another one. Parts of the machine return it;
//! `state` carries it out.

use super::live::{Entrance, Live};
use crate::view::ChatFailure;

/// Whether the state goes on.
pub(super) type Course = Result<(), Turn>;

#[derive(Debug)]
pub(super) enum Turn {
    /// There is a conversation to show.
    Enter(Box<(Live, Entrance)>),
    /// The conversation is closed. It can be read, also after the page is loaded again.
    Over,
    /// The session does not open the conversation any more. What is on the screen stays there.
    SessionOver(Box<ChatFailure>),
    /// Go on without the conversation of before, of which nobody has seen anything here, or which is over. What was
    /// written on this page goes with whoever is here now.
    Afresh(Want),
    /// Go on without the conversation of before, and without what was written in it.
    Anew(Want),
}

/// What a way is gone for. A larger want includes the smaller ones.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Want {
    /// Show the chat.
    Look,
    /// Go on with the session, if it still is the same person's.
    Resume,
    /// Have a conversation.
    Start,
}
