//! The client function's contract in a real browser: pages that do everything a page may do.
//!
//! Each test is a page with an engine in it. The engine is told the configuration, as if the server had answered; from
//! there on everything is real. The server's address leads nowhere, so a token that was accepted shows as the start
//! of a conversation.

use std::cell::Cell;
use std::rc::Rc;

use bonafide_protocol::Timestamp;
use bonafide_protocol::id::ChatWidgetId;
use bonafide_protocol::visitor::{Appearance, SignIn, WidgetConfig};
use js_sys::{Function, Promise, Reflect, eval};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

use super::{Options, Runtime};
use crate::machine::{Answer, Input, Ticket};

wasm_bindgen_test_configure!(run_in_browser);

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

#[wasm_bindgen_test]
async fn what_the_function_does_decides() {
    for (script, expected) in [
        ("window.f = (callback) => callback(T)", "token"),
        ("window.f = (callback) => callback(`\\n ${T} \\t`)", "token"),
        (
            "window.f = (callback) => { setTimeout(() => callback(T), 20) }",
            "token",
        ),
        ("window.f = (callback) => callback(T, undefined)", "token"),
        (
            "window.f = (callback) => { callback(T); callback(null); callback('x') }",
            "token",
        ),
        (
            "window.f = (callback) => { callback(T); throw new Error('after') }",
            "token",
        ),
        (
            "window.f = (callback) => { callback(null); callback(T) }",
            "token-not-provided",
        ),
        (
            "window.f = (callback) => callback(null)",
            "token-not-provided",
        ),
        ("window.f = (callback) => callback()", "token-not-provided"),
        (
            "window.f = (callback) => callback('')",
            "token-not-provided",
        ),
        (
            "window.f = (callback) => callback('  ')",
            "token-not-provided",
        ),
        (
            "window.f = (callback) => callback(null, new Error('no'))",
            "client-function-failed",
        ),
        (
            "window.f = (callback) => callback('', 'reason')",
            "client-function-failed",
        ),
        (
            "window.f = (callback) => callback(undefined, { status: 401 })",
            "client-function-failed",
        ),
        ("window.f = (callback) => callback(42)", "token-malformed"),
        (
            "window.f = (callback) => callback({ token: T })",
            "token-malformed",
        ),
        (
            "window.f = (callback) => callback(new String(T))",
            "token-malformed",
        ),
        (
            "window.f = (callback) => callback(Symbol('x'))",
            "token-malformed",
        ),
        (
            "window.f = (callback) => callback('hello')",
            "token-malformed",
        ),
        (
            "window.f = () => { throw new Error('first') }",
            "client-function-failed",
        ),
        (
            "window.f = () => { throw undefined }",
            "client-function-failed",
        ),
        (
            "window.f = (callback) => { setTimeout(() => callback(T), 0); throw 1 }",
            "client-function-failed",
        ),
        ("window.f = () => Promise.resolve(T)", "token"),
        ("window.f = async () => ` ${T} `", "token"),
        (
            "window.f = () => Promise.resolve(null)",
            "token-not-provided",
        ),
        ("window.f = async () => {}", "token-not-provided"),
        ("window.f = () => Promise.resolve(7)", "token-malformed"),
        (
            "window.f = () => Promise.reject(new Error('no'))",
            "client-function-failed",
        ),
        ("window.f = () => ({ then(done) { done(T) } })", "token"),
        (
            "window.f = () => ({ get then() { throw new Error('then') } })",
            "client-function-failed",
        ),
        (
            "window.f = async (callback) => { setTimeout(() => callback(T), 20) }",
            "token",
        ),
        ("window.f = async (callback) => { callback(T) }", "token"),
        (
            "window.f = (callback) => { callback(T); return Promise.reject(1) }",
            "token",
        ),
        (
            "window.f = (callback) => { callback.call(null, T) }",
            "token",
        ),
        (
            "window.f = (callback) => { Object.freeze(callback); new Promise((done) => done(T)).then(callback) }",
            "token",
        ),
    ] {
        let (found, message) = attempt(script, "f").await;
        assert_eq!(found, expected, "{script}: {message}");
    }
}

