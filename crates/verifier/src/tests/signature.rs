//! Step 4: the signature, and that nothing of the claims is judged before it.

#[cfg(target_family = "wasm")]
use super::test;

use serde_json::json;

use super::{
    judge::{code, judge},
    mint::{self, PUBLIC_A, PUBLIC_B, encode_url, sample_claims, with_claim},
};

fn parts() -> (String, Vec<u8>) {
    let token = mint::a().claims(&sample_claims());
    let input = token.rsplit_once('.').unwrap().0.to_owned();
    let signature = mint::a().sign(input.as_bytes());
    (input, signature)
}

#[test]
fn another_key_or_other_content_is_refused() {
    let (input, signature) = parts();
    let token = format!("{input}.{}", encode_url(&signature));
    assert_eq!(code(&token, PUBLIC_A), "accepted");
    assert_eq!(code(&token, PUBLIC_B), "token-signature-invalid");
    let other = mint::a().claims(&with_claim("sub", Some(json!("somebody else"))));
    let swapped = format!(
        "{}.{}",
        other.rsplit_once('.').unwrap().0,
        encode_url(&signature)
    );
    assert_eq!(code(&swapped, PUBLIC_A), "token-signature-invalid");
}

#[test]
fn every_flipped_bit_and_every_other_length_is_refused() {
    let (input, signature) = parts();
    let with = |signature: &[u8]| code(&format!("{input}.{}", encode_url(signature)), PUBLIC_A);
    for byte in (0..signature.len()).step_by(17) {
        let mut flipped = signature.clone();
        flipped[byte] ^= 1;
        assert_eq!(with(&flipped), "token-signature-invalid", "byte {byte}");
    }
    for length in [0, 1, 128, 255, 257, 512, 1_023, 1_024, 1_025, 1_026, 40_000] {
        let mut other = signature.clone();
        other.resize(length, 0);
        assert_eq!(with(&other), "token-signature-invalid", "{length} bytes");
    }
    let mut padded = vec![0];
    padded.extend(&signature);
    assert_eq!(with(&padded), "token-signature-invalid", "a leading zero");
    assert_eq!(with(&[0; 256]), "token-signature-invalid");
    assert_eq!(
        with(&[0xFF; 256]),
        "token-signature-invalid",
        "larger than the modulus"
    );
}

#[test]
fn the_message_says_lengths() {
    let (input, _) = parts();
    let refusal = judge(&format!("{input}.{}", encode_url(&[1; 10])), PUBLIC_A).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "The signature is 10 bytes long; the key's modulus needs 256."
    );
}

/// An unsigned token must not learn what its claims would have been answered.
#[test]
fn claims_are_not_judged_before_the_signature() {
    let payloads = [
        "",
        "{}",
        "not JSON",
        r#"{"iss":1}"#,
        r#"{"exp":0}"#,
        r#"{"a":1,"a":1}"#,
        "\u{0}",
    ];
    for payload in payloads {
        let token = mint::b().token(r#"{"alg":"RS256"}"#, payload);
        assert_eq!(
            code(&token, PUBLIC_A),
            "token-signature-invalid",
            "{payload:?}"
        );
    }
}

#[test]
fn every_size_from_2048_to_8192_bits_verifies() {
    // Made once with openssl: generating 8,192 bits takes minutes.
    for (bits, body, token) in [
        (
            2_560,
            include_str!("data/rsa-2560.public.pem"),
            include_str!("data/rsa-2560.token"),
        ),
        (
            4_096,
            include_str!("data/rsa-4096.public.pem"),
            include_str!("data/rsa-4096.token"),
        ),
        (
            8_192,
            include_str!("data/rsa-8192.public.pem"),
            include_str!("data/rsa-8192.token"),
        ),
    ] {
        let token = token.trim_end();
        assert_eq!(
            judge(token, body).unwrap().issuer(),
            "contosohelp.com",
            "{bits}"
        );
        assert_eq!(
            crate::KeySet::parse(body.as_bytes()).unwrap().keys()[0].bits(),
            bits
        );
        let changed = token.replacen(".ey", ".fy", 1);
        assert_eq!(code(&changed, body), "token-signature-invalid", "{bits}");
    }
}
