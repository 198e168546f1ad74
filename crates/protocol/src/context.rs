//! Context: named values about a visitor, signed by the website or given by the page.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, de};
use serde_json::value::RawValue;

use crate::Number;

/// A value of a context variable. JSON primitives only; what is `null` is not there.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(untagged)]
pub enum ContextValue {
    /// A JSON boolean.
    Boolean(bool),
    /// A JSON number with the digits that were written.
    Number(#[cfg_attr(feature = "typescript", ts(type = "number"))] Number),
    /// A JSON string.
    Text(String),
}

/// Context by name. Names are case-sensitive.
pub type Context = BTreeMap<String, ContextValue>;

/// From JSON text alone: any form in between rounds numbers.
impl<'de> Deserialize<'de> for ContextValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = <Box<RawValue>>::deserialize(deserializer)?;
        let json = json.get();
        match json.as_bytes().first() {
            Some(b't') => Ok(Self::Boolean(true)),
            Some(b'f') => Ok(Self::Boolean(false)),
            Some(b'"') => serde_json::from_str(json)
                .map(Self::Text)
                .map_err(de::Error::custom),
            _ => Number::parse(json)
                .map(Self::Number)
                .ok_or_else(|| de::Error::custom(NO_VALUE)),
        }
    }
}

/// A context as it is sent: a value may be `null`, which is none.
type Given = BTreeMap<String, Option<ContextValue>>;

/// Reads a context without its nulls.
pub(crate) fn without_nulls<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Context, D::Error> {
    Given::deserialize(deserializer).map(present)
}

/// As [`without_nulls`], where there may be no context.
pub(crate) fn optional_without_nulls<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Context>, D::Error> {
    Ok(Option::<Given>::deserialize(deserializer)?.map(present))
}

fn present(given: Given) -> Context {
    let present = |(name, value): (String, Option<ContextValue>)| Some((name, value?));
    given.into_iter().filter_map(present).collect()
}

/// As serde says it of an enum that it reads by itself.
const NO_VALUE: &str = "data did not match any variant of untagged enum ContextValue";

#[cfg(test)]
mod tests {
    use super::{Context, ContextValue};

    #[test]
    fn a_value_is_written_as_it_is_read() {
        for json in [
            "true",
            "false",
            "10000",
            "10000.0",
            "-0",
            "1E+2",
            "123456789012345678901234567890",
            "0.10",
            r#""10000""#,
            r#""""#,
        ] {
            let value: ContextValue = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&value).unwrap(), json);
            let context: Context = serde_json::from_str(&format!("{{\"v\": {json} }}")).unwrap();
            assert_eq!(
                serde_json::to_string(&context).unwrap(),
                format!("{{\"v\":{json}}}")
            );
        }
    }

    #[test]
    fn what_is_no_primitive_is_no_value() {
        for json in ["null", "[]", "{}", "[1]", "1e400", "-1e400"] {
            let fault = serde_json::from_str::<ContextValue>(json).unwrap_err();
            assert!(
                fault
                    .to_string()
                    .starts_with("data did not match any variant"),
                "{json}: {fault}"
            );
        }
        assert!(serde_json::from_str::<ContextValue>(r#""\ud800""#).is_err());
    }
}
