//! The fuzzers' corpus, replayed: what once was worth keeping is judged in every run of the tests.

use std::{fs, path::Path};

use serde_json::json;

use super::{
    judge::judge,
    mint::{self, PUBLIC_A, encode_standard, entry, with_claim},
};
use crate::KeySet;

fn replay(target: &str, run: impl Fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/corpus")
        .join(target);
    let mut count = 0;
    for file in fs::read_dir(&folder).unwrap() {
        run(&fs::read(file.unwrap().path()).unwrap());
        count += 1;
    }
    assert!(count >= 10, "{count} inputs in {}", folder.display());
}

#[test]
fn tokens() {
    replay("token", |input| {
        let _ = judge(&String::from_utf8_lossy(input), PUBLIC_A);
    });
}

#[test]
fn key_bodies() {
    replay("keys", |input| {
        let native = KeySet::parse(input);
        let pure_rust = KeySet::parse_pure_rust(input);
        assert_eq!(native.err(), pure_rust.err());
    });
}

#[test]
fn ders() {
    replay("der", |input| {
        let Some((choice, der)) = input.split_first() else {
            return;
        };
        let label = ["PUBLIC KEY", "RSA PUBLIC KEY", "CERTIFICATE"][usize::from(choice % 3)];
        let pem = format!(
            "-----BEGIN {label}-----\n{}\n-----END {label}-----\n",
            encode_standard(der)
        );
        let alone = KeySet::parse(pem.as_bytes());
        let entry = KeySet::parse(entry("k", &pem).to_string().as_bytes());
        assert_eq!(alone.is_ok(), entry.is_ok());
        assert_eq!(
            alone.is_err_and(|error| error.private_key_found()),
            entry.is_err_and(|error| error.private_key_found())
        );
    });
}

#[test]
fn contexts() {
    replay("context", |input| {
        let context = json!(String::from_utf8_lossy(input));
        let _ = judge(
            &mint::a().claims(&with_claim("lwicontexts", Some(context))),
            PUBLIC_A,
        );
    });
}

#[test]
fn whole_tokens() {
    replay("verify", |input| {
        let end = input.iter().position(|&byte| byte == 0).unwrap_or(0);
        let (header, payload) = input.split_at(end);
        let _ = judge(
            &mint::a().token(header, payload.get(1..).unwrap_or_default()),
            PUBLIC_A,
        );
    });
}
