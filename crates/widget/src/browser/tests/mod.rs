//! The client function's contract in a real browser: pages that do everything a page may do.
//!
//! Each test is a page with an engine in it. The engine is told the configuration, as if the server had answered; from
//! there on everything is real. The server's address leads nowhere, so a token that was accepted shows as the start
//! of a conversation.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use std::cell::Cell;
use std::rc::Rc;

use bonafide_protocol::Timestamp;
use bonafide_protocol::id::ChatWidgetId;
use bonafide_protocol::visitor::{Appearance, SignIn, WidgetConfig};
use js_sys::{Function, Promise, Reflect, eval};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test_configure;

use super::{Options, Runtime};
use crate::machine::{Answer, Input, Ticket};

wasm_bindgen_test_configure!(run_in_browser);

mod life;
mod outcome;
mod search;

#[wasm_bindgen(inline_js = r#"
const { Promise, setTimeout } = globalThis;
const uncaught = [];
globalThis.addEventListener("error", (event) => uncaught.push(String(event.message)));
globalThis.addEventListener("unhandledrejection", (event) => uncaught.push(String(event.reason)));

export class Recorder {
  constructor() {
    this.seen = [];
    this.waiting = [];
    this.listener = (output, cause) => {
      this.seen.push({ output, cause });
      for (const wake of this.waiting.splice(0)) wake();
    };
  }
  // What became of the attempt that began after the first `skip` results: "token", or the error's code.
  async result(skip) {
    for (;;) {
      const results = this.seen.filter(({ output }) =>
        output.type === "error" || (output.type === "view" && output.view.phase === "starting"));
      if (results.length > skip) return results[skip];
      await new Promise((wake) => this.waiting.push(wake));
    }
  }
  count() { return this.seen.filter(({ output }) => output.type === "error").length; }
}
export const nameOf = ({ output }) => output.type === "error" ? output.error.code : "token";
export const messageOf = ({ output }) => output.type === "error" ? output.error.message : "";
export const causeOf = ({ cause }) => cause;
export const uncaughtErrors = () => uncaught.splice(0).join("; ");
// Everything that was due before has happened.
export const settled = () => new Promise((done) => setTimeout(done, 0));
"#)]
extern "C" {
    type Recorder;
    #[wasm_bindgen(constructor)]
    fn new() -> Recorder;
    #[wasm_bindgen(method, getter)]
    fn listener(this: &Recorder) -> Function;
    #[wasm_bindgen(method)]
    fn result(this: &Recorder, skip: u32) -> Promise;
    #[wasm_bindgen(method)]
    fn count(this: &Recorder) -> u32;
    #[wasm_bindgen(js_name = nameOf)]
    fn name_of(result: &JsValue) -> String;
    #[wasm_bindgen(js_name = messageOf)]
    fn message_of(result: &JsValue) -> String;
    #[wasm_bindgen(js_name = causeOf)]
    fn cause_of(result: &JsValue) -> JsValue;
    #[wasm_bindgen(js_name = uncaughtErrors)]
    fn uncaught_errors() -> String;
    fn settled() -> Promise;
}

/// A page with an engine in it.
struct Page {
    runtime: Rc<Runtime>,
    recorder: Recorder,
    results: Cell<u32>,
}

/// Long enough for a page that answers, short enough to wait for when it does not.
const TIMEOUT_MS: u32 = 400;

/// A token by its shape.
const TOKEN: &str = "e30.e30.AA";

impl Page {
    fn new(path: &str, token_function: Option<Function>) -> Self {
        let recorder = Recorder::new();
        let runtime = Runtime::new(Options {
            server: "http://127.0.0.1:9".into(),
            widget: "wgt_test".into(),
            token_function,
            keeps_session: false,
            listener: recorder.listener(),
        });
        runtime.post(Input::Open);
        runtime.post(Input::Answered {
            ticket: Ticket(1),
            result: Ok(Answer::Config(WidgetConfig {
                id: ChatWidgetId::from_text("wgt_test"),
                client_function: Some(path.into()),
                sign_in: SignIn::Required,
                timeout_ms: TIMEOUT_MS,
                appearance: Appearance::default(),
                server_time: Timestamp::from_rfc3339("2026-11-22T20:00:00.000Z".into()),
            })),
        });
        let results = Cell::new(0);
        Self {
            runtime,
            recorder,
            results,
        }
    }

    /// Starts, and gives what became of it.
    async fn start(&self) -> JsValue {
        self.runtime.post(Input::Start);
        self.next().await
    }

    async fn next(&self) -> JsValue {
        let skip = self.results.replace(self.results.get() + 1);
        wait(&self.recorder.result(skip)).await
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.runtime.stop();
    }
}

async fn wait(promise: &Promise) -> JsValue {
    JsFuture::from(promise.clone()).await.unwrap()
}

/// Runs a script in the page; `T` in it is a token.
fn run(script: &str) -> JsValue {
    eval(&format!("{{ const T = {TOKEN:?}; {script} }}")).unwrap()
}

/// Prepares the page with a script, starts a chat whose client function is `path`, and gives result and message.
async fn attempt(script: &str, path: &str) -> (String, String) {
    run(script);
    let page = Page::new(path, None);
    let result = page.start().await;
    wait(&settled()).await;
    assert_eq!(uncaught_errors(), "", "{script}");
    (name_of(&result), message_of(&result))
}
