//! Any bytes as the DER of a key or certificate: the first byte chooses the label, the rest is the DER. A PEM and an
//! entry that holds the PEM are judged alike, and no bytes may follow what was accepted.
#![no_main]

#[allow(dead_code, reason = "this target signs nothing")]
mod signer;

use bonafide_verifier::KeySet;
use serde_json::json;

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    let Some((choice, der)) = input.split_first() else {
        return;
    };
    let label = ["PUBLIC KEY", "RSA PUBLIC KEY", "CERTIFICATE"][usize::from(choice % 3)];
    let pem = |der: &[u8]| {
        let base64 = signer::encode_standard(der);
        format!("-----BEGIN {label}-----\n{base64}\n-----END {label}-----\n")
    };
    let alone = KeySet::parse(pem(der).as_bytes());
    let entry = json!({ "kid": "k", "publicKey": signer::encode_standard(pem(der).as_bytes()) });
    let entry = KeySet::parse(entry.to_string().as_bytes());
    match (&alone, &entry) {
        (Ok(alone), Ok(entry)) => {
            let (alone, entry) = (&alone.keys()[0], &entry.keys()[0]);
            assert_eq!(alone.fingerprint(), entry.fingerprint());
            assert_eq!(alone.expires_at(), entry.expires_at());
            assert_eq!(alone.not_before(), entry.not_before());
            assert!(KeySet::parse(pem(&[der, &[0]].concat()).as_bytes()).is_err());
        }
        (Err(alone), Err(entry)) => {
            assert_eq!(alone.private_key_found(), entry.private_key_found());
        }
        _ => panic!("{alone:?} but {entry:?}"),
    }
});
