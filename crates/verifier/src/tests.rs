//! The verifier through its front door: bodies and tokens in, verdicts out. Each case runs with both
//! backends and through `explain`, see [`judge`]. They stand inside the crate because natively only its own
//! tests are built with the pure-Rust backend; of its inside they use nothing else.
//!
//! The same cases run in wasm32, where the pure-Rust backend is the only one; all but those that need other programs,
//! files or random input.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod judge;
mod mint;

#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

mod algorithm;
mod certificate;
mod certificate_structure;
mod claim_times;
mod claims;
mod context;
#[cfg(not(target_family = "wasm"))]
mod corpus;
mod explained;
mod found;
mod header_syntax;
mod key_bodies;
mod key_body_faults;
mod key_choice;
#[cfg(not(target_family = "wasm"))]
mod openssl;
mod passed_over;
mod pem_faults;
mod private_keys;
#[cfg(not(target_family = "wasm"))]
mod properties;
mod signature;
mod structure;
mod vectors;
#[cfg(not(target_family = "wasm"))]
mod written_times;
