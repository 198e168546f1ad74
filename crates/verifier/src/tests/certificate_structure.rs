//! A certificate's DER, taken apart and put together again with something added, left out or damaged.

#[cfg(target_family = "wasm")]
use super::test;

use super::{
    key_bodies::{message, parse},
    mint::{PUBLIC_A, decode_standard, encode_standard},
};

const CERTIFICATE: &str = include_str!("data/test-only-a.certificate.pem");

const SEQUENCE: u8 = 0x30;
const NULL: &[u8] = &[5, 0];

fn der() -> Vec<u8> {
    let base64: String = CERTIFICATE
        .lines()
        .filter(|line| !line.starts_with('-'))
        .collect();
    decode_standard(&base64)
}

fn pem(der: &[u8]) -> String {
    format!(
        "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n",
        encode_standard(der)
    )
}

/// One element around `parts`.
fn element(tag: u8, parts: &[Vec<u8>]) -> Vec<u8> {
    let content = parts.concat();
    let [_, high, middle, low] = u32::try_from(content.len()).unwrap().to_be_bytes();
    let head = match content.len() {
        0..0x80 => vec![tag, low],
        0x80..0x100 => vec![tag, 0x81, low],
        0x100..0x1_0000 => vec![tag, 0x82, middle, low],
        _ => vec![tag, 0x83, high, middle, low],
    };
    [head, content].concat()
}

/// The elements inside the element that `der` is.
fn parts(der: &[u8]) -> Vec<Vec<u8>> {
    let split = |der: &[u8]| {
        let (head, length) = match der[1] {
            0x81 => (3, usize::from(der[2])),
            0x82 => (4, usize::from(u16::from_be_bytes([der[2], der[3]]))),
            length => (2, usize::from(length)),
        };
        (head, head + length)
    };
    let mut rest = &der[split(der).0..];
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let (part, after) = rest.split_at(split(rest).1);
        parts.push(part.to_vec());
        rest = after;
    }
    parts
}

/// The certificate with the parts of its TBSCertificate changed: version, serial number, algorithm, issuer, validity,
/// subject, key, extensions.
fn with_signed(change: impl FnOnce(&mut Vec<Vec<u8>>)) -> String {
    let mut outer = parts(&der());
    let mut signed = parts(&outer[0]);
    assert_eq!(signed.len(), 8, "a version-3 certificate with extensions");
    change(&mut signed);
    outer[0] = element(SEQUENCE, &signed);
    pem(&element(SEQUENCE, &outer))
}

fn with_outer(change: impl FnOnce(&mut Vec<Vec<u8>>)) -> String {
    let mut outer = parts(&der());
    change(&mut outer);
    pem(&element(SEQUENCE, &outer))
}

#[test]
fn every_version_of_certificates_is_read() {
    let expected = parse(PUBLIC_A).unwrap().keys()[0].fingerprint().to_string();
    let bits = |tag| vec![tag, 2, 0, 0x55];
    let bodies = [
        ("as it is", with_signed(|_| {})),
        (
            "version 1",
            with_signed(|signed| {
                signed.remove(0);
                signed.pop();
            }),
        ),
        (
            "version 2 with both identifiers",
            with_signed(|signed| {
                signed[0] = vec![0xA0, 3, 2, 1, 1];
                signed[7] = [bits(0x81), bits(0x82)].concat();
            }),
        ),
        (
            "one identifier and extensions",
            with_signed(|signed| signed.insert(7, bits(0x82))),
        ),
        (
            "a serial number of 20 bytes",
            with_signed(|signed| signed[1] = element(2, &[vec![0x7F; 20]])),
        ),
        (
            "a length of three bytes",
            with_signed(|signed| {
                signed[7] = element(0xA3, &[element(4, &[vec![0; 0x1_0000]])]);
            }),
        ),
    ];
    for (what, body) in bodies {
        let keys = parse(body).map_err(|error| format!("{what}: {error}"));
        assert_eq!(
            keys.unwrap().keys()[0].fingerprint().to_string(),
            expected,
            "{what}"
        );
    }
}

