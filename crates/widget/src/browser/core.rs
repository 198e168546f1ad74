//! The inside of an engine: one thing that happened after the other goes into the machine, and what that wants done is
//! carried out before the next.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use gloo_timers::callback::Timeout;
use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;

use super::calls::Calls;
use super::client_function::Call;
use super::errors::{broken, disposed, error};
use super::natives::{
    Callback, apply, as_function, callback, guarded, now, random, report, soon, wall,
};
use super::options::Options;
use super::page::{self, Change, Listening};
use super::request::InFlight;
use super::socket::Socket;
use super::tabs::{Candidacy, Channel};
use super::timers::Timers;
use super::to_js::to_js;
use super::wire::Wire;
use crate::machine::{
    CallId, ConversationCall, Effect, Input, Machine, Request, Surroundings, Ticket,
};
use crate::view::{ChatFailure, Output, Phase, View};

/// Something that happened, and what the page threw where that is why.
struct Happening {
    input: Input,
    cause: JsValue,
}

/// An engine's inside. What runs in the browser holds it, until it is told to stop.
pub(super) struct Core {
    pub(super) options: Options,
    /// What is wrong with them.
    fault: Option<String>,
    /// Nothing once nobody listens any more.
    listener: RefCell<Option<Function>>,
    /// Nothing once it is over: JavaScript may hold its engine for long.
    pub(super) machine: RefCell<Option<Machine>>,
    inbox: RefCell<VecDeque<Happening>>,
    is_busy: Cell<bool>,
    /// Takes in what waits.
    turn: Callback,
    /// Nothing is done any more.
    is_over: Cell<bool>,
    /// It is over by a fault of its own.
    is_broken: Cell<bool>,
    /// As it was shown last.
    view: RefCell<Option<View>>,
    calls: Calls,
    pub(super) running: Running,
}

/// What runs in the browser. Each part ends with its `Drop`, and is taken out of its cell before: the browser is called then.
#[derive(Default)]
pub(super) struct Running {
    pub(super) asking: Cell<Option<Timeout>>,
    pub(super) call: Cell<Option<Call>>,
    pub(super) candidacy: Cell<Option<Candidacy>>,
    pub(super) channel: RefCell<Option<Rc<Channel>>>,
    page: Cell<Vec<Listening>>,
    pub(super) requests: RefCell<Vec<(Ticket, InFlight)>>,
    pub(super) socket: RefCell<Option<Rc<Socket>>>,
    pub(super) timers: Timers,
}

impl Running {
    fn stop(&self) {
        self.timers.clear_all();
        drop(self.asking.take());
        drop(self.call.take());
        drop(self.candidacy.take());
        drop(self.channel.take());
        drop(self.page.take());
        drop(self.requests.take());
        drop(self.socket.take());
    }

    pub(super) fn forget_request(&self, ticket: Ticket) {
        let mut requests = self.requests.borrow_mut();
        let place = requests
            .iter()
            .position(|(under_way, _)| *under_way == ticket);
        let answered = place.map(|place| requests.swap_remove(place));
        drop(requests);
        drop(answered);
    }
}

impl Core {
    pub(super) fn new(options: &JsValue, listener: Function) -> Rc<Self> {
        let (options, fault) = Options::read(options);
        let machine = Machine::new(Surroundings {
            seed: random(),
            is_document_loaded: page::is_loaded(),
            is_visible: page::is_visible(),
            shares_session: options.is_kept,
        });
        let core = Rc::new_cyclic(|core: &Weak<Self>| Self {
            options,
            fault,
            listener: RefCell::new(Some(listener)),
            machine: RefCell::new(Some(machine)),
            inbox: RefCell::default(),
            is_busy: Cell::default(),
            turn: turn(Weak::clone(core)),
            is_over: Cell::default(),
            is_broken: Cell::default(),
            view: RefCell::default(),
            calls: Calls::default(),
            running: Running::default(),
        });
        core.begin();
        core
    }

