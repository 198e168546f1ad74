//! Any header and payload, divided by the first NUL, in a genuine token.
#![no_main]

#[allow(dead_code, reason = "this target needs only some of it")]
mod signer;

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    let end = input.iter().position(|&byte| byte == 0).unwrap_or(0);
    let (header, payload) = input.split_at(end);
    signer::judge(&signer::sign(header, payload.get(1..).unwrap_or_default()));
});
