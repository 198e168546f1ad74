//! RS256 for jwt-compact, signed and verified by aws-lc.
//!
//! The `rsa` crate that jwt-compact brings along is not used: its private-key operations leak timing
//! (RUSTSEC-2023-0071), and an issuer signs whenever a visitor asks.

use std::borrow::Cow;

use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use jwt_compact::{Algorithm, AlgorithmSignature};

use crate::KeyPair;

/// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 section 3.3).
#[derive(Clone, Copy, Debug, Default)]
pub struct Rs256;

/// A signature; as long as the key's modulus. Empty when signing failed, which no key accepts.
#[derive(Clone, Debug)]
pub struct Rs256Signature(Vec<u8>);

impl AlgorithmSignature for Rs256Signature {
    fn try_from_slice(slice: &[u8]) -> anyhow::Result<Self> {
        Ok(Self(slice.to_vec()))
    }

    fn as_bytes(&self) -> Cow<'_, [u8]> {
        Cow::Borrowed(&self.0)
    }
}

impl Algorithm for Rs256 {
    type SigningKey = KeyPair;
    type VerifyingKey = KeyPair;
    type Signature = Rs256Signature;

    fn name(&self) -> Cow<'static, str> {
        Cow::Borrowed("RS256")
    }

    fn sign(&self, signing_key: &KeyPair, message: &[u8]) -> Rs256Signature {
        // The trait has no way to fail; `mint` refuses a token that ends without a signature.
        Rs256Signature(signing_key.sign(message).unwrap_or_default())
    }

    fn verify_signature(
        &self,
        signature: &Rs256Signature,
        verifying_key: &KeyPair,
        message: &[u8],
    ) -> bool {
        UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, verifying_key.public_key_der())
            .verify(message, &signature.0)
            .is_ok()
    }
}
