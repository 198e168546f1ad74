//! The promises of the page's calls. Which call is answered when, and with what, the machine says; this must not guess.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::future_to_promise;

use super::natives::handled;
use crate::machine::CallId;

/// What a promise resolves to, or rejects with.
pub(super) type Settled = Result<JsValue, JsValue>;

/// The calls that wait for an answer.
#[derive(Default)]
pub(super) struct Calls {
    last: Cell<u32>,
    waiting: RefCell<Vec<(CallId, Rc<Slot>)>>,
}

impl Calls {
    /// A new call, and its promise. One that the page does not look at must not become an "unhandled rejection" there.
    pub(super) fn begin(&self) -> (CallId, Promise) {
        let call = CallId(self.last.get() + 1);
        self.last.set(call.0);
        let slot = Rc::new(Slot::default());
        self.waiting.borrow_mut().push((call, Rc::clone(&slot)));
        let promise = future_to_promise(Answer(slot));
        handled(&promise);
        (call, promise)
    }

    /// Settles the promise of one call.
    pub(super) fn settle(&self, call: CallId, settled: Settled) {
        let mut waiting = self.waiting.borrow_mut();
        if let Some(place) = waiting.iter().position(|(waits, _)| *waits == call) {
            let (_, slot) = waiting.remove(place);
            drop(waiting);
            slot.fill(settled);
        }
    }

    /// Settles all that still wait: nobody will say anything about them any more.
    pub(super) fn reject_all(&self, reason: &JsValue) {
        for (_, slot) in self.waiting.take() {
            slot.fill(Err(reason.clone()));
        }
    }
}

/// Where an answer is put, and who waits for it.
#[derive(Default)]
struct Slot {
    settled: Cell<Option<Settled>>,
    waker: Cell<Option<Waker>>,
}

impl Slot {
    fn fill(&self, settled: Settled) {
        self.settled.set(Some(settled));
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }
}

/// Ready when its slot is filled.
struct Answer(Rc<Slot>);

impl Future for Answer {
    type Output = Settled;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Settled> {
        match self.0.settled.take() {
            Some(settled) => Poll::Ready(settled),
            None => {
                self.0.waker.set(Some(context.waker().clone()));
                Poll::Pending
            }
        }
    }
}
