//! A certificate serves within its validity, and only then.

#[cfg(target_family = "wasm")]
use super::test;

use super::{
    judge::{code_with, judge_with},
    mint::{self, with_claim},
};
use crate::{KeySet, Policy};

const CERTIFICATE: &str = include_str!("data/test-only-a.certificate.pem");

#[test]
fn it_serves_from_its_first_to_its_last_second() {
    let keys = KeySet::parse(CERTIFICATE.as_bytes()).unwrap();
    let key = &keys.keys()[0];
    let (begins, ends) = (key.not_before().unwrap(), key.expires_at().unwrap());
    // `openssl x509 -noout -dates` says so too, see the file's own comment in data/README.md.
    assert_eq!((begins, ends), (1_795_380_857, 2_110_740_857));

    let token = |issued_at: i64| {
        let mut claims = with_claim("nbf", None);
        claims["iat"] = issued_at.into();
        claims["exp"] = (issued_at + 900).into();
        mint::a().claims(&claims)
    };
    let policy = Policy {
        leeway_seconds: 300,
        ..Policy::default()
    };
    let at = |now: i64| code_with(&token(now), CERTIFICATE, &policy, now);
    assert_eq!(at(begins - 1), "token-key-unknown");
    assert_eq!(at(begins), "accepted");
    assert_eq!(at(ends), "accepted");
    assert_eq!(at(ends + 1), "token-key-expired");
    let refusal = judge_with(&token(begins), CERTIFICATE, &policy, begins - 1).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "The token's key is a certificate that is not valid before 2026-11-22T20:54:17Z (1795380857); \
         now is 2026-11-22T20:54:16Z (1795380856)."
    );
}

#[test]
fn an_entrys_expiry_and_the_certificates_both_hold() {
    let with = |expiry: i64| {
        let mut entry = mint::entry("k", CERTIFICATE);
        entry["expiry"] = expiry.into();
        KeySet::parse(entry.to_string().as_bytes()).unwrap().keys()[0].expires_at()
    };
    assert_eq!(with(1_800_000_000), Some(1_800_000_000));
    assert_eq!(with(3_000_000_000), Some(2_110_740_857));
}
