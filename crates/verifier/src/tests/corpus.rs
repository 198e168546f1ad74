//! The fuzzers' corpus, replayed: what once was worth keeping is judged in every run of the tests.

mod der_input;
mod policy_input;

use std::{cell::Cell, fs, path::Path};

use arbitrary::{Arbitrary as _, Unstructured};
use serde_json::json;

use self::policy_input::Input;

use super::{
    judge::{judge, judge_with},
    mint::{self, PUBLIC_A, encode_standard, with_claim},
};
use crate::{KeySet, Policy, VerifiedToken};

/// Gives every input to `run`. False where there are none.
fn replay(target: &str, run: impl Fn(&[u8])) -> bool {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    // A workspace of its own, which cargo leaves out of the published crate.
    if !fuzz.exists() {
        return false;
    }
    let folder = fuzz.join("corpus").join(target);
    let mut count = 0;
    for file in fs::read_dir(&folder).unwrap() {
        run(&fs::read(file.unwrap().path()).unwrap());
        count += 1;
    }
    assert!(count >= 10, "{count} inputs in {}", folder.display());
    true
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
    replay("der", |input| der_input::judge(input, encode_standard));
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

#[test]
fn policies() {
    let accepted = Cell::new(0);
    let is_there = replay("policy", |input| {
        // As libFuzzer's side of the target reads it.
        let Ok(input) = Input::arbitrary_take_rest(Unstructured::new(input)) else {
            return;
        };
        let token = mint::a().token(input.header(), input.claims().to_string());
        let body = input
            .keys
            .body(PUBLIC_A, encode_standard, mint::a().jwk_numbers());
        if let Ok(verified) = judge_with(&token, &body, &input.policy(), input.now()) {
            input.check_accepted(&verified);
            accepted.set(accepted.get() + 1);
        }
    });
    assert!(
        !is_there || accepted.get() >= 10,
        "{accepted:?} inputs are accepted"
    );
}
