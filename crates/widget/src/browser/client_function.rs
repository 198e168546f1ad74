//! Finding the page's client function by its dotted name, without `eval`, in a page that may be hostile.
//!
//! Getters and Proxies may throw at every step, and each step is caught. What the page owns is only read and called,
//! never written. Which names are allowed is decided here again although the server decided it when the name was
//! saved: the page is where a wrong one does harm.

use js_sys::{Function, Reflect, global};
use wasm_bindgen::{JsCast, JsValue};

use super::builtins;

/// Longest dotted name.
const LONGEST_PATH: usize = 100;

/// Names that lead from any object to the code of all objects.
const NEVER: &[&str] = &["__proto__", "constructor", "prototype"];

/// What a path must not begin with: functions and objects of the browser's own through which a name could run code,
/// navigate, or reach data. The server knows all of the browser's names; these are the dangerous ones.
const NOT_FIRST: &[&str] = &[
    "Array",
    "Function",
    "JSON",
    "Math",
    "Object",
    "Promise",
    "Proxy",
    "Reflect",
    "String",
    "WebSocket",
    "XMLHttpRequest",
    "alert",
    "caches",
    "close",
    "confirm",
    "cookieStore",
    "crypto",
    "customElements",
    "document",
    "eval",
    "external",
    "fetch",
    "frames",
    "history",
    "importScripts",
    "indexedDB",
    "localStorage",
    "location",
    "navigation",
    "navigator",
    "open",
    "opener",
    "parent",
    "postMessage",
    "print",
    "prompt",
    "queueMicrotask",
    "self",
    "sessionStorage",
    "setInterval",
    "setTimeout",
    "stop",
    "toString",
    "top",
    "trustedTypes",
    "valueOf",
];

/// A function and the object it is called on.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) function: Function,
    pub(super) parent: JsValue,
}

/// Why there is no function to call. Each sentence is for the page's developers.
#[derive(Debug)]
pub(super) enum NotFound {
    /// The name is not one that may be called.
    Refused(String),
    /// A segment is missing, or the last one is no function.
    Missing(String),
    /// The page's own code threw while the path was walked.
    Threw(JsValue),
}

/// Walks `path` from the page's global object.
///
/// # Errors
/// See [`NotFound`].
pub(super) fn find(path: &str) -> Result<Found, NotFound> {
    let segments = segments(path)?;
    let mut parent = JsValue::UNDEFINED;
    let mut value = JsValue::from(global());
    for (index, segment) in segments.iter().enumerate() {
        // Also the properties of texts and numbers can be read, but nobody's client function is one.
        if !value.is_object() && !value.is_function() {
            return Err(missing(&segments, index.saturating_sub(1)));
        }
        let next = Reflect::get(&value, &JsValue::from_str(segment)).map_err(NotFound::Threw)?;
        if next.is_undefined() || next.is_null() {
            return Err(missing(&segments, index));
        }
        parent = std::mem::replace(&mut value, next);
    }
    match value.dyn_into::<Function>() {
        Ok(function) => Ok(Found { function, parent }),
        Err(value) => Err(NotFound::Missing(
            [
                "The client function `",
                path,
                "` is no function in this page, but of type `",
                &builtins::type_of(&value),
                "`.",
            ]
            .concat(),
        )),
    }
}

fn segments(path: &str) -> Result<Vec<&str>, NotFound> {
    let refused = |why: &str| {
        let sentence = ["The client function's name `", path, "` ", why].concat();
        Err(NotFound::Refused(sentence))
    };
    if path.len() > LONGEST_PATH {
        return Err(NotFound::Refused(
            "The client function's name is longer than 100 characters.".into(),
        ));
    }
    let mut segments: Vec<_> = path.split('.').collect();
    if segments.len() > 1 && matches!(segments.first(), Some(&("window" | "globalThis"))) {
        segments.remove(0);
    }
    if !segments.iter().all(|segment| is_identifier(segment)) {
        return refused("is not made of names joined by dots.");
    }
    let is_reserved = segments.iter().any(|segment| NEVER.contains(segment));
    if is_reserved
        || segments
            .first()
            .is_none_or(|first| NOT_FIRST.contains(first))
    {
        return refused("leads to something of the browser's own.");
    }
    Ok(segments)
}

fn is_identifier(segment: &str) -> bool {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$';
    let begins_well = segment
        .bytes()
        .next()
        .is_some_and(|byte| !byte.is_ascii_digit());
    begins_well && segment.bytes().all(is_name)
}

/// Says which segment is missing.
fn missing(segments: &[&str], index: usize) -> NotFound {
    let until = segments.get(..=index).unwrap_or(segments).join(".");
    let mut sentence = [
        "The page has no client function `",
        &segments.join("."),
        "`: `",
        &until,
        "` is missing.",
    ]
    .concat();
    if index == 0 {
        sentence.push_str(
            " A `const` or `let` at the top level of a script does not become a property of `window`; declare it with `var` or `function`, or assign it to `window`.",
        );
    }
    NotFound::Missing(sentence)
}
