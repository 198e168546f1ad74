//! What the page's script wants: which state it goes to, and that its calls wait for their answers.

use bonafide_protocol::ErrorCode;
use bonafide_protocol::id::ConversationId;

use super::call::CallId;
use super::calls::Wanted;
use super::outbox::{self, Fault};
use super::state::State;
use super::turn::{Course, Turn, Want};
use super::{Machine, Session, TabMessage, UnsignedContext, failure};

impl Machine {
    pub(super) fn open(&mut self) -> Course {
        let cx = &mut self.cx;
        cx.is_open = true;
        match &mut self.state {
            State::Approach(approach) => return approach.open(cx),
            State::Live(live) => live.mark_read(cx),
            State::Ended(ended) => ended.mark_read(cx),
        }
        Ok(())
    }

    pub(super) fn start(&mut self, call: CallId) -> Course {
        let cx = &mut self.cx;
        cx.calls.wait(call, Wanted::Start);
        match &mut self.state {
            State::Approach(approach) => return approach.start(cx),
            State::Live(live) => live.start(cx),
            State::Ended(_) => return Err(Turn::Anew(Want::Start)),
        }
        Ok(())
    }

    /// The page says that somebody signed in. Without a conversation that is the wish for one.
    pub(super) fn authenticate(&mut self, call: CallId) -> Course {
        let cx = &mut self.cx;
        cx.calls.wait(call, Wanted::Authenticate);
        match &mut self.state {
            State::Approach(approach) => return approach.start(cx),
            State::Live(live) => live.authenticate(cx),
            State::Ended(_) => return Err(Turn::Anew(Want::Start)),
        }
        Ok(())
    }

    pub(super) fn end(&mut self, call: CallId) {
        let cx = &mut self.cx;
        cx.calls.wait(call, Wanted::End);
        match &mut self.state {
            State::Approach(approach) => approach.end(cx),
            State::Live(live) => live.end(cx),
            State::Ended(_) => {}
        }
    }

    pub(super) fn send(&mut self, call: CallId, client_id: String, text: String) -> Course {
        let cx = &mut self.cx;
        if let Some(fault) = outbox::fault(&text) {
            let failure = failure::here(ErrorCode::InvalidRequest, fault.sentence().into());
            if fault != Fault::Blank {
                self.state.outbox_mut().show_refused(cx, &client_id, text);
            }
            cx.refuse(&failure);
            cx.reject_call(Some(call), failure);
            return Ok(());
        }
        let outbox = self.state.outbox();
        let is_held = outbox.holds(&client_id);
        if is_held && !outbox.will_send(&client_id) {
            let failure =
                failure::too_late("The message was refused. It is sent again by a retry.");
            cx.reject_call(Some(call), failure);
            return Ok(());
        }
        cx.calls.wait(call, Wanted::Message(client_id.clone()));
        if is_held {
            return Ok(());
        }
        match &mut self.state {
            State::Approach(approach) => return approach.send(cx, client_id, text),
            State::Live(live) => live.send(cx, client_id, text),
            State::Ended(ended) => ended.send(cx, client_id, text),
        }
        Ok(())
    }

    pub(super) fn retry(&mut self, client_id: &str) -> Course {
        let cx = &mut self.cx;
        match &mut self.state {
            State::Approach(approach) => approach.retry(cx, client_id),
            State::Live(live) => {
                live.retry(cx, client_id);
                Ok(())
            }
            State::Ended(ended) => ended.retry(client_id),
        }
    }

    /// The visitor signed out: here, in all tabs, and on the server.
    pub(super) fn sign_out(&mut self, call: CallId) {
        let cx = &mut self.cx;
        cx.calls.wait(call, Wanted::SignOut);
        let revoked = (self.state.session()).map(|session| session.conversation.clone());
        cx.post(TabMessage::SignedOut(revoked));
        if let Some(session) = self.state.sign_out(cx) {
            self.revocations.add(session);
        }
        // Also what could not be revoked before: then it is not left to the timer.
        self.revocations.revoke_rest(cx);
    }

    /// A session that the site's pages know of is to be revoked: the page that has it may be gone, or frozen in the
    /// browser's history.
    pub(super) fn revoke(&mut self, session: Session) {
        self.revocations.add(session);
        self.revocations.revoke_rest(&mut self.cx);
    }

    /// The page says something else of its visitor.
    pub(super) fn set_context(&mut self, context: UnsignedContext) {
        self.cx.widget.set_context(context);
        if let State::Live(live) = &mut self.state {
            live.send_context(&mut self.cx);
        }
    }

    /// The visitor signed out in another tab, which revokes its own session. A session of ours alone is ours to revoke.
    pub(super) fn signed_out_elsewhere(&mut self, revoked: Option<&ConversationId>) {
        let cx = &mut self.cx;
        if let Some(session) = self.state.sign_out(cx)
            && Some(&session.conversation) != revoked
        {
            self.revocations.add(session);
            self.revocations.revoke_rest(cx);
        }
    }

    /// The page's script made a mistake. Whether nothing can be had because of it, which the visitor is shown.
    pub(super) fn mistake(&mut self, call: Option<CallId>, sentence: String, is_fatal: bool) {
        let failure = failure::here(ErrorCode::ConfigurationInvalid, sentence);
        if is_fatal {
            self.cx.report(&failure);
        } else {
            self.cx.refuse(&failure);
        }
        self.cx.reject_call(call, failure);
    }
}
