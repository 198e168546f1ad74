//! The browser's functions, as `prelude.js` took them when this was loaded, and what every part needs to call JavaScript and
//! be called by it.

use std::cell::Cell;

use js_sys::{Array, Function, JsString, Promise};
use wasm_bindgen::prelude::*;
use web_sys::{Response, WebSocket};

#[wasm_bindgen(module = "/src/browser/prelude.js")]
extern "C" {
    /// Calls a function of the page's. Its own `call` may be anything.
    #[wasm_bindgen(catch)]
    pub(super) fn apply(
        function: &Function,
        this: &JsValue,
        arguments: &Array,
    ) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    pub(super) fn entries(object: &JsValue) -> Result<Array, JsValue>;
    #[wasm_bindgen(catch)]
    pub(super) fn fetch(url: &str, options: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch)]
    fn get(object: &JsValue, name: &str) -> Result<JsValue, JsValue>;
    /// Looks at a promise, so that nobody is told that nobody did.
    pub(super) fn handled(promise: &Promise);
    pub(super) fn now() -> f64;
    pub(super) fn random() -> u32;
    pub(super) fn report(error: &JsValue);
    #[wasm_bindgen(catch)]
    pub(super) fn own(object: &JsValue, name: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    pub(super) fn parse(text: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    pub(super) fn stringify(value: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    pub(super) fn send(socket: &WebSocket, text: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_name = settled)]
    fn when_settled(promise: &JsValue, done: &Function, failed: &Function) -> Result<(), JsValue>;
    pub(super) fn soon(work: &Function);
    #[wasm_bindgen(catch)]
    pub(super) fn text(response: &Response) -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch, js_name = textOf)]
    pub(super) fn text_of(value: &JsValue) -> Result<JsString, JsValue>;
    pub(super) fn trim(text: &JsValue) -> String;
    pub(super) fn wall() -> f64;
}

#[wasm_bindgen(module = "/src/browser/taken.js")]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = page)]
    static WINDOW: web_sys::Window;
}

/// The page's global object.
pub(super) fn window() -> web_sys::Window {
    WINDOW.with(Clone::clone)
}

/// A property, own or inherited. Anything has properties but `undefined` and `null`, where it is an error to look.
pub(super) fn property(of: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    get(of, name)
}

/// What JavaScript calls, with two arguments or fewer.
pub(super) type Callback = Closure<dyn Fn(JsValue, JsValue)>;

/// Something for JavaScript to call, for as long as it is kept here.
pub(super) fn callback(call: impl Fn(JsValue, JsValue) + 'static) -> Callback {
    Closure::wrap(Box::new(call))
}

/// As a function.
pub(super) fn as_function(callback: &Callback) -> &Function {
    callback.as_ref().unchecked_ref()
}

/// A function for JavaScript to call for as long as somebody there holds it. What it holds may live that long.
pub(super) fn function(call: impl Fn(JsValue, JsValue) + 'static) -> Function {
    callback(call).into_js_value().unchecked_into()
}

/// Does some work that may throw: the error is what the page threw, or what WebAssembly makes of a panic. JavaScript calls
/// the work, so that this comes back here and goes no further.
pub(super) fn guarded(work: impl FnOnce() + 'static) -> Result<(), JsValue> {
    guard(Box::new(work))
}

fn guard(work: Box<dyn FnOnce()>) -> Result<(), JsValue> {
    let work = Cell::new(Some(work));
    let worker = Closure::<dyn Fn()>::new(move || {
        if let Some(work) = work.take() {
            work();
        }
    });
    apply(
        worker.as_ref().unchecked_ref(),
        &JsValue::UNDEFINED,
        &Array::new(),
    )
    .map(drop)
}

/// Tells what becomes of a promise, or of something that looks like one; the error is what it throws at once.
///
/// Not by a future: the page's promise may never be settled, and a future that waits for it is never freed.
pub(super) fn settled(
    promise: &JsValue,
    became: impl Fn(Result<JsValue, JsValue>) + Clone + 'static,
) -> Result<(), JsValue> {
    let rejected = became.clone();
    let done = function(move |value, _| became(Ok(value)));
    let failed = function(move |reason, _| rejected(Err(reason)));
    when_settled(promise, &done, &failed)
}

/// 128 random bits as 32 hexadecimal digits.
pub(super) fn random_id() -> String {
    let mut id = String::with_capacity(32);
    for _ in 0..4 {
        let number = random();
        for digit in 0..8 {
            let four = (number >> (digit * 4) & 15) as u8;
            id.push(char::from(if four < 10 {
                b'0' + four
            } else {
                b'a' - 10 + four
            }));
        }
    }
    id
}
