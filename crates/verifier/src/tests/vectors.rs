//! Published vectors: RFC 7515 and RFC 7520 through the front door. Their payloads are not this product's
//! tokens, so a genuine signature shows by the refusal moving on to the claims.

#[cfg(target_family = "wasm")]
use super::test;

use serde_json::json;

use super::judge::{code, judge};

const RFC_7515_TOKEN: &str = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
const RFC_7515_MODULUS: &str = "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ";

const RFC_7520_TOKEN: &str = "eyJhbGciOiJSUzI1NiIsImtpZCI6ImJpbGJvLmJhZ2dpbnNAaG9iYml0b24uZXhhbXBsZSJ9.SXTigJlzIGEgZGFuZ2Vyb3VzIGJ1c2luZXNzLCBGcm9kbywgZ29pbmcgb3V0IHlvdXIgZG9vci4gWW91IHN0ZXAgb250byB0aGUgcm9hZCwgYW5kIGlmIHlvdSBkb24ndCBrZWVwIHlvdXIgZmVldCwgdGhlcmXigJlzIG5vIGtub3dpbmcgd2hlcmUgeW91IG1pZ2h0IGJlIHN3ZXB0IG9mZiB0by4.MRjdkly7_-oTPTS3AXP41iQIGKa80A0ZmTuV5MEaHoxnW2e5CZ5NlKtainoFmKZopdHM1O2U4mwzJdQx996ivp83xuglII7PNDi84wnB-BDkoBwA78185hX-Es4JIwmDLJK3lfWRa-XtL0RnltuYv746iYTh_qHRD68BNt1uSNCrUCTJDt5aAE6x8wW1Kt9eRo4QPocSadnHXFxnt8Is9UzpERV0ePPQdLuW3IS_de3xyIrDaLGdjluPxUAhb6L2aXic1U12podGU0KLUQSE_oI-ZnmKJ3F4uOZDnd6QZWJushZ41Axf_fcIe8u9ipH84ogoree7vjbU5y18kDquDg";
const RFC_7520_MODULUS: &str = "n4EPtAOCc9AlkeQHPzHStgAbgs7bTZLwUBZdR8_KuKPEHLd4rHVTeT-O-XV2jRojdNhxJWTDvNd7nqQ0VEiZQHz_AJmSCpMaJMRBSFKrKb2wqVwGU_NsYOYL-QtiWN2lbzcEe6XC0dApr5ydQLrHqkHHig3RBordaZ6Aj-oBHqFEHYpPe7Tpe-OfVfHd1E6cS6M1FZcD1NNLYD5lFHpPI9bTwJlsde3uhGqC0ZCuEHg8lhzwOHrtIQbS0FVbb9k3-tVTU4fg_3L_vniUFAKwuCLqKnS2BYwdq_mzSnbLY7h_qixoR7jig3__kRhuaxwUkRz5iaiQkqgc5gHdrNP5zw";

fn jwks(kid: Option<&str>, modulus: &str) -> String {
    json!({ "keys": [{ "kty": "RSA", "use": "sig", "kid": kid.unwrap_or("1"), "n": modulus, "e": "AQAB" }] }).to_string()
}

#[test]
fn rfc_7515_appendix_a_2() {
    let body = jwks(None, RFC_7515_MODULUS);
    assert_eq!(
        judge(RFC_7515_TOKEN, &body).unwrap_err().to_string(),
        "The claim `sub` is missing."
    );
    let (input, signature) = RFC_7515_TOKEN.rsplit_once('.').unwrap();
    let changed = input.replacen(".eyJpc3MiOiJqb2Ui", ".eyJpc3MiOiJqb24i", 1);
    assert_ne!(changed, input);
    assert_eq!(
        code(&format!("{changed}.{signature}"), &body),
        "token-signature-invalid"
    );
    assert_eq!(
        code(RFC_7515_TOKEN, &jwks(None, RFC_7520_MODULUS)),
        "token-signature-invalid"
    );
}

#[test]
fn rfc_7520_section_4_1() {
    let kid = "bilbo.baggins@hobbiton.example";
    let refusal = judge(RFC_7520_TOKEN, &jwks(Some(kid), RFC_7520_MODULUS)).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "The token's claims are not one JSON object: expected `{`, found `I` at byte 0."
    );
    assert_eq!(
        code(RFC_7520_TOKEN, &jwks(Some("bilbo"), RFC_7520_MODULUS)),
        "token-key-unknown"
    );
    assert_eq!(
        code(RFC_7520_TOKEN, &jwks(Some(kid), RFC_7515_MODULUS)),
        "token-signature-invalid"
    );
}
