#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod refusal;
pub mod structure;

#[cfg(feature = "signature")]
mod arena;
#[cfg(feature = "signature")]
mod base64;
#[cfg(feature = "signature")]
mod claims;
#[cfg(feature = "signature")]
mod context;
#[cfg(feature = "signature")]
mod explain;
#[cfg(feature = "signature")]
mod header;
#[cfg(feature = "signature")]
mod json;
#[cfg(feature = "signature")]
mod keys;
#[cfg(feature = "signature")]
mod policy;
#[cfg(feature = "signature")]
mod prefix;
#[cfg(feature = "signature")]
mod quote;
#[cfg(feature = "signature")]
mod signature;
#[cfg(all(test, feature = "signature"))]
mod tests;
#[cfg(feature = "signature")]
mod time;
#[cfg(feature = "signature")]
mod token;
#[cfg(feature = "signature")]
mod verify;

pub use refusal::{Refusal, RefusalCode};

#[cfg(feature = "signature")]
pub use {
    context::ContextValue,
    explain::{Explanation, Step, StepVerdict, explain, explain_without_keys},
    keys::{Fingerprint, KeyFormat, KeySet, KeySetError, PassedOver, PublicKey},
    policy::{MAX_LEEWAY_SECONDS, Policy},
    token::{Profile, VerifiedToken},
    verify::{check_without_keys, verify},
};
