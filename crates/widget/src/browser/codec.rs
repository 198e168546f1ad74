//! Between JavaScript's values and ours: tokens and arguments. No decisions.

use bonafide_protocol::Secret;
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::builtins;
use crate::json;
use crate::machine::{ClientFunctionOutcome, UnsignedContext};

/// What the client function gave.
pub(super) fn token(value: &JsValue) -> ClientFunctionOutcome {
    if value.is_undefined() || value.is_null() {
        return ClientFunctionOutcome::Nothing;
    }
    match value.as_string() {
        Some(text) => ClientFunctionOutcome::Text(Secret::new(text)),
        None => ClientFunctionOutcome::WrongType(builtins::type_of(value)),
    }
}

/// Unsigned context as the page gives it: an object of primitives.
///
/// # Errors
/// A sentence that names what cannot be used.
pub(crate) fn context(value: &JsValue) -> Result<UnsignedContext, String> {
    let Some(object) = value.dyn_ref::<Object>() else {
        return Err("`setContext` takes an object of texts, numbers and booleans.".into());
    };
    let mut json = String::new();
    for entry in Object::entries(object).iter() {
        let entry: Array = entry.unchecked_into();
        let name = entry.get(0).as_string().unwrap_or_default();
        let value = entry.get(1);
        let value = if let Some(text) = value.as_string() {
            json::write(&text)
        } else if value.as_bool().is_some() || value.as_f64().is_some_and(f64::is_finite) {
            // JavaScript writes numbers as JSON does.
            builtins::text_of(&value)
        } else {
            return Err([
                "The context variable `",
                &name,
                "` is not a text, a finite number or a boolean.",
            ]
            .concat());
        };
        json.push(if json.is_empty() { '{' } else { ',' });
        json.push_str(&json::write(&name));
        json.push(':');
        json.push_str(&value);
    }
    json.push_str(if json.is_empty() { "{}" } else { "}" });
    Ok(UnsignedContext(json))
}

/// A property, or `undefined` where there is none or the page's getter throws.
pub(crate) fn property(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}
