//! Properties over random input: no panic, the same verdict everywhere, and agreement with independent readers.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{
    judge::{code_with, judge_with},
    mint::{self, NOW, PUBLIC_A, encode_standard, encode_url, sample_claims, with_claim},
};
use crate::{
    KeySet, Policy, base64,
    json::{Reader, Value as Pulled},
    keys::{KeyFault, RsaNumbers},
    structure,
};

/// JSON that a serialiser writes, of every kind, with names and texts that need escapes.
fn any_json() -> impl Strategy<Value = Value> {
    let text = prop_oneof!["[a-c]{0,3}", any::<String>()];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(text.clone(), inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// A text near JSON: a serialised value with a few bytes changed.
fn near_json() -> impl Strategy<Value = String> {
    (
        any_json(),
        prop::collection::vec((any::<prop::sample::Index>(), any::<char>()), 0..3),
    )
        .prop_map(|(value, changes)| {
            let mut characters: Vec<char> = value.to_string().chars().collect();
            for (place, character) in changes {
                let place = place.index(characters.len());
                characters[place] = character;
            }
            characters.into_iter().collect()
        })
}

/// The value as our reader sees it, in serde_json's terms. Numbers by their text.
fn rebuild(pulled: Pulled<'_>) -> Value {
    match pulled {
        Pulled::Null => Value::Null,
        Pulled::Boolean(value) => Value::from(value),
        Pulled::Number(text) => {
            serde_json::from_str(text).unwrap_or(Value::from("too large for f64"))
        }
        Pulled::Text(text) => Value::from(text.unescape().into_owned()),
        Pulled::Array(source) => {
            let mut reader = Reader::new(source);
            let mut elements = Vec::new();
            reader.array().unwrap();
            while reader.element().unwrap() {
                elements.push(rebuild(reader.value().unwrap()));
            }
            Value::from(elements)
        }
        Pulled::Object(source) => {
            let mut reader = Reader::new(source);
            let mut members = serde_json::Map::new();
            reader.object().unwrap();
            while let Some((name, _)) = reader.name().unwrap() {
                members.insert(
                    name.unescape().into_owned(),
                    rebuild(reader.value().unwrap()),
                );
            }
            Value::Object(members)
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn the_json_reader_agrees_with_serde_json(text in near_json()) {
        let mut reader = Reader::new(&text);
        let ours = reader.value().and_then(|value| reader.end().map(|()| value));
        match (ours, serde_json::from_str::<Value>(&text)) {
            (Ok(ours), Ok(theirs)) => prop_assert_eq!(rebuild(ours), theirs),
            (Err(_), Err(_)) => {}
            // A number beyond f64 is JSON by the grammar; whether it can be used is the caller's question.
            (Ok(_), Err(theirs)) => prop_assert!(theirs.to_string().contains("out of range"), "{}: {}", text, theirs),
            (Err(ours), Ok(_)) => prop_assert!(false, "refused {}: {}", text, ours),
        }
    }

    #[test]
    fn base64url_decodes_what_was_encoded_and_its_checks_agree(bytes: Vec<u8>) {
        let text = encode_url(&bytes);
        let decoded = base64::decode_url(text.as_bytes());
        prop_assert_eq!(decoded.as_ref(), Ok(&bytes));
        prop_assert_eq!(base64::check_url(text.as_bytes()), Ok(()));
        prop_assert_eq!(base64::decode_standard(encode_standard(&bytes).as_bytes()), Ok(bytes));
    }

    /// SIMD and the second look let exactly the same texts pass.
    #[test]
    fn the_decoders_agree_on_what_is_canonical(
        text in prop_oneof!["[A-Za-z0-9_-]{0,90}", "[A-Za-z0-9_=+/. -]{0,90}", any::<String>()],
    ) {
        let by_simd = base64::decode_url(text.as_bytes());
        let by_character = base64::decode_url_by_character(text.as_bytes());
        prop_assert_eq!(&by_simd, &by_character);
        prop_assert_eq!(base64::check_url(text.as_bytes()), by_character.as_ref().map(|_| ()).map_err(|error| *error));
        if let Ok(bytes) = by_character {
            prop_assert_eq!(encode_url(&bytes), text);
        }
    }

    /// Headers near JSON: `judge` holds every way to ask against the others.
    #[test]
    fn any_header_gets_one_verdict_from_everywhere(header in near_json()) {
        let token = format!("{}..", encode_url(header.as_bytes()));
        prop_assert_ne!(code_with(&token, PUBLIC_A, &Policy::default(), NOW), "accepted");
    }

    #[test]
    fn no_text_panics_the_token_reader(token: String) {
        let _ = structure::check(&token, 1_000);
        prop_assert_ne!(code_with(&token, PUBLIC_A, &Policy::default(), NOW), "accepted");
    }

    #[test]
    fn no_bytes_panic_the_key_reader(body: Vec<u8>) {
        prop_assert!(KeySet::parse(&body).is_err());
    }

    /// Ours says where a key is damaged; it must not be of another mind about whether it is. The limits are ours alone.
    #[test]
    fn der_is_read_as_the_rsa_crate_reads_it(
        // Most faults of DER are a neighbour of what is right: a length one off, a tag's next number.
        changes in prop::collection::vec((0..60_usize, prop_oneof![Just(1), Just(255), any::<u8>()]), 0..3),
        cut in 0..3_usize,
        more in prop::collection::vec(any::<u8>(), 0..3),
    ) {
        use rsa::{pkcs8::DecodePublicKey as _, traits::PublicKeyParts as _};
        let base64: String = PUBLIC_A.lines().filter(|line| !line.starts_with('-')).collect();
        let mut der = mint::decode_standard(&base64);
        for (place, change) in changes {
            // The head and the tail are the structure; between them are the digits of the modulus.
            let place = if place < 40 { place } else { der.len() - (60 - place) };
            der[place] = der[place].wrapping_add(change);
        }
        der.truncate(der.len() - cut);
        der.extend(more);
        let theirs = rsa::RsaPublicKey::from_public_key_der(&der);
        match RsaNumbers::from_spki(&der) {
            Ok(ours) => {
                let theirs = theirs.unwrap();
                prop_assert_eq!(ours.modulus(), theirs.n().to_bytes_be());
                prop_assert_eq!(ours.exponent(), theirs.e().to_bytes_be());
            }
            Err(KeyFault::Der(fault)) => prop_assert!(theirs.is_err(), "{}", fault),
            Err(_) => {}
        }
    }

    /// However a public key is written, and whatever its numbers are: no alarm.
    #[test]
    fn no_public_key_is_taken_for_a_private_one(
        modulus in prop::collection::vec(any::<u8>(), 256..=300),
        exponent in 1_u32..,
        width in 1..80_usize,
    ) {
        let (modulus, exponent) = ([&[0xC5][..], &modulus, &[1]].concat(), exponent | 1);
        let exponent = exponent.to_be_bytes();
        let exponent = &exponent[exponent.iter().position(|&byte| byte != 0).unwrap()..];
        let Ok(numbers) = RsaNumbers::new(&modulus, exponent) else { return Ok(()) };
        let spki = numbers.to_spki();
        // SEQUENCE with two bytes of length, the algorithm, a BIT STRING with two bytes of length and its unused bits.
        let pkcs1 = &spki[4 + 15 + 5..];
        for (label, der) in [("PUBLIC KEY", &spki[..]), ("RSA PUBLIC KEY", pkcs1)] {
            let base64 = encode_standard(der);
            let lines: Vec<_> = base64.as_bytes().chunks(width).map(String::from_utf8_lossy).collect();
            let pem = format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"));
            let mut entry = mint::entry("k", &pem);
            for body in [pem, entry.to_string()] {
                let result = KeySet::parse(body.as_bytes());
                prop_assert!(result.is_ok(), "{body}: {result:?}");
            }
            entry["also"] = json!([base64, lines.join("\n")]);
            prop_assert!(KeySet::parse(entry.to_string().as_bytes()).is_ok());
            for body in [der, base64.as_bytes()] {
                prop_assert!(!KeySet::parse(body).unwrap_err().private_key_found());
            }
        }
    }

    #[test]
    fn a_damaged_body_is_refused_or_holds_whole_keys(place: prop::sample::Index, byte: u8) {
        let mut body = PUBLIC_A.as_bytes().to_vec();
        let place = place.index(body.len());
        body[place] = byte;
        if let Ok(keys) = KeySet::parse(&body) {
            prop_assert_eq!(keys.keys().len(), 1);
            // The sign byte of the modulus may have become its first digit.
            prop_assert!((2_048..=2_056).contains(&keys.keys()[0].bits()));
        }
    }
}

proptest! {
    // Each case signs.
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_token_with_any_one_byte_changed_is_refused(place: prop::sample::Index, character in "[A-Za-z0-9_.-]") {
        let token = mint::a().claims(&sample_claims());
        let mut changed = token.clone();
        let place = place.index(token.len());
        changed.replace_range(place..=place, &character);
        let is_accepted = judge_with(&changed, PUBLIC_A, &Policy::default(), NOW).is_ok();
        prop_assert_eq!(is_accepted, changed == token);
    }

    #[test]
    fn any_claims_get_one_verdict_from_everywhere(name in "iss|sub|iat|exp|nbf|aud|jti|lwicontexts|email|x", value in any_json(), now: i64) {
        let token = mint::a().claims(&with_claim(&name, Some(value)));
        let policy = Policy { require_token_id: true, expected_audience: Some("a".to_owned()), ..Policy::default() };
        let _ = judge_with(&token, PUBLIC_A, &policy, now);
        let _ = judge_with(&token, PUBLIC_A, &Policy::default(), NOW);
    }

    #[test]
    fn time_is_judged_as_exact_arithmetic_says(exp in -10_000_000_000_i64..253_402_300_800, now: i64, leeway_seconds in 0_u32..=300) {
        let claims = json!({ "iss": "i", "sub": "s", "iat": i64::MIN, "exp": exp });
        let policy = Policy { leeway_seconds, ..Policy::default() };
        let is_over = i128::from(now) >= i128::from(exp) + i128::from(leeway_seconds);
        let lies_ahead = i128::from(i64::MIN) > i128::from(now) + i128::from(leeway_seconds);
        let expected = if is_over { "token-expired" } else if lies_ahead { "token-not-yet-valid" } else { "accepted" };
        prop_assert_eq!(code_with(&mint::a().claims(&claims), PUBLIC_A, &policy, now), expected);
    }

    #[test]
    fn context_survives_the_way_through_a_token(context in prop::collection::btree_map("[a-zé\"\\\\ ]{1,9}", "[^\0]{0,20}", 0..20)) {
        let text = serde_json::to_string(&context).unwrap();
        for claim in [Value::from(text), json!(context)] {
            let token = mint::a().claims(&with_claim("lwicontexts", Some(claim)));
            let verified = judge_with(&token, PUBLIC_A, &Policy::default(), NOW).unwrap();
            let found = verified.context().map(|(name, value)| match value {
                crate::ContextValue::Text(text) => (name.to_owned(), text.to_owned()),
                other => panic!("{other:?}"),
            });
            prop_assert_eq!(found.collect::<std::collections::BTreeMap<_, _>>(), context.clone());
        }
    }
}
