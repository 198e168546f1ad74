//! The page around the chat: how it stands, what it is, and what becomes of it. Of a page, anything may be anything.

use bonafide_protocol::visitor::PageInfo;
use wasm_bindgen::prelude::*;
use web_sys::EventTarget;

use super::natives::{Callback, as_function, callback, property, text_of, window};
use crate::address::page_address;

/// The server's limits, in characters.
const LONGEST_URL: usize = 2_048;
const LONGEST_TITLE: usize = 300;
const LONGEST_LOCALE: usize = 64;

/// Something that is listened to until its `Drop`.
pub(super) struct Listening {
    target: EventTarget,
    event: &'static str,
    happened: Callback,
}

impl Listening {
    pub(super) fn to(target: &EventTarget, event: &'static str, happened: Callback) -> Self {
        // It fails for no event of ours.
        let _ = target.add_event_listener_with_callback(event, as_function(&happened));
        Self {
            target: target.clone(),
            event,
            happened,
        }
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        let happened = as_function(&self.happened);
        let _ = (self.target).remove_event_listener_with_callback(self.event, happened);
    }
}

/// What may become of a page.
#[derive(Clone, Copy, Debug)]
pub(super) enum Change {
    Online(bool),
    Loaded,
    Visible(bool),
}

/// Tells what becomes of the page.
pub(super) fn watch(changed: &(impl Fn(Change) + Clone + 'static)) -> Vec<Listening> {
    let on = |target: &EventTarget, event, change: fn() -> Change| {
        let changed = changed.clone();
        Listening::to(target, event, callback(move |_, _| changed(change())))
    };
    let window = window();
    let mut listening = vec![
        on(&window, "online", || Change::Online(true)),
        on(&window, "offline", || Change::Online(false)),
        on(&window, "load", || Change::Loaded),
        // A window beside another is seen all the time, and looked at again.
        on(&window, "focus", || Change::Visible(is_visible())),
    ];
    if let Some(document) = document() {
        let visible = || Change::Visible(is_visible());
        listening.push(on(document.unchecked_ref(), "visibilitychange", visible));
    }
    listening
}

fn document() -> Option<JsValue> {
    property(&window(), "document")
        .ok()
        .filter(JsValue::is_object)
}

fn says(property_of_document: &str, what: &str) -> bool {
    let said = document().and_then(|document| property(&document, property_of_document).ok());
    said.is_some_and(|said| said == what)
}

/// Whether the document and its scripts are loaded.
pub(super) fn is_loaded() -> bool {
    says("readyState", "complete")
}

pub(super) fn is_visible() -> bool {
    says("visibilityState", "visible")
}

pub(super) fn is_online() -> bool {
    let navigator = property(&window(), "navigator");
    !navigator.is_ok_and(|navigator| property(&navigator, "onLine").is_ok_and(|it| it == false))
}

/// The page as agents are told of it: its address without credentials and fragment.
pub(super) fn describe() -> PageInfo {
    let window = window();
    let location = property(&window, "location").unwrap_or_default();
    let document = document().unwrap_or_default();
    let root = property(&document, "documentElement").unwrap_or_default();
    let navigator = property(&window, "navigator").unwrap_or_default();
    let href = said(&location, "href", LONGEST_URL);
    let base = said(&document, "baseURI", LONGEST_URL);
    let language = said(&root, "lang", LONGEST_LOCALE);
    PageInfo {
        url: page_address(&href, &base),
        title: said(&document, "title", LONGEST_TITLE),
        locale: if language.is_empty() {
            said(&navigator, "language", LONGEST_LOCALE)
        } else {
            language
        },
    }
}

/// What something of the page's says, cut. It may be anything: `<form name="title">` is what `document.title` then is.
fn said(of: &JsValue, name: &str, longest: usize) -> String {
    let said = property(of, name).and_then(|said| text_of(&said));
    let said = said.map_or_else(|_| String::new(), String::from);
    said.chars().take(longest).collect()
}
