//! What is wrong with a public key URL's body, and where: damage, faults of entries, private keys, keys of other kinds.

use serde_json::{Value, json};

#[cfg(target_family = "wasm")]
use super::test;
use super::{
    key_bodies::{jwk, message, parse},
    mint::{self, PRIVATE_A, PUBLIC_A, PUBLIC_B, encode_standard, entry},
};

const VENDOR_PEM: &str = include_str!("data/vendor-public-key.pem");

/// A fault inside a PEM is told by its own place, whatever stands before the PEM.
#[test]
fn a_pem_says_where_it_is_damaged() {
    let indented = |text: &str| {
        format!(
            "\u{feff}\r\n  -----BEGIN PUBLIC KEY-----\r\n  {text}\r\n  -----END PUBLIC KEY-----\r\n"
        )
    };
    for (body, expected) in [
        (
            indented("MIIB*jAN"),
            "Line 3, column 7: `*` is not a base64 character.",
        ),
        (
            indented("MIIB-jAN"),
            "Line 3, column 7: expected `-----END PUBLIC KEY-----` to close the block.",
        ),
        (
            indented("MIIBIjAN="),
            "Line 2, column 29: the base64 is damaged: the `=` padding at the end is missing or too much.",
        ),
        (
            indented("MIIBIjAN").replace("BEGIN ", "BEGIN"),
            "Line 2, column 3: expected `-----BEGIN PUBLIC KEY-----`.",
        ),
        (
            indented("MIIBIjAN") + " \n  Thanks!",
            "Line 6, column 3: there is text after the PEM; to publish several keys use the array or a JWKS.",
        ),
        (
            indented("MA\r\n\tMxAQU="),
            "Line 4, column 2: the PEM holds a damaged key: expected a SEQUENCE (0x30) at DER byte 2, found 0x31.",
        ),
        (
            indented("MIIB\r\n\tIjAN"),
            "Line 5, column 3: the PEM holds a damaged key: expected more bytes at DER byte 6, found the end.",
        ),
    ] {
        assert_eq!(message(&body), expected, "{body:?}");
    }
}

#[test]
fn a_label_is_upper_case_and_short() {
    let labelled = |label: &str| message(PUBLIC_A.replace("PUBLIC KEY", label));
    for label in [
        "A".repeat(40),
        "X9 62".to_owned(),
        "EC PUBLIC KEY".to_owned(),
    ] {
        assert_eq!(
            labelled(&label),
            format!(
                "Line 1, column 1: the PEM holds a `{label}`; \
                 expected a `PUBLIC KEY`, an `RSA PUBLIC KEY` or a `CERTIFICATE`."
            )
        );
    }
    for label in [
        "A".repeat(41),
        "public key".to_owned(),
        "A_B".to_owned(),
        "É".to_owned(),
    ] {
        assert_eq!(
            labelled(&label),
            "Line 1, column 1: expected `-----BEGIN PUBLIC KEY-----`."
        );
    }
}

#[test]
fn the_entry_is_counted_from_one() {
    let good = entry("k", PUBLIC_A);
    for (body, expected) in [
        (json!([{}]), Some(1)),
        (json!([good, {}]), Some(2)),
        (json!([good, good, 7]), Some(3)),
        (json!({ "keys": [{}, { "kty": "RSA" }] }), Some(2)),
        (json!({}), None),
    ] {
        let error = parse(body.to_string()).unwrap_err();
        assert_eq!(error.entry(), expected, "{error}");
    }
}