#[wasm_bindgen_test]
async fn what_never_calls_back_is_given_up() {
    for script in [
        "window.f = () => {}",
        "window.f = (callback) => {}",
        "window.f = () => new Promise(() => {})",
        "window.f = () => ({ then() {} })",
        "window.f = () => 'a string that is not waited for'",
    ] {
        let (found, message) = attempt(script, "f").await;
        assert_eq!(found, "client-function-timeout", "{script}: {message}");
    }
}

#[wasm_bindgen_test]
async fn the_function_is_found_segment_by_segment_and_called_on_its_parent() {
    for (script, path) in [
        (
            "window.auth = { token: T, get(callback) { callback(this.token) } }",
            "auth.get",
        ),
        (
            "window.auth = { token: T, get(callback) { callback(this.token) } }",
            "window.auth.get",
        ),
        (
            "window.auth = { token: T, get(callback) { callback(this.token) } }",
            "globalThis.auth.get",
        ),
        (
            "window.a = { b: { $c_1: { t: T, d(callback) { callback(this.t) } } } }",
            "a.b.$c_1.d",
        ),
        (
            "window.a = Object.freeze({ get: Object.freeze((callback) => callback(T)) })",
            "a.get",
        ),
        (
            "window.a = Object.create({ get(callback) { callback(T) } })",
            "a.get",
        ),
        (
            "window.a = Object.assign(Object.create(null), { get: (callback) => callback(T) })",
            "a.get",
        ),
        (
            "window.a = { get get() { return (callback) => callback(T) } }",
            "a.get",
        ),
        (
            "window.a = new Proxy({}, { get: () => (callback) => callback(T) })",
            "a.get",
        ),
        (
            "window.a = Object.assign(() => {}, { get: (callback) => callback(T) })",
            "a.get",
        ),
        (
            "window.a = { get: new Proxy((callback) => callback(T), {}) }",
            "a.get",
        ),
        (
            "window.a = { get: function (callback) { callback(T) }.bind(null) }",
            "a.get",
        ),
        (
            "window.a = new (class { #token = T; get(callback) { callback(this.#token) } })",
            "a.get",
        ),
    ] {
        let (found, message) = attempt(script, path).await;
        assert_eq!(found, "token", "{script}: {message}");
    }
}

#[wasm_bindgen_test]
async fn a_missing_segment_is_named() {
    for (script, path, says) in [
        ("delete window.nothing", "nothing", "`nothing` is missing"),
        (
            "delete window.nothing",
            "nothing.at.all",
            "`const` or `let`",
        ),
        ("window.a = {}", "a.b.c", "`a.b` is missing"),
        ("window.a = { b: null }", "a.b.c", "`a.b` is missing"),
        ("window.a = { b: {} }", "a.b.c", "`a.b.c` is missing"),
        ("window.a = { b: 'text' }", "a.b.length", "`a.b` is missing"),
        ("window.a = { b: 5 }", "a.b", "of type `number`"),
        ("window.a = { b: {} }", "a.b", "of type `object`"),
        (
            "window.a = { b: class {} }; window.a.b = 'x'",
            "a.b",
            "of type `string`",
        ),
    ] {
        let (found, message) = attempt(script, path).await;
        assert_eq!(found, "client-function-not-found", "{script}: {message}");
        assert!(message.contains(says), "{script}: {message}");
    }
    let (_, message) = attempt("window.a = {}", "a.b").await;
    assert!(
        !message.contains("`const`"),
        "only the first segment can be a const: {message}"
    );
}

