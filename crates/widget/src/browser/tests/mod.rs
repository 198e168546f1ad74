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

use bonafide_protocol::Timestamp;
use bonafide_protocol::id::ChatWidgetId;
use bonafide_protocol::visitor::{Appearance, SignIn, WidgetConfig};
use js_sys::{Function, Promise, Reflect, eval};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test_configure;

use super::Core;
use crate::json;

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
// A maker of cores that hear at once what the server would have answered when they ask for the configuration.
const { parse, stringify } = JSON;
export const configured = (makeCore, config) => (...surroundings) => {
  const core = makeCore(...surroundings);
  const CONFIG = 30;
  const happened = (now, wall, ...event) => {
    const effects = parse(core.happened(now, wall, ...event));
    const place = effects.findIndex(([what]) => what === "config");
    if (place < 0) return stringify(effects);
    const [[, ticket]] = effects.splice(place, 1);
    return stringify([...effects, ...parse(core.happened(now, wall, CONFIG, ticket, 200, config))]);
  };
  return { happened, free: () => core.free() };
};
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
    fn configured(make_core: &JsValue, config: &str) -> JsValue;
}

#[wasm_bindgen(module = "/src/browser/engine.js")]
extern "C" {
    type Engine;
    fn connect(make_core: &JsValue, options: &JsValue, listener: &Function) -> Engine;
    #[wasm_bindgen(method)]
    fn open(this: &Engine);
    #[wasm_bindgen(method)]
    fn start(this: &Engine);
    #[wasm_bindgen(method)]
    fn authenticate(this: &Engine);
    #[wasm_bindgen(method)]
    fn send(this: &Engine, text: &JsValue) -> String;
    #[wasm_bindgen(method)]
    fn retry(this: &Engine, client_id: &JsValue);
    #[wasm_bindgen(method, js_name = setContext)]
    fn set_context(this: &Engine, context: &JsValue);
    #[wasm_bindgen(method)]
    fn free(this: &Engine);
}

// What `engine.js` imports: named, so that the tests' page has it too.
#[wasm_bindgen(module = "/src/browser/arguments.js")]
extern "C" {
    #[wasm_bindgen(js_name = readContext)]
    fn _read_context(context: &JsValue) -> JsValue;
}
#[wasm_bindgen(module = "/src/browser/builtins.js")]
extern "C" {
    #[wasm_bindgen(js_name = isOnline)]
    fn _is_online() -> bool;
}
#[wasm_bindgen(module = "/src/browser/client_function.js")]
extern "C" {
    #[wasm_bindgen(js_name = callPage)]
    fn _call_page(path: &str, given: &JsValue, tell: &JsValue) -> JsValue;
}

/// A page with an engine in it.
struct Page {
    engine: Engine,
    recorder: Recorder,
    results: Cell<u32>,
    _make_core: MakeCore,
}

type MakeCore = Closure<dyn Fn(u32, bool, bool, bool) -> Core>;

fn make_core() -> MakeCore {
    Closure::new(Core::new)
}

/// Long enough for a page that answers, short enough to wait for when it does not.
const TIMEOUT_MS: u32 = 400;

/// A token by its shape.
const TOKEN: &str = "e30.e30.AA";

impl Page {
    fn new(path: &str, token_function: Option<Function>) -> Self {
        let recorder = Recorder::new();
        let options =
            run("({ server: 'http://127.0.0.1:9', widget: 'wgt_test', storage: 'none' })");
        let token_function = token_function.map_or(JsValue::UNDEFINED, JsValue::from);
        Reflect::set(&options, &"getToken".into(), &token_function).unwrap();
        let config = json::write(&WidgetConfig {
            id: ChatWidgetId::from_text("wgt_test"),
            client_function: Some(path.into()),
            sign_in: SignIn::Required,
            timeout_ms: TIMEOUT_MS,
            appearance: Appearance::default(),
            server_time: Timestamp::from_rfc3339("2026-11-22T20:00:00.000Z".into()),
        });
        let make_core = make_core();
        let configured = configured(make_core.as_ref(), &config);
        let engine = connect(&configured, &options, &recorder.listener());
        engine.open();
        Self {
            engine,
            recorder,
            results: Cell::new(0),
            _make_core: make_core,
        }
    }

    /// Starts, and gives what became of it.
    async fn start(&self) -> JsValue {
        self.engine.start();
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

/// Prepares the page with a script, starts a chat whose client function is `path`, and gives result and message.
async fn attempt(script: &str, path: &str) -> (String, String) {
    run(script);
    let page = Page::new(path, None);
    let result = page.start().await;
    wait(&settled()).await;
    assert_eq!(uncaught_errors(), "", "{script}");
    (name_of(&result), message_of(&result))
}
