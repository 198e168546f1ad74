//! One RSA key pair: made here or by `openssl`, kept as PKCS#8, published as SPKI.
//!
//! The private half never leaves this type but through [`KeyPair::private_key_pem`], and is never printed.

use std::fmt;

use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::signature::KeyPair as _;
use aws_lc_rs::{digest, rand, rsa, signature};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use zeroize::Zeroizing;

use crate::pem;

/// An RSA key pair of 2,048 to 8,192 bits. `Debug` shows the key id only.
pub struct KeyPair {
    pair: rsa::KeyPair,
    public_key: Vec<u8>,
    key_id: String,
}

/// Modulus sizes a new key pair can have. 2,048 is safe until 2030 (NIST SP 800-57), and the fastest.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum KeySize {
    /// 2,048 bits.
    #[default]
    Bits2048,
    /// 3,072 bits.
    Bits3072,
    /// 4,096 bits.
    Bits4096,
}

/// Why there is no key pair.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeyPairError {
    /// The private key is protected with a password.
    #[error(
        "The private key is encrypted: decrypt it first with `openssl pkey -in encrypted.pem -out private_key.pem`."
    )]
    Encrypted,
    /// The system gave no randomness, or not enough memory.
    #[error("The system could not make a key pair.")]
    GenerationFailed,
    /// Not PEM; the text says what is missing.
    #[error("This is not a PEM file: {0}.")]
    NotPem(String),
    /// PEM of something that is not a private key; holds the label.
    #[error(
        "The file holds a `{0}`, not a private key: it must begin with `-----BEGIN PRIVATE KEY-----`, as `openssl genpkey -algorithm RSA` writes it."
    )]
    NotPrivateKey(String),
    /// A private key, but not of a kind that can sign RS256; holds the library's reason.
    #[error("The private key cannot be used: RS256 needs an RSA key of 2,048 to 8,192 bits ({0}).")]
    Unsuitable(String),
}

impl KeyPair {
    /// Makes a new key pair. Takes from a tenth of a second to a few seconds, growing with the size.
    ///
    /// # Errors
    /// [`KeyPairError::GenerationFailed`].
    pub fn generate(size: KeySize) -> Result<Self, KeyPairError> {
        let size = match size {
            KeySize::Bits2048 => rsa::KeySize::Rsa2048,
            KeySize::Bits3072 => rsa::KeySize::Rsa3072,
            KeySize::Bits4096 => rsa::KeySize::Rsa4096,
        };
        let pair = rsa::KeyPair::generate(size).map_err(|_| KeyPairError::GenerationFailed)?;
        Self::new(pair)
    }

    /// Reads a private key: PEM with `PRIVATE KEY` (PKCS#8, RFC 5958) or `RSA PRIVATE KEY` (PKCS#1, RFC 8017).
    ///
    /// # Errors
    /// Each [`KeyPairError`] but `GenerationFailed`.
    pub fn from_pem(text: &str) -> Result<Self, KeyPairError> {
        // The way before PKCS#8: the label stays the same, and lines above the base64 say how it is encrypted.
        if text.contains("Proc-Type: 4,ENCRYPTED") {
            return Err(KeyPairError::Encrypted);
        }
        let block = pem::read(text, |label| label.ends_with("PRIVATE KEY"))
            .map_err(|fault| KeyPairError::NotPem(fault.to_string()))?;
        let pair = match block.label.as_str() {
            "PRIVATE KEY" => rsa::KeyPair::from_pkcs8(&block.der),
            "RSA PRIVATE KEY" => rsa::KeyPair::from_der(&block.der),
            "ENCRYPTED PRIVATE KEY" => return Err(KeyPairError::Encrypted),
            _ => return Err(KeyPairError::NotPrivateKey(block.label)),
        }
        .map_err(|reason| KeyPairError::Unsuitable(reason.to_string()))?;
        Self::new(pair)
    }

    /// The private key as PKCS#8 PEM. Wiped from memory when dropped.
    ///
    /// # Errors
    /// [`KeyPairError::GenerationFailed`] when memory runs out.
    pub fn private_key_pem(&self) -> Result<Zeroizing<String>, KeyPairError> {
        let der: Pkcs8V1Der<'_> = self
            .pair
            .as_der()
            .map_err(|_| KeyPairError::GenerationFailed)?;
        Ok(pem::write("PRIVATE KEY", der.as_ref(), "\n"))
    }

    /// The public key as SPKI PEM (RFC 7468 section 13), lines ending in LF.
    #[must_use]
    pub fn public_key_pem(&self) -> String {
        pem::write("PUBLIC KEY", &self.public_key, "\n").to_string()
    }

    /// The same with CRLF, as the array form of published keys has it.
    pub(crate) fn public_key_pem_crlf(&self) -> String {
        pem::write("PUBLIC KEY", &self.public_key, "\r\n").to_string()
    }

    /// The public key's SPKI as DER.
    #[must_use]
    pub fn public_key_der(&self) -> &[u8] {
        &self.public_key
    }

    /// A key id that follows from the public key: SHA-256 of the SPKI, base64url, 43 characters.
    #[must_use]
    pub fn key_id(&self) -> &str {
        &self.key_id
    }

    /// SHA-256 of the SPKI as lower-case hex, as a chat server shows it.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let hash = digest::digest(&digest::SHA256, &self.public_key);
        hash.as_ref().iter().fold(String::new(), |mut text, byte| {
            text.push_str(&format!("{byte:02x}"));
            text
        })
    }

    /// Size of the modulus in bits, to the next multiple of 8.
    #[must_use]
    pub fn bits(&self) -> usize {
        self.pair.public_modulus_len() * 8
    }

    /// Signs with RSASSA-PKCS1-v1_5 and SHA-256 (RFC 7518 section 3.3). `None` when the library fails.
    pub(crate) fn sign(&self, message: &[u8]) -> Option<Vec<u8>> {
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair
            .sign(
                &signature::RSA_PKCS1_SHA256,
                &rand::SystemRandom::new(),
                message,
                &mut signature,
            )
            .ok()?;
        Some(signature)
    }

    fn new(pair: rsa::KeyPair) -> Result<Self, KeyPairError> {
        let der: PublicKeyX509Der<'_> = pair
            .public_key()
            .as_der()
            .map_err(|_| KeyPairError::GenerationFailed)?;
        let public_key = der.as_ref().to_vec();
        let hash = digest::digest(&digest::SHA256, &public_key);
        Ok(Self {
            key_id: URL_SAFE_NO_PAD.encode(hash),
            public_key,
            pair,
        })
    }
}

impl fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyPair")
            .field("key_id", &self.key_id)
            .finish_non_exhaustive()
    }
}
