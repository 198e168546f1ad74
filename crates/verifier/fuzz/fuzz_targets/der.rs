//! Any bytes as the DER of a key or certificate, alone and in an entry.
#![no_main]

#[path = "../../src/tests/corpus/der_input.rs"]
mod der_input;
#[allow(dead_code, reason = "this target signs nothing")]
mod signer;

use bonafide_verifier::KeySet;

libfuzzer_sys::fuzz_target!(|input: &[u8]| der_input::judge(input, signer::encode_standard));