#[wasm_bindgen_test]
async fn what_throws_on_the_way_is_caught() {
    let frame = "const frame = document.createElement('iframe'); frame.sandbox = ''; document.body.append(frame);";
    for (script, path) in [
        (
            "window.a = { get b() { throw new Error('getter') } }",
            "a.b",
        ),
        (
            "window.a = { get b() { throw new Error('getter') } }",
            "a.b.c",
        ),
        (
            "window.a = new Proxy({}, { get() { throw new Error('proxy') } })",
            "a.b",
        ),
        (
            "window.a = Proxy.revocable({}, {}); window.a.revoke(); window.a = window.a.proxy",
            "a.b",
        ),
        (
            "window.a = { b: new Proxy(() => {}, { apply() { throw new Error('apply') } }) }",
            "a.b",
        ),
        (
            "Object.defineProperty(window, 'thrower', { configurable: true, get() { throw 1 } })",
            "thrower.b",
        ),
        (&format!("{frame} window.a = frame.contentWindow;"), "a.b"),
        ("window.a = { b: class { constructor() {} } }", "a.b"),
    ] {
        let (found, message) = attempt(script, path).await;
        assert_eq!(found, "client-function-failed", "{script}: {message}");
    }
}

#[wasm_bindgen_test]
async fn names_that_reach_the_browsers_own_are_refused() {
    for path in [
        "eval",
        "Function",
        "window.eval",
        "globalThis.setTimeout",
        "document.write",
        "location.assign",
        "parent.f",
        "top.f",
        "opener.f",
        "frames.f",
        "fetch",
        "open",
        "alert",
        "localStorage.clear",
        "Object.assign",
        "toString",
        "f.constructor",
        "f.__proto__",
        "a.prototype.b",
        "self.f",
        "",
        ".",
        "f.",
        ".f",
        "f..g",
        "f()",
        "f[0]",
        "1f",
        "f-g",
        "f g",
        "é",
        "window.window.f.f.f.f ",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ] {
        let (found, message) = attempt("window.f = (callback) => callback(T)", path).await;
        assert_eq!(found, "configuration-invalid", "{path}: {message}");
    }
}

#[wasm_bindgen_test]
async fn what_the_page_throws_is_handed_over_as_the_cause() {
    for script in [
        "window.reason = new Error('mine'); window.f = () => { throw window.reason }",
        "window.reason = { status: 401 }; window.f = (callback) => callback(null, window.reason)",
        "window.reason = 'why'; window.f = () => Promise.reject(window.reason)",
        "window.reason = new Error('getter'); window.a = { get f() { throw window.reason } }; window.f = undefined",
    ] {
        let reason = run(script);
        drop(reason);
        let path = if script.contains("getter") {
            "a.f"
        } else {
            "f"
        };
        let page = Page::new(path, None);
        let result = page.start().await;
        assert_eq!(name_of(&result), "client-function-failed", "{script}");
        let reason = Reflect::get(&js_sys::global(), &"reason".into()).unwrap();
        assert!(js_sys::Object::is(&cause_of(&result), &reason), "{script}");
        // It is for the page's developers only: no part of the output itself.
        assert!(!message_of(&result).contains("mine"));
    }
}

#[wasm_bindgen_test]
async fn one_attempt_gives_one_error_and_late_calls_do_nothing() {
    run("window.late = []; window.f = (callback) => { window.late.push(callback) }");
    let page = Page::new("f", None);
    assert_eq!(name_of(&page.start().await), "client-function-timeout");
    run("window.late[0](T); window.late[0](null); window.late[0](null, new Error('late'))");
    wait(&settled()).await;
    assert_eq!(page.recorder.count(), 1);
    // The next attempt has a callback of its own; the old one changes nothing.
    page.runtime.post(Input::Start);
    wait(&settled()).await;
    run("window.late[0](null); window.late[1](T)");
    assert_eq!(name_of(&page.next().await), "token");
    drop(page);
    // A page may keep a callback for longer than the engine lives.
    run("for (const callback of window.late) { callback(T); callback(null) }");
    wait(&settled()).await;
    assert_eq!(uncaught_errors(), "");
}

