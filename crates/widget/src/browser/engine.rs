//! What JavaScript sees of the engine. It must hold no logic: it converts, and hands on.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;

use super::core::{self, Core};
use super::natives::{random_id, soon};
use super::options;
use crate::machine::{CallId, Input};

/// The types of what a page gives.
#[wasm_bindgen(typescript_custom_section)]
const GIVEN: &str = include_str!("given.d.ts");

/// The types of what a page is told, written from `view.rs` and the protocol.
#[wasm_bindgen(typescript_custom_section)]
const TOLD: &str = include_str!("told.d.ts");

/// One visitor's conversation in this page. It does nothing until it is asked to, but for resuming the session of the page
/// before.
///
/// No method throws. Those that wait for an answer give a promise of it, which rejects with an `Error` with a `code`; a
/// promise that nobody looks at is no "unhandled rejection". News comes to the listener, in order.
#[wasm_bindgen]
pub struct Engine(pub(super) RefCell<Option<Rc<Core>>>);

#[wasm_bindgen]
impl Engine {
    /// Makes an engine. What cannot be used of the options is said by the first call.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "EngineOptions")] options: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "Listener")] listener: Function,
    ) -> Self {
        Self(RefCell::new(Some(Core::new(options, listener))))
    }

    /// The chat is on the screen.
    pub fn open(&self) {
        self.wish(Input::Open);
    }

    /// The chat is put away.
    pub fn close(&self) {
        self.wish(Input::Close);
    }

    /// Starts a conversation. Resolves when the server has it, at once when one is running.
    #[wasm_bindgen(unchecked_return_type = "Promise<Started>")]
    pub fn start(&self) -> Promise {
        self.call(|call| Input::Start { call })
    }

    /// Sends a message of 1 to 4,000 characters. Resolves when the server has stored it; it is sent until then. Rejects when
    /// it is refused, and when no conversation could be started: then it stays in the list, and is sent once there is one.
    #[wasm_bindgen(unchecked_return_type = "Promise<MessageView>")]
    pub fn send(&self, #[wasm_bindgen(unchecked_param_type = "string")] text: &JsValue) -> Promise {
        let text = text.as_string();
        self.call(|call| match text {
            Some(text) => Input::Send {
                call,
                client_id: random_id(),
                text,
            },
            None => bad_argument(Some(call), "`send` takes a text."),
        })
    }

    /// Sends a refused message again; after the end of the conversation, in a new one.
    pub fn retry(
        &self,
        #[wasm_bindgen(js_name = clientId, unchecked_param_type = "string")] client_id: &JsValue,
    ) {
        self.wish(match client_id.as_string() {
            Some(client_id) => Input::Retry { client_id },
            None => bad_argument(None, "`retry` takes a message's client id."),
        });
    }

    /// The visitor is typing. To be called at every keystroke.
    pub fn typing(&self) {
        self.wish(Input::Typing);
    }

    /// Proves who the visitor is: renews, or turns an anonymous conversation into an authenticated one. Starts one where
    /// there is none.
    #[wasm_bindgen(unchecked_return_type = "Promise<void>")]
    pub fn authenticate(&self) -> Promise {
        self.call(|call| Input::Authenticate { call })
    }

    /// Ends the conversation, or the way to one. Resolves also when there is nothing to end.
    #[wasm_bindgen(unchecked_return_type = "Promise<void>")]
    pub fn end(&self) -> Promise {
        self.call(|call| Input::End { call })
    }

    /// Ends the visitor's sessions on this site, whichever page began them, and forgets the transcript. Resolves when the
    /// server has revoked them. Rejects where it cannot be told now; it is told as soon as it can be, by the next page if need
    /// be.
    #[wasm_bindgen(js_name = signOut, unchecked_return_type = "Promise<void>")]
    pub fn sign_out(&self) -> Promise {
        match self.core() {
            Some(core) => core.sign_out(),
            None => core::refused(),
        }
    }

    /// Sets the unsigned context of conversations without a token: of the one that runs, whose agent sees it at once, and of
    /// the next.
    #[wasm_bindgen(js_name = setContext)]
    pub fn set_context(&self, #[wasm_bindgen(unchecked_param_type = "Context")] context: &JsValue) {
        self.wish(match options::context(context) {
            Ok(context) => Input::SetContext(context),
            Err(sentence) => Input::BadArgument {
                call: None,
                sentence,
            },
        });
    }

    /// Sets the page's own function for a token, in place of the widget's client function, from the next time that one is
    /// needed. An attempt to start that came to nothing without it is repeated.
    #[wasm_bindgen(js_name = setGetToken)]
    pub fn set_get_token(
        &self,
        #[wasm_bindgen(js_name = getToken, unchecked_param_type = "GetToken | undefined")]
        get_token: &JsValue,
    ) {
        if let Some(core) = self.core() {
            core.set_get_token(get_token);
        }
    }

    /// Stops everything on this page: timers, socket, calls under way, whose promises reject. What was asked for in the same
    /// breath to end things is still done. The conversation itself goes on at the server. A second time does nothing, and
    /// nor does any other method afterwards.
    #[wasm_bindgen(js_name = free)]
    pub fn dispose(&self) {
        let Some(core) = self.0.take() else {
            return;
        };
        core.dispose();
        // The page may keep this for long, but nothing of what it had: that goes once what waits for its turn has found out
        // that it is over.
        soon(Closure::once_into_js(move || drop(core)).unchecked_ref());
    }

    /// Whether it stopped by a fault of its own: then another one has to be made.
    #[wasm_bindgen(getter, js_name = isOver)]
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.core().is_some_and(|core| core.is_broken())
    }
}

impl Engine {
    fn core(&self) -> Option<Rc<Core>> {
        self.0.borrow().clone()
    }

    fn wish(&self, input: Input) {
        if let Some(core) = self.core() {
            core.wish(input);
        }
    }

    fn call(&self, input: impl FnOnce(CallId) -> Input) -> Promise {
        match self.core() {
            Some(core) => core.call(input),
            None => core::refused(),
        }
    }
}

fn bad_argument(call: Option<CallId>, sentence: &str) -> Input {
    Input::BadArgument {
        call,
        sentence: sentence.into(),
    }
}