#[test]
fn nothing_is_added_left_out_or_out_of_order() {
    let oversized = |part: &[u8]| {
        // The same content behind a length that is not minimal.
        let length = part.len() - 2;
        [
            &[part[0], 0x81, u8::try_from(length).unwrap()][..],
            &part[2..],
        ]
        .concat()
    };
    for (what, body, expected) in [
        (
            "a fourth part",
            with_outer(|outer| outer.push(NULL.to_vec())),
            "expected the end",
        ),
        (
            "no signature",
            with_outer(|outer| drop(outer.pop())),
            "expected a BIT STRING",
        ),
        (
            "a signature with unused bits",
            with_outer(|outer| outer[2] = vec![3, 2, 4, 0xF0]),
            "expected 0 unused bits",
        ),
        (
            "another algorithm outside",
            with_outer(|outer| *outer[1].get_mut(12).unwrap() ^= 1),
            "expected the same signature algorithm twice",
        ),
        (
            "the algorithm without parameters outside",
            with_outer(|outer| {
                let identifier = parts(&outer[1])[..1].to_vec();
                outer[1] = element(SEQUENCE, &identifier);
            }),
            "expected the same signature algorithm twice",
        ),
        (
            "something after the extensions",
            with_signed(|signed| signed.push(NULL.to_vec())),
            "expected the end",
        ),
        (
            "extensions twice",
            with_signed(|signed| signed.push(signed[7].clone())),
            "expected the end",
        ),
        (
            "identifiers in the wrong order",
            with_signed(|signed| signed[7] = vec![0x82, 2, 0, 1, 0x81, 2, 0, 1]),
            "expected the end",
        ),
        (
            "the default version written out",
            with_signed(|signed| signed[0] = vec![0xA0, 3, 2, 1, 0]),
            "expected version 2 or 3",
        ),
        (
            "a version 4",
            with_signed(|signed| signed[0] = vec![0xA0, 3, 2, 1, 3]),
            "expected version 2 or 3",
        ),
        (
            "a version in two bytes",
            with_signed(|signed| signed[0] = vec![0xA0, 4, 2, 2, 0, 2]),
            "expected version 2 or 3",
        ),
        (
            "two versions",
            with_signed(|signed| signed[0] = vec![0xA0, 6, 2, 1, 2, 2, 1, 2]),
            "expected the end",
        ),
        (
            "a name whose length is not minimal",
            with_signed(|signed| signed[3] = oversized(&signed[3])),
            "expected a minimal, definite length",
        ),
        (
            "an attribute of a name that ends after the name",
            with_signed(|signed| *signed[3].get_mut(3).unwrap() += 1),
            "expected",
        ),
        (
            "extensions of indefinite length",
            with_signed(|signed| signed[7] = vec![0xA3, 0x80, 0, 0]),
            "expected a minimal, definite length",
        ),
        (
            "an end of contents in the extensions",
            with_signed(|signed| signed[7] = vec![0xA3, 2, 0, 0]),
            "expected a tag of one byte",
        ),
        (
            "a long tag in the extensions",
            with_signed(|signed| signed[7] = vec![0xA3, 3, 0x1F, 1, 0]),
            "expected a tag of one byte",
        ),
        (
            "nothing but half an element in the extensions",
            with_signed(|signed| signed[7] = vec![0xA3, 1, 4]),
            "expected a minimal, definite length",
        ),
    ] {
        let message = message(body);
        assert!(message.contains(expected), "{what}: {message}");
        assert!(message.contains("at DER byte"), "{what}: {message}");
    }
}

/// Every byte that belongs to the structure matters: there is no second way to write a certificate.
#[test]
fn a_byte_more_or_less_is_damage() {
    let der = der();
    for cut in 0..der.len() {
        assert!(parse(pem(&der[..cut])).is_err(), "cut at {cut}");
    }
    assert!(parse(pem(&[&der[..], &[0]].concat())).is_err());
}
