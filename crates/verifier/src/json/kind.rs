//! What kind of value stands somewhere, for a sentence that says what was found.

use std::fmt;

use super::Value;
use crate::quote::quoted;

/// A value as a sentence names it: a number or a word with its text, anything else by its kind alone, since it may be
/// long, or nobody's business.
pub(crate) struct Kind<'a>(pub(crate) Value<'a>);

impl fmt::Display for Kind<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Null => f.write_str("`null`"),
            Value::Boolean(value) => write!(f, "`{value}`"),
            Value::Number(digits) => write!(f, "the number {}", quoted(digits)),
            Value::Text(_) => f.write_str("a string"),
            Value::Array(_) => f.write_str("an array"),
            Value::Object(_) => f.write_str("an object"),
        }
    }
}
