//! Damage inside a PEM, and where it is: its layout is tolerated, its base64 and its DER are not.

#[cfg(target_family = "wasm")]
use super::test;
use super::{
    key_bodies::{message, parse},
    mint::{self, PUBLIC_A, PUBLIC_B, encode_standard, entry},
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
            indented("MIIBIjAN") + " \n  Thanks!\n -----BEGIN PUBLIC KEY-----",
            "Line 7, column 2: a second key begins here; to publish several keys use the array or a JWKS.",
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
    for label in ["A".repeat(40), "X9 62".to_owned(), "X509 CRL".to_owned()] {
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

/// The numbers of the first key in DER of our own making.
#[test]
fn der_is_minimal_and_definite() {
    let pkcs1 = mint::a().pkcs1();
    let modulus = &pkcs1[4..265];
    let body = |outer: &[u8], content: &[&[u8]]| {
        let content = content.concat();
        let length = u16::try_from(content.len()).unwrap().to_be_bytes();
        // The length in two bytes stands where `outer` has two zeros.
        let mut head = outer.to_vec();
        if let Some(at) = head.windows(2).rposition(|window| window == [0, 0]) {
            head[at..at + 2].copy_from_slice(&length);
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
        "Line 2, column 7: the PEM holds a damaged key: a key begins with the byte 0x30, and this with 0x34."
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
        ("text in front on its line", format!("My key: {PUBLIC_A}")),
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
