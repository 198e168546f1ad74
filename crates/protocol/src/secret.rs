//! Values that must never be logged or shown: tokens, session secrets, passwords.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Text that opens something. `Debug` prints `***`, so a secret cannot slip into a log through `{:?}`,
/// and there is no `Display`.
#[derive(Clone, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, format = Password))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[cfg_attr(feature = "typescript", ts(as = "String"))]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Hides `text` from logs.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The hidden text. The name is long so that each use is a decision.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn debug_hides_the_text() {
        assert_eq!(
            format!("{:?}", Some(Secret::new("hunter2".into()))),
            "Some(***)"
        );
    }
}
