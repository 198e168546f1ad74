//! RSA by the `rsa` crate and SHA-256 by `sha2`, for targets without a C compiler: wasm32.
//!
//! RUSTSEC-2023-0071 does not reach this use: it is a timing leak of operations with the private key, and a
//! verifier has none. Everything it computes with is public.

use rsa::{BigUint, Pkcs1v15Sign, RsaPublicKey};
use sha2::{Digest, Sha256};

use crate::keys::RsaNumbers;

/// The crate's own bound is 4,096; the contract's is 8,192, and was checked.
const MAX_BITS: usize = 8_192;

#[derive(Clone)]
pub(crate) struct VerifyingKey(RsaPublicKey);

impl VerifyingKey {
    pub(crate) fn new(numbers: RsaNumbers<'_>) -> Option<Self> {
        let modulus = BigUint::from_bytes_be(numbers.modulus());
        let exponent = BigUint::from_bytes_be(numbers.exponent());
        RsaPublicKey::new_with_max_size(modulus, exponent, MAX_BITS)
            .ok()
            .map(Self)
    }

    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        let digest = Sha256::digest(message);
        self.0
            .verify(Pkcs1v15Sign::new::<Sha256>(), &digest, signature)
            .is_ok()
    }
}

#[cfg(target_family = "wasm")]
pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}
