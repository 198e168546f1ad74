//! Who is signed in at the website, and what the website vouches for about them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

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

/// A value the website vouches for.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(untagged)]
pub enum ContextValue {
    /// A JSON boolean.
    Boolean(bool),
    /// A JSON number; must be finite.
    Number(f64),
    /// A JSON string of at most 4,000 characters.
    Text(String),
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