#[wasm_bindgen_test]
async fn an_engine_that_is_let_go_says_nothing_more() {
    run("window.f = (callback) => { window.kept = callback }");
    let page = Page::new("f", None);
    page.runtime.post(Input::Start);
    wait(&settled()).await;
    let recorder = page.recorder.listener();
    page.runtime.stop();
    run("window.kept(T)");
    wait(&settled()).await;
    assert_eq!(page.recorder.count(), 0);
    drop(recorder);
    assert_eq!(uncaught_errors(), "");
}

#[wasm_bindgen_test]
async fn an_engine_made_and_let_go_a_thousand_times_leaves_nothing_behind() {
    run("window.f = (callback) => { (window.kept ??= []).push(callback) }");
    let recorder = Recorder::new();
    let options = run("({ server: 'http://127.0.0.1:9', widget: 'wgt_test', storage: 'session' })");
    for _ in 0..1_000 {
        let engine = crate::bindings::Engine::new(&options, recorder.listener());
        engine.open();
        engine.start();
        // Let go with everything still on its way.
        drop(engine);
    }
    wait(&settled()).await;
    assert_eq!(recorder.count(), 0);
    assert_eq!(uncaught_errors(), "");
}

#[wasm_bindgen_test]
async fn bad_options_and_arguments_are_told_and_never_thrown() {
    for (options, says) in [
        ("undefined", "`server`"),
        (
            "({ server: 'chat.example.com', widget: 'wgt_1' })",
            "`server`",
        ),
        (
            "({ server: 'https://chat.example.com', widget: 'wgt/1' })",
            "`widget`",
        ),
        (
            "({ server: 'https://chat.example.com', widget: 'wgt_1', storage: 'cookie' })",
            "`storage`",
        ),
        (
            "({ server: 'https://chat.example.com', widget: 'wgt_1', getToken: 'auth.get' })",
            "`getToken`",
        ),
        (
            "({ get server() { throw new Error('getter') }, widget: 'wgt_1' })",
            "`server`",
        ),
    ] {
        let recorder = Recorder::new();
        let _engine = crate::bindings::Engine::new(&run(options), recorder.listener());
        let result = wait(&recorder.result(0)).await;
        assert_eq!(name_of(&result), "configuration-invalid", "{options}");
        assert!(
            message_of(&result).contains(says),
            "{options}: {}",
            message_of(&result)
        );
    }
    let recorder = Recorder::new();
    let options = run("({ server: 'http://127.0.0.1:9', widget: 'wgt_test', storage: 'none' })");
    let engine = crate::bindings::Engine::new(&options, recorder.listener());
    engine.set_context(&run("({ cart: {} })"));
    let result = wait(&recorder.result(0)).await;
    assert!(message_of(&result).contains("`cart`"));
    engine.set_context(&JsValue::NULL);
    engine.send(&JsValue::from(5));
    engine.retry(&JsValue::UNDEFINED);
    for place in 1..4 {
        assert_eq!(
            name_of(&wait(&recorder.result(place)).await),
            "configuration-invalid"
        );
    }
}

#[wasm_bindgen_test]
async fn a_start_under_way_calls_the_function_once() {
    run(
        "window.calls = 0; window.f = (callback) => { window.calls += 1; setTimeout(() => callback(T), 30) }",
    );
    let page = Page::new("f", None);
    page.runtime.post(Input::Start);
    page.runtime.post(Input::Authenticate);
    assert_eq!(name_of(&page.start().await), "token");
    assert_eq!(run("window.calls"), 1);
}