    fn begin(self: &Rc<Self>) {
        if self.fault.is_some() {
            // Said at once, as nothing can be had.
            return self.wish(Input::Open);
        }
        let core = Rc::clone(self);
        let changed = move |change| {
            core.happened(match change {
                Change::Online(is_online) => Input::Online(is_online),
                Change::Loaded => Input::DocumentLoaded,
                Change::Visible(is_visible) => Input::Visible(is_visible),
            });
        };
        self.running.page.set(page::watch(&changed));
        let core = Rc::clone(self);
        let heard = move |text: String| {
            if let Some(message) = Wire::read(&text) {
                core.happened(Input::Tab(message));
            }
        };
        let name = self.options.name();
        let channel = Channel::open(&name, Box::new(heard));
        self.running.channel.replace(Some(Rc::new(channel)));
        if self.options.is_kept {
            self.take_up(&name);
        }
        if !page::is_online() {
            self.wish(Input::Online(false));
        }
    }

    /// The page's script wants something. It is done after the script's own call has returned.
    pub(super) fn wish(self: &Rc<Self>, input: Input) {
        if self.is_over.get() {
            return;
        }
        let input = match &self.fault {
            Some(sentence) => Input::BadOptions {
                call: call_of(&input),
                sentence: sentence.clone(),
            },
            None => input,
        };
        self.later(input);
    }

    /// Something happened that is not to be taken in within what is done now.
    pub(super) fn later(&self, input: Input) {
        self.put(input, JsValue::UNDEFINED);
        soon(as_function(&self.turn));
    }

    /// The page's script wants something, and an answer.
    pub(super) fn call(self: &Rc<Self>, input: impl FnOnce(CallId) -> Input) -> Promise {
        let (call, promise) = self.calls.begin();
        if self.is_over.get() {
            let failure = if self.is_broken.get() {
                broken()
            } else {
                disposed()
            };
            self.calls
                .settle(call, Err(error(&failure, &JsValue::UNDEFINED)));
        } else {
            self.wish(input(call));
        }
        promise
    }

    pub(super) fn set_get_token(self: &Rc<Self>, get_token: &JsValue) {
        if get_token.is_function() || get_token.is_undefined() {
            self.options.get_token.replace(get_token.dyn_ref().cloned());
            self.wish(Input::TokenFunctionSet);
        } else {
            self.wish(Input::BadArgument {
                call: None,
                sentence: "`setGetToken` takes a function, or `undefined`.".into(),
            });
        }
    }

    /// Something happened.
    pub(super) fn happened(self: &Rc<Self>, input: Input) {
        self.happened_because(input, JsValue::UNDEFINED);
    }

    /// Something happened, because the page threw this.
    pub(super) fn happened_because(self: &Rc<Self>, input: Input, cause: JsValue) {
        if !self.is_over.get() {
            self.put(input, cause);
            self.run();
        }
    }

    fn put(&self, input: Input, cause: JsValue) {
        self.inbox
            .borrow_mut()
            .push_back(Happening { input, cause });
    }

    /// Takes in what happened. What happens meanwhile, because somebody calls back at once, waits its turn.
    fn run(self: &Rc<Self>) {
        if self.is_busy.replace(true) {
            return;
        }
        while !self.is_over.get() {
            let next = self.inbox.borrow_mut().pop_front();
            let Some(Happening { input, cause }) = next else {
                break;
            };
            self.take_in(input, &cause);
        }
        self.is_busy.set(false);
    }

    fn take_in(self: &Rc<Self>, input: Input, cause: &JsValue) {
        let core = Rc::clone(self);
        let wanted = Rc::new(Cell::new(Vec::new()));
        let given = Rc::clone(&wanted);
        let worked = guarded(move || {
            if let Some(machine) = core.machine.borrow_mut().as_mut() {
                given.set(machine.handle(now() as u64, wall() as i64, input));
            }
        });
        if let Err(fault) = worked {
            return self.break_off(&fault);
        }
        for effect in wanted.take() {
            // Whoever is told of the first may let go of the engine.
            if !self.is_over.get() || is_last_deed(&effect) {
                self.carry_out(effect, cause);
            }
        }
    }