/// The numbers of the first key in DER of our own making.
#[test]
fn der_is_minimal_and_definite() {
    let pkcs1 = mint::a().pkcs1();
    let modulus = &pkcs1[4..265];
    let body = |outer: &[u8], content: &[&[u8]]| {
        let content = content.concat();
        let length = content.len().to_be_bytes();
        // The length in two bytes stands where `outer` has two zeros.
        let mut head = outer.to_vec();
        if let Some(at) = head.windows(2).rposition(|window| window == [0, 0]) {
            head[at..at + 2].copy_from_slice(&length[6..]);
        }
        let der = [head, content].concat();
        format!(
            "-----BEGIN RSA PUBLIC KEY-----\n{}\n-----END RSA PUBLIC KEY-----\n",
            encode_standard(&der)
        )
    };
    let two_bytes = [0x30, 0x82, 0, 0];
    assert!(parse(body(&two_bytes, &[modulus, &[2, 3, 1, 0, 1]])).is_ok());
    assert!(parse(body(&two_bytes, &[modulus, &[2, 4, 0, 0x81, 0, 1]])).is_ok());
    for (what, outer, exponent, expected) in [
        (
            "zero",
            two_bytes.as_slice(),
            [2, 1, 0].as_slice(),
            "public exponent",
        ),
        (
            "a needless zero",
            &two_bytes,
            &[2, 4, 0, 1, 0, 1],
            "a positive, minimal INTEGER at DER byte 267, found 0x00",
        ),
        (
            "a negative number",
            &two_bytes,
            &[2, 3, 0x81, 0, 1],
            "a positive, minimal INTEGER at DER byte 267, found 0x81",
        ),
        (
            "no number",
            &two_bytes,
            &[2, 0],
            "a positive, minimal INTEGER at DER byte 267, found the end",
        ),
        (
            "a short length written long",
            &two_bytes,
            &[2, 0x81, 3, 1, 0, 1],
            "a minimal, definite length at DER byte 266, found 0x81",
        ),
        (
            "a length cut off",
            &two_bytes,
            &[2],
            "a minimal, definite length at DER byte 266, found the end",
        ),
        (
            "a long length cut off",
            &two_bytes,
            &[2, 0x81],
            "a minimal, definite length at DER byte 266, found 0x81",
        ),
        (
            "more than there is",
            &two_bytes,
            &[2, 4, 1, 0, 1],
            "more bytes at DER byte 270, found the end",
        ),
        (
            "less than there is",
            &two_bytes,
            &[2, 2, 1, 1, 1],
            "the end at DER byte 269, found 0x01",
        ),
        (
            "a length with a needless zero",
            &[0x30, 0x83, 0, 0, 0],
            &[2, 3, 1, 0, 1],
            "a minimal, definite length at DER byte 1, found 0x83",
        ),
        (
            "a length of four bytes",
            &[0x30, 0x84, 1, 0, 0, 0],
            &[2, 3, 1, 0, 1],
            "a minimal, definite length at DER byte 1, found 0x84",
        ),
        (
            "an indefinite length",
            &[0x30, 0x80],
            &[2, 3, 1, 0, 1, 0, 0],
            "a minimal, definite length at DER byte 1, found 0x80",
        ),
    ] {
        let message = message(body(outer, &[modulus, exponent]));
        assert!(message.contains(expected), "{what}: {message}");
    }
}

#[test]
fn the_pem_of_the_vendors_documentation_is_refused_with_its_place() {
    assert_eq!(
        message(VENDOR_PEM),
        "Line 2, column 7: the PEM holds a damaged key: expected a SEQUENCE (0x30) at DER byte 0, found 0x34."
    );
    let half_mended = VENDOR_PEM.replacen("NIIB", "MIIB", 1);
    assert_eq!(
        message(half_mended),
        "Line 2, column 32: the PEM holds a damaged key: expected a BIT STRING (0x03) at DER byte 19, found 0x10."
    );
    let mended = VENDOR_PEM
        .replacen("NIIB", "MIIB", 1)
        .replacen("ABCOPQ8A", "AAOCAQ8A", 1);
    assert_eq!(parse(mended).unwrap().keys()[0].bits(), 2_048);
}

