//! The machine in a page: browser events become inputs, effects are carried out. No decisions are made here.
//!
//! Everything that runs in the browser is a value that ends it when dropped, and nothing is forgotten on purpose, so
//! an engine that is let go leaves no timer, socket, listener or callback behind.

mod builtins;
mod client_function;
mod codec;
mod events;
mod requests;
#[cfg(all(test, target_family = "wasm"))]
mod tests;

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;

pub(crate) use builtins::random_id;
pub(crate) use codec::{context, property};

use crate::json;
use crate::machine::{
    ClientFunctionOutcome, Effect, Input, Machine, StoredSession, Surroundings, TabMessage, Ticket,
    Timer,
};
use crate::view::Output;
use crate::wire::Wire;
use builtins::{Events, Running};
use client_function::NotFound;
use events::{Event, Understood};
use requests::Requests;

/// What the page's script gives an engine.
pub(crate) struct Options {
    /// The server's address, without a slash at the end.
    pub(crate) server: String,
    /// The chat widget's id.
    pub(crate) widget: String,
    /// A client function given directly; it goes before the configured name.
    pub(crate) token_function: Option<Function>,
    /// Whether the session may be kept for the next page of this tab, and shared with the site's other tabs.
    pub(crate) keeps_session: bool,
    /// Hears every output.
    pub(crate) listener: Function,
}

/// A machine and the page it runs in.
pub(crate) struct Runtime {
    token_function: Option<Function>,
    storage_key: Option<String>,
    waiting: RefCell<Vec<(Input, Option<JsValue>)>>,
    is_running: Cell<bool>,
    is_stopped: Cell<bool>,
    machine: RefCell<Machine>,
    requests: RefCell<Requests>,
    resources: RefCell<Resources>,
    events: Events,
    /// What `events` calls; it may do so again from inside, when the page answers at once. Dropped last: all that could
    /// call it is stopped before.
    _sink: Closure<dyn Fn(u32, u32, JsValue, JsValue)>,
}

/// What runs in the browser, apart from requests.
#[derive(Default)]
struct Resources {
    timers: Vec<(Timer, Running)>,
    socket: Option<Running>,
    call: Option<Running>,
    lead: Option<Running>,
    channel: Option<Running>,
    listeners: Option<Running>,
}

impl Runtime {
    /// Makes an engine that waits, or resumes the session of the page before.
    pub(crate) fn new(options: Options) -> Rc<Self> {
        let random = random_id();
        let seed = random
            .get(..16)
            .and_then(|text| u64::from_str_radix(text, 16).ok());
        let machine = Machine::new(Surroundings {
            seed: seed.unwrap_or_default(),
            is_document_loaded: builtins::is_loaded(),
            is_visible: builtins::is_visible(),
            shares_session: options.keeps_session,
        });
        let key = ["bonafide:", &options.widget].concat();
        let requests = Requests::new(&options.server, &options.widget);
        let runtime = Rc::new_cyclic(|weak: &Weak<Self>| {
            let weak = weak.clone();
            let sink = Closure::new(move |kind, ticket, value, extra: JsValue| {
                let extra = extra.as_f64().unwrap_or_default() as u32;
                if let Some(runtime) = weak.upgrade() {
                    runtime.happened(&Event {
                        kind,
                        ticket,
                        value,
                        extra,
                    });
                }
            });
            Self {
                events: builtins::connect(sink.as_ref(), &options.listener),
                token_function: options.token_function,
                storage_key: options.keeps_session.then(|| key.clone()),
                waiting: RefCell::default(),
                is_running: Cell::new(false),
                is_stopped: Cell::new(false),
                machine: RefCell::new(machine),
                requests: RefCell::new(requests),
                resources: RefCell::default(),
                _sink: sink,
            }
        });
        {
            let sink = runtime.sink();
            let mut resources = runtime.resources.borrow_mut();
            resources.listeners = Some(Running::new(builtins::watch(sink)));
            resources.channel = Some(Running::new(builtins::channel(&key, sink)));
        }
        if let Some(stored) = runtime.stored() {
            runtime.post(Input::Resume(stored));
        }
        if !builtins::is_online() {
            runtime.post(Input::Online(false));
        }
        runtime
    }

    /// Takes an input from the page's script. It is handled after the script's own call has returned, so that a
    /// listener never runs inside of it.
    pub(crate) fn post(&self, input: Input) {
        self.waiting.borrow_mut().push((input, None));
        builtins::soon(self.sink());
    }

    /// Ends everything, also when a listener asks for it in the middle of a run.
    pub(crate) fn stop(&self) {
        self.is_stopped.set(true);
        self.events.stop_events();
        self.waiting.borrow_mut().clear();
        self.requests.borrow_mut().clear();
        drop(self.resources.take());
    }

