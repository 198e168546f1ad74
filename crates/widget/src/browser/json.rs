//! JSON by the browser's own reader and writer, which no visitor has to load.

use js_sys::Array;
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};

use super::natives::{entries, own, parse, stringify};
use super::to_js::to_js;

/// A value that was read. Nothing at all where there was none: then each question has the answer `None`.
pub(super) struct Json(JsValue);

impl Json {
    /// Reads a text; nothing where it is no JSON.
    pub(super) fn of(text: &str) -> Self {
        Self(parse(text).unwrap_or_default())
    }

    /// What an object holds under `name`. What a page put on the prototype of all objects is not among it.
    pub(super) fn field(&self, name: &str) -> Self {
        Self(own(&self.0, name).unwrap_or_default())
    }

    /// Name and value of an object's first field.
    pub(super) fn first_field(&self) -> Option<(String, Self)> {
        if !self.0.is_object() {
            return None;
        }
        let first: Array = entries(&self.0).ok()?.get(0).dyn_into().ok()?;
        Some((first.get(0).as_string()?, Self(first.get(1))))
    }

    /// The items of a list.
    pub(super) fn items(&self) -> impl Iterator<Item = Self> {
        let items = Array::is_array(&self.0).then(|| self.0.unchecked_ref::<Array>());
        (0..items.map_or(0, Array::length))
            .map(move |place| Self(items.map_or(JsValue::UNDEFINED, |items| items.get(place))))
    }

    /// Whether it is an object.
    pub(super) fn is_there(&self) -> bool {
        self.0.is_object()
    }

    /// The text, if it is one.
    pub(super) fn text(&self) -> Option<String> {
        self.0.as_string()
    }

    /// The number, if it is a whole one of a time or a count.
    pub(super) fn whole(&self) -> Option<i64> {
        let number = self.0.as_f64()?;
        (0.0..=LARGEST).contains(&number).then_some(number as i64)
    }

    /// The number, if it is one that fits.
    pub(super) fn number(&self) -> Option<u32> {
        self.whole()?.try_into().ok()
    }

    /// The boolean, if it is one.
    pub(super) fn boolean(&self) -> Option<bool> {
        self.0.as_bool()
    }
}

/// Holds every second up to the year 9999.
const LARGEST: f64 = 9_999_999_999_999.0;

/// Writes a value.
pub(super) fn write<T: Serialize + ?Sized>(value: &T) -> String {
    // Only what cannot be written, as a function or a loop, is no text.
    stringify(&to_js(value))
        .ok()
        .and_then(|json| json.as_string())
        .unwrap_or_default()
}
