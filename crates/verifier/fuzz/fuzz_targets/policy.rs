//! Genuine tokens with claims of the fuzzer's choice, judged at any time, by any policy, against keys in several forms.
//! Of what is accepted, each rule is checked once more, with plain arithmetic.
#![no_main]

#[allow(dead_code, reason = "this target needs only some of it")]
mod signer;

use std::sync::LazyLock;

use bonafide_verifier::{KeySet, Policy, VerifiedToken, verify};
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use serde_json::{Map, Value, json};

#[derive(Arbitrary, Debug)]
struct Input<'a> {
    now: i32,
    leeway: u16,
    expected_issuer: Option<&'a str>,
    expected_audience: Option<&'a str>,
    require_token_id: bool,
    keys: Keys,
    kid: Option<&'a str>,
    claims: Claims<'a>,
}

#[derive(Arbitrary, Clone, Copy, Debug)]
enum Keys {
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

/// The key under the kid `a` until 2001, and under `b`; alone; and as a PEM.
static SETS: LazyLock<[KeySet; 3]> = LazyLock::new(|| {
    let pem = include_str!("../../src/tests/data/test-only-a.public.pem");
    let base64 = signer::encode_standard(pem.as_bytes());
    let array = json!([
        { "kid": "a", "publicKey": base64, "expiry": 1_000_000_000 },
        { "kid": "b", "publicKey": base64 },
    ]);
    let (n, e) = signer::jwk_numbers();
    let jwks = json!({ "keys": [{ "kty": "RSA", "n": n, "e": e }] });
    [pem.to_owned(), array.to_string(), jwks.to_string()]
        .map(|body| KeySet::parse(body.as_bytes()).unwrap())
});

libfuzzer_sys::fuzz_target!(|input: Input<'_>| {
    let now = i64::from(input.now);
    let policy = Policy {
        leeway_seconds: u32::from(input.leeway),
        expected_issuer: input.expected_issuer.map(str::to_owned),
        expected_audience: input.expected_audience.map(str::to_owned),
        require_token_id: input.require_token_id,
        ..Policy::default()
    };
    let keys = &SETS[input.keys as usize];
    let claims = input.claims.to_json(now);
    let mut header = json!({ "alg": "RS256" });
    if let Some(kid) = input.kid {
        header["kid"] = kid.into();
    }
    let token = signer::sign(header.to_string().as_bytes(), claims.to_string().as_bytes());
    signer::judge_with(&token, keys, &policy, now);
    if let Ok(verified) = verify(&token, keys, &policy, now) {
        check_key(&input, keys, now);
        check_claims(&claims, &policy, now, &verified);
    }
});

fn check_key(input: &Input<'_>, keys: &KeySet, now: i64) {
    match (input.keys, input.kid) {
        (Keys::Pem, _) | (Keys::Jwks, None) | (Keys::Array, Some("b")) => {}
        (Keys::Array, Some("a")) => assert!(now <= 1_000_000_000),
        (kind, kid) => panic!(
            "{kind:?} of {} keys served the kid {kid:?}",
            keys.keys().len()
        ),
    }
}

fn check_claims(claims: &Value, policy: &Policy, now: i64, verified: &VerifiedToken) {
    let leeway = f64::from(policy.leeway_seconds.min(300));
    let now = now as f64;
    assert!(now < claims["exp"].as_f64().unwrap() + leeway);
    assert!(claims["iat"].as_f64().unwrap() <= now + leeway);
    if let Some(not_before) = claims.get("nbf") {
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

impl Claims<'_> {
    fn to_json(&self, now: i64) -> Value {
        let members = [
            ("iss", &self.iss),
            ("sub", &self.sub),
            ("aud", &self.aud),
            ("jti", &self.jti),
            ("iat", &self.iat),
            ("exp", &self.exp),
            ("nbf", &self.nbf),
        ];
        let members = members.into_iter().filter_map(|(name, claim)| {
            let claim = claim.as_ref()?.to_json(now);
            Some((name.to_owned(), claim))
        });
        Value::Object(Map::from_iter(members))
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
