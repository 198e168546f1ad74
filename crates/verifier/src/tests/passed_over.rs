//! An entry that cannot be used takes nobody with it (RFC 7517, section 5): the others serve, and it is listed.

use serde_json::{Value, json};

#[cfg(target_family = "wasm")]
use super::test;
use super::{
    judge::{code, judge},
    key_bodies::{jwk, parse},
    mint::{self, PUBLIC_A, PUBLIC_B, encode_standard, encode_url, entry, sample_claims},
};
use crate::KeySet;

fn token(kid: Option<&str>) -> String {
    let header = match kid {
        Some(kid) => json!({ "alg": "RS256", "kid": kid }),
        None => json!({ "alg": "RS256" }),
    };
    mint::a().token(header.to_string(), sample_claims().to_string())
}

/// Puts `bad` before and behind the good entry: the good one serves, and the bad one is told of so.
fn check(body: impl Fn(Vec<Value>) -> String, good: &Value, bad: &Value, reason: &str) {
    for (entries, place) in [(vec![bad, good], 1), (vec![good, bad], 2)] {
        let body = body(entries.into_iter().cloned().collect());
        let keys = parse(&body).unwrap();
        assert_eq!(keys.keys().len(), 1, "{bad}");
        assert_eq!(code(&token(Some("good")), &body), "accepted", "{bad}");
        assert_eq!(code(&token(None), &body), "accepted", "{bad}");
        let [passed_over] = keys.passed_over() else {
            panic!("{bad}: {:?}", keys.passed_over());
        };
        assert_eq!(passed_over.error().entry(), Some(place), "{bad}");
        let error = passed_over.error().to_string();
        let entry = format!("entry {place}");
        let (start, rest) = error.split_once(&entry).unwrap();
        assert_eq!(rest, reason, "{bad}");
        let shown = passed_over.kid().map_or(String::new(), |kid| {
            format!(" (`kid` `{}`)", kid.escape_debug())
        });
        let sentence = format!("{start}{entry}{shown}{rest}");
        assert_eq!(passed_over.to_string(), sentence, "{bad}");
        if let Some(kid) = passed_over.kid() {
            let refusal = judge(&token(Some(kid)), &body).unwrap_err();
            assert_eq!(refusal.code().as_str(), "token-key-unknown");
            let expected = format!(
                "The token's `kid` is `{}`, and what is published under that id cannot be used. {error}",
                kid.escape_debug()
            );
            assert_eq!(refusal.to_string(), expected);
        }
    }
}

fn numbers(bits: usize, exponent: &[u8]) -> (String, String) {
    let mut modulus = vec![0xFF; bits / 8];
    modulus[0] = 0xFF;
    (encode_url(&modulus), encode_url(exponent))
}

