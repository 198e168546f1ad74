//! Points in time on the wire. Nothing here reads a clock or does arithmetic.

use serde::{Deserialize, Serialize};

/// An RFC 3339 time in UTC, for example `2026-11-22T20:00:00.000Z`.
///
/// Kept as text: the server writes it, browsers and people read it, and the widget stays free of a
/// date library.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[cfg_attr(feature = "typescript", ts(as = "String"))]
#[serde(transparent)]
pub struct Timestamp(String);

impl Timestamp {
    /// Wraps text that already is an RFC 3339 time.
    #[must_use]
    pub fn from_rfc3339(text: String) -> Self {
        Self(text)
    }

    /// The time as RFC 3339 text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
