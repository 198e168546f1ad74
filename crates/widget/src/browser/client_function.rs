//! The page's client function: found by its dotted name without `eval`, and called once, in a page that may be hostile.
//!
//! Getters and Proxies may throw at every step, and each step is caught. What the page owns is only read and called, never
//! written. Which names are allowed is decided here again although the server decided it when the name was saved: the page
//! is where a wrong one does harm.

use std::cell::Cell;
use std::rc::Rc;

use bonafide_protocol::Secret;
use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;

use super::life;
use super::natives::{apply, function, property, settled, trim, window};
use crate::machine::ClientFunctionOutcome;
use crate::text::sentence;

const LONGEST_PATH: usize = 100;

/// What a path must not begin with: functions and objects of the browser's own through which a name could run code,
/// navigate, or reach data. The server knows all of the browser's names; these are the dangerous ones.
const NOT_FIRST: &str = " Array Function JSON Math Object Promise Proxy Reflect String WebSocket XMLHttpRequest alert caches \
    clientInformation close confirm cookieStore crypto customElements document eval event external fetch frameElement frames \
    globalThis history importScripts indexedDB localStorage location navigation navigator open opener parent performance \
    postMessage print prompt queueMicrotask requestAnimationFrame requestIdleCallback scheduler self sessionStorage \
    setInterval setTimeout stop toString top trustedTypes valueOf window ";

/// Told what became of a call, and beside it what the page threw, rejected with or called back with as an error.
pub(super) type Became = Box<dyn FnOnce(ClientFunctionOutcome, JsValue)>;

/// A call under way. Once it is dropped, nobody is told what the page still does.
pub(super) struct Call(Rc<Cell<Option<Became>>>);

impl Drop for Call {
    fn drop(&mut self) {
        self.0.take();
    }
}

/// Calls the function that `path` leads to from the page's global object, or `given` in its place, with one callback. The
/// first of callback, promise and exception counts.
pub(super) fn call(path: &str, given: Option<&Function>, became: Became) -> Call {
    let call = Rc::new(Cell::new(Some(became)));
    let found = match given {
        Some(function) => Ok(Found {
            function: function.clone(),
            parent: JsValue::UNDEFINED,
        }),
        None => find(path),
    };
    match found {
        Ok(found) => start(&found, given.is_some_and(takes_nothing), &call),
        Err(NotFound::Missing(sentence)) => {
            settle(
                &call,
                ClientFunctionOutcome::NotFound(sentence),
                JsValue::UNDEFINED,
            );
        }
        Err(NotFound::Refused(sentence)) => {
            settle(
                &call,
                ClientFunctionOutcome::PathRefused(sentence),
                JsValue::UNDEFINED,
            );
        }
        Err(NotFound::Threw(cause)) => failed(&call, THREW_ON_THE_WAY, cause),
    }
    Call(call)
}

/// Why the page's client function cannot be called, as a sentence; nothing where it can. For developers who look for the
/// cause: it is looked for as a chat does, and not called.
#[wasm_bindgen(js_name = findClientFunction)]
#[must_use]
pub fn find_client_function(path: &str) -> Option<String> {
    match find(path) {
        Ok(_) => None,
        Err(NotFound::Missing(sentence) | NotFound::Refused(sentence)) => Some(sentence),
        Err(NotFound::Threw(_)) => Some(THREW_ON_THE_WAY.into()),
    }
}

const THREW_ON_THE_WAY: &str =
    "The page threw while its client function was looked for; the cause is what it threw.";

/// A function of the page's, and the object it is called on.
struct Found {
    function: Function,
    parent: JsValue,
}

/// Why there is nothing to call.
enum NotFound {
    Missing(String),
    Refused(String),
    Threw(JsValue),
}

fn find(path: &str) -> Result<Found, NotFound> {
    let names = allowed_names(path).map_err(NotFound::Refused)?;
    let mut parent = JsValue::UNDEFINED;
    let mut value = JsValue::from(window());
    let mut end = 0;
    for name in parts(names, '.') {
        // Also the properties of texts and numbers can be read, but nobody's client function is one.
        if !value.is_object() && !value.is_function() {
            return Err(missing(names, end));
        }
        end += name.len() + usize::from(end > 0);
        let next = property(&value, name).map_err(NotFound::Threw)?;
        if next.is_undefined() || next.is_null() {
            return Err(missing(names, end));
        }
        parent = std::mem::replace(&mut value, next);
    }
    match value.dyn_into() {
        Ok(function) => Ok(Found { function, parent }),
        Err(other) => Err(NotFound::Missing(sentence(&[
            "The client function `",
            path,
            "` is no function in this page, but of type `",
            &type_of(&other),
            "`.",
        ]))),
    }
}

