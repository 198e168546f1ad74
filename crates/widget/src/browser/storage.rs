//! The tab's storage. A browser that has none, or none left, is as good as one that forgets.

use wasm_bindgen::JsCast;
use web_sys::Storage;

use super::natives::{property, window};

/// What is kept under a name.
pub(super) fn read(name: &str) -> Option<String> {
    of("sessionStorage")?.get_item(name).ok()?
}

/// Keeps a text, or forgets it.
pub(super) fn write(name: &str, text: Option<&str>) {
    if let Some(storage) = of("sessionStorage") {
        // Full is as good as none.
        let _ = match text {
            Some(text) => storage.set_item(name, text),
            None => storage.remove_item(name),
        };
    }
}

/// Lets the other tabs of the site see a text for a moment. Everything on the site could read it.
pub(super) fn announce(name: &str, text: &str) {
    if let Some(storage) = of("localStorage") {
        let _ = storage.set_item(name, text);
        let _ = storage.remove_item(name);
    }
}

/// Where a browser blocks storage, to look at it throws.
fn of(kind: &str) -> Option<Storage> {
    let storage = property(&window(), kind).ok()?;
    storage.is_object().then(|| storage.unchecked_into())
}
