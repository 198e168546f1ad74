//! RSA and SHA-256 by aws-lc-rs: the fastest verification there is on the servers this runs on.

use aws_lc_rs::{
    digest,
    signature::{ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents},
};

use crate::keys::RsaNumbers;

#[derive(Clone)]
pub(crate) struct VerifyingKey(ParsedPublicKey);

impl VerifyingKey {
    pub(crate) fn new(numbers: RsaNumbers<'_>) -> Option<Self> {
        let components = RsaPublicKeyComponents {
            n: numbers.modulus(),
            e: numbers.exponent(),
        };
        components
            .to_parsed_public_key(&RSA_PKCS1_2048_8192_SHA256)
            .ok()
            .map(Self)
    }

    /// Hashing apart from verifying does the same with less: `verify_sig` sets up a streaming context and
    /// copies it, for a message that lies here whole.
    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        let digest = digest::digest(&digest::SHA256, message);
        self.0.verify_digest_sig(&digest, signature).is_ok()
    }
}

pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    let digest = digest::digest(&digest::SHA256, bytes);
    let mut output = [0; 32];
    // SHA-256 has 32 bytes; `zip` needs no proof of it.
    output
        .iter_mut()
        .zip(digest.as_ref())
        .for_each(|(to, from)| *to = *from);
    output
}
