//! Why a token is refused: a closed set of codes, and for each refusal one sentence for the administrator.
//!
//! A sentence names what was checked and the numbers that decided it. It never repeats a claim's value,
//! the token or a key: refusals are logged.

use thiserror::Error;

use crate::{base64, json, structure::Part};

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

/// What exactly is wrong, with what a person needs to know. Kept apart from [`Refusal`] so that a new
/// reason is not a breaking change.
#[derive(Clone, Debug, Error, PartialEq)]
pub(crate) enum Reason {
    #[error("The token is {bytes} bytes long; at most {limit} are read.")]
    TooLong { bytes: usize, limit: usize },
    #[error("A compact JWS has three segments joined by two dots; this token has {dots}.")]
    Dots { dots: Dots },
    #[error("The token's {part} is not canonical base64url: {error}.")]
    Base64 {
        part: Part,
        error: base64::Base64Error,
    },
    #[error("The token's header is not one JSON object: {0}.")]
    HeaderNotObject(json::JsonError),
    #[cfg(feature = "signature")]
    #[error("The header's `{name}` is not a string.")]
    HeaderNotText { name: &'static str },
    #[cfg(feature = "signature")]
    #[error(
        "The header has `crit`, and no extension is understood here (RFC 7515, section 4.1.11)."
    )]
    Critical,
    #[cfg(feature = "signature")]
    #[error("The header's `typ` is neither `JWT` nor `application/jwt`.")]
    Type,
    #[cfg(feature = "signature")]
    #[error("The header's `cty` is not `json`; nested tokens are not read.")]
    ContentType,

    #[cfg(feature = "signature")]
    #[error("The header has no `alg`; it must be `RS256`.")]
    AlgorithmMissing,
    #[cfg(feature = "signature")]
    #[error("The header's `alg` is {found}; only `RS256` is accepted.")]
    Algorithm { found: String },

    #[cfg(feature = "signature")]
    #[error(
        "The token has no `kid`, and {keys} keys are published; only a lone key serves a token without one."
    )]
    KidNeeded { keys: usize },
    #[cfg(feature = "signature")]
    #[error("The token's `kid` is {kid}; none of the {keys} published keys has exactly that id.")]
    KidUnknown { kid: String, keys: usize },
    #[cfg(feature = "signature")]
    #[error(
        "The token's `kid` is {kid}, and different keys are published under that id, so none of them is used."
    )]
    KidAmbiguous { kid: String },
    #[cfg(feature = "signature")]
    #[error(
        "The token's key is a certificate that is not valid before {not_before}; now is {now}."
    )]
    KeyNotYetValid {
        not_before: crate::time::Time,
        now: crate::time::Time,
    },
    #[cfg(feature = "signature")]
    #[error("The token's key expired at {expired_at}; now is {now}.")]
    KeyExpired {
        expired_at: crate::time::Time,
        now: crate::time::Time,
    },

    #[cfg(feature = "signature")]
    #[error("The signature is {found} bytes long; the key's modulus needs {expected}.")]
    SignatureLength { found: usize, expected: usize },
    #[cfg(feature = "signature")]
    #[error(
        "The signature was not made by the private half of this key, or the token was changed afterwards."
    )]
    SignatureWrong,

    #[cfg(feature = "signature")]
    #[error("The token's claims are not one JSON object: {0}.")]
    ClaimsNotObject(json::JsonError),
    #[cfg(feature = "signature")]
    #[error("The claim `{name}` is missing.")]
    ClaimMissing { name: &'static str },
    #[cfg(feature = "signature")]
    #[error("The claim `{name}` {problem}.")]
    ClaimInvalid {
        name: &'static str,
        problem: ClaimProblem,
    },
    #[cfg(feature = "signature")]
    #[error(
        "The token expired at {expired_at}; now is {now}, and {leeway} s of leeway are allowed."
    )]
    Expired {
        expired_at: crate::time::Time,
        now: crate::time::Time,
        leeway: u32,
    },
    #[cfg(feature = "signature")]
    #[error(
        "The claim `{name}` is {time}, which lies ahead: now is {now}, and {leeway} s of leeway are allowed."
    )]
    NotYetValid {
        name: &'static str,
        time: crate::time::Time,
        now: crate::time::Time,
        leeway: u32,
    },
    #[cfg(feature = "signature")]
    #[error("The claim `iss` is not the expected issuer `{expected}`.")]
    IssuerUnexpected { expected: String },
    #[cfg(feature = "signature")]
    #[error("The claim `aud` does not name the expected audience `{expected}`.")]
    AudienceUnexpected { expected: String },

    #[cfg(feature = "signature")]
    #[error("The claim `lwicontexts` {0}.")]
    Context(ContextProblem),
}

