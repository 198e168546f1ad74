//! Engines that come and go, in pages that misuse them.

use std::rc::Rc;

use wasm_bindgen_test::wasm_bindgen_test;

use super::*;

#[wasm_bindgen_test]
async fn one_attempt_gives_one_error_and_late_calls_do_nothing() {
    run("window.late = []; window.f = (callback) => { window.late.push(callback) }");
    let page = Page::new("f", None);
    assert_eq!(name_of(&page.start().await), "client-function-timeout");
    run("window.late[0](T); window.late[0](null); window.late[0](null, new Error('late'))");
    wait(&settled()).await;
    assert_eq!(page.recorder.count(), 1);
    // The next attempt has a callback of its own; the old one changes nothing.
    let called = called();
    drop(page.engine.start());
    wait(&called).await;
    run("window.late[0](null); window.late[1](T)");
    assert_eq!(name_of(&page.next().await), "token");
    drop(page);
    // A page may keep a callback for longer than the engine lives.
    run("for (const callback of window.late) { callback(T); callback(null) }");
    wait(&settled()).await;
    assert_eq!(uncaught_errors(), "");
}

#[wasm_bindgen_test]
async fn an_engine_that_is_freed_says_nothing_more_and_is_harmless() {
    run("window.f = (callback) => { window.kept = callback }");
    let called = called();
    let page = Page::new("f", None);
    drop(page.engine.start());
    wait(&called).await;
    let recorder = Recorder::from(JsValue::from(&*page.recorder));
    let engine = JsEngine::from(JsValue::from(&*page.engine));
    drop(page);
    run("window.kept(T)");
    engine.free();
    engine.open();
    engine.retry(&"m1".into());
    engine.set_context(&run("({ cart: 1 })"));
    engine.set_get_token(&JsValue::UNDEFINED);
    for late in [
        engine.start(),
        engine.authenticate(),
        engine.end(),
        engine.sign_out(),
        engine.send(&"Hello".into()),
    ] {
        assert_eq!(promises::code(late).await, "conflict");
    }
    engine.free();
    wait(&settled()).await;
    assert_eq!(recorder.count(), 0);
    assert_eq!(uncaught_errors(), "");
}

#[wasm_bindgen_test]
async fn engines_made_and_freed_six_thousand_times_leave_nothing_behind() {
    run("window.f = (callback) => { (window.kept ??= []).push(callback) }");
    let recorder = Recorder::new();
    let options = run("({ server: 'http://chat.test', widget: 'wgt_none', storage: 'session' })");
    let pages = || core::arch::wasm32::memory_size::<0>();
    let mut grown_to = Vec::new();
    for _ in 0..6 {
        for _ in 0..1_000 {
            let engine = engine(&options, recorder.listener());
            engine.open();
            drop(engine.start());
            // With everything still on its way.
            engine.free();
        }
        // What was rejected has been told, and what hangs on that is given back.
        for _ in 0..20 {
            wait(&settled()).await;
        }
        grown_to.push(pages());
    }
    assert_eq!(recorder.count(), 0);
    assert_eq!(uncaught_errors(), "");
    // The first thousands find out how much room a thousand at once take. After that only the handles grow, of which the
    // browser says when it likes that the page has let go.
    let grown = (grown_to[5] - grown_to[2]) * 65_536 / 3_000;
    assert!(
        grown < 64,
        "{grown} bytes for each: {grown_to:?} pages of 64 KiB"
    );
}