#[test]
fn a_jwk_that_cannot_be_used_takes_nobody_with_it() {
    let mut good = jwk(&mint::a().jwk_numbers());
    good["kid"] = json!("good");
    let mut named = good.clone();
    named["kid"] = json!("bad");
    let with = |name: &str, value: Value| {
        let mut key = named.clone();
        key[name] = value;
        key
    };
    let without = |name: &str| with(name, Value::Null);
    let sized = |bits, exponent: &[u8]| jwk(&numbers(bits, exponent));
    let mut of_java = vec![0, 0];
    of_java.extend([0xFF; 256]);
    let exponent =
        ": the JWK is a key whose public exponent is not an odd number from 3 to 2^33 - 1.";
    for (bad, reason) in [
        (json!(null), ": is `null`, not a JWK."),
        (json!(7), ": is the number `7`, not a JWK."),
        (json!(true), ": is `true`, not a JWK."),
        (json!("key"), ": is a string, not a JWK."),
        (json!([]), ": is an array, not a JWK."),
        (json!({}), " `kty`: is missing."),
        (without("kty"), " `kty`: is missing."),
        (without("n"), " `n`: is missing."),
        (without("e"), " `e`: is missing."),
        (
            json!({ "kty": "RSA", "kid": "bad", "x5c": ["MIIC"] }),
            " `n`: is missing, and a certificate (`x5c`) alone is not read; publish `n` and `e` beside it.",
        ),
        (
            json!({ "kid": "bad", "publicKey": "LS0t" }),
            ": an entry with `publicKey` stands in a JWKS; publish such entries as a plain array `[…]`, without `keys`.",
        ),
        (
            with("kid", json!(7)),
            " `kid`: is the number `7`, not a string.",
        ),
        (
            with("kid", json!({})),
            " `kid`: is an object, not a string.",
        ),
        (with("kid", json!("a\0")), " `kid`: contains U+0000."),
        (
            with("kty", json!(["RSA"])),
            " `kty`: is an array, not a string.",
        ),
        (
            with("n", json!(7)),
            " `n`: is the number `7`, not a string.",
        ),
        (
            with("n", json!("")),
            ": the JWK is a 0-bit key; at least 2048 bits are needed.",
        ),
        (
            with("n", json!("A+A=")),
            " `n`: is not base64url: character 2 is `+`, which is outside the alphabet.",
        ),
        (
            with("n", json!(encode_url(&[0; 256]))),
            " `n`: begins with a zero byte (RFC 7518, section 6.3.1).",
        ),
        (
            with("n", json!(encode_url(&of_java))),
            " `n`: begins with a zero byte (RFC 7518, section 6.3.1).",
        ),
        (
            with("e", json!(65_537)),
            " `e`: is the number `65537`, not a string.",
        ),
        (
            with("e", json!("AAEAAQ")),
            " `e`: begins with a zero byte (RFC 7518, section 6.3.1).",
        ),
        (
            sized(1_024, &[1, 0, 1]),
            ": the JWK is a 1024-bit key; at least 2048 bits are needed.",
        ),
        (
            sized(16_384, &[1, 0, 1]),
            ": the JWK is a 16384-bit key; at most 8192 bits are read.",
        ),
        (sized(2_048, &[1]), exponent),
        (sized(2_048, &[1, 0, 0]), exponent),
        (sized(2_048, &[0xFF; 200]), exponent),
        (sized(2_048, &[]), exponent),
        (
            with("kty", json!("EC")),
            " `kty`: is `EC`; a key for RS256 signatures has `RSA` there.",
        ),
        (
            with("kty", json!("oct")),
            " `kty`: is `oct`; a key for RS256 signatures has `RSA` there.",
        ),
        (
            with("use", json!("enc")),
            " `use`: is `enc`; a key for RS256 signatures has `sig` there.",
        ),
        (
            with("alg", json!("PS256")),
            " `alg`: is `PS256`; a key for RS256 signatures has `RS256` there.",
        ),
        (
            with("alg", json!(["RS256"])),
            " `alg`: is an array, not a string.",
        ),
        (
            with("key_ops", json!(["encrypt"])),
            " `key_ops`: is an array without `verify`; a key for RS256 signatures has `verify` there.",
        ),
        (
            with("key_ops", json!("verify")),
            " `key_ops`: is a string, not an array.",
        ),
    ] {
        check(
            |keys| json!({ "keys": keys }).to_string(),
            &good,
            &bad,
            reason,
        );
    }
}

