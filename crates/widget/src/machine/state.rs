//! The states of the machine, and the ways from one to another. Each state owns what is true in it alone.

use bonafide_protocol::visitor::{Conversation, Identity};

use super::approach::Approach;
use super::calls::UnderWay;
use super::client_function::ClientCall;
use super::context::Context;
use super::ended::Ended;
use super::live::Live;
use super::outbox::Outbox;
use super::turn::{Course, Turn, Want};
use super::{Session, StoredSession, Timer};
use crate::view::{ChatFailure, Connection, Output, Phase, View};

#[derive(Debug)]
pub(super) enum State {
    /// There is no conversation on the screen; perhaps there will be.
    Approach(Approach),
    /// There is one, and it goes on.
    Live(Live),
    /// It is over.
    Ended(Ended),
}

impl Default for State {
    fn default() -> Self {
        Self::Approach(Approach::default())
    }
}

impl State {
    /// Carries out what a course leads to.
    pub(super) fn follow(&mut self, cx: &mut Context, mut course: Course) {
        while let Err(turn) = course {
            course = self.turn(cx, turn);
        }
    }

    fn turn(&mut self, cx: &mut Context, turn: Turn) -> Course {
        match turn {
            Turn::Enter(entry) => {
                let (mut live, entrance) = *entry;
                let course = live.enter(cx, &entrance);
                *self = Self::Live(live);
                course
            }
            Turn::Over => {
                self.end(cx, None);
                Ok(())
            }
            Turn::SessionOver(failure) => {
                self.end(cx, Some(&failure));
                Ok(())
            }
            Turn::Afresh(want) => {
                let written = self.outbox_mut().take_written_here();
                // What was written wants a conversation to go to.
                let want = if written.is_empty() {
                    want
                } else {
                    Want::Start
                };
                self.begin(cx, written, want)
            }
            Turn::Anew(want) => self.begin(cx, Outbox::default(), want),
        }
    }

    /// Only what is live ends: because it is closed, or because its session is over.
    fn end(&mut self, cx: &mut Context, session_over: Option<&ChatFailure>) {
        *self = match std::mem::take(self) {
            Self::Live(live) => Self::Ended(live.end_up(cx, session_over)),
            other => other,
        };
    }

    /// Begins the way to another conversation, without the one of before.
    fn begin(&mut self, cx: &mut Context, written: Outbox, want: Want) -> Course {
        self.forget(cx);
        cx.draw(written.draw_all());
        let mut approach = Approach::with(written);
        let course = approach.begin(cx, want);
        *self = Self::Approach(approach);
        course
    }

    /// The visitor signed out: nothing of them stays in this tab. Gives the session, which is to be revoked.
    pub(super) fn sign_out(&mut self, cx: &mut Context) -> Option<Session> {
        let session = self.session().cloned();
        self.forget(cx);
        cx.output(Output::Left);
        cx.reject_all_but_sign_out();
        if !matches!(self, Self::Approach(_)) {
            *self = Self::default();
        }
        if let Self::Approach(approach) = self {
            approach.rest(cx);
        }
        session
    }

    /// Gives up everything about the conversation of before, and clears it from the screen.
    fn forget(&mut self, cx: &mut Context) {
        match self {
            Self::Approach(approach) => approach.leave(cx),
            Self::Live(live) => live.leave(cx),
            Self::Ended(ended) => ended.leave(cx),
        }
        cx.clear_timer(Timer::Gap);
        cx.clear_timer(Timer::Resend);
        cx.error = None;
        cx.output(Output::Cleared);
    }

    pub(super) fn session(&self) -> Option<&Session> {
        match self {
            Self::Approach(approach) => approach.session(),
            Self::Live(live) => Some(live.session()),
            Self::Ended(ended) => ended.session(),
        }
    }

    /// What the next page of this tab must know.
    pub(super) fn stored(&self) -> Option<StoredSession> {
        match self {
            Self::Approach(approach) => approach.stored(),
            Self::Live(live) => Some(live.stored()),
            Self::Ended(ended) => ended.stored(),
        }
    }

    pub(super) fn outbox(&self) -> &Outbox {
        match self {
            Self::Approach(approach) => &approach.outbox,
            Self::Live(live) => &live.thread.outbox,
            Self::Ended(ended) => &ended.thread.outbox,
        }
    }

    pub(super) fn outbox_mut(&mut self) -> &mut Outbox {
        match self {
            Self::Approach(approach) => &mut approach.outbox,
            Self::Live(live) => &mut live.thread.outbox,
            Self::Ended(ended) => &mut ended.thread.outbox,
        }
    }

    /// The call of the page's client function that is running.
    pub(super) fn client_call(&mut self) -> Option<&mut ClientCall> {
        match self {
            Self::Approach(approach) => approach.client_call(),
            Self::Live(live) => live.client_call(),
            Self::Ended(_) => None,
        }
    }

    /// What is under way here that will answer the page's calls.
    pub(super) fn under_way(&self, is_revoking: bool) -> UnderWay<'_> {
        let (is_starting, is_proving, is_ending) = match self {
            Self::Approach(approach) => (approach.is_starting(), false, approach.is_ending()),
            Self::Live(live) => (live.is_start_wanted(), live.is_proving(), live.is_ending()),
            Self::Ended(_) => (false, false, false),
        };
        UnderWay {
            is_starting,
            is_proving,
            is_ending,
            is_revoking,
            outbox: self.outbox(),
        }
    }

    pub(super) fn view(&self, cx: &Context) -> View {
        let conversation = self.conversation();
        let config = cx.widget.config();
        View {
            phase: self.phase(),
            connection: self.connection(cx.is_online),
            identity: conversation.map_or(Identity::None, |it| it.identity),
            sign_in: config.map(|config| config.sign_in),
            appearance: config.map(|config| config.appearance.clone()),
            files: config.is_some_and(|config| config.files.is_some()),
            queue: conversation
                .map(|it| it.queue.clone())
                .filter(|it| !it.is_empty()),
            position: conversation.and_then(|it| it.position),
            agent: conversation.and_then(|it| it.agent.clone()),
            unread: self.unread(),
            error: cx.error.clone(),
        }
    }

    fn conversation(&self) -> Option<&Conversation> {
        match self {
            Self::Approach(_) => None,
            Self::Live(live) => live.conversation(),
            Self::Ended(ended) => ended.conversation.as_ref(),
        }
    }

    fn unread(&self) -> u32 {
        match self {
            Self::Approach(_) => 0,
            Self::Live(live) => live.thread.unread(),
            Self::Ended(ended) => ended.thread.unread(),
        }
    }

    fn phase(&self) -> Phase {
        match self {
            Self::Approach(approach) => approach.phase(),
            Self::Live(live) => live.phase(),
            Self::Ended(_) => Phase::Ended,
        }
    }

    fn connection(&self, is_online: bool) -> Connection {
        match self {
            Self::Approach(approach) => approach.connection(is_online),
            Self::Live(live) => live.connection(is_online),
            Self::Ended(_) => Connection::None,
        }
    }
}
