//! Everything that can be wrong with a key body or with one key in it: what was found, what was expected, and what to do.
//! Never the body itself: of what is foreign, no more than a word.

use thiserror::Error;

use super::{der::DerError, error::Place, instead::Instead, pem::PemFault};
use crate::{
    base64::Base64Error,
    json::{JsonError, Unplaced},
};

/// What a key was published in.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub(crate) enum Carrier {
    #[error("the PEM holds")]
    Pem,
    #[error("base64 decodes to a PEM with")]
    Base64,
    #[error("the JWK is")]
    Jwk,
}

/// Everything that can be wrong with a body. Full stop and capital letter are added by `KeySetError`.
#[derive(Clone, Debug, Error, PartialEq)]
pub(crate) enum BodyFault {
    #[error("the body is {bytes} bytes long; at most {limit} are read")]
    TooLong { bytes: usize, limit: usize },
    #[error("the body is empty; expected a PEM, an array of keys or a JWKS")]
    Empty,
    #[error("the body is {0}")]
    Instead(Instead),
    #[error("{}{mend}", Unplaced(.error))]
    Json {
        error: JsonError,
        mend: &'static str,
    },
    #[error("{0}")]
    Pem(PemFault),
    #[error("more than {limit} keys")]
    TooMany { limit: usize },
    #[error("the array holds no key")]
    NoKeys,
    #[error("the JWKS holds no key: `keys` is empty")]
    EmptyJwks,
    #[error(
        "is {found}; a key for RS256 signatures has `{expected}` there, and no entry of the JWKS is such a key"
    )]
    NoUsableKeys {
        found: String,
        expected: &'static str,
    },
    #[error("expected an object with `publicKey`, or a JWKS with `keys`, found {found}")]
    NotKeys { found: String },
    #[error("both `keys` and `publicKey`; a body is either a JWKS or one key")]
    BothForms,
    #[error("is missing")]
    Missing,
    #[error("is {found}, not a string")]
    NotText { found: String },
    #[error("is {found}, not an array")]
    NotArray { found: String },
    #[error("is {found}, not an object with `kid` and `publicKey`")]
    NotEntry { found: String },
    #[error("is {found}, not a JWK")]
    NotJwk { found: String },
    #[error("is {found}, not a number of seconds since 1970")]
    NotSeconds { found: String },
    #[error("is {found}; a key for RS256 signatures has `{expected}` there")]
    OtherUse {
        found: String,
        expected: &'static str,
    },
    #[error(
        "a JWK stands in an array; put the JWKs into `{{\"keys\": […]}}`, or publish entries of `kid` and `publicKey`"
    )]
    JwkInArray,
    #[error(
        "an entry with `publicKey` stands in a JWKS; publish such entries as a plain array `[…]`, without `keys`"
    )]
    EntryInJwks,
    #[error(
        "is missing, and a certificate (`x5c`) alone is not read; publish `n` and `e` beside it"
    )]
    CertificateAlone,
    #[error("contains U+0000")]
    Nul,
    #[error("lies after the year 9999; it must count seconds, not milliseconds")]
    TooLate,
    #[error("holds a PEM itself; expected the base64 of that PEM")]
    BarePem,
    #[error("is not base64: {}", error.with(*.found))]
    Base64 {
        error: Base64Error,
        found: Option<char>,
    },
    #[error("is not base64url: {}", error.with(*.found))]
    Base64Url {
        error: Base64Error,
        found: Option<char>,
    },
    #[error("begins with a zero byte (RFC 7518, section 6.3.1)")]
    LeadingZero,
    #[error(
        "base64 decodes to {}, not to a PEM; encode the PEM itself, which begins with `-----BEGIN PUBLIC KEY-----`",
        .0.what()
    )]
    InsteadOfPem(Instead),
    #[error("base64 decodes to a PEM with a fault at its {place}: {fault}")]
    NestedPem { place: Place, fault: PemFault },
    #[error("{carrier} {fault}")]
    Key { carrier: Carrier, fault: KeyFault },
    #[error(
        "the body holds a private key; whoever can read it can sign tokens. \
         Publish the public key only, and replace this key pair"
    )]
    PrivateKey,
}

impl BodyFault {
    pub(crate) fn is_private_key(&self) -> bool {
        let is_private = |fault: &KeyFault| matches!(fault, KeyFault::Private);
        matches!(self, Self::PrivateKey)
            || matches!(self, Self::Key { fault, .. } if is_private(fault))
    }
}

/// What is wrong with one key, as a noun phrase.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
pub(crate) enum KeyFault {
    #[error("a {bits}-bit key; at least {least} bits are needed")]
    TooSmall { bits: u32, least: u32 },
    #[error("a {bits}-bit key; at most {most} bits are read")]
    TooLarge { bits: u32, most: u32 },
    #[error("a key with an even modulus, which is not an RSA key")]
    EvenModulus,
    #[error("a key whose public exponent is not an odd number from 3 to 2^33 - 1")]
    Exponent,
    #[error("{0}; only RSA keys with the plain RSA identifier are read")]
    NotRsa(&'static str),
    #[error("a damaged key: {0}")]
    Der(#[from] DerError),
    #[error(
        "a `{label}`; expected a `PUBLIC KEY`, an `RSA PUBLIC KEY` or a `CERTIFICATE`{}",
        mend_of_label(label)
    )]
    Label { label: String },
    #[error("a key that the RSA implementation refuses")]
    Refused,
    #[error(
        "a private key; whoever can read it can sign tokens. \
         Publish the public key only, and replace this key pair"
    )]
    Private,
}

/// What to do with a block of another kind.
fn mend_of_label(label: &str) -> &'static str {
    match label {
        "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST" => {
            "; `openssl req -pubkey -noout` takes the public key out of a request"
        }
        "EC PUBLIC KEY" | "DSA PUBLIC KEY" | "EC PARAMETERS" | "DH PARAMETERS" => {
            "; tokens are signed with RS256, which takes an RSA key"
        }
        "PGP PUBLIC KEY BLOCK" => {
            "; a PGP key cannot sign tokens: publish the public half of the RSA key that does"
        }
        "PKCS7" | "CMS" => "; `openssl pkcs7 -print_certs` takes the certificates out of it",
        "TRUSTED CERTIFICATE" | "X509 CERTIFICATE" => {
            "; `openssl x509 -pubkey -noout` takes the public key out of it"
        }
        _ => "",
    }
}