#[test]
fn damage_is_not_tolerated() {
    let replaced = |from: &str, to: &str| PUBLIC_A.replacen(from, to, 1);
    let spki_of = |change: fn(&mut Vec<u8>)| {
        let base64: String = PUBLIC_A
            .lines()
            .filter(|line| !line.starts_with('-'))
            .collect();
        let mut der = mint::decode_standard(&base64);
        change(&mut der);
        format!(
            "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n",
            encode_standard(&der)
        )
    };
    let bodies = [
        ("empty", String::new()),
        ("blank", " \r\n\t".to_owned()),
        ("HTML", "<!doctype html>".to_owned()),
        ("no BEGIN", replaced("-----BEGIN PUBLIC KEY-----", "")),
        ("no END", replaced("-----END PUBLIC KEY-----", "")),
        ("another END", replaced("END PUBLIC", "END RSA PUBLIC")),
        ("four dashes", replaced("-----BEGIN", "----BEGIN")),
        (
            "lower case",
            replaced("BEGIN PUBLIC KEY", "begin public key"),
        ),
        (
            "another label",
            PUBLIC_A.replace("PUBLIC KEY", "EC PUBLIC KEY"),
        ),
        ("an empty label", PUBLIC_A.replace("PUBLIC KEY", "")),
        ("text in front", format!("My key:\n{PUBLIC_A}")),
        ("text behind", format!("{PUBLIC_A}that was it")),
        ("two keys", format!("{PUBLIC_A}{PUBLIC_B}")),
        (
            "a header",
            replaced("KEY-----\n", "KEY-----\nComment: mine\n\n"),
        ),
        ("a NUL", replaced("MII", "M\0II")),
        ("a non-breaking blank", replaced("MII", "\u{a0}MII")),
        ("base64url", replaced("MII", "M-I")),
        ("one character lost", replaced("MIIB", "MIB")),
        ("one line lost", {
            let mut lines: Vec<_> = PUBLIC_A.lines().collect();
            lines.remove(3);
            lines.join("\n")
        }),
        ("padding lost", replaced("AQAB", "AQA")),
        ("a trailing byte", spki_of(|der| der.push(0))),
        (
            "a missing byte",
            spki_of(|der| {
                der.pop();
            }),
        ),
        ("indefinite length", spki_of(|der| der[1] = 0x80)),
        ("NULL with content", spki_of(|der| der[18] = 1)),
        ("unused bits", spki_of(|der| der[23] = 1)),
        ("an even modulus", spki_of(|der| der[289 - 1] &= 0xFE)),
        (
            "an exponent of 1",
            spki_of(|der| {
                let end = der.len();
                der[end - 3..].copy_from_slice(&[0, 0, 1]);
            }),
        ),
        (
            "an even exponent",
            spki_of(|der| {
                let end = der.len();
                der[end - 1] = 0;
            }),
        ),
        ("a negative modulus", spki_of(|der| der[32] = 0x80)),
    ];
    for (what, body) in bodies {
        let error = parse(&body).unwrap_err();
        assert!(
            error.to_string().ends_with('.') && !error.private_key_found(),
            "{what}: {error}"
        );
        assert!(error.to_string().len() < 200, "{what}: {error}");
        let nested = entry("k", &body).to_string();
        assert!(parse(&nested).is_err(), "{what}, in an array");
    }
    assert!(parse([0xFF, 0xFE, b'-', 0]).is_err(), "UTF-16");
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
            "Line 1, column 1: expected an object with `publicKey`, or a JWKS with `keys`.",
        ),
        (
            "".to_owned(),
            "The body is empty; expected a PEM, an array of keys or a JWKS.",
        ),
        (
            "<html>".to_owned(),
            "Line 1, column 1: expected a PEM, an array of keys or a JWKS, found `<`.",
        ),
        (
            "[\n  7]".to_owned(),
            "Line 2, column 3, entry 1: expected an object, found `7`.",
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
            "Line 1, column 9, entry 1 `kid`: is not a string.",
        ),
        (
            with(json!(7)),
            "Line 1, column 25, entry 1 `publicKey`: is not a string.",
        ),
        (
            with(json!("")),
            "Line 1, column 25, entry 1 `publicKey`: base64 decodes to something that is not a PEM; expected `-----BEGIN PUBLIC KEY-----`.",
        ),
        (
            with(json!("*")),
            "Line 1, column 25, entry 1 `publicKey`: is not base64: character 1 is outside the alphabet.",
        ),
        (
            with(json!("é")),
            "Line 1, column 25, entry 1 `publicKey`: is not base64: character 1 is outside the alphabet.",
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
            "Line 1, column 25, entry 1 `publicKey`: base64 decodes to something that is not a PEM; expected `-----BEGIN PUBLIC KEY-----`.",
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
            "Line 3, column 1, entry 1: expected a name in double quotes, found `}`.",
        ),
        (
            "[\r\n{}\r\n,]",
            "Line 2, column 1, entry 1 `kid`: is missing.",
        ),
        (
            "[\r{\"é\": 'x'}]",
            "Line 2, column 7, entry 1: expected a value, found `'`.",
        ),
        (
            "{\"keys\": [",
            "Line 1, column 11: expected a value, found the end.",
        ),
        (
            "[{\"kid\":\"k\"",
            "Line 1, column 12, entry 1: expected `,` or `}`, found the end.",
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
    assert_eq!(message(latin1), "Line 2, column 2: it is not UTF-8.");
    let deep = format!("[{{\"x\":{}{}}}]", "[".repeat(200), "]".repeat(200));
    assert!(message(deep).contains("more than 128 levels of nesting"));
}

