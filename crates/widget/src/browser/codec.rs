//! Between JavaScript's values and ours: JSON bodies and frames, outputs, arguments. No decisions.

use bonafide_protocol::context::{Context, ContextValue};
use bonafide_protocol::socket::VisitorEvent;
use bonafide_protocol::{Problem, Secret};
use js_sys::{Array, Object, Reflect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::{JsCast, JsValue};

use super::builtins;
use crate::machine::ClientFunctionOutcome;

/// As plain JavaScript: objects, not maps; `null`, not `undefined`.
pub(super) fn to_js<T: Serialize>(value: &T) -> JsValue {
    let serializer = Serializer::json_compatible();
    value.serialize(&serializer).unwrap_or(JsValue::NULL)
}

/// As JSON text.
pub(super) fn encode<T: Serialize>(value: &T) -> String {
    builtins::to_json(&to_js(value))
}

/// From JSON text; `None` when it is not JSON or not a `T`.
pub(super) fn decode<T: DeserializeOwned>(text: &str) -> Option<T> {
    from_js(builtins::parse_json(text).ok()?)
}

fn from_js<T: DeserializeOwned>(value: JsValue) -> Option<T> {
    serde_wasm_bindgen::from_value(value).ok()
}

/// A frame of the socket. One of a type that this engine does not know is skipped: the server may be newer.
pub(super) fn frame(text: &str) -> Option<VisitorEvent> {
    let frame = builtins::parse_json(text).ok()?;
    let kind = property(&frame, "type").as_string()?;
    // Read by hand, because serde's way with tagged enums costs a second copy of every reader.
    let conversation = || from_js(property(&frame, "conversation"));
    Some(match kind.as_str() {
        "welcome" => VisitorEvent::Welcome {
            conversation: conversation()?,
            server_time: from_js(property(&frame, "serverTime"))?,
        },
        "conversation" => VisitorEvent::Conversation {
            conversation: conversation()?,
        },
        "message" => VisitorEvent::Message {
            message: from_js(property(&frame, "message"))?,
        },
        "typing" => VisitorEvent::Typing,
        "error" => VisitorEvent::Error {
            problem: from_js::<Problem>(property(&frame, "problem"))?,
        },
        _ => return None,
    })
}

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
pub(crate) fn context(value: &JsValue) -> Result<Context, String> {
    let Some(object) = value.dyn_ref::<Object>() else {
        return Err("`setContext` takes an object of texts, numbers and booleans.".into());
    };
    let mut context = Context::new();
    for entry in Object::entries(object).iter() {
        let entry: Array = entry.unchecked_into();
        let name = entry.get(0).as_string().unwrap_or_default();
        let value = entry.get(1);
        let value = if let Some(text) = value.as_string() {
            ContextValue::Text(text)
        } else if let Some(number) = value.as_f64().filter(|number| number.is_finite()) {
            ContextValue::Number(number)
        } else if let Some(boolean) = value.as_bool() {
            ContextValue::Boolean(boolean)
        } else {
            return Err([
                "The context variable `",
                &name,
                "` is not a text, a finite number or a boolean.",
            ]
            .concat());
        };
        context.insert(name, value);
    }
    Ok(context)
}

/// A property, or `undefined` where there is none or the page's getter throws.
pub(crate) fn property(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}
