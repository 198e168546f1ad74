//! Rust values as JavaScript's own.

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

/// The value that JSON would give: objects with named fields, lists, texts, numbers, booleans, `null`.
pub(super) fn to_js<T: Serialize + ?Sized>(value: &T) -> JsValue {
    // Only a value that says itself that it cannot be serialised fails, and none of ours does.
    value
        .serialize(&Serializer::json_compatible())
        .unwrap_or_default()
}
