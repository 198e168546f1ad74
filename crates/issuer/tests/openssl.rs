//! `openssl` reads our keys and verifies our signatures, and we read the keys it makes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use std::path::Path;
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bonafide_issuer::{Grant, KeyPair, KeyPairError, KeyRing, KeySize, Person, mint};

fn openssl(directory: &Path, arguments: &str) -> String {
    let output = Command::new("openssl")
        .args(arguments.split(' '))
        .current_dir(directory)
        .output()
        .expect("this test runs `openssl`: install it");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let fault = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "openssl {arguments}: {fault}");
    text
}

fn read(directory: &Path, name: &str) -> String {
    std::fs::read_to_string(directory.join(name)).unwrap()
}

fn grant() -> Grant {
    Grant {
        issuer: "contosohelp.com".into(),
        audience: None,
        nonce: None,
        issued_at: 1_542_622_071,
        lifetime_seconds: 3_600,
    }
}

fn bert() -> Person {
    Person {
        subject: "87b4d06c-abc2-e811-a9b0-000d3a10e09e".into(),
        ..Person::default()
    }
}

#[test]
fn openssl_reads_our_private_key_and_finds_the_public_key_we_publish() {
    let directory = tempfile::tempdir().unwrap();
    let at = directory.path();
    for size in [KeySize::Bits2048, KeySize::Bits3072, KeySize::Bits4096] {
        let pair = KeyPair::generate(size).unwrap();
        std::fs::write(
            at.join("private_key.pem"),
            &*pair.private_key_pem().unwrap(),
        )
        .unwrap();
        let check = openssl(at, "pkey -in private_key.pem -check -noout");
        assert!(check.contains("Key is valid"), "{check}");
        assert_eq!(
            openssl(at, "rsa -pubout -in private_key.pem"),
            pair.public_key_pem()
        );
    }
}

#[test]
fn we_read_the_keys_openssl_makes() {
    let directory = tempfile::tempdir().unwrap();
    let at = directory.path();
    for bits in [2048, 2560] {
        openssl(
            at,
            &format!("genpkey -algorithm RSA -out private_key.pem -pkeyopt rsa_keygen_bits:{bits}"),
        );
        openssl(at, "rsa -pubout -in private_key.pem -out public_key.pem");
        openssl(at, "rsa -traditional -in private_key.pem -out pkcs1.pem");
        for file in ["private_key.pem", "pkcs1.pem"] {
            let pair = KeyPair::from_pem(&read(at, file)).unwrap();
            assert_eq!(pair.public_key_pem(), read(at, "public_key.pem"), "{file}");
            assert_eq!(pair.bits(), bits);
            let hash = openssl(
                at,
                "pkey -pubin -in public_key.pem -outform DER -out spki.der",
            );
            assert_eq!(hash, "");
            let hash = openssl(at, "dgst -sha256 -r spki.der");
            assert_eq!(pair.fingerprint(), hash.split(' ').next().unwrap());
        }
    }
}

#[test]
fn openssl_verifies_a_token_of_ours() {
    let directory = tempfile::tempdir().unwrap();
    let at = directory.path();
    openssl(
        at,
        "genpkey -algorithm RSA -out private_key.pem -pkeyopt rsa_keygen_bits:2048",
    );
    openssl(at, "rsa -pubout -in private_key.pem -out public_key.pem");
    let ring = KeyRing::single(KeyPair::from_pem(&read(at, "private_key.pem")).unwrap());
    let token = mint(&bert(), &grant(), &ring.entries()[0]).unwrap();
    let (signed, signature) = token.rsplit_once('.').unwrap();
    std::fs::write(at.join("signed"), signed).unwrap();
    std::fs::write(
        at.join("signature"),
        URL_SAFE_NO_PAD.decode(signature).unwrap(),
    )
    .unwrap();
    let verdict = openssl(
        at,
        "dgst -sha256 -verify public_key.pem -signature signature signed",
    );
    assert_eq!(verdict, "Verified OK\n");
}

#[test]
fn keys_that_cannot_sign_rs256_are_refused_with_a_way_out() {
    let directory = tempfile::tempdir().unwrap();
    let at = directory.path();
    openssl(
        at,
        "genpkey -algorithm RSA -out small.pem -pkeyopt rsa_keygen_bits:1024",
    );
    openssl(
        at,
        "genpkey -algorithm EC -out ec.pem -pkeyopt ec_paramgen_curve:P-256",
    );
    openssl(
        at,
        "genpkey -algorithm RSA-PSS -out pss.pem -pkeyopt rsa_keygen_bits:2048",
    );
    openssl(
        at,
        "genpkey -algorithm RSA -out key.pem -pkeyopt rsa_keygen_bits:2048",
    );
    openssl(at, "rsa -pubout -in key.pem -out public.pem");
    openssl(
        at,
        "pkcs8 -topk8 -in key.pem -out encrypted.pem -passout pass:secret",
    );
    openssl(
        at,
        "rsa -traditional -aes128 -in key.pem -out old.pem -passout pass:secret",
    );
    let fault = |name| KeyPair::from_pem(&read(at, name)).unwrap_err();
    for name in ["small.pem", "ec.pem", "pss.pem"] {
        let error = fault(name);
        assert!(
            matches!(error, KeyPairError::Unsuitable(_)),
            "{name}: {error}"
        );
    }
    for name in ["encrypted.pem", "old.pem"] {
        let error = fault(name);
        assert!(matches!(error, KeyPairError::Encrypted), "{name}: {error}");
    }
    let error = fault("public.pem").to_string();
    assert!(error.contains("`PUBLIC KEY`, not a private key"), "{error}");
}
