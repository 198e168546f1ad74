//! Who is signed in at the website, and what the website vouches for about them.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};
use serde_json::value::RawValue;

/// A person who is signed in at the website.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Person {
    /// Becomes `sub`: who this is, for ever. Best the GUID of their contact record. 1 to 255 characters.
    pub subject: String,
    /// What else the token says about the person.
    #[serde(default)]
    pub profile: Profile,
    /// Becomes `lwicontexts`: at most 100 values by name, each name 1 to 100 characters.
    ///
    /// Signed, not encrypted: the visitor can read it. Put no secrets here.
    #[serde(default)]
    pub context: BTreeMap<String, ContextValue>,
}

/// Claims about a person that an agent sees. Each may be absent; at most 4,000 characters.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Profile {
    /// `preferred_username`
    pub preferred_username: Option<String>,
    /// `given_name`
    pub given_name: Option<String>,
    /// `family_name`
    pub family_name: Option<String>,
    /// `email`
    pub email: Option<String>,
    /// `phone_number`
    pub phone_number: Option<String>,
}

/// A value the website vouches for. It is read from JSON text alone, since any form in between rounds numbers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum ContextValue {
    /// A JSON boolean.
    Boolean(bool),
    /// A JSON number that an `f64` holds; must be finite.
    Number(f64),
    /// A JSON number of which an `f64` would lose digits, as it is written: at most 4,000 characters, within the range of an
    /// `f64`.
    Digits(#[serde(serialize_with = "raw")] String),
    /// A JSON string of at most 4,000 characters.
    Text(String),
}

impl<'de> Deserialize<'de> for ContextValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = <Box<RawValue>>::deserialize(deserializer)?;
        let json = json.get();
        let read = match json.as_bytes().first() {
            Some(b't' | b'f') => serde_json::from_str(json).map(Self::Boolean),
            Some(b'"') => serde_json::from_str(json).map(Self::Text),
            _ => serde_json::from_str::<f64>(json).map(|number| number_or_digits(number, json)),
        };
        read.map_err(de::Error::custom)
    }
}

/// Whole numbers keep their digits up to 2^53, and others as long as they are written as an `f64` is. Whether one is whole is
/// asked of its text, since an `f64` may have lost its fraction.
fn number_or_digits(number: f64, json: &str) -> ContextValue {
    let fraction = json.split_once('.').map_or("", |(_, fraction)| fraction);
    let is_whole = !json.contains(['e', 'E']) && fraction.bytes().all(|digit| digit == b'0');
    let is_written_so = || serde_json::to_string(&number).is_ok_and(|text| text == json);
    if is_whole && is_safe_integer(number) || is_written_so() {
        ContextValue::Number(number)
    } else {
        ContextValue::Digits(json.to_owned())
    }
}

pub(crate) fn is_safe_integer(number: f64) -> bool {
    number.fract() == 0.0 && number.abs() <= MAX_SAFE_INTEGER
}

/// Writes a number as it is.
fn raw<S: Serializer>(digits: &str, serializer: S) -> Result<S::Ok, S::Error> {
    let raw: &RawValue = serde_json::from_str(digits).map_err(ser::Error::custom)?;
    raw.serialize(serializer)
}

impl From<&str> for ContextValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for ContextValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<f64> for ContextValue {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for ContextValue {
    fn from(boolean: bool) -> Self {
        Self::Boolean(boolean)
    }
}

/// 2^53 − 1: every whole number up to here has its own `f64`.
const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;
