//! A website with one key: publishes it, and signs tokens for many people. Knows nothing of the product's own issuer, so that
//! the same tokens are fair to any server.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result};
use aws_lc_rs::encoding::{AsDer as _, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256};
use axum::Router;
use axum::routing::get;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use tokio::net::TcpListener;

/// Different people who sign in. Their tokens are signed beforehand: signing costs thirty times what verifying does.
const PEOPLE: usize = 256;
/// How long the tokens are valid, in seconds.
const VALID_S: u64 = 86_400;

/// A website with signed-in visitors.
pub(crate) struct Website {
    /// Where its public key is.
    pub(crate) key_url: String,
    /// Its public key, `SubjectPublicKeyInfo` in DER.
    pub(crate) key: Vec<u8>,
    /// A token for each of its people.
    pub(crate) tokens: Vec<String>,
}

impl Website {
    /// Makes a key, publishes it on loopback for as long as this program runs, and signs the tokens.
    pub(crate) async fn open() -> Result<Self> {
        let pair = KeyPair::generate(KeySize::Rsa2048).context("no key could be made")?;
        let der: PublicKeyX509Der<'_> = pair
            .public_key()
            .as_der()
            .context("the key has no DER form")?;
        let key = der.as_ref().to_vec();
        let pem = format!(
            "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n",
            STANDARD.encode(&key)
        );
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let key_url = format!("http://{}/auth/publickey", listener.local_addr()?);
        let router =
            Router::new().route("/auth/publickey", get(move || async move { pem.clone() }));
        tokio::spawn(async move { axum::serve(listener, router).await });
        let tokens = (0..PEOPLE)
            .map(|person| sign(&pair, person))
            .collect::<Result<_>>()?;
        Ok(Self {
            key_url,
            key,
            tokens,
        })
    }
}

fn sign(pair: &KeyPair, person: usize) -> Result<String> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let claims = serde_json::json!({
        "iss": "https://shop.example.com",
        "sub": format!("person-{person}"),
        "iat": now,
        "exp": now + VALID_S,
        "given_name": "Bert",
        "family_name": "Hair",
        "lwicontexts": r#"{"cart":"10000","vip":"false"}"#,
    });
    let signed = format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(r#"{"alg":"RS256","typ":"JWT"}"#),
        URL_SAFE_NO_PAD.encode(claims.to_string())
    );
    let mut signature = vec![0; pair.public_modulus_len()];
    pair.sign(
        &RSA_PKCS1_SHA256,
        &SystemRandom::new(),
        signed.as_bytes(),
        &mut signature,
    )
    .context("the token could not be signed")?;
    Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
}
