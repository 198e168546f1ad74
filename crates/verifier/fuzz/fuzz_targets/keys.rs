//! Any bytes as a key body. What is accepted keeps the limits, and reads the same a second time.
#![no_main]

use bonafide_verifier::KeySet;

libfuzzer_sys::fuzz_target!(|body: &[u8]| {
    match KeySet::parse(body) {
        Ok(keys) => {
            assert!((1..=100).contains(&keys.keys().len()));
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
                sentence.ends_with('.') && sentence.len() < 1_000,
                "{sentence}"
            );
        }
    }
});