#[wasm_bindgen_test]
async fn bad_options_and_arguments_are_told_and_never_thrown() {
    for (options, says) in [
        ("undefined", "`server`"),
        ("null", "`server`"),
        ("5", "`server`"),
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
        (
            "new Proxy({}, { get() { throw new Error('proxy') } })",
            "`server`",
        ),
    ] {
        let recorder = Recorder::new();
        let engine = engine(&run(options), recorder.listener());
        let result = wait(&recorder.result(0)).await;
        assert_eq!(name_of(&result), "configuration-invalid", "{options}");
        let message = message_of(&result);
        assert!(message.contains(says), "{options}: {message}");
        assert_eq!(
            promises::code(engine.start()).await,
            "configuration-invalid"
        );
        engine.free();
    }
    let recorder = Recorder::new();
    let options = run("({ server: 'http://chat.test', widget: 'wgt_none', storage: 'none' })");
    let engine = engine(&options, recorder.listener());
    engine.set_context(&run("({ cart: {} })"));
    let result = wait(&recorder.result(0)).await;
    assert!(message_of(&result).contains("`cart`"));
    engine.set_context(&JsValue::NULL);
    engine.set_context(&run("({ get cart() { throw new Error('getter') } })"));
    engine.set_get_token(&JsValue::from(5));
    engine.retry(&JsValue::UNDEFINED);
    assert_eq!(
        promises::code(engine.send(&JsValue::from(5))).await,
        "configuration-invalid"
    );
    for place in 1..6 {
        assert_eq!(
            name_of(&wait(&recorder.result(place)).await),
            "configuration-invalid"
        );
    }
    assert_eq!(uncaught_errors(), "");
}

#[wasm_bindgen_test]
async fn a_start_under_way_calls_the_function_once() {
    run(
        "window.calls = 0; window.f = (callback) => { window.calls += 1; setTimeout(() => callback(T), 30) }",
    );
    let page = Page::new("f", None);
    drop(page.engine.start());
    drop(page.engine.authenticate());
    assert_eq!(name_of(&page.start().await), "token");
    assert_eq!(run("window.calls"), 1);
}

#[wasm_bindgen_test]
async fn a_listener_that_throws_or_frees_the_engine_harms_nobody() {
    run("window.f = (callback) => callback(null); window.heard = 0;");
    let listener: Function =
        run("(output) => { window.heard += 1; window.onHeard?.(output) }").unchecked_into();
    let options = run("({ server: 'http://chat.test', widget: 'wgt_none', storage: 'none' })");
    let engine = JsValue::from(engine(&options, listener.clone()));
    Reflect::set(&js_sys::global(), &"engine".into(), &engine).unwrap();
    run("window.onHeard = () => window.engine.free()");
    let engine = JsEngine::from(engine);
    engine.retry(&JsValue::NULL);
    engine.retry(&JsValue::NULL);
    wait(&settled()).await;
    assert_eq!(run("window.heard"), 1);
    run("window.onHeard = () => { throw new Error('the listener') }");
    let engine = super::engine(&options, listener);
    engine.retry(&JsValue::NULL);
    engine.retry(&JsValue::NULL);
    wait(&settled()).await;
    // Both refusals, and the state.
    assert_eq!(run("window.heard"), 4);
    // The page's own mistake is the page's to see.
    assert!(uncaught_errors().contains("the listener"));
    engine.free();
    run("delete window.onHeard; delete window.engine");
}

#[wasm_bindgen_test]
async fn a_panic_is_one_error_of_that_chat_and_others_go_on() {
    run("window.f = (callback) => callback(T)");
    let other = Page::new("f", None);
    let recorder = Recorder::new();
    let options = run("({ server: 'http://chat.test', widget: 'wgt_none', storage: 'none' })");
    let broken = Engine::new(&options, recorder.listener());
    // What it holds is borrowed by somebody else, which never happens: the next thing that it does is a panic.
    let core: Rc<_> = broken.0.borrow().clone().unwrap();
    let held = core.machine.borrow_mut();
    let engine: JsEngine = JsValue::from(broken).unchecked_into();
    let (first, second) = (engine.start(), engine.end());
    assert_eq!(promises::code(first).await, "internal");
    assert_eq!(promises::code(second).await, "internal");
    drop(held);
    let result = wait(&recorder.result(0)).await;
    assert_eq!(name_of(&result), "internal");
    assert!(cause_of(&result).is_instance_of::<js_sys::Error>());
    assert!(engine.is_over());
    assert_eq!(promises::code(engine.start()).await, "internal");
    assert_eq!(recorder.count(), 1);
    engine.free();
    assert_eq!(name_of(&other.start().await), "token");
    assert_eq!(uncaught_errors(), "");
}
