//! Any bytes as a key body. What is accepted keeps the limits, and reads the same a second time;
//! what is not is told of in one short sentence.
#![no_main]

use bonafide_verifier::KeySet;

libfuzzer_sys::fuzz_target!(|body: &[u8]| {
    match KeySet::parse(body) {
        Ok(keys) => {
            assert!((1..=100).contains(&keys.keys().len()));
            for passed_over in keys.passed_over() {
                let sentence = passed_over.to_string();
                assert!(
                    sentence.ends_with('.') && sentence.len() < 2_000,
                    "{sentence}"
                );
            }
            assert!(keys.keys().len() + keys.passed_over().len() <= 100);
            for key in keys.keys() {
                assert!((2_048..=8_192).contains(&key.bits()));
            }
            let again = KeySet::parse(body).expect("accepted a moment ago");
            assert!(
                again
                    .keys()
                    .iter()
                    .map(|key| key.fingerprint())
                    .eq(keys.keys().iter().map(|key| key.fingerprint()))
            );
        }
        Err(error) => {
            let sentence = error.to_string();
            assert!(
                sentence.ends_with('.') && sentence.len() < 2_000,
                "{sentence}"
            );
        }
    }
});
