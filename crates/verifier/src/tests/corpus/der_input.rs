//! What the fuzz target `der` makes of its bytes, and what must hold of them. Compiled into that target too, so that the
//! tests replay exactly what it judged.

use serde_json::json;

use super::KeySet;

/// Judges bytes as the DER of a key or certificate: the first byte chooses the label, the rest is the DER. A PEM and an
/// entry that holds the PEM are judged alike, and no bytes may follow what was accepted. `encode` writes padded base64.
pub(crate) fn judge(input: &[u8], encode: impl Fn(&[u8]) -> String) {
    let Some((choice, der)) = input.split_first() else {
        return;
    };
    let label = ["PUBLIC KEY", "RSA PUBLIC KEY", "CERTIFICATE"][usize::from(choice % 3)];
    let pem = |der: &[u8]| {
        let base64 = encode(der);
        format!("-----BEGIN {label}-----\n{base64}\n-----END {label}-----\n")
    };
    let alone = KeySet::parse(pem(der).as_bytes());
    let entry = json!({ "kid": "k", "publicKey": encode(pem(der).as_bytes()) });
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
}
