//! Where the client function is looked for, and what may stand in the way.

use wasm_bindgen_test::wasm_bindgen_test;

use super::*;

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
        // Nothing but its second segment is wrong with it.
        "window.window.location.assign",
        "globalThis.window.f",
        "window.globalThis.f",
        "event.view.f",
        "frameElement.f",
        "performance.now",
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
    // Without a parameter it cannot call back, so that it also says with undefined that nobody is signed in.
    for (function, expected) in [
        ("async () => T", "token"),
        ("async () => undefined", "token-not-provided"),
        ("async () => null", "token-not-provided"),
        (
            "async (callback) => { setTimeout(() => callback(T), 20) }",
            "token",
        ),
        ("async (callback) => {}", "client-function-timeout"),
    ] {
        let page = Page::new("f", Some(run(function).unchecked_into()));
        assert_eq!(name_of(&page.start().await), expected, "{function}");
    }
}
