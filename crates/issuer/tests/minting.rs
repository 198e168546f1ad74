//! What is minted is what was given; what no chat server would accept is not minted.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use std::collections::BTreeMap;
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bonafide_issuer::{
    ContextValue, Grant, KeyPair, KeyRing, KeySize, MintError, Person, Profile, Rs256, mint,
};
use jwt_compact::{AlgorithmExt as _, UntrustedToken};
use proptest::prelude::*;
use serde_json::Value;

static KEYS: LazyLock<KeyRing> =
    LazyLock::new(|| KeyRing::single(KeyPair::generate(KeySize::Bits2048).unwrap()));

fn grant() -> Grant {
    Grant {
        issuer: "contosohelp.com".into(),
        audience: None,
        nonce: None,
        issued_at: 1_542_622_071,
        lifetime_seconds: 3_600,
    }
}

fn person() -> Person {
    Person {
        subject: "87b4d06c-abc2-e811-a9b0-000d3a10e09e".into(),
        ..Person::default()
    }
}

fn minted(person: &Person, grant: &Grant) -> Result<String, MintError> {
    mint(person, grant, &KEYS.entries()[0])
}

fn claims(token: &str) -> Value {
    let payload = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}

/// Any text that holds no NUL: quotes, backslashes, line ends, other scripts, emoji.
fn any_text(most: usize) -> impl Strategy<Value = String> {
    proptest::collection::vec(
        any::<char>().prop_filter("no NUL", |c| *c != '\0'),
        0..=most,
    )
    .prop_map(String::from_iter)
}

fn any_value() -> impl Strategy<Value = ContextValue> {
    prop_oneof![
        any_text(60).prop_map(ContextValue::Text),
        any::<bool>().prop_map(ContextValue::Boolean),
        proptest::num::f64::NORMAL.prop_map(ContextValue::Number),
        any::<i32>().prop_map(|n| ContextValue::Number(n.into())),
    ]
}

fn any_context() -> impl Strategy<Value = BTreeMap<String, ContextValue>> {
    let name = any_text(100).prop_filter("not empty", |name| !name.is_empty());
    proptest::collection::btree_map(name, any_value(), 0..=20)
}

fn any_profile() -> impl Strategy<Value = Profile> {
    let field = || proptest::option::of(any_text(40));
    (field(), field(), field(), field(), field()).prop_map(
        |(preferred_username, given_name, family_name, email, phone_number)| Profile {
            preferred_username,
            given_name,
            family_name,
            email,
            phone_number,
        },
    )
}

