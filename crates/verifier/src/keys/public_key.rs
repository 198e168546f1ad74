//! One published key, ready to verify with.

use std::fmt;

use super::{error::KeyFault, rsa::RsaNumbers};
use crate::{
    quote::quoted,
    refusal::Reason,
    signature::{self, VerifyingKey},
    time::Time,
};

/// An RSA public key of 2,048 to 8,192 bits.
#[derive(Clone)]
pub struct PublicKey {
    pub(super) kid: Option<String>,
    bits: u32,
    fingerprint: Fingerprint,
    pub(super) not_before: Option<Time>,
    pub(super) expires_at: Option<Time>,
    verifying_key: VerifyingKey,
}

impl PublicKey {
    pub(super) fn new(
        numbers: RsaNumbers<'_>,
        backend: signature::Backend,
    ) -> Result<Self, KeyFault> {
        let verifying_key = VerifyingKey::new(numbers, backend).ok_or(KeyFault::Refused)?;
        Ok(Self {
            kid: None,
            bits: numbers.bits(),
            fingerprint: Fingerprint(signature::sha256(&numbers.to_spki())),
            not_before: None,
            expires_at: None,
            verifying_key,
        })
    }

    /// Its key id: an opaque string, compared exactly. `None` for a PEM, and for a JWK without one.
    #[must_use]
    pub fn kid(&self) -> Option<&str> {
        self.kid.as_deref()
    }

    /// Size of the modulus in bits.
    #[must_use]
    pub fn bits(&self) -> u32 {
        self.bits
    }

    /// SHA-256 of its SubjectPublicKeyInfo, whatever form it was published in.
    #[must_use]
    pub fn fingerprint(&self) -> &Fingerprint {
        &self.fingerprint
    }

    /// When the website stops using it, in seconds since 1970: an array entry's `expiry`, or a
    /// certificate's `notAfter`. The key still verifies in this second, and no longer after it.
    #[must_use]
    pub fn expires_at(&self) -> Option<i64> {
        self.expires_at.map(|time| time.0)
    }

    /// A certificate's `notBefore`, in seconds since 1970. The key does not verify before it.
    #[must_use]
    pub fn not_before(&self) -> Option<i64> {
        self.not_before.map(|time| time.0)
    }

    /// Whether a token may be signed with it now, in seconds since 1970.
    #[must_use]
    pub fn is_usable_at(&self, now: i64) -> bool {
        self.check_validity(Time(now)).is_ok()
    }

    /// No leeway: a key's times are the website's own, and set in days.
    pub(crate) fn check_validity(&self, now: Time) -> Result<(), Reason> {
        match (self.not_before, self.expires_at) {
            (Some(not_before), _) if now < not_before => {
                Err(Reason::KeyNotYetValid { not_before, now })
            }
            (_, Some(expired_at)) if now > expired_at => {
                Err(Reason::KeyExpired { expired_at, now })
            }
            _ => Ok(()),
        }
    }

    /// The length of a signature by this key.
    pub(crate) fn modulus_bytes(&self) -> usize {
        self.bits.div_ceil(8) as usize
    }

    /// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, section 8.2.2).
    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        self.verifying_key.verifies(message, signature)
    }

    /// For [`explain`](crate::explain()).
    pub(crate) fn describe(&self) -> String {
        let name = self.kid.as_deref().map_or_else(
            || "The only key".to_owned(),
            |kid| format!("Key {}", quoted(kid)),
        );
        let expiry = self
            .expires_at
            .map_or(String::new(), |time| format!(", until {time}"));
        format!(
            "{name}: RSA, {} bits, SHA-256 fingerprint {}{expiry}.",
            self.bits, self.fingerprint
        )
    }
}

/// Without the backend's own view of the key.
impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PublicKey")
            .field("kid", &self.kid)
            .field("bits", &self.bits)
            .field("fingerprint", &self.fingerprint)
            .field("expires_at", &self.expires_at())
            .finish_non_exhaustive()
    }
}

/// SHA-256 of a key's SubjectPublicKeyInfo (DER). `Display` and `Debug` are lower-case hex, as in
/// `openssl pkey -pubin -outform DER | sha256sum`.
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// The 32 bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
