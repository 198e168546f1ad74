//! What is wrong with a public key URL's body, and where: faults of entries and of JSON, keys of other kinds.

use serde_json::{Value, json};

#[cfg(target_family = "wasm")]
use super::test;
use super::{
    key_bodies::{message, parse},
    mint::{PUBLIC_A, encode_standard, entry},
};

#[test]
fn the_entry_is_counted_from_one() {
    for (body, expected) in [
        (json!([{}]), Some(1)),
        (json!([7, {}]), Some(1)),
        (
            json!({ "keys": [{ "kty": "EC" }, { "kty": "RSA" }] }),
            Some(2),
        ),
        (
            json!({ "keys": [{ "kty": "EC" }, { "kty": "oct" }] }),
            Some(1),
        ),
        (json!({}), None),
    ] {
        let error = parse(body.to_string()).unwrap_err();
        assert_eq!(error.entry(), expected, "{error}");
    }
}

#[test]
fn an_entry_says_what_is_wrong_and_where() {
    let weak = "-----BEGIN PUBLIC KEY-----\n\
        MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDdlatRjRjogo3WojgGHFHYLugd\n\
        UWAY9iR3fy4arWNA1KoS8kVw33cJibXr8bvwUAUparCwlvdbH6dvEOfou0/gCFQs\n\
        HUfQrSDv+MuSUMAe8jzKE4qW+jK+xQU9a03GUnKHkkle+Q0pX/g6jXZ7r1/xAK5D\n\
        o2kQ+X5xK9cipRgEKwIDAQAB\n-----END PUBLIC KEY-----\n";
    let with = |public_key: Value| json!([{ "kid": "k", "publicKey": public_key }]).to_string();
    let base64 = |text: &str| with(Value::from(encode_standard(text.as_bytes())));
    for (body, expected) in [
        (
            entry("k", weak).to_string(),
            "Line 1, column 24, `publicKey`: base64 decodes to a PEM with a 1024-bit key; at least 2048 bits are needed.",
        ),
        (
            format!("[{}]", entry("k", weak)),
            "Line 1, column 25, entry 1 `publicKey`: base64 decodes to a PEM with a 1024-bit key; at least 2048 bits are needed.",
        ),
        ("[]".to_owned(), "The array holds no key."),
        (
            "{}".to_owned(),
            "Line 1, column 1: expected an object with `publicKey`, or a JWKS with `keys`, found an empty one.",
        ),
        (
            "".to_owned(),
            "The body is empty; expected a PEM, an array of keys or a JWKS.",
        ),
        (
            "<html>".to_owned(),
            "The body is an HTML page, perhaps one for signing in or for an error; enter the URL that answers with the keys alone, to everybody.",
        ),
        (
            "[\n  7]".to_owned(),
            "Line 2, column 3, entry 1: is the number `7`, not an object with `kid` and `publicKey`.",
        ),
        (
            "[{\"kid\":\"k\"}]".to_owned(),
            "Line 1, column 2, entry 1 `publicKey`: is missing.",
        ),
        (
            "[{\"publicKey\":\"\"}]".to_owned(),
            "Line 1, column 2, entry 1 `kid`: is missing.",
        ),
        (
            "[{\"kid\":7,\"publicKey\":\"\"}]".to_owned(),
            "Line 1, column 9, entry 1 `kid`: is the number `7`, not a string.",
        ),
        (
            with(json!(7)),
            "Line 1, column 25, entry 1 `publicKey`: is the number `7`, not a string.",
        ),
        (
            with(json!("")),
            "Line 1, column 25, entry 1 `publicKey`: base64 decodes to an empty text, not to a PEM; encode the PEM itself, which begins with `-----BEGIN PUBLIC KEY-----`.",
        ),
        (
            with(json!("*")),
            "Line 1, column 25, entry 1 `publicKey`: is not base64: character 1 is `*`, which is outside the alphabet.",
        ),
        (
            with(json!("é")),
            "Line 1, column 25, entry 1 `publicKey`: is not base64: character 1 is `é`, which is outside the alphabet.",
        ),
        (
            with(json!("QUI")),
            "Line 1, column 25, entry 1 `publicKey`: is not base64: the `=` padding at the end is missing or too much.",
        ),
        (
            with(json!("QUJ=")),
            "Line 1, column 25, entry 1 `publicKey`: is not base64: the last character's unused bits are not zero.",
        ),
        (
            with(json!("QUJD====")),
            "Line 1, column 25, entry 1 `publicKey`: is not base64: the `=` padding at the end is missing or too much.",
        ),
        (
            with(json!("QQQQQ===")),
            "Line 1, column 25, entry 1 `publicKey`: is not base64: 5 characters cannot be a whole number of bytes.",
        ),
        (
            with(json!(PUBLIC_A)),
            "Line 1, column 25, entry 1 `publicKey`: holds a PEM itself; expected the base64 of that PEM.",
        ),
        (
            with(json!("MIIBCgKCAQEA")),
            "Line 1, column 25, entry 1 `publicKey`: base64 decodes to binary data, perhaps compressed with brotli, not to a PEM; encode the PEM itself, which begins with `-----BEGIN PUBLIC KEY-----`.",
        ),
        (
            base64("-----BEGIN PUBLIC KEY-----\n MI*"),
            "Line 1, column 25, entry 1 `publicKey`: base64 decodes to a PEM with a fault at its line 2, column 4: `*` is not a base64 character.",
        ),
        (
            base64(&PUBLIC_A.replace("PUBLIC KEY", "X509 CRL")),
            "Line 1, column 25, entry 1 `publicKey`: base64 decodes to a PEM with a `X509 CRL`; expected a `PUBLIC KEY`, an `RSA PUBLIC KEY` or a `CERTIFICATE`.",
        ),
        (
            "[{\"kid\":\"k\",\"kid\":\"k\"}]".to_owned(),
            "Line 1, column 13, entry 1: a name stands twice in one object.",
        ),
        (
            "[{\"kid\":\"a\\u0000\",\"publicKey\":\"\"}]".to_owned(),
            "Line 1, column 9, entry 1 `kid`: contains U+0000.",
        ),
    ] {
        assert_eq!(message(&body), expected, "{body}");
    }
}

