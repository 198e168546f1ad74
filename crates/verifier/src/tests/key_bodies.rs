//! The public key URL's body: forms, layout and limits.

#[cfg(target_family = "wasm")]
use super::test;

use serde_json::{Value, json};

use super::mint::{self, KID, PUBLIC_A, PUBLIC_B, encode_standard, encode_url, entry};
use crate::{KeyFormat, KeySet, KeySetError};

/// SHA-256 of the vendor sample's key, by `openssl pkey -pubin -outform DER | sha256sum`.
const VENDOR_FINGERPRINT: &str = "5485c6ac19d131e8e5df8db7d6077ab9b5033dbc932914c29ce6ae27337d682b";
const VENDOR_ARRAY: &str = include_str!("data/vendor-array.json");

pub(super) fn parse(body: impl AsRef<[u8]>) -> Result<KeySet, KeySetError> {
    let keys = KeySet::parse(body.as_ref());
    let pure_rust = KeySet::parse_pure_rust(body.as_ref());
    assert_eq!(
        keys.as_ref().err(),
        pure_rust.as_ref().err(),
        "the backends disagree"
    );
    keys
}

fn fingerprint(body: impl AsRef<[u8]>) -> String {
    let keys = parse(body).unwrap();
    assert_eq!(keys.keys().len(), 1);
    keys.keys()[0].fingerprint().to_string()
}

pub(super) fn message(body: impl AsRef<[u8]>) -> String {
    parse(body).unwrap_err().to_string()
}

pub(super) fn jwk(numbers: &(String, String)) -> Value {
    json!({ "kty": "RSA", "kid": "k", "n": numbers.0, "e": numbers.1 })
}

#[test]
fn every_form_gives_the_same_key() {
    let expected = fingerprint(PUBLIC_A);
    let pkcs1 = format!(
        "-----BEGIN RSA PUBLIC KEY-----\n{}\n-----END RSA PUBLIC KEY-----\n",
        encode_standard(&mint::a().pkcs1())
    );
    let jwks = json!({ "keys": [jwk(&mint::a().jwk_numbers())] }).to_string();
    for (body, format, kid) in [
        (PUBLIC_A.to_owned(), KeyFormat::Pem, None),
        (pkcs1.clone(), KeyFormat::Pem, None),
        (
            include_str!("data/test-only-a.certificate.pem").to_owned(),
            KeyFormat::Pem,
            None,
        ),
        (
            json!([entry(KID, PUBLIC_A)]).to_string(),
            KeyFormat::Array,
            Some(KID),
        ),
        (
            entry(KID, PUBLIC_A).to_string(),
            KeyFormat::Array,
            Some(KID),
        ),
        (entry(KID, &pkcs1).to_string(), KeyFormat::Array, Some(KID)),
        (jwks, KeyFormat::Jwks, Some("k")),
    ] {
        let keys = parse(&body).unwrap();
        assert_eq!(keys.format(), format, "{body}");
        assert_eq!(keys.keys()[0].fingerprint().to_string(), expected, "{body}");
        assert_eq!(keys.keys()[0].kid(), kid, "{body}");
        assert_eq!(keys.keys()[0].bits(), 2_048);
    }
    assert_eq!(
        [KeyFormat::Pem, KeyFormat::Array, KeyFormat::Jwks].map(KeyFormat::as_str),
        ["pem", "array", "jwks"]
    );
    assert_eq!(KeyFormat::Jwks.to_string(), "jwks");
}

#[test]
fn a_key_says_what_it_is_and_not_its_numbers() {
    let keys = parse(entry("k", PUBLIC_A).to_string()).unwrap();
    let key = &keys.keys()[0];
    let hex = |byte: &u8| format!("{byte:02x}");
    let fingerprint: String = key.fingerprint().as_bytes().iter().map(hex).collect();
    assert_eq!(fingerprint, key.fingerprint().to_string());
    assert_eq!(
        format!("{key:?}"),
        format!(
            "PublicKey {{ kid: Some(\"k\"), bits: 2048, fingerprint: {fingerprint}, expires_at: None, .. }}"
        )
    );
}

