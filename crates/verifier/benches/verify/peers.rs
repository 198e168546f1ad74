//! The others: the signature check alone, which nobody can beat, and two libraries that do the whole.

use aws_lc_rs::signature::{ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use jwt_compact::{
    AlgorithmExt, TimeOptions, UntrustedToken,
    alg::{Rsa, RsaPublicKey},
};
use serde::Deserialize;

use super::mint::{self, NOW, PUBLIC_A};

/// aws-lc-rs on the decoded signature.
pub(crate) struct Raw {
    key: ParsedPublicKey,
    message: Vec<u8>,
    signature: Vec<u8>,
}

impl Raw {
    pub(crate) fn new(token: &str) -> Self {
        let message = token.rsplit_once('.').unwrap().0.as_bytes().to_vec();
        let signature = mint::a().sign(&message);
        let key = ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, mint::a().pkcs1()).unwrap();
        Self {
            key,
            message,
            signature,
        }
    }

    pub(crate) fn verify(&self) -> bool {
        self.key.verify_sig(&self.message, &self.signature).is_ok()
    }
}

/// What a server would read with serde; the context's string is not parsed.
#[derive(Deserialize, serde::Serialize)]
#[allow(dead_code, reason = "reading them is the work that is measured")]
struct Claims {
    iss: String,
    sub: String,
    given_name: String,
    email: String,
    lwicontexts: String,
    iat: i64,
    exp: i64,
}

pub(crate) struct Jsonwebtoken {
    key: DecodingKey,
    validation: Validation,
}

impl Jsonwebtoken {
    pub(crate) fn new() -> Self {
        let mut validation = Validation::new(Algorithm::RS256);
        // It reads the clock, and the sample is of 2018.
        validation.leeway = 1_000_000_000;
        validation.set_required_spec_claims(&["exp", "iss", "sub"]);
        Self {
            key: DecodingKey::from_rsa_pem(PUBLIC_A.as_bytes()).unwrap(),
            validation,
        }
    }

    pub(crate) fn verify(&self, token: &str) -> bool {
        jsonwebtoken::decode::<Claims>(token, &self.key, &self.validation).is_ok()
    }
}

pub(crate) struct JwtCompact {
    key: RsaPublicKey,
    options: TimeOptions<Box<dyn Fn() -> chrono::DateTime<chrono::Utc>>>,
}

impl JwtCompact {
    pub(crate) fn new() -> Self {
        use rsa::pkcs1::DecodeRsaPublicKey as _;
        let now = chrono::DateTime::from_timestamp(NOW, 0).unwrap();
        let clock: Box<dyn Fn() -> chrono::DateTime<chrono::Utc>> = Box::new(move || now);
        Self {
            key: RsaPublicKey::from_pkcs1_der(&mint::a().pkcs1()).unwrap(),
            options: TimeOptions::new(chrono::TimeDelta::seconds(60), clock),
        }
    }

    pub(crate) fn parse(&self, token: &str) -> bool {
        UntrustedToken::new(token)
            .is_ok_and(|token| token.deserialize_claims_unchecked::<Extra>().is_ok())
    }

    pub(crate) fn verify(&self, token: &str) -> bool {
        let Ok(token) = UntrustedToken::new(token) else {
            return false;
        };
        let Ok(token) = Rsa::rs256().validator::<Extra>(&self.key).validate(&token) else {
            return false;
        };
        token.claims().validate_expiration(&self.options).is_ok()
    }
}

#[derive(Deserialize, serde::Serialize)]
#[allow(dead_code, reason = "reading them is the work that is measured")]
struct Extra {
    iss: String,
    sub: String,
    given_name: String,
    email: String,
    lwicontexts: String,
}
