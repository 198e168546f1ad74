//! What openssl makes: keys as a website's developer generates them, and tokens signed on the command line.

use std::{
    io::Write as _,
    process::{Command, Stdio},
};

use super::{
    judge::code,
    mint::{encode_url, sample_claims},
};

/// What `openssl` prints when given `input`.
pub(super) fn run(arguments: &[&str], input: &[u8]) -> Vec<u8> {
    let mut child = Command::new("openssl")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "openssl {arguments:?}");
    output.stdout
}

#[test]
fn a_pair_by_openssl_genpkey_and_a_token_by_openssl_dgst_are_accepted() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("private.pem");
    let private_key = path.to_str().unwrap();
    run(
        &[
            "genpkey",
            "-algorithm",
            "RSA",
            "-pkeyopt",
            "rsa_keygen_bits:2048",
            "-out",
            private_key,
        ],
        b"",
    );
    let spki = String::from_utf8(run(&["rsa", "-in", private_key, "-pubout"], b"")).unwrap();
    let pkcs1 =
        String::from_utf8(run(&["rsa", "-in", private_key, "-RSAPublicKey_out"], b"")).unwrap();
    let subject = [
        "req",
        "-new",
        "-x509",
        "-key",
        private_key,
        "-subj",
        "/CN=contosohelp.com",
        "-days",
        "30",
    ];
    let certificate = String::from_utf8(run(&subject, b"")).unwrap();

    let header = encode_url(br#"{"alg":"RS256","typ":"JWT"}"#);
    let mut claims = sample_claims();
    // The certificate begins today, so the token is of today's far future: any time in its 30 days will do.
    let issued_at = crate::KeySet::parse(certificate.as_bytes()).unwrap().keys()[0]
        .not_before()
        .unwrap();
    claims["iat"] = issued_at.into();
    claims["nbf"] = issued_at.into();
    claims["exp"] = (issued_at + 900).into();
    let input = format!("{header}.{}", encode_url(claims.to_string().as_bytes()));
    let signature = run(&["dgst", "-sha256", "-sign", private_key], input.as_bytes());
    let token = format!("{input}.{}", encode_url(&signature));

    for body in [&spki, &pkcs1, &certificate] {
        let verified =
            super::judge::judge_with(&token, body, &crate::Policy::default(), issued_at).unwrap();
        assert_eq!(verified.subject(), claims["sub"]);
    }
    let der = run(
        &["rsa", "-in", private_key, "-pubout", "-outform", "DER"],
        b"",
    );
    let digest = String::from_utf8(run(&["dgst", "-sha256", "-r"], &der)).unwrap();
    let fingerprint = crate::KeySet::parse(spki.as_bytes()).unwrap().keys()[0]
        .fingerprint()
        .to_string();
    assert_eq!(digest.split_whitespace().next(), Some(fingerprint.as_str()));

    let sha1 = run(&["dgst", "-sha1", "-sign", private_key], input.as_bytes());
    let sha512 = run(&["dgst", "-sha512", "-sign", private_key], input.as_bytes());
    let pss = run(
        &[
            "dgst",
            "-sha256",
            "-sigopt",
            "rsa_padding_mode:pss",
            "-sign",
            private_key,
        ],
        input.as_bytes(),
    );
    for other in [sha1, sha512, pss] {
        assert_eq!(
            code(&format!("{input}.{}", encode_url(&other)), &spki),
            "token-signature-invalid"
        );
    }
}
