//! `bonafide keys` and `bonafide token`.

use std::process::Command;

use crate::bonafide::{bonafide, issuer, text};

#[test]
fn new_list_rotate_publish() {
    let directory = tempfile::tempdir().unwrap();
    let at = directory.path();
    let made = text(at, "keys new --kid a/b+c=_");
    assert!(
        made.contains("a/b+c=_") && made.contains("signing"),
        "{made}"
    );
    let pem = text(at, "keys publish");
    assert!(pem.starts_with("-----BEGIN PUBLIC KEY-----"), "{pem}");

    let rotated = text(at, "keys rotate");
    assert!(rotated.contains("upcoming"), "{rotated}");
    assert_eq!(text(at, "keys list"), rotated);
    let array: serde_json::Value = serde_json::from_str(&text(at, "keys publish")).unwrap();
    assert_eq!(array[0]["kid"], "a/b+c=_");
    assert!(array[0]["expiry"].is_i64(), "{array}");

    let gone = text(at, "keys rotate --lead 0 --overlap 0");
    assert_eq!(gone.matches("expired").count(), 2, "{gone}");
    assert!(text(at, "keys publish").starts_with("-----BEGIN PUBLIC KEY-----"));
}

#[test]
fn what_cannot_be_done_is_said_in_a_sentence() {
    let directory = issuer();
    let at = directory.path();
    std::fs::write(at.join("not.pem"), "hello").unwrap();
    for (arguments, said) in [
        ("keys new", "bonafide keys rotate"),
        (
            "keys list --keys elsewhere",
            "bonafide keys new --keys 'elsewhere'",
        ),
        (
            "keys rotate --keys elsewhere",
            "bonafide keys new --keys 'elsewhere'",
        ),
        (
            "keys new --keys other --import nowhere.pem",
            "`nowhere.pem` cannot be read",
        ),
        (
            "keys new --keys other --import not.pem",
            "`not.pem`: This is not a PEM file",
        ),
        (
            "token --issuer i --subject s --key not.pem",
            "`not.pem`: This is not a PEM file",
        ),
        (
            "token --issuer i --subject s --lifetime 0",
            "exp must be later than its iat",
        ),
    ] {
        let run = bonafide(at, arguments.split(' '), "");
        assert_eq!(run.code, 1, "{arguments}: {}", run.stderr);
        assert!(run.stderr.contains(said), "{arguments}: {}", run.stderr);
        assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
    }
    let usage = bonafide(at, ["keys", "new", "--bits", "1024"], "");
    assert_eq!(usage.code, 2, "{}", usage.stderr);
}

#[test]
fn a_key_of_openssl_signs_tokens_that_openssl_verifies() {
    let directory = tempfile::tempdir().unwrap();
    let at = directory.path();
    let openssl = |arguments: &str| {
        let output = Command::new("openssl")
            .args(arguments.split(' '))
            .current_dir(at)
            .output()
            .expect("this test runs `openssl`: install it");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    };
    openssl("genpkey -algorithm RSA -out private_key.pem -pkeyopt rsa_keygen_bits:2048");
    let public = openssl("rsa -pubout -in private_key.pem");
    text(at, "keys new --import private_key.pem");
    assert_eq!(text(at, "keys publish"), public.trim_end());
    let imported = text(at, "token --issuer contosohelp.com --subject bert");
    let direct = text(
        at,
        "token --issuer contosohelp.com --subject bert --key private_key.pem",
    );
    std::fs::write(at.join("public.pem"), public).unwrap();
    for token in [imported, direct] {
        let run = bonafide(at, ["verify", "--keys", "public.pem", &token], "");
        assert_eq!(run.code, 0, "{}", run.stdout);
    }
}
