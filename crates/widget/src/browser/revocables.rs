//! What ends the visitor's sessions, kept where all pages of the site find it: a visitor may sign out on a page that never
//! opened the chat, while the page that did is gone. It must not hold what opens a session.
//!
//! Two lists, each of conversations and their revocation keys: of sessions that began here, and of those that the visitor
//! signed out of and the server was not told of yet.

use bonafide_protocol::Secret;
use bonafide_protocol::id::ConversationId;

use super::json;
use super::storage::{self, Area};
use super::wire::Wire;
use crate::machine::Revocable;
use crate::text::sentence;

/// So many sessions are remembered: those that end by themselves leave nobody who would forget them.
const MOST: usize = 8;

type List = Vec<(String, String)>;

/// The lists of one widget.
pub(super) struct Revocables {
    begun: String,
    signed_out: String,
}

impl Revocables {
    /// Those of the widget with this name.
    pub(super) fn of(name: &str) -> Self {
        Self {
            begun: sentence(&[name, ":begun"]),
            signed_out: sentence(&[name, ":out"]),
        }
    }

    /// A session began.
    pub(super) fn keep(&self, revocable: Revocable) {
        let mut begun = read(&self.begun);
        begun.push((
            revocable.conversation.as_str().into(),
            revocable.key.expose().into(),
        ));
        if begun.len() > MOST {
            begun.remove(0);
        }
        write(&self.begun, &begun);
    }

    /// The visitor signed out of all of them. Gives those that the server is to be told of.
    pub(super) fn sign_out(&self) -> Vec<Revocable> {
        let mut list = read(&self.signed_out);
        list.append(&mut read(&self.begun));
        write(&self.signed_out, &list);
        write(&self.begun, &List::new());
        self.signed_out()
    }

    /// Those that the server was not told of yet.
    pub(super) fn signed_out(&self) -> Vec<Revocable> {
        let revocable = |(conversation, key)| Revocable {
            conversation: ConversationId::from_text(conversation),
            key: Secret::new(key),
        };
        read(&self.signed_out).into_iter().map(revocable).collect()
    }

    /// The session of this conversation is over.
    pub(super) fn forget(&self, conversation: &ConversationId) {
        for name in [&self.begun, &self.signed_out] {
            let mut list = read(name);
            list.retain(|(other, _)| other != conversation.as_str());
            write(name, &list);
        }
    }
}

fn read(name: &str) -> List {
    let text = storage::read(Area::Site, name);
    text.and_then(|text| Wire::read(&text)).unwrap_or_default()
}

fn write(name: &str, list: &List) {
    let text = (!list.is_empty()).then(|| json::write(list));
    storage::write(Area::Site, name, text.as_deref());
}
