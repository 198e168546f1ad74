//! What a caller may decide about verification. Everything else is fixed by the contract.

use crate::structure::DEFAULT_MAX_TOKEN_BYTES;

/// The largest leeway that is applied, in seconds. A larger one is cut down to it: five minutes cover any
/// clock that is meant to be right, and each second more keeps a stolen token alive.
pub const MAX_LEEWAY_SECONDS: u32 = 300;

/// What a caller may decide about verification.
///
/// The default is safe: 60 s of leeway, 64 KiB of token, any issuer and audience. "Any issuer" is safe
/// because the key set belongs to one website; name an issuer where one key serves several.
///
/// ```
/// use bonafide_verifier::Policy;
/// let policy = Policy { expected_issuer: Some("contosohelp.com".to_owned()), ..Policy::default() };
/// assert_eq!(policy.leeway_seconds, 60);
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Policy {
    /// How far the two clocks may differ, in seconds; at most [`MAX_LEEWAY_SECONDS`] is applied.
    /// For `exp`, `nbf` and `iat`, not for a key's expiry.
    pub leeway_seconds: u32,
    /// `iss` must equal this, character by character.
    pub expected_issuer: Option<String>,
    /// `aud` must be or contain this (RFC 7519, section 4.1.3).
    pub expected_audience: Option<String>,
    /// The longest token that is read, in bytes.
    pub max_token_bytes: usize,
    /// The token must have a `jti`, so that the caller can refuse it the second time.
    pub require_token_id: bool,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            leeway_seconds: 60,
            expected_issuer: None,
            expected_audience: None,
            max_token_bytes: DEFAULT_MAX_TOKEN_BYTES,
            require_token_id: false,
        }
    }
}

impl Policy {
    /// The leeway that is applied.
    pub(crate) fn leeway(&self) -> u32 {
        self.leeway_seconds.min(MAX_LEEWAY_SECONDS)
    }
}