#[test]
fn json_faults_name_line_and_column() {
    for (body, expected) in [
        (
            "[{\n\"kid\": \"k\",\n}]",
            "Line 3, column 1, entry 1: expected a name in double quotes, found `}`; JSON has no comma behind the last element.",
        ),
        (
            "[\r\n{}\r\n]",
            "Line 2, column 1, entry 1 `publicKey`: is missing.",
        ),
        (
            "[\r{\"é\": 'x'}]",
            "Line 2, column 7, entry 1: expected a value, found `'`; JSON has its strings in double quotes.",
        ),
        (
            "{\"keys\": [",
            "Line 1, column 11: expected a value, found the end; the end of the body is missing.",
        ),
        (
            "[{\"kid\":\"k\"",
            "Line 1, column 12, entry 1: expected `,` or `}`, found the end; the end of the body is missing.",
        ),
        (
            "{\"keys\":[]} x",
            "Line 1, column 13: expected the end, found `x`.",
        ),
        (
            "[{\"kid\":\"\u{7}\"}]",
            "Line 1, column 10, entry 1: a string holds an unescaped control character.",
        ),
    ] {
        assert_eq!(message(body), expected, "{body:?}");
    }
    let mut latin1 = entry("k", PUBLIC_A).to_string().into_bytes();
    latin1.splice(1..1, *b"\n\"\xe9\":1,");
    assert_eq!(
        message(latin1),
        "Line 2, column 2: it is not UTF-8; save it as UTF-8."
    );
    let deep = format!("[{{\"x\":{}{}}}]", "[".repeat(200), "]".repeat(200));
    assert!(message(deep).contains("more than 128 levels of nesting"));
}

#[cfg(not(target_family = "wasm"))]
#[test]
fn keys_of_other_kinds_are_named() {
    let openssl = |arguments: &[&str]| {
        let private = std::process::Command::new("openssl")
            .args(arguments)
            .output()
            .unwrap()
            .stdout;
        super::openssl::run(&["pkey", "-pubout"], &private)
    };
    for (arguments, expected) in [
        (vec!["genpkey", "-algorithm", "ed25519"], "an Ed25519 key"),
        (
            vec![
                "genpkey",
                "-algorithm",
                "EC",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
            ],
            "an elliptic-curve key",
        ),
        (vec!["genpkey", "-algorithm", "RSA-PSS"], "an RSA-PSS key"),
        (
            vec!["genpkey", "-algorithm", "X25519"],
            "a key of an unknown kind",
        ),
    ] {
        let error = parse(openssl(&arguments)).unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
    }
}
