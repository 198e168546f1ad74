//! Any text as a token.
#![no_main]

#[allow(dead_code, reason = "this target signs nothing")]
mod signer;

libfuzzer_sys::fuzz_target!(|token: &str| {
    signer::judge(token);
});
