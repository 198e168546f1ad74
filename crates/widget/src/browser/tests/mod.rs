//! The client function's contract in a real browser, at the boundary that ships: pages that do everything a page may do.
//!
//! Each test is a page with an engine in it, as JavaScript has it. The page's network is scripted: it answers for the
//! configuration and keeps quiet about everything else, so a token that was accepted shows as the start of a conversation.

#![allow(
    clippy::await_holding_refcell_ref,
    clippy::needless_pass_by_value,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use std::cell::Cell;

use bonafide_protocol::Timestamp;
use bonafide_protocol::id::ChatWidgetId;
use bonafide_protocol::visitor::{Appearance, SignIn, WidgetConfig};
use js_sys::{Function, Promise, Reflect, eval};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test_configure;

use super::Engine;
use super::json;

wasm_bindgen_test_configure!(run_in_browser);

mod life;
mod outcome;
mod promises;
mod search;
mod wire;

// Loaded before the prelude, which takes `fetch` then: scripts of one crate are loaded in the order of their names, and this
// one's is `inline0.js`. In another order no test here would get a configuration.
#[wasm_bindgen(inline_js = r#"
const { Promise, setTimeout, fetch, Response } = globalThis;
const uncaught = [];
globalThis.addEventListener("error", (event) => uncaught.push(String(event.message)));
globalThis.addEventListener("unhandledrejection", (event) => uncaught.push(String(event.reason)));

const SERVER = "http://chat.test/api/v1/";
const configs = new Map();
export const configure = (widget, config) => configs.set(widget, config);
globalThis.fetch = (url, options) => {
  if (!String(url).startsWith(SERVER)) return fetch(url, options);
  const config = configs.get(String(url).slice(`${SERVER}widgets/`.length));
  return config ? Promise.resolve(new Response(config)) : new Promise(() => {});
};

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
        output.type === "error" || output.type === "refused" || (output.type === "view" && output.view.phase === "starting"));
      if (results.length > skip) return results[skip];
      await new Promise((wake) => this.waiting.push(wake));
    }
  }
  count() { return this.seen.filter(({ output }) => output.type === "error").length; }
}
export const nameOf = ({ output }) => output.error?.code ?? "token";
export const messageOf = ({ output }) => output.error?.message ?? "";
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
    fn configure(widget: &str, config: &str);
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

// The engine as JavaScript has it: its methods are called on the other side, and come back through the glue.
#[wasm_bindgen]
extern "C" {
    type JsEngine;
    #[wasm_bindgen(method)]
    fn open(this: &JsEngine);
    #[wasm_bindgen(method)]
    fn start(this: &JsEngine) -> Promise;
    #[wasm_bindgen(method)]
    fn authenticate(this: &JsEngine) -> Promise;
    #[wasm_bindgen(method)]
    fn end(this: &JsEngine) -> Promise;
    #[wasm_bindgen(method, js_name = signOut)]
    fn sign_out(this: &JsEngine) -> Promise;
    #[wasm_bindgen(method)]
    fn send(this: &JsEngine, text: &JsValue) -> Promise;
    #[wasm_bindgen(method)]
    fn retry(this: &JsEngine, client_id: &JsValue);
    #[wasm_bindgen(method, js_name = setContext)]
    fn set_context(this: &JsEngine, context: &JsValue);
    #[wasm_bindgen(method, js_name = setGetToken)]
    fn set_get_token(this: &JsEngine, get_token: &JsValue);
    #[wasm_bindgen(method, getter, js_name = isOver)]
    fn is_over(this: &JsEngine) -> bool;
    #[wasm_bindgen(method)]
    fn free(this: &JsEngine);
}

/// An engine for JavaScript.
fn engine(options: &JsValue, listener: Function) -> JsEngine {
    JsValue::from(Engine::new(options, listener)).unchecked_into()
}

/// A page with an engine in it.
struct Page {
    engine: JsEngine,
    recorder: Recorder,
    results: Cell<u32>,
}

/// Long enough for a page that answers, short enough to wait for when it does not.
const TIMEOUT_MS: u32 = 400;

/// A token by its shape.
const TOKEN: &str = "e30.e30.AA";

thread_local! {
    static PAGES: Cell<u32> = const { Cell::new(0) };
}

impl Page {
    fn new(path: &str, token_function: Option<Function>) -> Self {
        let number = PAGES.with(|pages| pages.replace(pages.get() + 1));
        let widget = format!("wgt_{number}");
        let recorder = Recorder::new();
        let options = run(&format!(
            "({{ server: 'http://chat.test', widget: '{widget}', storage: 'none' }})"
        ));
        let token_function = token_function.map_or(JsValue::UNDEFINED, JsValue::from);
        Reflect::set(&options, &"getToken".into(), &token_function).unwrap();
        let config = json::write(&WidgetConfig {
            id: ChatWidgetId::from_text(widget.clone()),
            client_function: Some(path.into()),
            sign_in: SignIn::Required,
            timeout_ms: TIMEOUT_MS,
            appearance: Appearance::default(),
            files: None,
            server_time: Timestamp::from_rfc3339("2026-11-22T20:00:00.000Z".into()),
        });
        configure(&widget, &config);
        let engine = engine(&options, recorder.listener());
        engine.open();
        Self {
            engine,
            recorder,
            results: Cell::new(0),
        }
    }

    /// Starts, and gives what became of it.
    async fn start(&self) -> JsValue {
        drop(self.engine.start());
        self.next().await
    }

    async fn next(&self) -> JsValue {
        let skip = self.results.replace(self.results.get() + 1);
        wait(&self.recorder.result(skip)).await
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.engine.free();
    }
}

async fn wait(promise: &Promise) -> JsValue {
    JsFuture::from(promise.clone()).await.unwrap()
}

/// Runs a script in the page; `T` in it is a token.
fn run(script: &str) -> JsValue {
    eval(&format!("{{ const T = {TOKEN:?}; {script} }}")).unwrap()
}

/// Is there when the page's function `f` is called the next time.
fn called() -> Promise {
    run("const f = window.f; new Promise((done) => { window.f = (callback) => { window.f = f; f(callback); done() } })").into()
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