/// The names to walk, without the global object's own; the error is a sentence.
fn allowed_names(path: &str) -> Result<&str, String> {
    let refuse = |why: &str| Err(sentence(&["The client function's name ", why]));
    if path.len() > LONGEST_PATH {
        return refuse("is longer than 100 characters.");
    }
    let names = path
        .strip_prefix("window.")
        .or_else(|| path.strip_prefix("globalThis."));
    let names = names.unwrap_or(path);
    if !parts(names, '.').all(is_identifier) {
        return refuse(&sentence(&[
            "`",
            path,
            "` is not made of names joined by dots.",
        ]));
    }
    let first = parts(names, '.').next();
    let is_never = |name: &str| matches!(name, "__proto__" | "constructor" | "prototype");
    if parts(names, '.').any(is_never) || parts(NOT_FIRST, ' ').any(|name| first == Some(name)) {
        return refuse(&sentence(&[
            "`",
            path,
            "` leads to something of the browser's own.",
        ]));
    }
    Ok(names)
}

/// What is missing ends at `end`.
fn missing(names: &str, end: usize) -> NotFound {
    let missing = names.get(..end).unwrap_or_default();
    let hint = if missing.contains('.') {
        ""
    } else {
        " A `const` or `let` at the top level of a script does not become a property of `window`; declare it with `var` or \
         `function`, or assign it to `window`."
    };
    NotFound::Missing(sentence(&[
        "The page has no client function `",
        names,
        "`: `",
        missing,
        "` is missing.",
        hint,
    ]))
}

#[expect(
    clippy::manual_pattern_char_comparison,
    reason = "a search for one character compiles to more"
)]
fn parts(text: &str, separator: char) -> impl Iterator<Item = &str> {
    text.split(move |character| character == separator)
}

fn is_identifier(name: &str) -> bool {
    let is_first = |byte: &u8| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'$');
    name.as_bytes().first().is_some_and(is_first)
        && name
            .bytes()
            .all(|byte| is_first(&byte) || byte.is_ascii_digit())
}

/// Whether a function has no parameter for a callback: then a promise of nothing is its answer. Its `length` is the page's,
/// too, and may throw. What a *name* leads to may be a wrapper that hands the callback on without having a parameter.
fn takes_nothing(function: &Function) -> bool {
    property(function, "length").is_ok_and(|length| length == 0)
}

fn start(found: &Found, is_nothing_meant: bool, call: &Rc<Cell<Option<Became>>>) {
    let told = Rc::clone(call);
    // The page may keep this for ever and call it at any time.
    let callback = function(move |token, error| {
        let is_error = !error.is_undefined() && !error.is_null();
        let is_token = !token.is_undefined() && !token.is_null() && token != "";
        if is_error && !is_token {
            failed(
                &told,
                "The page's client function called back with an error; the cause is that error.",
                error,
            );
        } else {
            settle(&told, given(&token), JsValue::UNDEFINED);
        }
    });
    let told = Rc::clone(call);
    let became = move |outcome: Result<JsValue, JsValue>| match outcome {
        // An `async` function that takes the callback resolves with undefined before or after it has called it. To take that
        // for its answer would give somebody who is signed in an anonymous chat.
        Ok(token) if token.is_undefined() && !is_nothing_meant => {}
        Ok(token) => settle(&told, given(&token), JsValue::UNDEFINED),
        Err(cause) => failed(
            &told,
            "The promise of the page's client function was rejected; the cause is the reason.",
            cause,
        ),
    };
    let called = apply(&found.function, &found.parent, &Array::of1(&callback)).and_then(|result| {
        if result.is_object() && property(&result, "then")?.is_function() {
            settled(&result, became)
        } else {
            Ok(())
        }
    });
    if let Err(cause) = called {
        failed(
            call,
            "The page's client function threw; the cause is what it threw.",
            cause,
        );
    }
}

fn failed(call: &Cell<Option<Became>>, sentence: &str, cause: JsValue) {
    settle(call, ClientFunctionOutcome::Failed(sentence.into()), cause);
}

fn settle(call: &Cell<Option<Became>>, outcome: ClientFunctionOutcome, cause: JsValue) {
    if let Some(became) = call.take() {
        became(outcome, cause);
    }
}

/// What the page gave as its token.
fn given(token: &JsValue) -> ClientFunctionOutcome {
    if token.is_string() {
        let text = trim(token);
        let life = life::of_token(&text);
        let text = Secret::new(text);
        ClientFunctionOutcome::Text { text, life }
    } else if token.is_undefined() || token.is_null() {
        ClientFunctionOutcome::Nothing
    } else {
        ClientFunctionOutcome::WrongType(type_of(token))
    }
}

fn type_of(value: &JsValue) -> String {
    value.js_typeof().as_string().unwrap_or_default()
}