#[test]
fn an_entry_of_an_array_that_cannot_be_used_takes_nobody_with_it() {
    let good = entry("good", PUBLIC_A);
    let with = |name: &str, value: Value| {
        let mut entry = entry("bad", PUBLIC_B);
        entry[name] = value;
        entry
    };
    let of_text = |text: &str| with("publicKey", json!(encode_standard(text.as_bytes())));
    let der = mint::a().pkcs1();
    let open_ssh = "ssh-rsa AAAAB3NzaC1yc2E= me";
    let not_pem =
        "not to a PEM; encode the PEM itself, which begins with `-----BEGIN PUBLIC KEY-----`.";
    for (bad, reason) in [
        (json!(null), ": is `null`, not an object with `kid` and `publicKey`.".to_owned()),
        (json!(7), ": is the number `7`, not an object with `kid` and `publicKey`.".to_owned()),
        (json!("x"), ": is a string, not an object with `kid` and `publicKey`.".to_owned()),
        (json!([]), ": is an array, not an object with `kid` and `publicKey`.".to_owned()),
        (json!({}), " `publicKey`: is missing.".to_owned()),
        (with("publicKey", json!(null)), " `publicKey`: is missing.".to_owned()),
        (with("kid", json!(null)), " `kid`: is missing.".to_owned()),
        (with("kid", json!(7.5)), " `kid`: is the number `7.5`, not a string.".to_owned()),
        (with("kid", json!({})), " `kid`: is an object, not a string.".to_owned()),
        (with("expiry", json!("1608495423")), " `expiry`: is a string, not a number of seconds since 1970.".to_owned()),
        (with("expiry", json!(true)), " `expiry`: is `true`, not a number of seconds since 1970.".to_owned()),
        (
            with("expiry", json!(1_608_495_423_000_i64)),
            " `expiry`: lies after the year 9999; it must count seconds, not milliseconds.".to_owned(),
        ),
        (with("publicKey", json!(7)), " `publicKey`: is the number `7`, not a string.".to_owned()),
        (
            with("publicKey", json!("LS0t*")),
            " `publicKey`: is not base64: character 5 is `*`, which is outside the alphabet.".to_owned(),
        ),
        (
            with("publicKey", json!(PUBLIC_A)),
            " `publicKey`: holds a PEM itself; expected the base64 of that PEM.".to_owned(),
        ),
        (
            with("publicKey", json!(encode_standard(&der))),
            format!(" `publicKey`: base64 decodes to an RSA public key in PKCS#1 as bare DER, {not_pem}"),
        ),
        (
            of_text(open_ssh),
            format!(" `publicKey`: base64 decodes to a key in the form of OpenSSH (`ssh-rsa`), {not_pem}"),
        ),
        (of_text("{}"), format!(" `publicKey`: base64 decodes to JSON, {not_pem}")),
        (
            of_text(&format!("{PUBLIC_A}{PUBLIC_B}")),
            " `publicKey`: base64 decodes to a PEM with a fault at its line 10, column 1: a second key begins here; \
             to publish several keys use the array or a JWKS."
                .to_owned(),
        ),
        (
            of_text(&PUBLIC_A.replace("PUBLIC KEY", "CERTIFICATE REQUEST")),
            " `publicKey`: base64 decodes to a PEM with a `CERTIFICATE REQUEST`; expected a `PUBLIC KEY`, an \
             `RSA PUBLIC KEY` or a `CERTIFICATE`; `openssl req -pubkey -noout` takes the public key out of a request."
                .to_owned(),
        ),
        (
            jwk(&mint::a().jwk_numbers()),
            ": a JWK stands in an array; put the JWKs into `{\"keys\": […]}`, or publish entries of `kid` and `publicKey`."
                .to_owned(),
        ),
    ] {
        check(|keys| Value::from(keys).to_string(), &good, &bad, &reason);
    }
}

/// A name that stands twice is a fault of its entry, not of the body.
#[test]
fn an_ambiguous_entry_is_passed_over() {
    let good = entry("good", PUBLIC_A).to_string();
    let twice = r#"{"kid":"bad","kid":"good","publicKey":"LS0t"}"#;
    let body = format!("[{twice},{good}]");
    let keys = parse(&body).unwrap();
    assert_eq!(
        keys.passed_over()[0].to_string(),
        "Line 1, column 15, entry 1 (`kid` `bad`): a name stands twice in one object."
    );
    assert_eq!(keys.passed_over()[0].kid(), Some("bad"));
    assert_eq!(code(&token(Some("good")), &body), "accepted");
}

#[test]
fn a_usable_key_serves_although_its_id_stands_on_a_broken_entry_too() {
    let body = json!([{ "kid": "good", "publicKey": "?" }, entry("good", PUBLIC_A)]).to_string();
    assert_eq!(code(&token(Some("good")), &body), "accepted");
}

#[test]
fn keys_for_something_else_are_no_mistakes() {
    let mut good = jwk(&mint::a().jwk_numbers());
    good["kid"] = json!("good");
    let (ec, broken) = (
        json!({ "kty": "EC", "kid": "ec" }),
        json!({ "kty": "RSA", "kid": "broken" }),
    );
    let keys = parse(json!({ "keys": [ec, broken, good] }).to_string()).unwrap();
    let mistakes: Vec<_> = keys
        .passed_over()
        .iter()
        .map(|entry| (entry.kid(), entry.is_mistake()))
        .collect();
    assert_eq!(mistakes, [(Some("ec"), false), (Some("broken"), true)]);
    // Where none is left, the first mistake is told, and not what is none.
    let error = parse(json!({ "keys": [ec, broken] }).to_string()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Line 1, column 34, entry 2 `n`: is missing."
    );
}

