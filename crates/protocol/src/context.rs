//! Context: named values about a visitor, signed by the website or given by the page.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A value of a context variable. JSON primitives only.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(untagged)]
pub enum ContextValue {
    /// A JSON boolean.
    Boolean(bool),
    /// A JSON number.
    Number(f64),
    /// A JSON string.
    Text(String),
}

/// Context by name. Names are case-sensitive.
pub type Context = BTreeMap<String, ContextValue>;
