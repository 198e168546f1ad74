//! Makes tokens and key bodies for the tests, with fixed keys that sign nothing else: by aws-lc-rs, and in wasm32 by
//! the `rsa` crate. The signatures are the same, since PKCS#1 v1.5 leaves nothing to chance.

use serde_json::{Value, json};

/// Just after the sample token was issued.
pub(super) const NOW: i64 = 1_542_622_100;
pub(super) const KID: &str = "qWO4EaKT1xRO7JC/oqALz6DCVr41B/qL0Hqp4in7hu4=";

pub(super) const PUBLIC_A: &str = include_str!("data/test-only-a.public.pem");
pub(super) const PUBLIC_B: &str = include_str!("data/test-only-b.public.pem");
pub(super) const PRIVATE_A: &str = include_str!("data/test-only-a.private.pem");
const PRIVATE_B: &str = include_str!("data/test-only-b.private.pem");

pub(super) struct Signer(KeyPair);

/// The first key pair.
pub(super) fn a() -> Signer {
    Signer::from_pem(PRIVATE_A)
}

/// The second key pair.
pub(super) fn b() -> Signer {
    Signer::from_pem(PRIVATE_B)
}

impl Signer {
    pub(super) fn from_pem(pem: &str) -> Self {
        let base64: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
        Self(KeyPair::from_pkcs8(&decode_standard(&base64)))
    }

    pub(super) fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.0.sign(message)
    }

    /// A token with any header and payload text, signed for real.
    pub(super) fn token(&self, header: impl AsRef<[u8]>, payload: impl AsRef<[u8]>) -> String {
        let input = format!(
            "{}.{}",
            encode_url(header.as_ref()),
            encode_url(payload.as_ref())
        );
        let signature = self.sign(input.as_bytes());
        format!("{input}.{}", encode_url(&signature))
    }

    /// A token with the plain header and these claims.
    pub(super) fn claims(&self, claims: &Value) -> String {
        self.token(r#"{"alg":"RS256","typ":"JWT"}"#, claims.to_string())
    }

    /// The PKCS#1 DER of the public key.
    pub(super) fn pkcs1(&self) -> Vec<u8> {
        self.0.pkcs1()
    }

    /// Modulus and exponent as a JWK has them.
    pub(super) fn jwk_numbers(&self) -> (String, String) {
        let pkcs1 = self.pkcs1();
        // 30 82 01 0a 02 82 01 01 00 <256 bytes> 02 03 01 00 01
        assert_eq!(
            &pkcs1[..9],
            [0x30, 0x82, 0x01, 0x0A, 0x02, 0x82, 0x01, 0x01, 0x00]
        );
        (encode_url(&pkcs1[9..265]), encode_url(&pkcs1[267..]))
    }
}

#[cfg(not(target_family = "wasm"))]
struct KeyPair(aws_lc_rs::signature::RsaKeyPair);

#[cfg(not(target_family = "wasm"))]
impl KeyPair {
    fn from_pkcs8(der: &[u8]) -> Self {
        Self(aws_lc_rs::signature::RsaKeyPair::from_pkcs8(der).unwrap())
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        use aws_lc_rs::{rand::SystemRandom, signature::RSA_PKCS1_SHA256};
        let mut signature = vec![0; self.0.public_modulus_len()];
        self.0
            .sign(
                &RSA_PKCS1_SHA256,
                &SystemRandom::new(),
                message,
                &mut signature,
            )
            .unwrap();
        signature
    }

    fn pkcs1(&self) -> Vec<u8> {
        use aws_lc_rs::signature::KeyPair as _;
        self.0.public_key().as_ref().to_vec()
    }
}

/// Signs without blinding, which a test key can do without.
#[cfg(target_family = "wasm")]
struct KeyPair(rsa::RsaPrivateKey);

#[cfg(target_family = "wasm")]
impl KeyPair {
    fn from_pkcs8(der: &[u8]) -> Self {
        Self(rsa::pkcs8::DecodePrivateKey::from_pkcs8_der(der).unwrap())
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        use sha2::{Digest as _, Sha256};
        let padding = rsa::Pkcs1v15Sign::new::<Sha256>();
        self.0.sign(padding, &Sha256::digest(message)).unwrap()
    }

    fn pkcs1(&self) -> Vec<u8> {
        use rsa::pkcs1::EncodeRsaPublicKey as _;
        self.0
            .to_public_key()
            .to_pkcs1_der()
            .unwrap()
            .as_bytes()
            .to_vec()
    }
}

/// The claims of a signed-in visitor with context, as a shop's issuer writes them.
pub(super) fn sample_claims() -> Value {
    json!({
        "sub": "87b4d06c-abc2-e811-a9b0-000d3a10e09e",
        "preferred_username": "a184fade-d7d0-40e5-9c33-97478491d352",
        "phone_number": "1234567",
        "given_name": "Bert",
        "family_name": "Hair",
        "email": "admin@contosohelp.com",
        "lwicontexts": r#"{"msdyn_cartvalue":"10000", "msdyn_isvip":"false", "portalcontactid":"87b4d06c-abc2-e811-a9b0-000d3a10e09e"}"#,
        "iat": 1_542_622_071,
        "iss": "contosohelp.com",
        "exp": 1_542_625_672,
        "nbf": 1_542_622_072,
    })
}

/// The sample claims with one set to `value`, or removed if `value` is `None`.
pub(super) fn with_claim(name: &str, value: Option<Value>) -> Value {
    let mut claims = sample_claims();
    let members = claims.as_object_mut().unwrap();
    match value {
        Some(value) => members.insert(name.to_owned(), value),
        None => members.remove(name),
    };
    claims
}

/// An array entry.
pub(super) fn entry(kid: &str, pem: &str) -> Value {
    json!({ "kid": kid, "publicKey": encode_standard(pem.as_bytes()) })
}

pub(super) fn encode_url(bytes: &[u8]) -> String {
    encode(
        bytes,
        b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
    )
}

pub(super) fn encode_standard(bytes: &[u8]) -> String {
    let mut text = encode(
        bytes,
        b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
    );
    text.extend(std::iter::repeat_n('=', (4 - text.len() % 4) % 4));
    text
}

fn encode(bytes: &[u8], alphabet: &[u8; 64]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk
            .iter()
            .fold(0_u32, |bits, &byte| bits << 8 | u32::from(byte))
            << (8 * (3 - chunk.len()));
        for digit in 0..=chunk.len() {
            text.push(char::from(
                alphabet[(bits >> (18 - 6 * digit)) as usize & 63],
            ));
        }
    }
    text
}

pub(super) fn decode_standard(text: &str) -> Vec<u8> {
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
