//! What exactly is wrong with a token: one sentence for each rule it can break.
//!
//! A sentence names what was checked, what was expected and what was found. Refusals are logged, so it never repeats the
//! token or a key, nor what a token says of a person: no subject, no profile, no value of a context variable.

use thiserror::Error;

use super::{RefusalCode, parties};
use crate::{
    json,
    structure::{Cut, Parts, Stray},
    time::{Apart, Time},
};

/// What exactly is wrong, with what a person needs to know. Kept apart from [`Refusal`](super::Refusal) so that a new
/// reason is not a breaking change.
#[derive(Clone, Debug, Error, PartialEq)]
pub(crate) enum Reason {
    #[error("The token is {bytes} bytes long; at most {limit} are read.")]
    TooLong { bytes: usize, limit: usize },
    #[error("{0}")]
    Stray(Stray),
    #[error("{0}")]
    Parts(Parts),
    #[error("{0}")]
    Cut(Cut),
    #[error("The token's header is not one JSON object: {0}.")]
    HeaderNotObject(json::JsonError),
    #[error("The header's `{name}` is {found}, not a string.")]
    HeaderNotText { name: &'static str, found: String },
    #[error(
        "The header has `crit`, which asks for {found}, and no extension is understood here (RFC 7515, section 4.1.11)."
    )]
    Critical { found: String },
    #[error("The header's `typ` is {found}, neither `JWT` nor `application/jwt`.")]
    Type { found: String },
    #[error("The header's `cty` is {found}, not `json`; nested tokens are not read.")]
    ContentType { found: String },

    #[error("The header has no `alg`; it must be `RS256`.")]
    AlgorithmMissing,
    #[error("The header's `alg` is {found}; only `RS256` is accepted.")]
    Algorithm { found: String },

    #[error("{}", kid_needed(*keys, kids))]
    KidNeeded { keys: usize, kids: String },
    #[error("{}", kid_unknown(kid, *keys, kids))]
    KidUnknown {
        kid: String,
        keys: usize,
        kids: String,
    },
    #[error(
        "The token's `kid` is {kid}, and what is published under that id cannot be used. {why}"
    )]
    KidUnusable { kid: String, why: String },
    #[error(
        "The token's `kid` is {kid}, and different keys are published under that id, so none of them is used."
    )]
    KidAmbiguous { kid: String },
    #[error(
        "The token's key is a certificate that is not valid before {not_before}, {} from now; now is {now}.",
        Apart::between(*not_before, *now)
    )]
    KeyNotYetValid { not_before: Time, now: Time },
    #[error(
        "The token's key expired at {expired_at}, {} ago; now is {now}.",
        Apart::between(*expired_at, *now)
    )]
    KeyExpired { expired_at: Time, now: Time },

    #[error("The signature is {found} bytes long; the key's modulus needs {expected}.")]
    SignatureLength { found: usize, expected: usize },
    #[error(
        "The signature was not made by the private half of this key, or the token was changed afterwards."
    )]
    SignatureWrong,

    #[error("The token's claims are not one JSON object: {0}.")]
    ClaimsNotObject(json::JsonError),
    #[error("The claim `{name}` is missing.")]
    ClaimMissing { name: &'static str },
    #[error("The claim `{name}` {problem}.")]
    ClaimInvalid {
        name: &'static str,
        problem: ClaimProblem,
    },
    #[error(
        "The token expired at {expired_at}, {} ago; now is {now}, and the setting allows {leeway} s.",
        Apart::between(*expired_at, *now)
    )]
    Expired {
        expired_at: Time,
        now: Time,
        leeway: u32,
    },
    #[error(
        "The claim `{name}` is {time}, {} ahead; now is {now}, and the setting allows {leeway} s.",
        Apart::between(*time, *now)
    )]
    NotYetValid {
        name: &'static str,
        time: Time,
        now: Time,
        leeway: u32,
    },
    #[error("{}", parties::issuer(expected, found))]
    IssuerUnexpected { expected: String, found: String },
    #[error("{}", parties::audience(expected, found))]
    AudienceUnexpected {
        expected: String,
        found: parties::Audience,
    },

    #[error("The claim `lwicontexts` {0}.")]
    Context(ContextProblem),
}

