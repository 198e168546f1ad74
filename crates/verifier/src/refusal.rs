//! Why a token is refused: a closed set of codes, and for each refusal one sentence for the administrator.

#[cfg(feature = "signature")]
mod parties;
#[cfg(feature = "signature")]
mod reason;

use thiserror::Error;

#[cfg(feature = "signature")]
pub(crate) use self::{
    parties::Audience,
    reason::{ClaimProblem, ContextProblem, Reason, ValueProblem},
};

/// The codes a token can be refused with, in the order in which the checks are made.
///
/// [`as_str`](Self::as_str) is the stable form: it goes over the wire, into logs and to the page.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum RefusalCode {
    /// `token-malformed`: not a compact JWS, or its header is not one this crate reads.
    Malformed,
    /// `token-algorithm-unsupported`: `alg` is not exactly `RS256`.
    AlgorithmUnsupported,
    /// `token-key-unknown`: the key set has no key for this token.
    KeyUnknown,
    /// `token-key-expired`: the token's key is past its expiry.
    KeyExpired,
    /// `token-signature-invalid`: the signature does not fit the key.
    SignatureInvalid,
    /// `token-claim-missing`: a required claim is absent.
    ClaimMissing,
    /// `token-claim-invalid`: a claim has a value that is not allowed.
    ClaimInvalid,
    /// `token-expired`: the token's time is over.
    Expired,
    /// `token-not-yet-valid`: the token's time has not come.
    NotYetValid,
    /// `token-context-invalid`: `lwicontexts` is not an object of primitives within the limits.
    ContextInvalid,
}

impl RefusalCode {
    /// Every code, in the order in which the checks are made.
    pub const ALL: &'static [Self] = &[
        Self::Malformed,
        Self::AlgorithmUnsupported,
        Self::KeyUnknown,
        Self::KeyExpired,
        Self::SignatureInvalid,
        Self::ClaimMissing,
        Self::ClaimInvalid,
        Self::Expired,
        Self::NotYetValid,
        Self::ContextInvalid,
    ];

    /// The code as it stands on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Malformed => "token-malformed",
            Self::AlgorithmUnsupported => "token-algorithm-unsupported",
            Self::KeyUnknown => "token-key-unknown",
            Self::KeyExpired => "token-key-expired",
            Self::SignatureInvalid => "token-signature-invalid",
            Self::ClaimMissing => "token-claim-missing",
            Self::ClaimInvalid => "token-claim-invalid",
            Self::Expired => "token-expired",
            Self::NotYetValid => "token-not-yet-valid",
            Self::ContextInvalid => "token-context-invalid",
        }
    }
}

impl std::fmt::Display for RefusalCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A refused token: a stable [`code`](Self::code) for programs, and `Display` as a sentence for the administrator.
///
/// The visitor's page should be told the code only.
#[derive(Clone, Debug, Error, PartialEq)]
#[error(transparent)]
pub struct Refusal(#[from] Reason);

impl Refusal {
    /// Which rule the token broke.
    #[must_use]
    pub fn code(&self) -> RefusalCode {
        self.0.code()
    }
}

/// Without signatures there is one reason only.
#[cfg(not(feature = "signature"))]
#[derive(Clone, Debug, Error, PartialEq)]
pub(crate) enum Reason {
    #[error("The token is not three segments of base64url whose first is one JSON object.")]
    Misshapen,
}

#[cfg(not(feature = "signature"))]
impl Reason {
    fn code(&self) -> RefusalCode {
        RefusalCode::Malformed
    }
}
