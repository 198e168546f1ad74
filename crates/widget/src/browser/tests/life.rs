//! Engines that come and go, in pages that misuse them.

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
    page.engine.start();
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
    page.engine.start();
    wait(&settled()).await;
    let recorder = Recorder::from(JsValue::from(&*page.recorder));
    drop(page);
    run("window.kept(T)");
    wait(&settled()).await;
    assert_eq!(recorder.count(), 0);
    assert_eq!(uncaught_errors(), "");
}

#[wasm_bindgen_test]
async fn an_engine_made_and_let_go_a_thousand_times_leaves_nothing_behind() {
    run("window.f = (callback) => { (window.kept ??= []).push(callback) }");
    let recorder = Recorder::new();
    let options = run("({ server: 'http://127.0.0.1:9', widget: 'wgt_test', storage: 'session' })");
    let make_core = make_core();
    for _ in 0..1_000 {
        let engine = connect(make_core.as_ref(), &options, &recorder.listener());
        engine.open();
        engine.start();
        // Let go with everything still on its way.
        engine.free();
    }
    wait(&settled()).await;
    assert_eq!(recorder.count(), 0);
    assert_eq!(uncaught_errors(), "");
}

#[wasm_bindgen_test]
async fn bad_options_and_arguments_are_told_and_never_thrown() {
    let make_core = make_core();
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
        let engine = connect(make_core.as_ref(), &run(options), &recorder.listener());
        let result = wait(&recorder.result(0)).await;
        assert_eq!(name_of(&result), "configuration-invalid", "{options}");
        assert!(
            message_of(&result).contains(says),
            "{options}: {}",
            message_of(&result)
        );
        engine.free();
    }
    let recorder = Recorder::new();
    let options = run("({ server: 'http://127.0.0.1:9', widget: 'wgt_test', storage: 'none' })");
    let engine = connect(make_core.as_ref(), &options, &recorder.listener());
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
    page.engine.start();
    page.engine.authenticate();
    assert_eq!(name_of(&page.start().await), "token");
    assert_eq!(run("window.calls"), 1);
}

#[wasm_bindgen_test]
async fn a_listener_that_throws_or_stops_the_engine_harms_nobody() {
    run("window.f = (callback) => callback(null); window.heard = 0;");
    let listener: Function =
        run("(output) => { window.heard += 1; window.onHeard?.(output) }").unchecked_into();
    let options = run("({ server: 'http://127.0.0.1:9', widget: 'wgt_test', storage: 'none' })");
    let make_core = make_core();
    let engine = JsValue::from(connect(make_core.as_ref(), &options, &listener));
    Reflect::set(&js_sys::global(), &"engine".into(), &engine).unwrap();
    run("window.onHeard = () => window.engine.free()");
    let engine = Engine::from(engine);
    engine.send(&JsValue::NULL);
    engine.retry(&JsValue::NULL);
    wait(&settled()).await;
    assert_eq!(run("window.heard"), 1);
    run("delete window.onHeard; delete window.engine");
}

#[wasm_bindgen_test]
async fn an_engine_that_stops_by_a_fault_of_its_own_says_so() {
    let recorder = Recorder::new();
    let make_core = run(
        "() => ({ happened(now, wall, kind) { if (kind) throw new Error('unreachable'); return '[]' }, free() {} })",
    );
    let options = run("({ server: 'http://127.0.0.1:9', widget: 'wgt_test', storage: 'none' })");
    let engine = connect(&make_core, &options, &recorder.listener());
    engine.open();
    wait(&settled()).await;
    assert_eq!(recorder.count(), 0);
    engine.start();
    engine.start();
    let result = wait(&recorder.result(0)).await;
    assert_eq!(name_of(&result), "internal");
    assert!(cause_of(&result).is_instance_of::<js_sys::Error>());
    assert_eq!(recorder.count(), 1);
    engine.free();
}
