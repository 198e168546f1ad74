//! What the promises of the engine's methods reject with, and that nobody has to look at them.

use wasm_bindgen_test::wasm_bindgen_test;

use super::*;

/// The code that a promise rejects with.
pub(super) async fn code(promise: Promise) -> String {
    let error = reason(promise).await;
    assert!(error.is_instance_of::<js_sys::Error>(), "{error:?}");
    field(&error, "code").as_string().unwrap()
}

async fn reason(promise: Promise) -> JsValue {
    JsFuture::from(promise).await.expect_err("it resolved")
}

fn field(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap()
}

#[wasm_bindgen_test]
async fn a_rejection_is_an_error_with_what_the_page_threw() {
    run("window.reason = new Error('theirs'); window.f = () => { throw window.reason }");
    let page = Page::new("f", None);
    let error = reason(page.engine.start()).await;
    assert!(error.is_instance_of::<js_sys::Error>());
    assert_eq!(field(&error, "code"), "client-function-failed");
    assert_eq!(field(&error, "retryable"), true);
    assert_eq!(field(&error, "requestId"), JsValue::NULL);
    let message = field(&error, "message").as_string().unwrap();
    assert!(message.contains("threw"), "{message}");
    assert!(js_sys::Object::is(
        &field(&error, "cause"),
        &run("window.reason")
    ));
}

#[wasm_bindgen_test]
async fn a_promise_that_nobody_looks_at_is_no_unhandled_rejection() {
    run("window.f = (callback) => callback(null)");
    let page = Page::new("f", None);
    drop(page.engine.start());
    drop(page.engine.send(&JsValue::NULL));
    assert_eq!(name_of(&page.next().await), "configuration-invalid");
    assert_eq!(name_of(&page.next().await), "token-not-provided");
    for _ in 0..5 {
        wait(&settled()).await;
    }
    assert_eq!(uncaught_errors(), "");
}

#[wasm_bindgen_test]
async fn what_is_asked_for_is_done_once_the_caller_is_done() {
    run("window.f = (callback) => callback(T); window.order = []");
    let recorder = Recorder::new();
    let options = run("({ server: 'http://chat.test', widget: 'wgt_none', storage: 'none' })");
    let engine = engine(&options, recorder.listener());
    let ended = engine.end();
    assert_eq!(recorder.count(), 0);
    assert!(wait(&ended).await.is_undefined());
    engine.free();
}
