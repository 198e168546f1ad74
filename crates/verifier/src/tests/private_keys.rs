//! Private keys in a public key URL's body: none is missed, whatever else is wrong with the body, and nothing that only
//! resembles one is taken for one.

use serde_json::{Value, json};

#[cfg(target_family = "wasm")]
use super::test;
use super::{
    key_bodies::{jwk, parse},
    mint::{self, PRIVATE_A, PUBLIC_A, encode_standard, entry},
};
use crate::KeySet;

/// PRIVATE_A without its PEM.
fn pkcs8() -> Vec<u8> {
    let base64: String = PRIVATE_A
        .lines()
        .filter(|line| !line.starts_with('-'))
        .collect();
    mint::decode_standard(&base64)
}

/// The RSAPrivateKey inside PRIVATE_A: what follows PKCS#8's 26 bytes of version, algorithm and wrapping.
fn pkcs1() -> Vec<u8> {
    pkcs8()[26..].to_vec()
}

/// Beginnings of private keys of other kinds and sizes, as openssl writes them, and then some of their secret.
fn other_kinds() -> Vec<Vec<u8>> {
    [
        // PKCS#8: P-256 (RFC 5915 inside), Ed25519 (RFC 8410), and a 1,024-bit RSA key.
        "308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420",
        "302e020100300506032b657004220420",
        "30820276020100300d06092a864886f70d0101010500048202603082025c02010002818100c7",
        // RFC 5958: with the public key, which is version 1.
        "3051020101300506032b657004220420",
        // SEC 1: P-256 and P-521.
        "307702010104206c",
        "3081dc020101044200",
        // PKCS#1: 512, 1,024 and 1,023 bits.
        "3082013a020100024100c7",
        "3082025c02010002818100c7",
        "3082025b02010002818067",
    ]
    .iter()
    .map(|hex| {
        let digits: Vec<_> = hex.chars().filter_map(|digit| digit.to_digit(16)).collect();
        let beginning = digits.chunks(2).map(|pair| (pair[0] << 4 | pair[1]) as u8);
        beginning
            .chain((0..64_u8).map(|byte| byte.wrapping_mul(151) | 3))
            .collect()
    })
    .collect()
}

/// The beginning of an EncryptedPrivateKeyInfo (RFC 5958, section 3), with PBES2: nothing in it looks like a key.
const ENCRYPTED: &[u8] = &[
    0x30, 0x82, 0x05, 0x2D, 0x30, 0x57, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x05,
    0x0D, 0x30, 0x4A, 0x30, 0x29, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x05, 0x0C,
];

/// As long as the shortest private key, of 32 bytes.
const SECRET: &str = "x-_9x-_9x-_9x-_9x-_9x-_9x-_9x-_9x-_9x-_9x-8";

fn assert_found(what: &str, body: &str) {
    let error = parse(body).unwrap_err();
    assert!(error.private_key_found(), "{what}: {error}");
    assert!(
        error.to_string().contains("replace this key pair"),
        "{what}: {error}"
    );
    assert!(!error.to_string().contains("MII"), "{what}: {error}");
}

#[test]
fn a_private_key_is_refused_and_flagged_wherever_it_is() {
    let pkcs8 = pkcs8();
    let pem = |label: &str, content: &[u8]| {
        let base64 = encode_standard(content);
        format!("-----BEGIN {label}-----\n{base64}\n-----END {label}-----")
    };
    let disguised = |label: &str| pem(label, &pkcs8);
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
        ("really encrypted", pem("ENCRYPTED PRIVATE KEY", ENCRYPTED)),
        (
            "OpenSSH's",
            pem("OPENSSH PRIVATE KEY", b"openssh-key-v1\0\0\0\0\x04none"),
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
            json!({ "keys": [{ "kty": "RSA", "n": n, "e": e, "d": SECRET }] }).to_string(),
        ),
        (
            "JWK of another kind",
            json!({ "keys": [{ "kty": "EC", "crv": "P-256", "d": SECRET }] }).to_string(),
        ),
        (
            "symmetric JWK",
            json!({ "keys": [{ "kty": "oct", "k": "AQAB" }] }).to_string(),
        ),
        (
            "second JWK",
            json!({ "keys": [jwk(&(n, e)), { "kty": "RSA", "p": SECRET, "use": "enc" }] })
                .to_string(),
        ),
        ("in something unreadable", format!("oops {PRIVATE_A}")),
    ];
    for (what, body) in bodies {
        assert_found(what, &body);
    }
    assert!(!parse("[{}]").unwrap_err().private_key_found());
}

