//! What the engine uses of the browser: declarations of `builtins.js`, and values that end what they began.

use js_sys::Function;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/browser/builtins.js")]
extern "C" {
    /// Something that was begun. `stop` ends it; nothing of it is heard after that.
    pub(super) type Handle;
    #[wasm_bindgen(method)]
    fn stop(this: &Handle);
    #[wasm_bindgen(method)]
    fn send(this: &Handle, text: &str);
    #[wasm_bindgen(method)]
    fn post(this: &Handle, text: &str, is_public: bool);

    /// A function that takes events, with a way to tell outputs.
    #[wasm_bindgen(extends = Function)]
    pub(super) type Events;
    pub(super) fn connect(sink: &JsValue, listener: &Function) -> Events;
    #[wasm_bindgen(method)]
    pub(super) fn tell(this: &Events, output: &str, cause: &JsValue);
    #[wasm_bindgen(method, js_name = stop)]
    pub(super) fn stop_events(this: &Events);

    pub(super) fn now() -> f64;
    #[wasm_bindgen(js_name = typeOf)]
    pub(super) fn type_of(value: &JsValue) -> String;
    #[wasm_bindgen(js_name = textOf)]
    pub(super) fn text_of(value: &JsValue) -> String;
    #[wasm_bindgen(js_name = randomId)]
    pub(crate) fn random_id() -> String;
    pub(super) fn page(part: u32) -> String;
    #[wasm_bindgen(js_name = isLoaded)]
    pub(super) fn is_loaded() -> bool;
    #[wasm_bindgen(js_name = isVisible)]
    pub(super) fn is_visible() -> bool;
    #[wasm_bindgen(js_name = isOnline)]
    pub(super) fn is_online() -> bool;

    pub(super) fn soon(sink: &Function);
    pub(super) fn after(delay_ms: u32, ticket: u32, sink: &Function) -> Handle;
    pub(super) fn request(
        method: &str,
        url: &str,
        secret: Option<&str>,
        body: Option<&str>,
        limit_ms: u32,
        ticket: u32,
        sink: &Function,
    ) -> Handle;
    #[wasm_bindgen(js_name = callPage)]
    pub(super) fn call_page(
        function: &Function,
        this: &JsValue,
        ticket: u32,
        sink: &Function,
    ) -> Handle;
    #[wasm_bindgen(js_name = openSocket)]
    pub(super) fn open_socket(url: &str, ticket: u32, sink: &Function) -> Handle;
    pub(super) fn lead(name: &str, sink: &Function) -> Handle;
    pub(super) fn channel(name: &str, sink: &Function) -> Handle;
    pub(super) fn watch(sink: &Function) -> Handle;

    pub(super) fn stored(key: &str) -> Option<String>;
    pub(super) fn store(key: &str, text: &str);
    pub(super) fn forget(key: &str);
}

/// Something that runs in the browser for as long as this value lives: a timer, a request, a socket, listeners.
pub(super) struct Running(Handle);

impl Running {
    pub(super) fn new(handle: Handle) -> Self {
        Self(handle)
    }

    /// Sends a text on a socket; nothing happens when it is not open.
    pub(super) fn send(&self, text: &str) {
        self.0.send(text);
    }

    /// Posts a text to the other tabs; what is not public only where no other site's script can hear it.
    pub(super) fn post(&self, text: &str, is_public: bool) {
        self.0.post(text, is_public);
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.stop();
    }
}