#[test]
fn a_private_key_is_refused_and_flagged_wherever_it_is() {
    let pkcs8 = mint::decode_standard(
        &PRIVATE_A
            .lines()
            .filter(|line| !line.starts_with('-'))
            .collect::<String>(),
    );
    let disguised = |label: &str| {
        format!(
            "-----BEGIN {label}-----\n{}\n-----END {label}-----",
            encode_standard(&pkcs8)
        )
    };
    let (n, e) = mint::a().jwk_numbers();
    let bodies = [
        ("PEM", PRIVATE_A.to_owned()),
        ("after the public key", format!("{PUBLIC_A}{PRIVATE_A}")),
        (
            "PKCS#1 label",
            PRIVATE_A.replace("PRIVATE KEY", "RSA PRIVATE KEY"),
        ),
        (
            "encrypted",
            PRIVATE_A.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"),
        ),
        ("under a public label", disguised("PUBLIC KEY")),
        ("under a PKCS#1 public label", disguised("RSA PUBLIC KEY")),
        ("in an entry", json!([entry("k", PRIVATE_A)]).to_string()),
        (
            "in an entry as bare PEM",
            json!([{ "kid": "k", "publicKey": PRIVATE_A }]).to_string(),
        ),
        (
            "in an entry as DER",
            json!([{ "kid": "k", "publicKey": encode_standard(&pkcs8) }]).to_string(),
        ),
        (
            "in another member",
            json!([{ "kid": "k", "publicKey": "", "privateKey": PRIVATE_A }]).to_string(),
        ),
        (
            "JWK",
            json!({ "keys": [{ "kty": "RSA", "n": n, "e": e, "d": "AQAB" }] }).to_string(),
        ),
        (
            "JWK of another kind",
            json!({ "keys": [{ "kty": "EC", "crv": "P-256", "d": "AQAB" }] }).to_string(),
        ),
        (
            "symmetric JWK",
            json!({ "keys": [{ "kty": "oct", "k": "AQAB" }] }).to_string(),
        ),
        (
            "second JWK",
            json!({ "keys": [jwk(&(n, e)), { "kty": "RSA", "p": "AQAB", "use": "enc" }] })
                .to_string(),
        ),
        ("in something unreadable", format!("oops {PRIVATE_A}")),
    ];
    for (what, body) in bodies {
        let error = parse(&body).unwrap_err();
        assert!(error.private_key_found(), "{what}: {error}");
        assert!(
            error.to_string().contains("replace this key pair"),
            "{what}: {error}"
        );
        assert!(!error.to_string().contains("MII"), "{what}: {error}");
    }
    assert!(!parse("[{}]").unwrap_err().private_key_found());
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
