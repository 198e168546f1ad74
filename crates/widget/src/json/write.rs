//! From the wire's types to JSON text.

use serde::Serialize;

/// Writes one value. The wire's types have none that cannot be written.
#[must_use]
pub fn write<T: Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// Writes one value behind what is there already.
pub fn append<T: Serialize + ?Sized>(json: &mut String, value: &T) {
    json.push_str(&write(value));
}
