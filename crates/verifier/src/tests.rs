//! The verifier through its front door: bodies and tokens in, verdicts out. Each case runs with both
//! backends and through `explain`, see [`judge`]. They stand inside the crate because natively only its own
//! tests are built with the pure-Rust backend; of its inside they use nothing else.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod judge;
mod mint;

mod algorithm;
mod certificate;
mod claims;
mod context;
mod corpus;
mod explained;
mod key_bodies;
mod key_choice;
mod openssl;
mod properties;
mod signature;
mod structure;
mod vectors;
