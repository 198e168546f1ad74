//! Signs what the fuzzer writes, so that it gets past the signature.

use std::sync::LazyLock;

use aws_lc_rs::{
    rand::SystemRandom,
    signature::{KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair},
};
use bonafide_verifier::{KeySet, Policy, explain, structure, verify};

/// Just after the sample token was issued.
const NOW: i64 = 1_542_622_100;

static KEYS: LazyLock<KeySet> = LazyLock::new(|| {
    KeySet::parse(include_bytes!(
        "../../src/tests/data/test-only-a.public.pem"
    ))
    .unwrap()
});

static PAIR: LazyLock<RsaKeyPair> = LazyLock::new(|| {
    let pem = include_str!("../../src/tests/data/test-only-a.private.pem");
    let base64: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    RsaKeyPair::from_pkcs8(&decode(&base64)).unwrap()
});

/// A genuine token.
pub fn sign(header: &[u8], payload: &[u8]) -> String {
    let input = format!("{}.{}", encode(header), encode(payload));
    let mut signature = vec![0; PAIR.public_modulus_len()];
    PAIR.sign(
        &RSA_PKCS1_SHA256,
        &SystemRandom::new(),
        input.as_bytes(),
        &mut signature,
    )
    .unwrap();
    format!("{input}.{}", encode(&signature))
}

/// Modulus and exponent of the key, as a JWK has them.
pub fn jwk_numbers() -> (String, String) {
    // 30 82 01 0a 02 82 01 01 00 <256 bytes> 02 03 01 00 01
    let pkcs1 = PAIR.public_key().as_ref();
    (encode(&pkcs1[9..265]), encode(&pkcs1[267..]))
}

/// Judges a token in every way; the ways must agree.
pub fn judge(token: &str) {
    judge_with(token, &KEYS, &Policy::default(), NOW);
}

/// The same by other keys, by another policy and at another time.
pub fn judge_with(token: &str, keys: &KeySet, policy: &Policy, now: i64) {
    let verdict = verify(token, keys, policy, now);
    assert_eq!(explain(token, keys, policy, now).outcome(), &verdict);
    match (structure::check(token, policy.max_token_bytes), &verdict) {
        (Err(shape), Err(refusal)) => assert_eq!(&shape, refusal),
        (Err(shape), Ok(_)) => panic!("accepted although {shape}"),
        (Ok(_), _) => {}
    }
    match verdict {
        Ok(verified) => {
            assert!(verified.context().len() <= 100 && !verified.subject().trim().is_empty())
        }
        Err(refusal) => assert!(!refusal.to_string().is_empty()),
    }
}

/// Padded base64.
pub fn encode_standard(bytes: &[u8]) -> String {
    let mut text = encode(bytes).replace('-', "+").replace('_', "/");
    text.extend(std::iter::repeat_n('=', (4 - text.len() % 4) % 4));
    text
}

fn encode(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk
            .iter()
            .fold(0_u32, |bits, &byte| bits << 8 | u32::from(byte))
            << (8 * (3 - chunk.len()));
        for digit in 0..=chunk.len() {
            text.push(char::from(
                ALPHABET[(bits >> (18 - 6 * digit)) as usize & 63],
            ));
        }
    }
    text
}

fn decode(text: &str) -> Vec<u8> {
    let mut bits = Vec::new();
    for byte in text.bytes().filter(|&byte| byte != b'=') {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            _ => 63,
        };
        bits.extend((0..6).rev().map(|place| value >> place & 1));
    }
    bits.chunks_exact(8)
        .map(|byte| byte.iter().fold(0, |value, bit| value << 1 | bit))
        .collect()
}