#[test]
fn layout_is_tolerated() {
    let expected = fingerprint(PUBLIC_A);
    let lines: Vec<&str> = PUBLIC_A.lines().collect();
    let one_line: String = lines[1..lines.len() - 1].concat();
    let single = lines.join(" ");
    let bodies = [
        (
            "indented with trailing blanks",
            lines
                .iter()
                .map(|line| format!("      {line} \n"))
                .collect::<String>(),
        ),
        ("CRLF", lines.join("\r\n")),
        ("CR", lines.join("\r")),
        (
            "tabs",
            lines.iter().map(|line| format!("\t{line}\t\n")).collect(),
        ),
        ("blank lines", format!("\n\n{}\n\n", lines.join("\n \n\n"))),
        ("byte order mark", format!("\u{feff}{PUBLIC_A}")),
        (
            "byte order mark and blanks",
            format!("\u{feff}\r\n  {PUBLIC_A}"),
        ),
        ("no final newline", PUBLIC_A.trim_end().to_owned()),
        (
            "one long line",
            format!("{}\n{one_line}\n{}", lines[0], lines[lines.len() - 1]),
        ),
        ("everything on one line", single),
        (
            "nothing between",
            format!("{}{one_line}{}", lines[0], lines[lines.len() - 1]),
        ),
        ("wrapped at 7", {
            let wrapped: String = one_line
                .as_bytes()
                .chunks(7)
                .map(|c| format!("{}\n", String::from_utf8_lossy(c)))
                .collect();
            format!("{}\n{wrapped}{}", lines[0], lines[lines.len() - 1])
        }),
    ];
    for (what, body) in bodies {
        assert_eq!(fingerprint(&body), expected, "{what}");
        assert_eq!(
            fingerprint(entry("k", &body).to_string()),
            expected,
            "{what}, in an array"
        );
    }
    let mut wrapped = encode_standard(PUBLIC_A.as_bytes());
    wrapped.insert_str(76, "\r\n");
    assert_eq!(
        fingerprint(json!([{ "kid": "k", "publicKey": wrapped }]).to_string()),
        expected,
        "wrapped base64"
    );
    assert_eq!(
        fingerprint(format!("\u{feff} \n{}", entry("k", PUBLIC_A))),
        expected,
        "byte order mark and JSON"
    );
}

#[test]
fn the_array_of_the_vendors_documentation_needs_only_its_quote() {
    let broken = parse(VENDOR_ARRAY).unwrap_err();
    assert_eq!(
        (broken.line(), broken.column(), broken.entry()),
        (Some(5), Some(24), Some(1))
    );
    assert_eq!(
        broken.to_string(),
        "Line 5, column 24, entry 1: expected a value, found `L`."
    );
    assert!(!broken.private_key_found());

    let mended = VENDOR_ARRAY.replacen(": LS0t", ": \"LS0t", 1);
    let keys = parse(mended).unwrap();
    assert_eq!(keys.format(), KeyFormat::Array);
    let kids: Vec<_> = keys.keys().iter().map(|key| key.kid().unwrap()).collect();
    assert_eq!(
        kids,
        [
            "qWO4EaKT1xRO7JC/oqALz6DCVr41B/qL0Hqp4in7hu4=",
            "qWO4EaKT1xRO7JC/oqALz6DCVr41B/qL0Hqp__valid="
        ]
    );
    for key in keys.keys() {
        assert_eq!(key.fingerprint().to_string(), VENDOR_FINGERPRINT);
        assert_eq!(
            (key.bits(), key.expires_at(), key.not_before()),
            (2_048, Some(1_608_495_423), None)
        );
    }
}

#[test]
fn sizes_of_keys_are_limited() {
    let sized = |bits: usize, exponent: &str| {
        let mut modulus = vec![0xFF; bits.div_ceil(8)];
        modulus[0] = 0xFF >> ((8 - bits % 8) % 8);
        json!({ "keys": [jwk(&(encode_url(&modulus), exponent.to_owned()))] }).to_string()
    };
    for bits in [2_048, 2_049, 2_560, 3_072, 4_096, 8_191, 8_192] {
        assert_eq!(
            parse(sized(bits, "AQAB")).unwrap().keys()[0].bits() as usize,
            bits
        );
    }
    assert_eq!(
        message(sized(1_024, "AQAB")),
        "Line 1, column 10, entry 1: the JWK is a 1024-bit key; at least 2048 bits are needed."
    );
    assert_eq!(
        message(sized(2_047, "AQAB")),
        "Line 1, column 10, entry 1: the JWK is a 2047-bit key; at least 2048 bits are needed."
    );
    assert_eq!(
        message(sized(8_193, "AQAB")),
        "Line 1, column 10, entry 1: the JWK is a 8193-bit key; at most 8192 bits are read."
    );
    let exponent = |value: u64| {
        let bytes = value.to_be_bytes();
        encode_url(&bytes[value.leading_zeros() as usize / 8..])
    };
    for value in [3, 5, 17, 65_537, u64::from(u32::MAX), (1 << 33) - 1] {
        assert!(parse(sized(2_048, &exponent(value))).is_ok(), "{value}");
    }
    for value in [1, 2, 4, 65_536, (1 << 33) + 1, 1 << 40 | 1, u64::MAX] {
        assert!(
            message(sized(2_048, &exponent(value))).contains("exponent"),
            "{value}"
        );
    }
    let nine_bytes = encode_url(&[1, 0, 0, 0, 0, 0, 0, 0, 3]);
    assert!(message(sized(2_048, &nine_bytes)).contains("exponent"));
}