#[wasm_bindgen_test]
async fn a_function_that_appears_while_the_document_loads_is_found() {
    let loading = "Object.defineProperty(document, 'readyState', { configurable: true, get: () => 'loading' });";
    let script = format!(
        "{loading} delete window.soon; setTimeout(() => {{ window.soon = {{ get: (callback) => callback(T) }} }}, 120)"
    );
    let (found, message) = attempt(&script, "soon.get").await;
    assert_eq!(found, "token", "{message}");
    // Missing when all is loaded: an error at once, long before the deadline.
    run(&format!(
        "{loading} delete window.soon; setTimeout(() => window.dispatchEvent(new Event('load')), 0)"
    ));
    let page = Page::new("soon.get", None);
    let result = page.start().await;
    assert_eq!(name_of(&result), "client-function-not-found");
    // The document is never loaded: missing is what it is at the deadline.
    let (found, _) = attempt("delete window.soon", "soon.get").await;
    assert_eq!(found, "client-function-not-found");
    run("delete document.readyState");
}

#[wasm_bindgen_test]
async fn a_function_given_directly_goes_before_the_name() {
    run("window.f = () => { throw new Error('not asked') }");
    let function = run("(callback) => callback(T)").unchecked_into();
    let page = Page::new("f", Some(function));
    assert_eq!(name_of(&page.start().await), "token");
    let function = run("async () => T").unchecked_into();
    let page = Page::new("f", Some(function));
    assert_eq!(name_of(&page.start().await), "token");
}

#[wasm_bindgen_test]
async fn a_page_that_replaces_built_ins_cannot_make_the_wait_endless() {
    // Only what the browser's driver, which reads the results through the same page, does not need itself.
    run(r"
        window.real = { setTimeout, clearTimeout, fetch, queueMicrotask, parse: JSON.parse };
        window.setTimeout = () => 0;
        window.clearTimeout = () => {};
        window.fetch = () => new Promise(() => {});
        window.queueMicrotask = () => {};
        window.WebSocket = undefined;
        JSON.parse = () => { throw new Error('parse') };
        window.f = () => {};
    ");
    let page = Page::new("f", None);
    page.runtime.post(Input::Start);
    // The test itself waits with this one; the engine was already called through its own.
    run("window.queueMicrotask = window.real.queueMicrotask");
    let result = page.next().await;
    run(r"
        const { parse, ...rest } = window.real;
        Object.assign(window, rest);
        JSON.parse = parse;
    ");
    assert_eq!(name_of(&result), "client-function-timeout");
}

#[wasm_bindgen_test]
async fn a_listener_that_throws_or_stops_the_engine_harms_nobody() {
    run("window.f = (callback) => callback(null); window.heard = 0;");
    let listener: Function =
        run("(output) => { window.heard += 1; window.onHeard?.(output) }").unchecked_into();
    let runtime = Runtime::new(Options {
        server: "http://127.0.0.1:9".into(),
        widget: "wgt_test".into(),
        token_function: None,
        keeps_session: false,
        listener,
    });
    let inner = Rc::clone(&runtime);
    let stop = Closure::<dyn FnMut()>::new(move || inner.stop());
    Reflect::set(&js_sys::global(), &"onHeard".into(), stop.as_ref()).unwrap();
    runtime.post(Input::BadArgument("first".into()));
    runtime.post(Input::BadArgument("second".into()));
    wait(&settled()).await;
    assert_eq!(run("window.heard"), 1);
    run("delete window.onHeard");
}

#[wasm_bindgen_test]
async fn an_engine_that_stops_by_a_fault_of_its_own_says_so() {
    let recorder = Recorder::new();
    let sink = run("(kind) => { if (kind === 2) throw new Error('unreachable') }");
    let events = super::builtins::connect(&sink, &recorder.listener());
    events.call1(&JsValue::NULL, &1.into()).unwrap();
    assert_eq!(recorder.count(), 0);
    events.call1(&JsValue::NULL, &2.into()).unwrap();
    events.call1(&JsValue::NULL, &2.into()).unwrap();
    let result = wait(&recorder.result(0)).await;
    assert_eq!(name_of(&result), "internal");
    assert!(cause_of(&result).is_instance_of::<js_sys::Error>());
    assert_eq!(recorder.count(), 1);
}
