//! What the machine wants done, done. One arm for each effect, and no decisions.

use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::JsValue;

use super::api;
use super::client_function;
use super::core::Core;
use super::json;
use super::natives::{apply, guarded, now};
use super::request;
use super::revocables;
use super::socket::{self, Socket};
use super::storage::{self, Area};
use super::tabs::{self, Candidacy};
use super::to_js::to_js;
use super::wire::Wire;
use crate::machine::{
    ClientFunctionOutcome, Effect, Input, Reply, Request, RequestError, TabMessage, Ticket, Timer,
};
use crate::text::sentence;
use crate::view::PageCall;

impl Core {
    /// Carries out one effect. Where the page has broken what the browser needs for it, that is as good as a browser that
    /// cannot do it.
    pub(super) fn carry_out(self: &Rc<Self>, effect: Effect, cause: &JsValue) {
        let unanswered = match &effect {
            Effect::Request { ticket, .. } => Some(*ticket),
            _ => None,
        };
        let (core, cause) = (Rc::clone(self), cause.clone());
        let worked = guarded(move || core.perform(effect, &cause));
        if let (Err(_), Some(ticket)) = (worked, unanswered) {
            self.unanswered(ticket);
        }
    }

    fn perform(self: &Rc<Self>, effect: Effect, cause: &JsValue) {
        let running = &self.running;
        match effect {
            Effect::Request { ticket, request } => self.ask(ticket, &request),
            Effect::CallClientFunction { ticket, path } => self.call_client_function(ticket, &path),
            Effect::ForgetClientFunction => drop(running.call.take()),
            Effect::OpenSocket {
                ticket,
                conversation,
            } => self.open_socket(ticket, conversation.as_str()),
            Effect::SendFrame(frame) => {
                let socket = running.socket.borrow().clone();
                if let Some(socket) = socket {
                    socket.send(&json::write(&frame));
                }
            }
            Effect::CloseSocket => drop(running.socket.take()),
            Effect::SetTimer { timer, delay_ms } => {
                let core = Rc::clone(self);
                let fired = move || core.happened(Input::TimerFired(timer));
                running.timers.set(timer, delay_ms, Box::new(fired));
            }
            Effect::ClearTimer(timer) => running.timers.clear(timer),
            Effect::StoreSession(session) => self.store(Some(&json::write(&session))),
            Effect::ClearSession => self.store(None),
            Effect::KeepRevocable(session) => {
                if self.options.is_kept {
                    revocables::keep(&self.options.name(), &session);
                }
            }
            Effect::ForgetRevocable(conversation) => {
                revocables::forget(&self.options.name(), &conversation);
            }
            Effect::Elect(conversation) => {
                // A chat that shares its session with no tab answers none: it must not look as if it did, by the widget's
                // name in the lock.
                let whose = if self.options.is_kept {
                    &self.options.name()
                } else {
                    "bonafide"
                };
                let name = sentence(&[whose, ":", conversation.as_str()]);
                let core = Rc::clone(self);
                let elected = move || core.happened(Input::Elected);
                drop(running.candidacy.take());
                running
                    .candidacy
                    .set(Some(Candidacy::for_lead(&name, Rc::new(elected))));
            }
            Effect::Resign => drop(running.candidacy.take()),
            Effect::Post(message) => self.post(&message),
            Effect::Output(output) => self.tell(output, cause),
            Effect::Settle { call, answer } => {
                let answer = answer.map(|reply| match reply {
                    Reply::Done => JsValue::UNDEFINED,
                    Reply::Started(started) => to_js(&started),
                    Reply::Message(message) => to_js(&message),
                });
                self.settle(call, answer, cause);
            }
        }
    }

    fn store(&self, session: Option<&str>) {
        if self.options.is_kept {
            storage::write(Area::Tab, &self.options.name(), session);
        }
    }

    fn post(self: &Rc<Self>, message: &TabMessage) {
        let channel = self.running.channel.borrow().clone();
        if let Some(channel) = channel {
            // Nothing but the word that somebody signed out may go where other things could read it.
            let is_public = matches!(message, TabMessage::SignedOut(_));
            channel.post(&json::write(message), is_public);
        }
        if matches!(message, TabMessage::Ask) {
            // Without anybody to answer, the machine need not wait for the answer.
            let core = Rc::downgrade(self);
            let nobody = move || {
                if let Some(core) = core.upgrade() {
                    core.happened(Input::TimerFired(Timer::Ask));
                }
            };
            let prefix = sentence(&[&self.options.name(), ":"]);
            self.running
                .asking
                .set(Some(tabs::unless_led(prefix, Rc::new(nobody))));
        }
    }

    fn open_socket(self: &Rc<Self>, ticket: Ticket, conversation: &str) {
        drop(self.running.socket.take());
        let core = Rc::clone(self);
        let happened: socket::Happened = Rc::new(move |event| match event {
            socket::Event::Opened => core.happened(Input::SocketOpened(ticket)),
            socket::Event::Text(text) => {
                if let Some(event) = Wire::read(&text) {
                    core.happened(Input::SocketFrame { ticket, event });
                }
            }
            socket::Event::Closed(code) => core.happened(Input::SocketClosed { ticket, code }),
        });
        match Socket::open(&self.options.socket_url(conversation), &happened) {
            Ok(socket) => drop(self.running.socket.replace(Some(Rc::new(socket)))),
            Err(_) => self.later(Input::SocketClosed {
                ticket,
                code: socket::ABNORMAL,
            }),
        }
    }

    fn call_client_function(self: &Rc<Self>, ticket: Ticket, path: &str) {
        let begun = now();
        let core = Rc::clone(self);
        let became = move |outcome: ClientFunctionOutcome, cause: JsValue| {
            core.trace(&outcome, now() - begun);
            core.happened_because(Input::ClientFunction { ticket, outcome }, cause);
        };
        // What it gives at once comes before there is a call to be kept.
        let given = self.options.get_token.borrow().clone();
        let call = client_function::call(path, given.as_ref(), Box::new(became));
        drop(self.running.call.replace(Some(call)));
    }

    /// The developers' report must not come between the page and its chat.
    fn trace(&self, outcome: &ClientFunctionOutcome, ms: f64) {
        if let Some(trace) = &self.options.trace {
            let call = to_js(&PageCall::of(outcome, ms));
            let _ = apply(trace, &JsValue::UNDEFINED, &Array::of1(&call));
        }
    }

    fn ask(self: &Rc<Self>, ticket: Ticket, request: &Request) {
        let (question, wanted) = api::question(request, &self.options);
        let core = Rc::clone(self);
        let answered = move |answer: Option<request::Answer>| {
            core.running.forget_request(ticket);
            let result = match answer {
                Some(answer) => api::understood(wanted, &answer),
                None => Err(RequestError::Unreachable),
            };
            core.happened(Input::Answered { ticket, result });
        };
        match request::ask(&question, Box::new(answered)) {
            Ok(request) => self.running.requests.borrow_mut().push((ticket, request)),
            Err(_) => self.unanswered(ticket),
        }
    }

    fn unanswered(self: &Rc<Self>, ticket: Ticket) {
        let result = Err(RequestError::Unreachable);
        self.later(Input::Answered { ticket, result });
    }
}
