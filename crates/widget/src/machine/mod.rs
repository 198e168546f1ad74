//! The visitor's conversation as a state machine: inputs in, effects out.
//!
//! No I/O, no clock, no randomness of its own: time comes with each input, chance as a seed, and what is to be done
//! goes out as [`Effect`]s. So every run can be repeated, and tests need no browser. It must not know the DOM, and it
//! must never trust what it reads from a token: what the browser checks is advice, the server decides.
//!
//! Read in this order:
//! 1. [`Input`] and [`Effect`]: what there is. `call`, `session`, `tabs`: what they carry.
//! 2. This file and `page`: which part of the machine an input goes to. `context`, `widget`: what each part is given.
//! 3. `turn`, `state`: the three states, and the ways from one to another.
//! 4. `approach`: until there is a conversation. `client_function`, `proof`, `life`: a token from the page, on its way.
//! 5. `live`: while it goes on. `thread`, `transcript`, `outbox`: its messages.
//! 6. `ended`, `revocations`: after it.
//! 7. `calls`: what the page's calls are answered with. `failure`, `time`: words and arithmetic.

mod approach;
mod call;
mod calls;
mod client_function;
mod context;
mod effect;
mod ended;
mod failure;
mod input;
mod life;
mod live;
mod outbox;
mod page;
mod proof;
mod revocations;
mod session;
mod state;
mod tabs;
mod thread;
mod time;
mod transcript;
mod turn;
mod widget;

pub use call::{CallId, Reply};
pub use effect::{ConversationCall, Effect, Request, Side, Ticket, Timer};
pub use input::{Answer, ClientFunctionOutcome, Input, RequestError};
pub use life::TokenLife;
pub use session::{Session, StoredSession, UnsignedContext};
pub use tabs::TabMessage;

use crate::view::{Output, View};
use client_function::Token;
use context::Context;
use revocations::Revocations;
use state::State;
use turn::Course;

/// What the machine must know of its surroundings before anything happens.
#[derive(Clone, Copy, Debug, Default)]
pub struct Surroundings {
    /// Random bits. They spread load; nothing secret depends on them.
    pub seed: u32,
    /// Whether the document and its scripts are loaded.
    pub is_document_loaded: bool,
    /// Whether the page can be seen.
    pub is_visible: bool,
    /// Whether this tab may share its session with the site's other tabs.
    pub shares_session: bool,
}

/// One visitor's conversation.
#[derive(Debug)]
pub struct Machine {
    cx: Context,
    state: State,
    revocations: Revocations,
    /// The view that the page was told last.
    shown: Option<View>,
}

impl Machine {
    /// A machine at rest.
    #[must_use]
    pub fn new(surroundings: Surroundings) -> Self {
        Self {
            cx: Context::new(surroundings),
            state: State::default(),
            revocations: Revocations::default(),
            shown: None,
        }
    }

    /// Takes what happened and gives what is to be done. `now` is in milliseconds on a clock that never goes back; it
    /// may stand still while the computer sleeps, which is what `wall` is for, the time of day in milliseconds.
    pub fn handle(&mut self, now: u64, wall: i64, input: Input) -> Vec<Effect> {
        self.cx.now = self.cx.now.max(now);
        let has_slept = self.cx.notice_sleep(wall);
        let course = self.check_deadline();
        self.state.follow(&mut self.cx, course);
        let course = self.dispatch(input);
        self.state.follow(&mut self.cx, course);
        if has_slept {
            self.look_after_all();
        }
        let under_way = self.state.under_way(!self.revocations.is_empty());
        self.cx.answer_the_rest(&under_way);
        self.store_if_changed();
        self.show_if_changed();
        std::mem::take(&mut self.cx.effects)
    }

    fn dispatch(&mut self, input: Input) -> Course {
        let cx = &mut self.cx;
        match (input, &mut self.state) {
            // The page's script.
            (Input::Open, _) => return self.open(),
            (Input::Close, _) => cx.is_open = false,
            (Input::Start { call }, _) => return self.start(call),
            (Input::Authenticate { call }, _) => return self.authenticate(call),
            (Input::End { call }, _) => self.end(call),
            (Input::SignOut { call }, _) => self.sign_out(call),
            (Input::Revoke(session), _) => self.revoke(session),
            (
                Input::Send {
                    call,
                    client_id,
                    text,
                },
                _,
            ) => return self.send(call, client_id, text),
            (Input::Retry { client_id }, _) => return self.retry(&client_id),
            (Input::Typing, State::Live(live)) => live.typing(cx),
            (Input::TokenFunctionSet, State::Approach(approach)) => {
                return approach.token_function_set(cx);
            }
            (Input::SetContext(context), _) => self.set_context(context),
            (Input::BadArgument { call, sentence }, _) => self.mistake(call, sentence, false),
            (Input::BadOptions { call, sentence }, _) => self.mistake(call, sentence, true),
            // Answers.
            (Input::Answered { ticket, result }, _) => return self.answered(ticket, result),
            (Input::ClientFunction { ticket, outcome }, _) => {
                return self.client_function(ticket, outcome);
            }
            // The browser.
            (Input::Resume(stored), State::Approach(approach)) => {
                return approach.resume(cx, stored);
            }
            (Input::SocketOpened(ticket), State::Live(live)) => live.socket_opened(cx, ticket),
            (Input::SocketFrame { ticket, event }, State::Live(live)) => {
                return live.socket_frame(cx, ticket, event);
            }
            (Input::SocketClosed { ticket, code }, State::Live(live)) => {
                return live.socket_closed(cx, ticket, code);
            }
            (Input::TimerFired(timer), _) => return self.timer_fired(timer),
            (Input::Online(is_online), _) => return self.online(is_online),
            (Input::DocumentLoaded, _) => {
                cx.surroundings.is_document_loaded = true;
                self.search_client_function();
            }
            (Input::Visible(is_visible), _) => self.visible(is_visible),
            // Other tabs.
            (Input::Elected, State::Live(live)) => live.elected(cx),
            (Input::Tab(TabMessage::SignedOut(revoked)), _) => {
                self.signed_out_elsewhere(revoked.as_ref());
            }
            (Input::Tab(message), State::Approach(approach)) => return approach.heard(cx, message),
            (Input::Tab(message), State::Live(live)) => return live.heard(cx, message),
            (Input::Tab(message), State::Ended(ended)) => ended.heard(cx, &message),
            // It comes too late, or too early.
            _ => {}
        }
        Ok(())
    }

