//! What a page's script gives, checked: it may be anything, and may throw when it is looked at.

use std::cell::RefCell;

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;

use super::json;
use super::natives::{entries, property, text_of};
use crate::machine::UnsignedContext;
use crate::text::sentence;

/// How an engine is made.
pub(super) struct Options {
    /// Without a slash at its end.
    pub(super) server: String,
    pub(super) widget: String,
    /// Whether the session is kept for the tab's next page, and shared with the site's other tabs.
    pub(super) is_kept: bool,
    /// The page's own function for a token, in place of the widget's client function.
    pub(super) get_token: RefCell<Option<Function>>,
    /// Told of each call of the page's function.
    pub(super) trace: Option<Function>,
}

/// The longest id of a widget.
const LONGEST_ID: usize = 64;

impl Options {
    /// Reads them. Beside them, where they cannot be used, a sentence that names one: then nothing can be had.
    pub(super) fn read(given: &JsValue) -> (Self, Option<String>) {
        let option = |name| property(given, name).unwrap_or_default();
        let (storage, get_token) = (option("storage"), option("getToken"));
        let server = option("server").as_string().unwrap_or_default();
        let without_slash = server.trim_end_matches('/');
        let options = Self {
            server: without_slash.into(),
            widget: option("widget").as_string().unwrap_or_default(),
            is_kept: storage.is_undefined() || storage == "session",
            get_token: RefCell::new(get_token.dyn_ref().cloned()),
            trace: option("trace").dyn_into().ok(),
        };
        let fault = if !server.starts_with("https://") && !server.starts_with("http://") {
            Some("The option `server` is not an http or https address.")
        } else if !is_id(&options.widget) {
            Some("The option `widget` is not the id of a chat widget.")
        } else if !options.is_kept && storage != "none" {
            Some("The option `storage` is neither `session` nor `none`.")
        } else if !get_token.is_function() && !get_token.is_undefined() {
            Some("The option `getToken` is not a function.")
        } else {
            None
        };
        (options, fault.map(Into::into))
    }

    /// What this widget's things are named in the browser.
    pub(super) fn name(&self) -> String {
        sentence(&["bonafide:", &self.widget])
    }

    /// An address of the server's API.
    pub(super) fn url(&self, parts: &[&str]) -> String {
        sentence(&[&self.server, "/api/v1/", &sentence(parts)])
    }

    /// The address of a conversation's socket: http becomes ws, https becomes wss.
    pub(super) fn socket_url(&self, conversation: &str) -> String {
        let path = ["conversations/", conversation, "/socket"];
        let url = self.url(&path);
        sentence(&["ws", url.strip_prefix("http").unwrap_or_default()])
    }
}

fn is_id(text: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    (1..=LONGEST_ID).contains(&text.len()) && text.bytes().all(is_part)
}

/// Unsigned context, of an object of primitives.
///
/// # Errors
/// A sentence that names what cannot be used.
pub(super) fn context(given: &JsValue) -> Result<UnsignedContext, String> {
    let refused = "`setContext` takes an object of texts, numbers and booleans.";
    if !given.is_object() {
        return Err(refused.into());
    }
    let variables = entries(given).map_err(|_| refused)?;
    let mut written = String::from("{");
    for variable in variables.iter() {
        let variable: Array = variable.unchecked_into();
        let (name, value) = (
            variable.get(0).as_string().unwrap_or_default(),
            variable.get(1),
        );
        if value.is_null() {
            continue;
        }
        if written.len() > 1 {
            written.push(',');
        }
        written.push_str(&json::write(name.as_str()));
        written.push(':');
        match primitive(&value) {
            Some(value) => written.push_str(&value),
            None => {
                let what = "` is not a text, a finite number or a boolean.";
                return Err(sentence(&["The context variable `", &name, what]));
            }
        }
    }
    written.push('}');
    Ok(UnsignedContext(written))
}

/// A value as JSON.
fn primitive(value: &JsValue) -> Option<String> {
    match value.as_string() {
        Some(text) => Some(json::write(text.as_str())),
        // JavaScript writes them as JSON does.
        None if value.as_f64().is_some_and(f64::is_finite) || value.as_bool().is_some() => {
            text_of(value).ok().map(Into::into)
        }
        None => None,
    }
}