/// Of several usable keys none is chosen, however many entries were passed over.
#[test]
fn without_a_kid_one_usable_key_serves_and_two_do_not() {
    let bad = json!({ "kid": "bad", "publicKey": "?" });
    let lone = json!([bad, entry("good", PUBLIC_A), bad]).to_string();
    assert_eq!(code(&token(None), &lone), "accepted");
    let other = json!([bad, entry("other", PUBLIC_B)]).to_string();
    assert_eq!(code(&token(None), &other), "token-signature-invalid");
    let two = json!([bad, entry("good", PUBLIC_A), entry("other", PUBLIC_B)]).to_string();
    let refusal = judge(&token(None), &two).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "The token has no `kid`, and 2 keys are published, with the ids `good` and `other`; only a lone key serves a \
         token without one."
    );
}

/// Its id is foreign text of any length.
#[test]
fn the_id_of_an_entry_is_cut() {
    let long = "k\n".repeat(100);
    let body = json!([{ "kid": long }, entry("good", PUBLIC_A)]).to_string();
    let expected = format!(
        "Line 1, column 2, entry 1 (`kid` `{}…`) `publicKey`: is missing.",
        "k\\n".repeat(32)
    );
    assert_eq!(parse(&body).unwrap().passed_over()[0].to_string(), expected);
}

/// Whatever else is wrong with its entry.
#[test]
fn a_private_key_is_never_passed_over() {
    const SHORT: &str = r#"{"kty":"oct","k":"c2VjcmV0"}"#;
    let (n, e) = mint::a().jwk_numbers();
    let private = json!({ "kty": "RSA", "n": n, "e": e, "d": "x-_9".repeat(85) + "aa" });
    let line = "4mZ+/".repeat(12);
    let pgp = format!(
        "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n{line}\n-----END PGP PRIVATE KEY BLOCK-----"
    );
    let wide = mint::PRIVATE_A.encode_utf16().flat_map(u16::to_le_bytes);
    // Base64 of other kinds is no less of a secret.
    let padded = SHORT.replace("c2VjcmV0", "c2VjcmV0IQ==");
    let standard = SHORT.replace("c2VjcmV0", "+/+/");
    let mut bad = vec![SHORT.to_owned(), padded, standard];
    for hidden in [
        private.to_string().into_bytes(),
        pgp.into_bytes(),
        wide.collect(),
    ] {
        let base64 = encode_standard(&hidden);
        let url_safe = base64.replace('+', "-").replace('/', "_").replace('=', "");
        let (half, rest) = base64.split_at(base64.len() / 2);
        for hidden in [
            base64.clone(),
            url_safe,
            format!("{half}\\n *{rest}"),
            base64.replace('=', ""),
        ] {
            bad.extend([
                format!(r#"{{"publicKey":"{hidden}"}}"#),
                format!(r#"{{"kid":7,"publicKey":"{hidden}"}}"#),
                format!(r#"{{"kid":"a","kid":"b","publicKey":"{hidden}"}}"#),
                format!(r#"{{"kid":"a","publicKey":"LS0t","publicKey":"{hidden}"}}"#),
            ]);
        }
    }
    let mut good = jwk(&mint::a().jwk_numbers());
    good["kid"] = json!("good");
    let (array, jwks) = (entry("good", PUBLIC_A), good);
    for bad in bad {
        for body in [
            format!("[{array},{bad}]"),
            format!(r#"{{"keys":[{jwks},{bad}]}}"#),
        ] {
            let error = KeySet::parse(body.as_bytes()).unwrap_err();
            assert!(error.private_key_found(), "{error}: {body}");
            assert_eq!(error.entry(), Some(2), "{body}");
        }
        let error = KeySet::parse(bad.as_bytes()).unwrap_err();
        assert!(error.private_key_found(), "{error}: {bad}");
    }
}
