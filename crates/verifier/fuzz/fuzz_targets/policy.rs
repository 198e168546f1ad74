//! Genuine tokens with claims of the fuzzer's choice, judged at any time, by any policy, against keys in several forms.
//! Of what is accepted, each rule is checked once more, with plain arithmetic.
#![no_main]

#[path = "../../src/tests/corpus/policy_input.rs"]
mod policy_input;
#[allow(dead_code, reason = "this target needs only some of it")]
mod signer;

use std::sync::LazyLock;

use bonafide_verifier::{KeySet, Policy, VerifiedToken, verify};

use policy_input::{Input, Keys};

static SETS: LazyLock<[KeySet; 3]> = LazyLock::new(|| {
    let pem = include_str!("../../src/tests/data/test-only-a.public.pem");
    [Keys::Pem, Keys::Array, Keys::Jwks].map(|keys| {
        let body = keys.body(pem, signer::encode_standard, signer::jwk_numbers());
        KeySet::parse(body.as_bytes()).unwrap()
    })
});

libfuzzer_sys::fuzz_target!(|input: Input<'_>| {
    let (now, policy, keys) = (input.now(), input.policy(), &SETS[input.keys as usize]);
    let claims = input.claims().to_string();
    let token = signer::sign(input.header().as_bytes(), claims.as_bytes());
    signer::judge_with(&token, keys, &policy, now);
    if let Ok(verified) = verify(&token, keys, &policy, now) {
        input.check_accepted(&verified);
    }
});
