//! Sessions of before: the one that this tab goes on with, and those that the visitor signs out of, or did.

use std::rc::Rc;

use js_sys::Promise;

use super::core::Core;
use super::revocables;
use super::storage::{self, Area};
use super::wire::Wire;
use crate::machine::{Input, StoredSession};

impl Core {
    /// Goes on with what the page before has left: a session, and those that the server is to revoke.
    pub(super) fn take_up(self: &Rc<Self>, name: &str) {
        let stored = storage::read(Area::Tab, name).and_then(|text| StoredSession::read(&text));
        let mut is_signed_out = false;
        revocables::sign_out(name, false, &mut |session| {
            let is_own = |it: &StoredSession| it.session.conversation == session.conversation;
            is_signed_out |= stored.as_ref().is_some_and(is_own);
            self.wish(Input::Revoke(session));
        });
        if is_signed_out {
            storage::write(Area::Tab, name, None);
        } else if let Some(stored) = stored {
            self.wish(Input::Resume(stored));
        }
    }

    /// The visitor signs out. That is noted before anything else is done, so that the next page goes on with it.
    pub(super) fn sign_out(self: &Rc<Self>) -> Promise {
        if self.options.is_kept {
            let name = self.options.name();
            revocables::sign_out(&name, true, &mut |session| {
                self.wish(Input::Revoke(session));
            });
        }
        self.call(|call| Input::SignOut { call })
    }
}