#[test]
fn expiry_is_a_number_of_seconds() {
    let with = |expiry: &str| {
        let mut text = entry("k", PUBLIC_A).to_string();
        text.insert_str(1, &format!("\"expiry\":{expiry},"));
        parse(format!("[{text}]")).map(|keys| keys.keys()[0].expires_at())
    };
    assert_eq!(with("1608495423"), Ok(Some(1_608_495_423)));
    assert_eq!(with("1.608495423e9"), Ok(Some(1_608_495_423)));
    assert_eq!(with("null"), Ok(None));
    assert_eq!(with("-1"), Ok(Some(-1)));
    // The key serves in the second of its expiry, so a fraction must not give it one more.
    assert_eq!(with("1608495423.5"), Ok(Some(1_608_495_423)));
    assert_eq!(with("253402300799.5"), Ok(Some(253_402_300_799)));
    assert_eq!(with("-0.5"), Ok(Some(-1)));
    for (bad, expected) in [
        (
            "\"1608495423\"",
            "Line 1, column 12, entry 1 `expiry`: is a string, not a number of seconds since 1970.",
        ),
        (
            "[]",
            "Line 1, column 12, entry 1 `expiry`: is an array, not a number of seconds since 1970.",
        ),
        (
            "1e400",
            "Line 1, column 12, entry 1 `expiry`: is the number `1e400`, not a number of seconds since 1970.",
        ),
        (
            "1608495423000",
            "Line 1, column 12, entry 1 `expiry`: lies after the year 9999; it must count seconds, not milliseconds.",
        ),
    ] {
        assert_eq!(with(bad).unwrap_err().to_string(), expected);
    }
}

#[test]
fn bodies_and_lists_are_limited() {
    let padded = |bytes: usize| format!("{PUBLIC_A}{}", " ".repeat(bytes - PUBLIC_A.len()));
    assert!(parse(padded(256 * 1024)).is_ok());
    assert_eq!(
        message(padded(256 * 1024 + 1)),
        "The body is 262145 bytes long; at most 262144 are read."
    );
    let array = |count: usize| {
        Value::from(
            (0..count)
                .map(|i| entry(&i.to_string(), PUBLIC_A))
                .collect::<Vec<_>>(),
        )
        .to_string()
    };
    assert_eq!(parse(array(100)).unwrap().keys().len(), 100);
    let error = parse(array(101)).unwrap_err();
    assert!(
        error.to_string().ends_with(": more than 100 keys."),
        "{error}"
    );
    let ignored = Value::from(vec![json!({ "kty": "EC" }); 101]);
    assert!(message(json!({ "keys": ignored }).to_string()).ends_with(": more than 100 keys."));
}

