//! What a token says of its own life. Good for planning, never for trust.

/// `iat` and `exp` of a token, in seconds since 1970, read without proof.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct TokenLife {
    /// `iat`.
    pub issued_at: i64,
    /// `exp`, which is later.
    pub expires_at: i64,
}
