//! What ends the visitor's sessions, kept where all pages of the site find it: a visitor may sign out on a page that never
//! opened the chat, while the page that did is gone. It must not hold what opens a session.
//!
//! One text, a line for each: a sign that says whether the visitor signed out of it and the server was not told yet, and the
//! session, as JSON, with its revocation key for a secret. `signed-out.ts` changes the signs where no engine is loaded.

use bonafide_protocol::id::ConversationId;

use super::json;
use super::storage::{self, Area};
use super::wire::Wire;
use crate::machine::Session;
use crate::text::sentence;

/// So many sessions are remembered: those that end by themselves leave nobody who would forget them.
const MOST: usize = 8;

const BEGUN: &str = "+";
const SIGNED_OUT: &str = "-";

/// Keeps what ends a session of the widget with this name. Of too many, the oldest goes.
pub(super) fn keep(name: &str, session: &Session) {
    let first = sentence(&[BEGUN, &json::write(session), "\n"]);
    let mut room = MOST - 1;
    rewrite(name, first, &mut |line| {
        let is_kept = room > 0;
        room = room.saturating_sub(1);
        is_kept.then(|| line.to_owned())
    });
}

/// Gives each session that the visitor signed out of; where they do so now, that is all of them.
pub(super) fn sign_out(name: &str, is_now: bool, revoke: &mut dyn FnMut(Session)) {
    rewrite(name, String::new(), &mut |line| {
        let (sign, session) = line.split_at_checked(1)?;
        if !is_now && sign != SIGNED_OUT {
            return Some(line.to_owned());
        }
        revoke(Session::read(session)?);
        Some(sentence(&[SIGNED_OUT, session]))
    });
}

/// The session of this conversation is over.
pub(super) fn forget(name: &str, conversation: &ConversationId) {
    rewrite(name, String::new(), &mut |line| {
        let session = Session::read(line.get(1..)?)?;
        (session.conversation != *conversation).then(|| line.to_owned())
    });
}

/// Puts what `change` makes of each line behind `text`, which may be a line itself.
fn rewrite(name: &str, mut text: String, change: &mut dyn FnMut(&str) -> Option<String>) {
    let key = sentence(&[name, ":sessions"]);
    let kept = storage::read(Area::Site, &key).unwrap_or_default();
    for line in kept.split_terminator('\n') {
        if let Some(line) = change(line) {
            text = sentence(&[&text, &line, "\n"]);
        }
    }
    // What stays as it is must not undo what another tab writes.
    if text == kept {
        return;
    }
    let text = (!text.is_empty()).then_some(&*text);
    storage::write(Area::Site, &key, text);
}