    /// Each request's ticket is remembered by the part that asked; what nobody waits for any more is dropped.
    fn answered(&mut self, ticket: Ticket, result: Result<Answer, RequestError>) -> Course {
        let cx = &mut self.cx;
        match &mut self.state {
            State::Approach(approach) if approach.awaits(ticket) => {
                return approach.answered(cx, ticket, result);
            }
            State::Live(live) if live.awaits(ticket) => return live.answered(cx, ticket, result),
            State::Ended(ended) if ended.awaits(ticket) => ended.answered(cx, result),
            _ => self.revocations.answered(cx, ticket, result),
        }
        Ok(())
    }

    fn client_function(&mut self, ticket: Ticket, outcome: ClientFunctionOutcome) -> Course {
        let call = (self.state.client_call()).filter(|call| call.is(ticket));
        match call.and_then(|call| call.outcome(&mut self.cx, outcome)) {
            Some(token) => self.token(token),
            None => Ok(()),
        }
    }

    fn check_deadline(&mut self) -> Course {
        let call = self.state.client_call();
        match call.and_then(|call| call.check_deadline(&mut self.cx)) {
            Some(failure) => self.token(Token::Failed(failure)),
            None => Ok(()),
        }
    }

    fn token(&mut self, token: Token) -> Course {
        match &mut self.state {
            State::Approach(approach) => return approach.token(&mut self.cx, token),
            State::Live(live) => live.token(&mut self.cx, token),
            State::Ended(_) => {}
        }
        Ok(())
    }

    fn search_client_function(&mut self) {
        if let Some(call) = self.state.client_call() {
            call.search(&mut self.cx);
        }
    }

    fn timer_fired(&mut self, timer: Timer) -> Course {
        let cx = &mut self.cx;
        match (timer, &mut self.state) {
            (Timer::Ask, State::Approach(approach)) => return approach.asked(cx),
            // The deadline was judged by the clock before this.
            (Timer::ClientFunction, state) => {
                if let Some(call) = state.client_call() {
                    call.wait(cx);
                }
            }
            (Timer::ClientFunctionSearch, _) => self.search_client_function(),
            (Timer::Configure, State::Approach(approach)) => return approach.configure_again(cx),
            (Timer::Context, State::Live(live)) => live.send_context(cx),
            (Timer::Gap, State::Live(live)) => live.ask_if_missing(cx),
            (Timer::Gap, State::Ended(ended)) => ended.ask_for_missing(cx),
            (Timer::Leader, State::Live(live)) => live.leader_silent(cx),
            (Timer::Reconnect, State::Live(live)) => live.reconnect(cx),
            (Timer::Renew, State::Live(live)) => live.renew_if_due(cx),
            (Timer::Resend, State::Live(live)) => live.send_again(cx),
            (Timer::Revoke, _) => self.revocations.revoke_rest(cx),
            (Timer::Silence, State::Live(live)) => live.silent(cx),
            _ => {}
        }
        Ok(())
    }

    fn online(&mut self, is_online: bool) -> Course {
        let cx = &mut self.cx;
        let was_offline = !std::mem::replace(&mut cx.is_online, is_online);
        if !is_online {
            return Ok(());
        }
        let course = match &mut self.state {
            State::Approach(approach) => approach.configure_again(cx),
            State::Live(live) => {
                live.online(cx, was_offline);
                Ok(())
            }
            State::Ended(_) => Ok(()),
        };
        self.revocations.revoke_rest(cx);
        course
    }

    fn visible(&mut self, is_visible: bool) {
        self.cx.surroundings.is_visible = is_visible;
        if is_visible {
            // Timers of a tab in the background come late, those of a frozen one not at all.
            self.look_after_all();
            match &mut self.state {
                State::Approach(_) => {}
                State::Live(live) => live.mark_read(&mut self.cx),
                State::Ended(ended) => ended.mark_read(&mut self.cx),
            }
        }
    }

    /// Time has passed of which this tab saw nothing.
    fn look_after_all(&mut self) {
        if let State::Live(live) = &mut self.state {
            live.look_after_all(&mut self.cx);
        }
    }

    fn store_if_changed(&mut self) {
        if std::mem::take(&mut self.cx.is_session_changed)
            && let Some(stored) = self.state.stored()
        {
            self.cx.effect(Effect::StoreSession(stored));
        }
    }

    fn show_if_changed(&mut self) {
        let view = self.state.view(&self.cx);
        if self.shown.as_ref() != Some(&view) {
            self.shown = Some(view.clone());
            self.cx.output(Output::View { view });
        }
    }
}