#[test]
fn a_jwks_gives_its_rs256_signature_keys() {
    let numbers = mint::a().jwk_numbers();
    let with = |name: &str, value: Value| {
        let mut key = jwk(&numbers);
        key[name] = value;
        key
    };
    let count =
        |keys: Vec<Value>| parse(json!({ "keys": keys }).to_string()).map(|keys| keys.keys().len());
    assert_eq!(
        count(vec![with("use", json!("sig")), with("kid", json!("2"))]),
        Ok(2)
    );
    assert_eq!(count(vec![with("alg", json!("RS256"))]), Ok(1));
    assert_eq!(
        count(vec![with("key_ops", json!(["encrypt", "verify"]))]),
        Ok(1)
    );
    let ignored = [
        with("use", json!("enc")),
        with("alg", json!("RS512")),
        with("alg", json!("PS256")),
        with("key_ops", json!([])),
        with("key_ops", json!(["encrypt", ["verify"], "Verify"])),
        with("kty", json!("EC")),
        with("kty", json!("rsa")),
        json!({ "kty": "OKP", "x": "AA" }),
    ];
    for key in ignored {
        let both = json!({ "keys": [key, jwk(&numbers)] });
        let keys = parse(both.to_string()).unwrap();
        assert_eq!(keys.keys().len(), 1, "{key}");
        assert!(!keys.passed_over()[0].is_mistake(), "{key}");
        let error = count(vec![key.clone()]).unwrap_err();
        assert!(
            error
                .to_string()
                .ends_with(" there, and no entry of the JWKS is such a key."),
            "{key}: {error}"
        );
    }
    // What is null is absent: serialisers write it for what is not there.
    for name in ["use", "alg", "key_ops", "kid", "x5c", "d", "x5t"] {
        assert_eq!(count(vec![with(name, json!(null))]), Ok(1), "{name}");
    }
    let mut without_kid = jwk(&numbers);
    without_kid.as_object_mut().unwrap().remove("kid");
    assert_eq!(
        parse(json!({ "keys": [without_kid] }).to_string())
            .unwrap()
            .keys()[0]
            .kid(),
        None
    );

    let zeros = |count: usize| {
        let mut bytes = vec![0; count];
        bytes.extend(&mint::a().pkcs1()[9..265]);
        encode_url(&bytes)
    };
    // As Java writes the sign of a number.
    let java = parse(json!({ "keys": [with("n", json!(zeros(1)))] }).to_string()).unwrap();
    let plain = parse(json!({ "keys": [jwk(&numbers)] }).to_string()).unwrap();
    assert_eq!(java.keys()[0].fingerprint(), plain.keys()[0].fingerprint());
    for (name, value, expected) in [
        (
            "n",
            json!(zeros(2)),
            "begins with a zero byte (RFC 7518, section 6.3.1).",
        ),
        (
            "n",
            json!(encode_url(&[0; 256])),
            "begins with a zero byte (RFC 7518, section 6.3.1).",
        ),
        (
            "n",
            json!(format!("{}=", numbers.0)),
            "is not base64url: character 343 is `=`, which is outside the alphabet.",
        ),
        (
            "n",
            json!("a+b/"),
            "is not base64url: character 2 is `+`, which is outside the alphabet.",
        ),
        ("n", json!(7), "is the number `7`, not a string."),
        (
            "e",
            json!(""),
            "public exponent is not an odd number from 3 to 2^33 - 1.",
        ),
        ("e", json!(65_537), "is the number `65537`, not a string."),
        ("kid", json!(7), "is the number `7`, not a string."),
        ("alg", json!(7), "is the number `7`, not a string."),
        ("use", json!(["sig"]), "is an array, not a string."),
        ("kty", json!(false), "is `false`, not a string."),
        ("key_ops", json!("verify"), "is a string, not an array."),
        ("kid", json!("\0"), "contains U+0000."),
    ] {
        let error = count(vec![with(name, value.clone())]).unwrap_err();
        assert!(
            error.to_string().ends_with(expected),
            "{name} {value}: {error}"
        );
        assert_eq!(error.entry(), Some(1));
    }
    for name in ["kty", "n", "e"] {
        let mut key = jwk(&numbers);
        key.as_object_mut().unwrap().remove(name);
        assert_eq!(
            count(vec![key]).unwrap_err().to_string(),
            format!("Line 1, column 10, entry 1 `{name}`: is missing.")
        );
    }
    for (body, expected) in [
        (r#"{"keys":[]}"#, "The JWKS holds no key: `keys` is empty."),
        (
            r#"{"keys":{}}"#,
            "Line 1, column 2, `keys`: is an object, not an array.",
        ),
        (
            r#"{"keys":[],"keys":[]}"#,
            "Line 1, column 12: a name stands twice in one object.",
        ),
        (
            r#"{"x":1,"keys":[],"\u0078":1}"#,
            "Line 1, column 18: a name stands twice in one object.",
        ),
        (
            r#"{"keys":[],"publicKey":""}"#,
            "Line 1, column 1: both `keys` and `publicKey`; a body is either a JWKS or one key.",
        ),
        (
            r#"{"keys":[{"kty":"EC","kty":"EC"}]}"#,
            "Line 1, column 22, entry 1: a name stands twice in one object.",
        ),
        (
            r#"{"keys":["x"]}"#,
            "Line 1, column 10, entry 1: is a string, not a JWK.",
        ),
    ] {
        assert_eq!(message(body), expected, "{body}");
    }
}

#[test]
fn a_key_that_stands_twice_serves_while_both_entries_do() {
    let certificate = entry("k", include_str!("data/test-only-a.certificate.pem"));
    let mut plain = entry("k", PUBLIC_A);
    plain["expiry"] = json!(2_000_000_000);
    for body in [json!([certificate, plain]), json!([plain, certificate])] {
        let keys = parse(body.to_string()).unwrap();
        let [key] = keys.keys() else {
            panic!("one key, not {}", keys.keys().len());
        };
        assert_eq!(
            (key.not_before(), key.expires_at()),
            (Some(1_795_380_857), Some(2_000_000_000))
        );
    }
}

#[test]
fn one_kid_for_two_keys_is_reported() {
    let body = json!([
        entry("x", PUBLIC_A),
        entry("x", PUBLIC_B),
        entry("y", PUBLIC_A),
        entry("x", PUBLIC_A)
    ]);
    let keys = parse(body.to_string()).unwrap();
    assert_eq!(keys.keys().len(), 3);
    assert_eq!(keys.ambiguous_kids(), ["x"]);
}
