//! The two backends for RSA and SHA-256, chosen by target: aws-lc-rs natively, the `rsa` crate in wasm32.
//!
//! Neither decides anything: which keys and which lengths are acceptable was settled before. RUSTSEC-2023-0071
//! (Marvin) is about private-key operations of the `rsa` crate; nothing here has a private key.

#[cfg(not(target_family = "wasm"))]
mod aws_lc;
#[cfg(any(target_family = "wasm", test))]
mod pure_rust;
#[cfg(test)]
mod wycheproof;

use crate::keys::RsaNumbers;

/// Who does the arithmetic.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Backend {
    #[cfg(not(target_family = "wasm"))]
    AwsLc,
    #[cfg(any(target_family = "wasm", test))]
    PureRust,
}

/// What a target uses unless told otherwise.
#[cfg(not(target_family = "wasm"))]
pub(crate) const DEFAULT_BACKEND: Backend = Backend::AwsLc;
/// What a target uses unless told otherwise.
#[cfg(target_family = "wasm")]
pub(crate) const DEFAULT_BACKEND: Backend = Backend::PureRust;

/// A key that was parsed once and verifies many times.
#[derive(Clone)]
pub(crate) enum VerifyingKey {
    #[cfg(not(target_family = "wasm"))]
    AwsLc(aws_lc::VerifyingKey),
    #[cfg(any(target_family = "wasm", test))]
    PureRust(pure_rust::VerifyingKey),
}

impl VerifyingKey {
    /// `None` if the backend refuses the numbers.
    pub(crate) fn new(numbers: RsaNumbers<'_>, backend: Backend) -> Option<Self> {
        match backend {
            #[cfg(not(target_family = "wasm"))]
            Backend::AwsLc => aws_lc::VerifyingKey::new(numbers).map(Self::AwsLc),
            #[cfg(any(target_family = "wasm", test))]
            Backend::PureRust => pure_rust::VerifyingKey::new(numbers).map(Self::PureRust),
        }
    }

    /// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, section 8.2.2).
    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        match self {
            #[cfg(not(target_family = "wasm"))]
            Self::AwsLc(key) => key.verifies(message, signature),
            #[cfg(any(target_family = "wasm", test))]
            Self::PureRust(key) => key.verifies(message, signature),
        }
    }
}

#[cfg(not(target_family = "wasm"))]
pub(crate) use aws_lc::sha256;
#[cfg(target_family = "wasm")]
pub(crate) use pure_rust::sha256;
