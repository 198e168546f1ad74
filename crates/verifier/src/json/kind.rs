//! What kind of value stands somewhere, for a sentence that says what was found.

use std::fmt;

use super::Value;
use crate::quote::quoted;

impl Value<'_> {
    /// What kind of value it is. Never the value: it may be about a person.
    pub(crate) fn kind(self) -> &'static str {
        match self {
            Value::Null => "`null`",
            Value::Boolean(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::Text(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        }
    }
}

/// A value as a sentence names it: a number or a word with its text, anything else by its kind alone, since it may be
/// long, or nobody's business.
pub(crate) struct Kind<'a>(pub(crate) Value<'a>);

impl fmt::Display for Kind<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Boolean(value) => write!(f, "`{value}`"),
            Value::Number(digits) => write!(f, "the number {}", quoted(digits)),
            other => f.write_str(other.kind()),
        }
    }
}