/// How many dots a token has, if not two.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub(crate) enum Dots {
    #[error("none")]
    None,
    #[error("only one")]
    One,
    #[error("more")]
    More,
}

/// What is wrong with a claim's value. None of them repeats the value.
#[cfg(feature = "signature")]
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub(crate) enum ClaimProblem {
    #[error("is not a string")]
    NotText,
    #[error("is blank")]
    Blank,
    #[error("contains U+0000")]
    Nul,
    #[error("is {characters} characters long; at most {limit} are allowed")]
    TooLong { characters: usize, limit: usize },
    #[error("is not a number of seconds since 1970")]
    NotNumber,
    #[error("lies after the year 9999; it must count seconds, not milliseconds")]
    TooLate,
}

/// What is wrong with `lwicontexts`. Names are shown escaped and shortened, values never.
#[cfg(feature = "signature")]
#[derive(Clone, Debug, Error, PartialEq)]
pub(crate) enum ContextProblem {
    #[error("is neither a JSON object nor a string that holds one")]
    NotObject,
    #[error("does not hold one JSON object: {0}")]
    Json(json::JsonError),
    #[error("has more than {limit} variables")]
    TooMany { limit: usize },
    #[error("has the variable {name} twice")]
    Twice { name: String },
    #[error("has a variable without a name")]
    NameEmpty,
    #[error(
        "has a variable whose name is {characters} characters long; at most {limit} are allowed"
    )]
    NameTooLong { characters: usize, limit: usize },
    #[error("has a variable whose name contains U+0000")]
    NameNul,
    #[error("has the variable {name}, whose value is not a string, a finite number or a boolean")]
    NotPrimitive { name: String },
    #[error(
        "has the variable {name}, whose value is {characters} characters long; at most {limit} are allowed"
    )]
    ValueTooLong {
        name: String,
        characters: usize,
        limit: usize,
    },
    #[error("has the variable {name}, whose value contains U+0000")]
    ValueNul { name: String },
}

impl Reason {
    fn code(&self) -> RefusalCode {
        match self {
            Self::TooLong { .. }
            | Self::Dots { .. }
            | Self::Base64 { .. }
            | Self::HeaderNotObject(_) => RefusalCode::Malformed,
            #[cfg(feature = "signature")]
            Self::HeaderNotText { .. } | Self::Critical | Self::Type | Self::ContentType => {
                RefusalCode::Malformed
            }
            #[cfg(feature = "signature")]
            Self::AlgorithmMissing | Self::Algorithm { .. } => RefusalCode::AlgorithmUnsupported,
            #[cfg(feature = "signature")]
            Self::KidNeeded { .. }
            | Self::KidUnknown { .. }
            | Self::KidAmbiguous { .. }
            | Self::KeyNotYetValid { .. } => RefusalCode::KeyUnknown,
            #[cfg(feature = "signature")]
            Self::KeyExpired { .. } => RefusalCode::KeyExpired,
            #[cfg(feature = "signature")]
            Self::SignatureLength { .. } | Self::SignatureWrong => RefusalCode::SignatureInvalid,
            #[cfg(feature = "signature")]
            Self::ClaimMissing { .. } => RefusalCode::ClaimMissing,
            #[cfg(feature = "signature")]
            Self::ClaimsNotObject(_)
            | Self::ClaimInvalid { .. }
            | Self::IssuerUnexpected { .. }
            | Self::AudienceUnexpected { .. } => RefusalCode::ClaimInvalid,
            #[cfg(feature = "signature")]
            Self::Expired { .. } => RefusalCode::Expired,
            #[cfg(feature = "signature")]
            Self::NotYetValid { .. } => RefusalCode::NotYetValid,
            #[cfg(feature = "signature")]
            Self::Context(_) => RefusalCode::ContextInvalid,
        }
    }
}
