//! What the fuzz target `policy` makes of its bytes: claims of the fuzzer's choice, a time, a policy and keys; and each
//! rule once more, with plain arithmetic, for what was accepted. Compiled into that target too, so that the tests replay
//! exactly what it judged.

use arbitrary::Arbitrary;
use serde_json::{Map, Value, json};

use super::{Policy, VerifiedToken};

#[derive(Arbitrary, Debug)]
pub(crate) struct Input<'a> {
    now: i32,
    leeway: u16,
    expected_issuer: Option<&'a str>,
    expected_audience: Option<&'a str>,
    require_token_id: bool,
    pub(crate) keys: Keys,
    kid: Option<&'a str>,
    claims: Claims<'a>,
}

#[derive(Arbitrary, Clone, Copy, Debug)]
pub(crate) enum Keys {
    Pem,
    Array,
    Jwks,
}

#[derive(Arbitrary, Debug)]
struct Claims<'a> {
    iss: Option<Claim<'a>>,
    sub: Option<Claim<'a>>,
    aud: Option<Claim<'a>>,
    jti: Option<Claim<'a>>,
    iat: Option<Claim<'a>>,
    exp: Option<Claim<'a>>,
    nbf: Option<Claim<'a>>,
}

#[derive(Arbitrary, Debug)]
enum Claim<'a> {
    Text(&'a str),
    Texts(Vec<&'a str>),
    Near(i8),
    Whole(i64),
    Real(f64),
    Null,
}

impl Keys {
    /// One key under the kid `a` until 2001, and under `b`; alone; and as a PEM.
    pub(crate) fn body(
        self,
        pem: &str,
        encode: impl Fn(&[u8]) -> String,
        (n, e): (String, String),
    ) -> String {
        let base64 = encode(pem.as_bytes());
        match self {
            Self::Pem => pem.to_owned(),
            Self::Array => json!([
                { "kid": "a", "publicKey": base64, "expiry": 1_000_000_000 },
                { "kid": "b", "publicKey": base64 },
            ])
            .to_string(),
            Self::Jwks => json!({ "keys": [{ "kty": "RSA", "n": n, "e": e }] }).to_string(),
        }
    }
}

impl Input<'_> {
    pub(crate) fn now(&self) -> i64 {
        self.now.into()
    }

    pub(crate) fn policy(&self) -> Policy {
        Policy {
            leeway_seconds: self.leeway.into(),
            expected_issuer: self.expected_issuer.map(str::to_owned),
            expected_audience: self.expected_audience.map(str::to_owned),
            require_token_id: self.require_token_id,
            ..Policy::default()
        }
    }

    pub(crate) fn header(&self) -> String {
        let mut header = json!({ "alg": "RS256" });
        if let Some(kid) = self.kid {
            header["kid"] = kid.into();
        }
        header.to_string()
    }

    pub(crate) fn claims(&self) -> Value {
        let claims = &self.claims;
        let members = [
            ("iss", &claims.iss),
            ("sub", &claims.sub),
            ("aud", &claims.aud),
            ("jti", &claims.jti),
            ("iat", &claims.iat),
            ("exp", &claims.exp),
            ("nbf", &claims.nbf),
        ];
        let members = members.into_iter().filter_map(|(name, claim)| {
            let claim = claim.as_ref()?.to_json(self.now());
            Some((name.to_owned(), claim))
        });
        Value::Object(Map::from_iter(members))
    }

    /// Panics when this should not have been accepted.
    pub(crate) fn check_accepted(&self, verified: &VerifiedToken) {
        match (self.keys, self.kid) {
            (Keys::Pem, _) | (Keys::Jwks, None) | (Keys::Array, Some("b")) => {}
            (Keys::Array, Some("a")) => assert!(self.now <= 1_000_000_000),
            (keys, kid) => panic!("{keys:?} served the kid {kid:?}"),
        }
        let (claims, policy) = (self.claims(), self.policy());
        let leeway = f64::from(policy.leeway_seconds.min(300));
        let now = f64::from(self.now);
        assert!(now < claims["exp"].as_f64().unwrap() + leeway);
        assert!(claims["iat"].as_f64().unwrap() <= now + leeway);
        // One that is `null` counts as absent.
        if let Some(not_before) = claims.get("nbf").filter(|value| !value.is_null()) {
            assert!(not_before.as_f64().unwrap() - leeway <= now);
        }
        assert_eq!(claims["iss"], verified.issuer());
        assert_eq!(claims["sub"], verified.subject());
        assert!(!verified.issuer().trim().is_empty() && !verified.subject().trim().is_empty());
        assert!(verified.subject().chars().count() <= 255);
        if let Some(expected) = &policy.expected_issuer {
            assert_eq!(expected, verified.issuer());
        }
        if let Some(expected) = &policy.expected_audience {
            let audience = &claims["aud"];
            let is_named = |audience: &Value| audience == expected.as_str();
            assert!(is_named(audience) || audience.as_array().unwrap().iter().any(is_named));
        }
        assert!(!policy.require_token_id || verified.token_id().is_some());
    }
}

impl Claim<'_> {
    fn to_json(&self, now: i64) -> Value {
        match self {
            Self::Text(text) => json!(text),
            Self::Texts(texts) => json!(texts),
            // Where the verdict turns: around now, and around now with the largest leeway.
            Self::Near(seconds) => json!(now + i64::from(*seconds) * 3),
            Self::Whole(seconds) => json!(seconds),
            Self::Real(seconds) => json!(seconds),
            Self::Null => Value::Null,
        }
    }
}