/// The same value. Reading a number with serde_json may miss the last bits, writing one does not.
fn same(one: &ContextValue, other: &ContextValue) -> bool {
    match (one, other) {
        (ContextValue::Number(one), ContextValue::Number(other)) => {
            (one - other).abs() <= other.abs() * f64::EPSILON * 16.0
        }
        _ => one == other,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_profile_and_context_arrive_as_they_were_given(
        subject in any_text(255).prop_filter("not blank", |s| !s.trim().is_empty()),
        profile in any_profile(),
        context in any_context(),
    ) {
        let person = Person { subject, profile, context };
        let token = minted(&person, &grant()).unwrap();
        let claims = claims(&token);
        prop_assert_eq!(claims["sub"].as_str().unwrap(), &person.subject);
        for (name, field) in [
            ("preferred_username", &person.profile.preferred_username),
            ("given_name", &person.profile.given_name),
            ("family_name", &person.profile.family_name),
            ("email", &person.profile.email),
            ("phone_number", &person.profile.phone_number),
        ] {
            prop_assert_eq!(claims.get(name).map(|v| v.as_str().unwrap()), field.as_deref());
        }
        let context: BTreeMap<String, ContextValue> = match claims.get("lwicontexts") {
            Some(text) => serde_json::from_str(text.as_str().unwrap()).unwrap(),
            None => BTreeMap::new(),
        };
        prop_assert_eq!(context.len(), person.context.len());
        for (name, value) in &person.context {
            prop_assert!(same(&context[name], value), "{name:?}: {:?}, not {value:?}", context[name]);
        }
    }
}

#[test]
fn the_signature_fits_the_key_and_no_other() {
    let token = minted(&person(), &grant()).unwrap();
    let token = UntrustedToken::new(&token).unwrap();
    let other = KeyPair::generate(KeySize::Bits2048).unwrap();
    let verify = |key: &KeyPair| Rs256.validator::<Value>(key).validate(&token).is_ok();
    assert!(verify(&KEYS.entries()[0].key_pair));
    assert!(!verify(&other));
}

#[test]
fn whole_numbers_look_like_whole_numbers() {
    let mut person = person();
    person.context.insert("cart".into(), 10_000.0.into());
    person.context.insert("half".into(), 0.5.into());
    person.context.insert("vip".into(), false.into());
    let claims = claims(&minted(&person, &grant()).unwrap());
    assert_eq!(
        claims["lwicontexts"],
        r#"{"cart":10000,"half":0.5,"vip":false}"#
    );
}

#[test]
fn two_tokens_are_never_the_same() {
    let token = || claims(&minted(&person(), &grant()).unwrap())["jti"].clone();
    assert_ne!(token(), token());
}

#[test]
fn what_chat_servers_refuse_is_not_minted() {
    let with_subject = |subject: &str| Person {
        subject: subject.into(),
        ..person()
    };
    let digits = |text: &str| ContextValue::Digits(text.to_owned());
    let with_context = |name: &str, value: ContextValue| {
        let mut person = person();
        person.context.insert(name.into(), value);
        person
    };
    let many = Person {
        context: (0..101).map(|n| (n.to_string(), true.into())).collect(),
        ..person()
    };
    let mut nul = person();
    nul.profile.email = Some("a\0".into());
    for (person, field) in [
        (with_subject(""), "sub"),
        (with_subject(" \t"), "sub"),
        (with_subject("a\0b"), "sub"),
        (with_subject(&"é".repeat(256)), "sub"),
        (with_context("", true.into()), "lwicontexts"),
        (with_context(&"n".repeat(101), true.into()), "lwicontexts"),
        (with_context("n", f64::NAN.into()), "lwicontexts"),
        (with_context("n", f64::INFINITY.into()), "lwicontexts"),
        (with_context("n", "v".repeat(4_001).into()), "lwicontexts"),
        (with_context("n", "\0".into()), "lwicontexts"),
        (with_context("n", digits("1e400")), "lwicontexts"),
        (with_context("n", digits(" 1")), "lwicontexts"),
        (with_context("n", digits("1,\"x\":2")), "lwicontexts"),
        (with_context("n", digits("01")), "lwicontexts"),
        (with_context("n", digits(&"1".repeat(4_001))), "lwicontexts"),
        (many, "lwicontexts"),
        (nul, "email"),
    ] {
        let fault = minted(&person, &grant()).unwrap_err();
        let MintError::InvalidField { field: named, .. } = fault else {
            panic!("{fault}");
        };
        assert_eq!(named, field);
    }
    assert!(minted(&with_subject(&"é".repeat(255)), &grant()).is_ok());
    assert!(minted(&with_context("n", "v".repeat(4_000).into()), &grant()).is_ok());
}

#[test]
fn a_long_number_is_signed_digit_by_digit() {
    for (written, signed) in [
        ("10000", "10000"),
        ("10000.0", "10000"),
        ("0.5", "0.5"),
        ("1.00", "1"),
        ("1.00000000000000000001", "1.00000000000000000001"),
        ("-1.00000000000000000001", "-1.00000000000000000001"),
        ("1e-999", "1e-999"),
        ("1E3", "1E3"),
        ("1.0e0", "1.0e0"),
        ("9007199254740991.0", "9007199254740991"),
        ("9007199254740991.4", "9007199254740991.4"),
        ("9007199254740993", "9007199254740993"),
        (
            "-123456789012345678901234567890",
            "-123456789012345678901234567890",
        ),
        (
            "0.1000000000000000055511151231257827",
            "0.1000000000000000055511151231257827",
        ),
    ] {
        let mut person = person();
        person.context = serde_json::from_str(&format!("{{\"n\": {written}}}")).unwrap();
        let token = minted(&person, &grant()).unwrap();
        let context = claims(&token)["lwicontexts"].clone();
        assert_eq!(context.as_str().unwrap(), format!("{{\"n\":{signed}}}"));
    }
}

#[test]
fn a_grant_outside_of_time_is_refused() {
    for (issued_at, lifetime_seconds) in [
        (-1, 60),
        (i64::MIN, 60),
        (i64::MAX, u32::MAX),
        (253_402_300_799, 1),
        (1_542_622_071_000, 60),
        (1_542_622_071, 0),
    ] {
        let grant = Grant {
            issued_at,
            lifetime_seconds,
            ..grant()
        };
        let fault = minted(&person(), &grant);
        assert!(
            matches!(fault, Err(MintError::InvalidField { .. })),
            "{issued_at}"
        );
    }
}

#[test]
fn a_token_too_long_for_servers_is_refused() {
    let context = (0..20).map(|n| (n.to_string(), "v".repeat(4_000).into()));
    let person = Person {
        context: context.collect(),
        ..person()
    };
    let fault = minted(&person, &grant()).unwrap_err();
    assert!(
        matches!(fault, MintError::TooLong(length) if length > 65_536),
        "{fault}"
    );
}
