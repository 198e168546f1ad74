//! What ends the visitor's sessions, kept where all pages of the site find it: a visitor may sign out on a page that never
//! opened the chat, while the page that did is gone. It must not hold what opens a session.
//!
//! Each is a session with its revocation key for a secret, in a slot of its own. A sign says whether the visitor signed out
//! of it, and the server was not told yet.

use bonafide_protocol::id::ConversationId;

use super::json;
use super::storage::{self, Area};
use super::wire::Wire;
use crate::machine::Session;
use crate::text::{digits, sentence};

/// So many sessions are remembered: those that end by themselves leave nobody who would forget them.
const SLOTS: u32 = 8;

const BEGUN: &str = "+";
const SIGNED_OUT: &str = "-";

/// Keeps what ends a session of the widget with this name: in a slot that is free, else in the last one.
pub(super) fn keep(name: &str, session: &Session) {
    let mut number = 0;
    while number < SLOTS - 1 && read(&slot(name, number)).is_some() {
        number += 1;
    }
    write(&slot(name, number), BEGUN, session);
}

/// Gives each session that the visitor signed out of; where they do so now, that is all of them.
pub(super) fn sign_out(name: &str, is_now: bool, revoke: &mut dyn FnMut(Session)) {
    for number in 0..SLOTS {
        let slot = slot(name, number);
        if let Some((is_signed_out, session)) = read(&slot)
            && (is_now || is_signed_out)
        {
            write(&slot, SIGNED_OUT, &session);
            revoke(session);
        }
    }
}

/// The session of this conversation is over.
pub(super) fn forget(name: &str, conversation: &ConversationId) {
    for number in 0..SLOTS {
        let slot = slot(name, number);
        if read(&slot).is_some_and(|(_, session)| session.conversation == *conversation) {
            storage::write(Area::Site, &slot, None);
        }
    }
}

fn slot(name: &str, number: u32) -> String {
    sentence(&[name, ":", &digits(number)])
}

/// What is in a slot, and whether the visitor signed out of it.
fn read(slot: &str) -> Option<(bool, Session)> {
    let text = storage::read(Area::Site, slot)?;
    Some((text.starts_with(SIGNED_OUT), Session::read(text.get(1..)?)?))
}

fn write(slot: &str, sign: &str, session: &Session) {
    let text = sentence(&[sign, &json::write(session)]);
    storage::write(Area::Site, slot, Some(&text));
}
