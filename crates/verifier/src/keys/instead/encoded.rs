//! DER, and texts that encode something in base64 or hexadecimal.

use super::Instead;
use crate::{
    base64,
    keys::{
        certificate::Certificate,
        der::{Der, INTEGER, SEQUENCE},
        error::KeyFault,
        pem::is_blank,
        rsa::RsaNumbers,
    },
};

/// A structure in DER that has to do with keys.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Structure {
    Certificate,
    /// Personal information exchange (RFC 7292).
    Pkcs12,
    /// SubjectPublicKeyInfo of RSA.
    PublicKey,
    /// PKCS#1.
    RsaPublicKey,
    /// SubjectPublicKeyInfo of another kind.
    OtherPublicKey,
}

impl Structure {
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        // A key that is refused for its size or its kind is still a key.
        let is = |read: Result<(), KeyFault>| !matches!(read, Err(KeyFault::Der(_)));
        let other = |read: &Result<(), KeyFault>| matches!(read, Err(KeyFault::NotRsa(_)));
        let spki = RsaNumbers::from_spki(bytes).map(drop);
        if other(&spki) {
            Some(Self::OtherPublicKey)
        } else if is(spki) {
            Some(Self::PublicKey)
        } else if is(RsaNumbers::from_pkcs1(bytes).map(drop)) {
            Some(Self::RsaPublicKey)
        } else if is(Certificate::from_der(bytes).map(drop)) {
            Some(Self::Certificate)
        } else {
            is_pkcs12(bytes).then_some(Self::Pkcs12)
        }
    }

    pub(super) fn what(self) -> &'static str {
        match self {
            Self::Certificate => "a certificate",
            Self::Pkcs12 => "a PKCS#12 file, which usually holds a private key,",
            Self::PublicKey => "an RSA public key",
            Self::RsaPublicKey => "an RSA public key in PKCS#1",
            Self::OtherPublicKey => "a public key that is not RSA",
        }
    }

    /// What makes a PEM of it.
    pub(super) fn mend(self) -> &'static str {
        match self {
            Self::Certificate => {
                "publish it as PEM: `openssl x509 -inform DER -in certificate.der -out certificate.pem`"
            }
            Self::Pkcs12 => {
                "publish the certificate alone (`openssl pkcs12 -in file.p12 -nokeys -clcerts`), and replace the key pair if its private key was in the file"
            }
            Self::PublicKey => {
                "publish it as PEM: `openssl pkey -pubin -inform DER -in key.der -out key.pem`"
            }
            Self::RsaPublicKey => {
                "publish it as PEM: `openssl rsa -RSAPublicKey_in -inform DER -in key.der -pubout -out key.pem`"
            }
            Self::OtherPublicKey => "tokens are signed with RS256, which takes an RSA key",
        }
    }

    /// The label of its PEM.
    fn label(self) -> Option<&'static str> {
        match self {
            Self::Certificate => Some("CERTIFICATE"),
            Self::PublicKey => Some("PUBLIC KEY"),
            Self::RsaPublicKey => Some("RSA PUBLIC KEY"),
            Self::OtherPublicKey | Self::Pkcs12 => None,
        }
    }
}

/// Version 3, and then a structure that its identifier names (RFC 7292, section 4).
fn is_pkcs12(bytes: &[u8]) -> bool {
    let Ok(mut file) = Der::new(bytes).read(SEQUENCE) else {
        return false;
    };
    let version = file.read(INTEGER);
    version.is_ok_and(|version| version.bytes() == [3]) && file.starts_with(SEQUENCE)
}

/// A text that is nothing but base64 or hexadecimal digits.
pub(super) fn of_digits(text: &str) -> Option<Instead> {
    let digits: String = text.chars().filter(|&c| !is_blank(c)).collect();
    if digits.len() < SHORTEST {
        return None;
    }
    if let Some(structure) = from_hex(&digits).and_then(|bytes| Structure::of(&bytes)) {
        let what = format!("{} in hexadecimal", structure.what());
        return Some(Instead::new(what, "publish it as PEM"));
    }
    let standard = digits.replace('-', "+").replace('_', "/");
    let unpadded = standard.trim_end_matches('=');
    let padding = "=".repeat((4 - unpadded.len() % 4) % 4);
    let decoded = base64::decode_standard(format!("{unpadded}{padding}").as_bytes()).ok()?;
    if let Some(structure) = Structure::of(&decoded) {
        let what = format!("{} in base64, without the lines of a PEM", structure.what());
        return Some(match structure.label() {
            Some(label) => Instead::new(
                what,
                format!(
                    "put `-----BEGIN {label}-----` in front of it and `-----END {label}-----` behind it, each on a line of its own"
                ),
            ),
            None => Instead::new(what, structure.mend()),
        });
    }
    let is_text = decoded.trim_ascii_start();
    Some(if is_text.starts_with(b"-----BEGIN") {
        Instead::new("the base64 of a PEM", "publish the PEM itself")
    } else if is_text.starts_with(b"{") || is_text.starts_with(b"[") {
        Instead::new("the base64 of JSON", "publish the JSON itself")
    } else {
        Instead::new("base64 of something that is no key", super::PUBLISH_KEYS)
    })
}

fn from_hex(digits: &str) -> Option<Vec<u8>> {
    let values: Option<Vec<u32>> = digits.chars().map(|digit| digit.to_digit(16)).collect();
    let pairs = values?;
    let bytes = pairs.chunks(2).map(|pair| match pair {
        [high, low] => u8::try_from(high << 4 | low).ok(),
        _ => None,
    });
    bytes.collect()
}

/// Shorter texts are words.
const SHORTEST: usize = 64;