/// What is published beside it may be in order or not: that changes nothing.
#[test]
fn nothing_hides_a_private_key() {
    let good = entry("k", PUBLIC_A);
    let public = jwk(&mint::a().jwk_numbers());
    // As long as the private exponent of the smallest key, and as an Ed25519 key.
    let (exponent, ed25519) = ("x-_9".repeat(85) + "aa", "A".repeat(43));
    let with = |base: &Value, name: &str, value: Value| {
        let mut object = base.clone();
        object[name] = value;
        object
    };
    let wrapped: Vec<String> = ["", "x", "xy"]
        .iter()
        .map(|before| encode_standard(format!("{before}{PRIVATE_A}").as_bytes()))
        .collect();
    let in_lines = |base64: &str, end: &str| {
        let lines: Vec<_> = base64
            .as_bytes()
            .chunks(5)
            .map(String::from_utf8_lossy)
            .collect();
        lines.join(end)
    };
    let line = "4mZ+/".repeat(12);
    let mut bodies = vec![
        json!([with(&good, "private", json!(encode_standard(&pkcs8())))]).to_string(),
        json!([with(&good, "private", json!(encode_standard(&pkcs1())))]).to_string(),
        json!([with(&good, "d", json!(exponent))]).to_string(),
        json!([{}, { "kid": "k", "publicKey": encode_standard(&pkcs8()) }]).to_string(),
        json!([{ "kid": 7, "publicKey": encode_standard(&pkcs1()) }]).to_string(),
        json!({ "keys": [public], "private": { "kty": "RSA", "d": exponent } }).to_string(),
        json!({ "kty": "RSA", "n": public["n"], "e": "AQAB", "d": exponent }).to_string(),
        json!({ "kty": "OKP", "crv": "Ed25519", "x": ed25519, "d": ed25519 }).to_string(),
        json!({ "keys": [{ "kty": "RSA", "d": SECRET, "use": "enc" }] }).to_string(),
        format!(r#"{{"keys":[{{"kty":"RSA","\u0064":"{SECRET}"}}]}}"#),
        format!(r#"{{"a":[{{"b":{{"\u0064":"x\u002D{SECRET}"}}}}]}}"#),
        json!({ "keys": [{ "kty": "RSA", "oth": [{ "r": "x", "d": SECRET, "t": "x" }] }] })
            .to_string(),
        json!({ "keys": [{ "kty": "OKP", "crv": "X25519", "d": SECRET }] }).to_string(),
        json!({ "keys": [{ "kty": "oct", "k": SECRET }] }).to_string(),
        json!({ "a": { "b": [{ "k": SECRET, "kty": "oct" }] } }).to_string(),
        format!("{{\"k\":\"{SECRET}\",\"kty\" : \"oct\", broken"),
        json!([json!({ "kty": "RSA", "d": SECRET }).to_string()]).to_string(),
        json!([{ "kid": "k", "publicKey": json!({ "kty": "oct", "k": SECRET }).to_string() }])
            .to_string(),
        format!("<RSAKeyValue><Modulus>AA==</Modulus><D>{SECRET}=</D></RSAKeyValue>"),
        "PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\nPrivate-Lines: 14\n".to_owned(),
        format!(
            "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n{line}\n-----END PGP PRIVATE KEY BLOCK-----"
        ),
        format!(
            "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n{line}\n"
        ),
        format!("{line}\n-----END EC PRIVATE KEY-----\n"),
        PRIVATE_A.replace('\n', "\\n"),
        json!({ "private_key": PRIVATE_A })
            .to_string()
            .replace('-', "\\u002d"),
        format!("[{{\"d\"\n:\t \"{exponent}\", \"d\": 1}}]"),
        format!("[{{ broken \"dp\": \"{exponent}\""),
        format!("<p>{}</p>", wrapped[0]),
    ];
    for base64 in &wrapped {
        bodies.push(json!([with(&good, "private", json!([{ "pem": base64 }]))]).to_string());
        bodies.push(json!([{}, { "kid": "k", "publicKey": base64 }]).to_string());
        for end in ["\n", "\r\n", " \t"] {
            bodies.push(json!([{ "publicKey": in_lines(base64, end) }]).to_string());
        }
    }
    for body in bodies {
        assert_found(&body, &body);
    }
}

/// Whatever can be signed with it, and however it is written: nobody should have it.
#[test]
fn a_private_key_of_any_kind_is_found_as_der() {
    let mut keys = other_kinds();
    keys.extend([pkcs8(), pkcs1()]);
    for der in keys {
        let error = KeySet::parse(&der).unwrap_err();
        assert!(error.private_key_found(), "{der:02x?}: {error}");
        let base64 = encode_standard(&der);
        let url_safe = base64.replace('+', "-").replace('/', "_").replace('=', "");
        let mut beside = entry("k", PUBLIC_A);
        beside["privateKey"] = json!(base64);
        let mut url_safe_beside = entry("k", PUBLIC_A);
        url_safe_beside["privateKey"] = json!([url_safe]);
        let escaped = json!([beside]).to_string().replace('/', "\\/");
        let in_lines: Vec<_> = base64
            .as_bytes()
            .chunks(5)
            .map(String::from_utf8_lossy)
            .collect();
        let mut indented = entry("k", PUBLIC_A);
        indented["privateKey"] = json!(format!("\r\n\t{}\n", in_lines.join("\r\n")));
        for body in [
            json!([beside]).to_string(),
            json!([url_safe_beside]).to_string(),
            escaped,
            json!([indented]).to_string(),
            base64.clone(),
            format!("\u{FEFF} \r\n{}\r\n", in_lines.join("\r\n")),
            json!([entry("k", &base64)]).to_string(),
            format!("<pre>{base64}</pre>"),
            format!("PRIVATE_KEY={base64}"),
            format!("{PUBLIC_A}-----BEGIN PUBLIC KEY-----\n{base64}\n-----END PUBLIC KEY-----\n"),
        ] {
            assert_found(&body, &body);
        }
    }
}

#[test]
fn what_only_resembles_a_private_key_is_none() {
    let public = jwk(&mint::a().jwk_numbers());
    // .NET's serialiser writes out what a public key does not have.
    let mut with_nulls = public.clone();
    for name in ["d", "p", "q", "dp", "dq", "qi", "oth", "k"] {
        with_nulls[name] = Value::Null;
    }
    let mut remarks = entry("k", PUBLIC_A);
    remarks["d"] = json!("2026-11-25");
    remarks["k"] = json!("A".repeat(42));
    remarks["remark"] = json!("\"d\":\"".to_owned() + &"A".repeat(60));
    // Names that only end as a secret's do.
    remarks["build-id"] = json!("A".repeat(60));
    remarks["map"] = json!("A".repeat(60));
    remarks["MIIEpAIBAAK"] = json!("PRIVATE KEY");
    remarks["not"] = json!(format!("MIIEpAIBAAJC{}", "A".repeat(60)));
    // Too short for a secret; a version and then something else; a sentence; the middle of something.
    let short = encode_standard(&other_kinds()[1][..28]);
    remarks["short"] = json!(short);
    remarks["signature"] = json!(encode_standard(&[0x30, 0x2C, 2, 1, 1, 2, 0x27].repeat(7)));
    remarks["certificate"] = json!(encode_standard(
        &[[0x30, 0x82, 3, 0, 0x30, 0x82, 2, 0].as_slice(), &pkcs8()].concat()
    ));
    // But for one byte PKCS#8: a SET, and a version that is an OCTET STRING. And PKCS#1: a modulus that is negative, and
    // one that begins with a zero too many.
    for (kind, place, byte) in [(0, 0, 0x31), (0, 3, 4), (7, 10, 0x90), (7, 11, 0x47)] {
        let mut der = other_kinds()[kind].clone();
        der[place] = byte;
        assert!(!KeySet::parse(&der).unwrap_err().private_key_found());
        remarks[format!("byte {place} of {kind}")] = json!(encode_standard(&der));
    }
    remarks["instructions"] = json!(
        "between -----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY----- stands what nobody may see"
    );
    remarks["sentence"] = json!("MIIEpAIBAAKCAQEAx is how a private key begins, and this is none");
    remarks["middle"] = json!(format!("x{}", encode_standard(&other_kinds()[0])));
    for body in [json!({ "keys": [with_nulls] }), json!([remarks])] {
        assert_eq!(parse(body.to_string()).unwrap().keys().len(), 1, "{body}");
    }
}

/// Serialisers write what a type has, and people write placeholders.
#[test]
fn a_placeholder_is_no_private_key() {
    let public = jwk(&mint::a().jwk_numbers());
    let cut = &SECRET[1..];
    for (name, value) in [
        ("d", json!("d")),
        ("d", json!("")),
        ("d", json!(cut)),
        ("d", json!("REDACTED")),
        ("d", json!(0)),
        ("d", json!({})),
        ("p", json!("p")),
        ("q", json!("AQAB")),
        ("dp", json!("")),
        ("dq", json!(false)),
        ("qi", json!("qi")),
        ("oth", json!([])),
        ("oth", json!([{ "r": "r", "d": "d", "t": "t" }])),
        ("k", json!("k")),
        ("k", json!("")),
        ("k", json!("AQAB")),
        ("k", json!(SECRET)),
        ("k", json!("A".repeat(342))),
    ] {
        let mut key = public.clone();
        key[name] = value.clone();
        for body in [json!({ "keys": [key] }), key.clone()] {
            let keys = parse(body.to_string());
            assert_eq!(keys.map(|keys| keys.keys().len()), Ok(1), "{name} {value}");
        }
    }
    for other in [
        json!({ "kty": "EC", "d": cut }),
        json!({ "kty": "EC", "k": SECRET }),
        json!({ "kty": "oct", "k": "" }),
        json!({ "kty": "oct", "k": "k" }),
        json!({ "kty": "oct" }),
    ] {
        let keys = parse(json!({ "keys": [public, other] }).to_string()).unwrap();
        assert_eq!(keys.keys().len(), 1, "{other}");
    }
}

#[test]
fn wide_characters_hide_no_private_key() {
    let units: Vec<u16> = PRIVATE_A.encode_utf16().collect();
    let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    for body in [
        little.clone(),
        big.clone(),
        [b"\xFF\xFE".as_slice(), &little].concat(),
        [b"\xFE\xFF".as_slice(), &big].concat(),
    ] {
        assert!(parse(&body).unwrap_err().private_key_found());
    }
}

/// A body of nothing but what looks like secrets is judged in a time that grows with it alone: the search asserts of itself
/// that it looks for the type of a key in no byte twice.
#[test]
fn many_secrets_of_no_kind_cost_no_more_than_one() {
    let plain = format!(r#""k":"{}","#, "A".repeat(43));
    let escaped = format!(r#"\"d\":\"{}\","#, "A".repeat(43));
    for (pattern, before) in [(plain, ""), (escaped, "\"")] {
        for size in [16 * 1024, 256 * 1024] {
            let many = pattern.repeat((size - 2) / pattern.len());
            let body = format!("{{{before}{many}");
            assert!(!parse(&body).unwrap_err().private_key_found());
        }
    }
}
