//! What the client function does, and what becomes of it.

use wasm_bindgen_test::wasm_bindgen_test;

use super::*;

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
        // What a name leads to may hand the callback on without having a parameter for it.
        (
            "const g = async (callback) => { setTimeout(() => callback(T), 20) }; window.f = (...all) => g(...all)",
            "token",
        ),
        (
            "const g = async (callback) => { setTimeout(() => callback(T), 20) }; window.f = g.bind(null)",
            "token",
        ),
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
        "window.f = async () => {}",
        "window.f = () => 'a string that is not waited for'",
    ] {
        let (found, message) = attempt(script, "f").await;
        assert_eq!(found, "client-function-timeout", "{script}: {message}");
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
