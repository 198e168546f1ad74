//! A JSON number that keeps the digits it was written with.
//!
//! Must not calculate: what two of them mean beside each other is decided by the server's domain module.

use serde::{Serialize, Serializer, ser};
use serde_json::value::RawValue;

/// A JSON number (RFC 8259, section 6) with the digits that were written, within the range of 64-bit floats: `10000` is no
/// `10000.0`, and 30 digits are not rounded. Readers whose numbers are 64-bit floats must take care to keep them.
///
/// It may have any number of digits. How many a value may have is judged with the field that it stands in.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = f64, format = "decimal"))]
pub struct Number(String);

impl Number {
    /// Reads a text that is a JSON number and nothing else. `None` when it is none, or beyond all finite 64-bit floats.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        // JSON's grammar, not Rust's: no `inf`, no `+1`, no `1.`; and no blanks around, which serde passes over.
        let digits = text.strip_prefix('-').unwrap_or(text);
        let is_alone = digits.starts_with(|c: char| c.is_ascii_digit())
            && text.ends_with(|c: char| c.is_ascii_digit());
        let number = serde_json::from_str::<f64>(text).ok()?;
        (is_alone && number.is_finite()).then(|| Self(text.to_owned()))
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<i64> for Number {
    fn from(number: i64) -> Self {
        Self(number.to_string())
    }
}

impl From<&serde_json::Number> for Number {
    fn from(number: &serde_json::Number) -> Self {
        Self(number.to_string())
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let raw: &RawValue = serde_json::from_str(&self.0).map_err(ser::Error::custom)?;
        raw.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::Number;

    #[test]
    fn only_json_numbers_are_numbers() {
        for text in [
            "0", "-0", "10000", "1.50", "1e5", "1E-05", "-1.5e+10", "1e308", "1e-999",
        ] {
            assert_eq!(Number::parse(text).unwrap().as_str(), text);
        }
        for text in [
            "", "-", "+1", " 1", "1 ", "1\n", "01", "1.", ".5", "1e", "0x10", "1,000", "inf",
            "NaN", "1e999", "-1e999", "١", "1 2", "\"1\"", "true",
        ] {
            assert_eq!(Number::parse(text), None, "{text:?}");
        }
    }
}
