//! What an engine says of itself, and failures as JavaScript's own errors.

use bonafide_protocol::ErrorCode;
use js_sys::{Error, Reflect};
use wasm_bindgen::JsValue;

use super::to_js::to_js;
use crate::view::ChatFailure;

pub(super) fn disposed() -> ChatFailure {
    over(ErrorCode::Conflict, "The chat was disposed of.")
}

pub(super) fn broken() -> ChatFailure {
    over(
        ErrorCode::Internal,
        "The chat stopped by a fault of its own.",
    )
}

fn over(code: ErrorCode, message: &str) -> ChatFailure {
    ChatFailure {
        code,
        message: message.into(),
        request_id: None,
        retryable: true,
    }
}

/// A failure as JavaScript's own `Error`, with the failure's fields and what the page itself threw.
pub(super) fn error(failure: &ChatFailure, cause: &JsValue) -> JsValue {
    let error = Error::new(&failure.message);
    let set = |name: &str, value: &JsValue| {
        // It fails on an object that is frozen, and this one is new.
        let _ = Reflect::set(&error, &name.into(), value);
    };
    set("code", &failure.code.as_str().into());
    set("retryable", &failure.retryable.into());
    set("requestId", &to_js(&failure.request_id));
    if !cause.is_undefined() {
        set("cause", cause);
    }
    error.into()
}