fn kid_unknown(kid: &str, keys: usize, kids: &str) -> String {
    match (keys, kids) {
        (1, "") => format!("The token's `kid` is {kid}; the one published key has no id."),
        (1, _) => format!("The token's `kid` is {kid}; the id of the one published key is {kids}."),
        (_, "") => {
            format!("The token's `kid` is {kid}; none of the {keys} published keys has an id.")
        }
        _ => format!(
            "The token's `kid` is {kid}; none of the {keys} published keys has exactly that id. Theirs are {kids}."
        ),
    }
}

fn kid_needed(keys: usize, kids: &str) -> String {
    let kids = match kids {
        "" => String::new(),
        kids => format!(", with the ids {kids}"),
    };
    format!(
        "The token has no `kid`, and {keys} keys are published{kids}; only a lone key serves a token without one."
    )
}

/// What is wrong with a claim's value. Of values no more is repeated than their kind, and the digits of a time.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
pub(crate) enum ClaimProblem {
    #[error("is {found}, not a string")]
    NotText { found: &'static str },
    #[error("is blank")]
    Blank,
    #[error("contains U+0000")]
    Nul,
    #[error("is {characters} characters long; at most {limit} are allowed")]
    TooLong { characters: usize, limit: usize },
    #[error("is {found}, not a number of seconds since 1970")]
    NotNumber { found: String },
    #[error("is {found}, which lies after the year 9999; it must count seconds, not milliseconds")]
    TooLate { found: String },
}

/// What is wrong with `lwicontexts`. Names are shown escaped and shortened, values never.
#[derive(Clone, Debug, Error, PartialEq)]
pub(crate) enum ContextProblem {
    #[error("is {found}, neither a JSON object nor a string that holds one")]
    NotObject { found: &'static str },
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
    #[error("has the variable {name}, whose value {problem}")]
    Value { name: String, problem: ValueProblem },
}

impl From<json::JsonError> for ContextProblem {
    fn from(error: json::JsonError) -> Self {
        Self::Json(error)
    }
}

/// What is wrong with the value of a context variable.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub(crate) enum ValueProblem {
    #[error("is {found}, not a string, a finite number or a boolean")]
    NotPrimitive { found: &'static str },
    #[error("is {characters} characters long; at most {limit} are allowed")]
    TooLong { characters: usize, limit: usize },
    #[error("contains U+0000")]
    Nul,
}

impl Reason {
    pub(crate) fn code(&self) -> RefusalCode {
        match self {
            Self::TooLong { .. }
            | Self::Stray(_)
            | Self::Parts(_)
            | Self::Cut(_)
            | Self::HeaderNotObject(_)
            | Self::HeaderNotText { .. }
            | Self::Critical { .. }
            | Self::Type { .. }
            | Self::ContentType { .. } => RefusalCode::Malformed,
            Self::AlgorithmMissing | Self::Algorithm { .. } => RefusalCode::AlgorithmUnsupported,
            Self::KidNeeded { .. }
            | Self::KidUnknown { .. }
            | Self::KidUnusable { .. }
            | Self::KidAmbiguous { .. }
            | Self::KeyNotYetValid { .. } => RefusalCode::KeyUnknown,
            Self::KeyExpired { .. } => RefusalCode::KeyExpired,
            Self::SignatureLength { .. } | Self::SignatureWrong => RefusalCode::SignatureInvalid,
            Self::ClaimMissing { .. } => RefusalCode::ClaimMissing,
            Self::ClaimsNotObject(_)
            | Self::ClaimInvalid { .. }
            | Self::IssuerUnexpected { .. }
            | Self::AudienceUnexpected { .. } => RefusalCode::ClaimInvalid,
            Self::Expired { .. } => RefusalCode::Expired,
            Self::NotYetValid { .. } => RefusalCode::NotYetValid,
            Self::Context(_) => RefusalCode::ContextInvalid,
        }
    }
}
