//! A website with a sign-in of its own: makes key pairs, publishes them, signs tokens. Shares no code with the
//! verifier or the issuer.

use aws_lc_rs::encoding::{AsDer as _, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

/// The visitor of the samples: a contact's GUID.
pub(crate) const SUBJECT: &str = "87b4d06c-abc2-e811-a9b0-000d3a10e09e";

/// A key pair with an id.
pub(crate) struct Key {
    pub(crate) kid: &'static str,
    pair: KeyPair,
}

impl Key {
    pub(crate) fn new(kid: &'static str) -> Self {
        Self {
            kid,
            pair: KeyPair::generate(KeySize::Rsa2048).unwrap(),
        }
    }

    /// The public key as PEM.
    pub(crate) fn pem(&self) -> String {
        let der: PublicKeyX509Der<'_> = self.pair.public_key().as_der().unwrap();
        pem("PUBLIC KEY", der.as_ref())
    }

    /// The public key as a JWK.
    pub(crate) fn jwk(&self) -> String {
        let der: PublicKeyX509Der<'_> = self.pair.public_key().as_der().unwrap();
        let encode = |number: &[u8]| URL_SAFE_NO_PAD.encode(number);
        // 33 bytes of structure and sign, 256 of modulus, 2 of structure, the exponent.
        let (n, e) = (encode(&der.as_ref()[33..289]), encode(&der.as_ref()[291..]));
        json!({"kty": "RSA", "kid": self.kid, "n": n, "e": e}).to_string()
    }

    /// The private key as PEM, as it must never be published.
    pub(crate) fn private_pem(&self) -> String {
        let der: aws_lc_rs::encoding::Pkcs8V1Der<'_> = self.pair.as_der().unwrap();
        pem("PRIVATE KEY", der.as_ref())
    }

    /// A token with these claims.
    pub(crate) fn token(&self, claims: &Value) -> String {
        self.token_with_header(
            &json!({"alg": "RS256", "typ": "JWT", "kid": self.kid}),
            claims,
        )
    }

    /// A token with this header and these claims.
    pub(crate) fn token_with_header(&self, header: &Value, claims: &Value) -> String {
        let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let input = format!("{}.{}", encode(header), encode(claims));
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair
            .sign(
                &RSA_PKCS1_SHA256,
                &SystemRandom::new(),
                input.as_bytes(),
                &mut signature,
            )
            .unwrap();
        format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature))
    }
}

/// The body of a public key URL with several keys.
pub(crate) fn key_array(keys: &[&Key]) -> String {
    let entries: Vec<Value> = keys
        .iter()
        .map(|key| json!({"kid": key.kid, "publicKey": STANDARD.encode(key.pem())}))
        .collect();
    Value::Array(entries).to_string()
}

/// Claims of a token that is good from `now` (Unix seconds) for 15 minutes.
pub(crate) fn claims(now: i64) -> Value {
    json!({
        "sub": SUBJECT,
        "iss": "shop.example",
        "iat": now,
        "nbf": now,
        "exp": now + 900,
        "preferred_username": "nancy",
        "given_name": "Nancy",
        "family_name": "Anderson",
        "email": "nancy@example.com",
        "lwicontexts": r#"{"msdyn_cartvalue":"10000","msdyn_isvip":"false"}"#,
    })
}

fn pem(label: &str, der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let lines: Vec<&str> = text
        .as_bytes()
        .chunks(64)
        .map(|line| str::from_utf8(line).unwrap())
        .collect();
    format!(
        "-----BEGIN {label}-----\n{}\n-----END {label}-----\n",
        lines.join("\n")
    )
}