    /// Tells the page.
    pub(super) fn tell(&self, output: Output, cause: &JsValue) {
        let said = to_js(&output);
        let is_error = matches!(output, Output::Error { .. });
        if let Output::View { view } = output {
            self.view.replace(Some(view));
        }
        let listener = self.listener.borrow().clone();
        let Some(listener) = listener else {
            return;
        };
        let cause = if is_error { cause } else { &JsValue::UNDEFINED };
        // What the listener throws is the page's to see, and never the engine's.
        if let Err(thrown) = apply(&listener, &JsValue::UNDEFINED, &Array::of2(&said, cause)) {
            report(&thrown);
        }
    }

    /// Answers a call of the page's.
    pub(super) fn settle(
        &self,
        call: CallId,
        answer: Result<JsValue, ChatFailure>,
        cause: &JsValue,
    ) {
        self.calls
            .settle(call, answer.map_err(|failure| error(&failure, cause)));
    }

    /// A fault of our own, which WebAssembly shows as an exception: the page is told, instead of waiting for ever.
    fn break_off(self: &Rc<Self>, fault: &JsValue) {
        self.is_over.set(true);
        self.is_broken.set(true);
        self.stop();
        let failure = broken();
        self.calls.reject_all(&error(&failure, fault));
        let shown = self.view.borrow().clone();
        if let Some(view) = shown {
            let (phase, error) = (Phase::Failed, Some(failure.clone()));
            self.tell(
                Output::View {
                    view: View {
                        phase,
                        error,
                        ..view
                    },
                },
                fault,
            );
        }
        self.tell(Output::Error { error: failure }, fault);
    }

    pub(super) fn is_broken(&self) -> bool {
        self.is_broken.get()
    }

    pub(super) fn dispose(self: &Rc<Self>) {
        self.listener.take();
        if self.is_over.get() {
            return;
        }
        // What was asked for in the same breath, if it is to end things: the page means it, though nobody will be told.
        self.inbox
            .borrow_mut()
            .retain(|happening| is_last_wish(&happening.input));
        self.is_busy.set(false);
        self.run();
        self.is_over.set(true);
        self.stop();
        self.machine.take();
        self.view.take();
        self.calls
            .reject_all(&error(&disposed(), &JsValue::UNDEFINED));
    }

    fn stop(self: &Rc<Self>) {
        let core = Rc::clone(self);
        // What a page has broken of the browser's cannot be stopped, but is not listened to either.
        let _ = guarded(move || core.running.stop());
    }
}

/// The promise of a call that comes after the engine was disposed of.
pub(super) fn refused() -> Promise {
    let calls = Calls::default();
    let (call, promise) = calls.begin();
    calls.settle(call, Err(error(&disposed(), &JsValue::UNDEFINED)));
    promise
}

fn turn(core: Weak<Core>) -> Callback {
    callback(move |_, _| {
        if let Some(core) = core.upgrade() {
            core.run();
        }
    })
}

fn call_of(input: &Input) -> Option<CallId> {
    match input {
        Input::Start { call }
        | Input::Send { call, .. }
        | Input::Authenticate { call }
        | Input::End { call }
        | Input::SignOut { call } => Some(*call),
        Input::BadArgument { call, .. } => *call,
        _ => None,
    }
}

/// What a page still wants that lets go of its chat in the same breath; and the session that it is about.
fn is_last_wish(input: &Input) -> bool {
    matches!(
        input,
        Input::Resume(_) | Input::Revoke(_) | Input::End { .. } | Input::SignOut { .. }
    )
}

/// What is still done then.
fn is_last_deed(effect: &Effect) -> bool {
    matches!(
        effect,
        Effect::Request {
            request: Request::Conversation {
                call: ConversationCall::End | ConversationCall::SignOut,
                ..
            },
            ..
        } | Effect::StoreSession(_)
            | Effect::ClearSession
            | Effect::ForgetRevocable(_)
    )
}