    fn sink(&self) -> &Function {
        &self.events
    }

    fn stored(&self) -> Option<StoredSession> {
        StoredSession::read(&builtins::stored(self.storage_key.as_ref()?)?)
    }

    fn happened(&self, event: &Event) {
        let Understood { input, cause } =
            events::understand(event, &mut self.requests.borrow_mut());
        if let Some(input) = input {
            self.waiting.borrow_mut().push((input, cause));
        }
        self.run();
    }

    /// Handles what waits. What happens meanwhile, because a listener or the client function calls back at once, is
    /// put in line.
    fn run(&self) {
        if self.is_running.replace(true) {
            return;
        }
        loop {
            let next = {
                let mut waiting = self.waiting.borrow_mut();
                if waiting.is_empty() {
                    break;
                }
                waiting.remove(0)
            };
            let (input, cause) = next;
            let effects = self
                .machine
                .borrow_mut()
                .handle(builtins::now() as u64, input);
            for effect in effects {
                if self.is_stopped.get() {
                    return;
                }
                self.carry_out(effect, cause.as_ref());
            }
        }
        self.is_running.set(false);
    }

    fn carry_out(&self, effect: Effect, cause: Option<&JsValue>) {
        let sink = self.sink();
        match effect {
            Effect::Request { ticket, request } => {
                self.requests.borrow_mut().send(ticket, request, sink);
            }
            Effect::CallClientFunction { ticket, path } => self.call_client_function(ticket, &path),
            Effect::OpenSocket {
                ticket,
                conversation,
            } => {
                let url = self.requests.borrow().socket_url(conversation.as_str());
                let socket = Running::new(builtins::open_socket(&url, ticket.0, sink));
                self.resources.borrow_mut().socket = Some(socket);
            }
            Effect::SendFrame(frame) => {
                if let Some(socket) = &self.resources.borrow().socket {
                    socket.send(&json::write(&frame));
                }
            }
            Effect::SetTimer { timer, delay_ms } => {
                let number = events::number_of(timer);
                let running = Running::new(builtins::after(delay_ms, number, sink));
                let timers = &mut self.resources.borrow_mut().timers;
                timers.retain(|(set, _)| *set != timer);
                timers.push((timer, running));
            }
            Effect::StoreSession(stored) => {
                if let Some(key) = &self.storage_key {
                    builtins::store(key, &json::write(&stored));
                }
            }
            Effect::ClearSession => {
                if let Some(key) = &self.storage_key {
                    builtins::forget(key);
                }
            }
            Effect::Elect(conversation) => {
                let name = ["bonafide:", conversation.as_str()].concat();
                let lead = Running::new(builtins::lead(&name, sink));
                self.resources.borrow_mut().lead = Some(lead);
            }
            Effect::Post(message) => {
                // Nothing but the word that somebody signed out may go where other things could read it.
                let is_public = matches!(message, TabMessage::SignedOut(_));
                if let Some(channel) = &self.resources.borrow().channel {
                    channel.post(&json::write(&message), is_public);
                }
            }
            Effect::Output(output) => {
                let is_error = matches!(output, Output::Error { .. });
                let cause = cause.filter(|_| is_error);
                let cause = cause.unwrap_or(const { &JsValue::UNDEFINED });
                self.events.tell(&json::write(&output), cause);
            }
            Effect::ForgetClientFunction => drop(self.resources.borrow_mut().call.take()),
            Effect::CloseSocket => drop(self.resources.borrow_mut().socket.take()),
            Effect::Resign => drop(self.resources.borrow_mut().lead.take()),
            Effect::ClearTimer(timer) => {
                self.resources
                    .borrow_mut()
                    .timers
                    .retain(|(set, _)| *set != timer);
            }
        }
    }

    fn call_client_function(&self, ticket: Ticket, path: &str) {
        let found = match &self.token_function {
            Some(function) => Ok((function.clone(), JsValue::UNDEFINED)),
            None => client_function::find(path).map(|found| (found.function, found.parent)),
        };
        match found {
            Ok((function, parent)) => {
                let call = builtins::call_page(&function, &parent, ticket.0, self.sink());
                self.resources.borrow_mut().call = Some(Running::new(call));
            }
            Err(why) => {
                let (outcome, cause) = match why {
                    NotFound::Refused(why) => (ClientFunctionOutcome::PathRefused(why), None),
                    NotFound::Missing(why) => (ClientFunctionOutcome::NotFound(why), None),
                    NotFound::Threw(cause) => (
                        ClientFunctionOutcome::Failed(
                            "The page threw while its client function was looked for; the cause is what it threw.",
                        ),
                        Some(cause),
                    ),
                };
                let input = Input::ClientFunction { ticket, outcome };
                self.waiting.borrow_mut().push((input, cause));
            }
        }
    }
}
