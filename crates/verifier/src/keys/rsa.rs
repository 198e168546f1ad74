//! An RSA public key's numbers, from SubjectPublicKeyInfo (RFC 5280, section 4.1) or PKCS#1 (RFC 8017,
//! appendix A.1.1), and the limits they must keep. No arithmetic with them: that is the backends'.

use super::{
    der::{self, BIT_STRING, Der, NULL, OBJECT_IDENTIFIER, SEQUENCE},
    error::KeyFault,
};

/// Below this a key can be broken today (NIST SP 800-131A).
const MIN_BITS: u32 = 2_048;
/// Above this a verification costs whoever runs it too much; both backends stop here too.
const MAX_BITS: u32 = 8_192;
/// Above this verification gets slow, and no real key is there; both backends stop here too.
const MAX_EXPONENT: u64 = (1 << 33) - 1;

/// 1.2.840.113549.1.1.1, `rsaEncryption` (RFC 8017, appendix A.1).
const RSA_ENCRYPTION: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01];
/// 1.2.840.113549.1.1.10, `id-RSASSA-PSS`.
const RSASSA_PSS: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0A];
/// 1.2.840.10045.2.1, `id-ecPublicKey`.
const EC_PUBLIC_KEY: &[u8] = &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01];
/// 1.3.101.112, `id-Ed25519`.
const ED25519: &[u8] = &[0x2B, 0x65, 0x70];

/// Modulus and public exponent, big-endian without leading zeros, within the limits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RsaNumbers<'a> {
    modulus: &'a [u8],
    exponent: &'a [u8],
    bits: u32,
}

impl<'a> RsaNumbers<'a> {
    /// Checks the limits. Both numbers are big-endian; leading zeros must be gone.
    pub(crate) fn new(modulus: &'a [u8], exponent: &'a [u8]) -> Result<Self, KeyFault> {
        let bits = bit_length(modulus);
        if bits < MIN_BITS {
            return Err(KeyFault::TooSmall {
                bits,
                least: MIN_BITS,
            });
        }
        if bits > MAX_BITS {
            return Err(KeyFault::TooLarge {
                bits,
                most: MAX_BITS,
            });
        }
        if modulus.last().is_none_or(|last| last % 2 == 0) {
            return Err(KeyFault::EvenModulus);
        }
        let value = if exponent.len() > 8 {
            u64::MAX
        } else {
            exponent
                .iter()
                .fold(0, |value, &digit| (value << 8) | u64::from(digit))
        };
        if value < 3 || value % 2 == 0 || value > MAX_EXPONENT {
            return Err(KeyFault::Exponent);
        }
        Ok(Self {
            modulus,
            exponent,
            bits,
        })
    }

    /// Reads a SubjectPublicKeyInfo and nothing after it.
    pub(crate) fn from_spki(bytes: &'a [u8]) -> Result<Self, KeyFault> {
        let mut outer = Der::new(bytes);
        let numbers = Self::read_spki(&mut outer)?;
        outer.end()?;
        Ok(numbers)
    }

    /// Reads a SubjectPublicKeyInfo out of something larger.
    pub(crate) fn read_spki(outer: &mut Der<'a>) -> Result<Self, KeyFault> {
        let mut spki = outer.read(SEQUENCE)?;
        let mut algorithm = spki.read(SEQUENCE)?;
        let identifier = algorithm.read(OBJECT_IDENTIFIER)?;
        match identifier.bytes() {
            RSA_ENCRYPTION => {}
            RSASSA_PSS => return Err(KeyFault::NotRsa("an RSA-PSS key")),
            EC_PUBLIC_KEY => return Err(KeyFault::NotRsa("an elliptic-curve key")),
            ED25519 => return Err(KeyFault::NotRsa("an Ed25519 key")),
            _ => return Err(KeyFault::NotRsa("a key of an unknown kind")),
        }
        algorithm.read(NULL)?.end()?;
        algorithm.end()?;
        let key = spki.read_bytes()?;
        spki.end()?;
        Self::read_pkcs1(key)
    }

    /// Reads an RSAPublicKey and nothing after it.
    pub(crate) fn from_pkcs1(bytes: &'a [u8]) -> Result<Self, KeyFault> {
        Self::read_pkcs1(Der::new(bytes))
    }

    fn read_pkcs1(mut outer: Der<'a>) -> Result<Self, KeyFault> {
        let mut key = outer.read(SEQUENCE)?;
        outer.end()?;
        let modulus = key.read_unsigned()?;
        let exponent = key.read_unsigned()?;
        key.end()?;
        Self::new(modulus, exponent)
    }

    /// Big-endian, without leading zeros.
    pub(crate) fn modulus(&self) -> &'a [u8] {
        self.modulus
    }

    /// Big-endian, without leading zeros.
    pub(crate) fn exponent(&self) -> &'a [u8] {
        self.exponent
    }

    /// Size of the modulus.
    pub(crate) fn bits(&self) -> u32 {
        self.bits
    }

    /// The SubjectPublicKeyInfo of this key. DER is canonical, so it equals what was read, if it was one.
    pub(crate) fn to_spki(self) -> Vec<u8> {
        let mut numbers = Vec::new();
        der::write_unsigned(&mut numbers, self.modulus);
        der::write_unsigned(&mut numbers, self.exponent);
        let mut bits = vec![0];
        der::write(&mut bits, SEQUENCE, &numbers);
        let mut algorithm = Vec::new();
        der::write(&mut algorithm, OBJECT_IDENTIFIER, RSA_ENCRYPTION);
        der::write(&mut algorithm, NULL, &[]);
        let mut content = Vec::new();
        der::write(&mut content, SEQUENCE, &algorithm);
        der::write(&mut content, BIT_STRING, &bits);
        let mut spki = Vec::new();
        der::write(&mut spki, SEQUENCE, &content);
        spki
    }
}

fn bit_length(number: &[u8]) -> u32 {
    match number {
        [] => 0,
        [first, rest @ ..] => {
            let below = u32::try_from(rest.len())
                .unwrap_or(u32::MAX)
                .saturating_mul(8);
            below.saturating_add(u8::BITS - first.leading_zeros())
        }
    }
}
