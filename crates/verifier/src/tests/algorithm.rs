//! Step 2: `alg`, `crit`, `typ` and `cty`.

#[cfg(target_family = "wasm")]
use super::test;

use super::{
    judge::code,
    mint::{self, PUBLIC_A, sample_claims},
};

fn code_of(header: &str) -> &'static str {
    code(
        &mint::a().token(header, sample_claims().to_string()),
        PUBLIC_A,
    )
}

#[test]
fn only_rs256_is_accepted() {
    for algorithm in [
        "none",
        "None",
        "NONE",
        "",
        "rs256",
        "RS256 ",
        " RS256",
        "RS384",
        "RS512",
        "PS256",
        "ES256",
        "EdDSA",
        "HS256",
        "HS512",
        "RS256\\u0000",
        "RSA1_5",
    ] {
        let header = format!(r#"{{"alg":"{algorithm}"}}"#);
        assert_eq!(
            code_of(&header),
            "token-algorithm-unsupported",
            "{algorithm:?}"
        );
    }
    for header in [
        "{}",
        r#"{"alg":null}"#,
        r#"{"alg":256}"#,
        r#"{"alg":["RS256"]}"#,
        r#"{"ALG":"RS256"}"#,
    ] {
        assert_eq!(code_of(header), "token-algorithm-unsupported", "{header}");
    }
}

#[test]
fn the_algorithm_is_judged_before_everything_else_in_the_header() {
    assert_eq!(
        code_of(r#"{"alg":"none","crit":["b64"],"typ":"x","kid":7}"#),
        "token-algorithm-unsupported"
    );
}

#[test]
fn any_crit_is_refused() {
    for crit in [
        r#"["b64"]"#,
        r#"["exp"]"#,
        "[]",
        "null",
        "false",
        r#""b64""#,
        "{}",
    ] {
        let header = format!(r#"{{"alg":"RS256","b64":false,"crit":{crit}}}"#);
        assert_eq!(code_of(&header), "token-malformed", "{crit}");
    }
    assert_eq!(
        code_of(r#"{"alg":"RS256","b64":false}"#),
        "accepted",
        "RFC 7797: without `crit` it says nothing"
    );
}

#[test]
fn typ_and_cty_must_be_those_of_a_jwt() {
    for typ in ["JWT", "jwt", "Jwt", "application/jwt", "Application/JWT"] {
        assert_eq!(
            code_of(&format!(r#"{{"alg":"RS256","typ":"{typ}"}}"#)),
            "accepted",
            "{typ}"
        );
    }
    for typ in [
        r#""at+jwt""#,
        r#""JOSE""#,
        r#""""#,
        r#""JWT ""#,
        r#""application/JWT2""#,
        "1",
        r#"["JWT"]"#,
    ] {
        assert_eq!(
            code_of(&format!(r#"{{"alg":"RS256","typ":{typ}}}"#)),
            "token-malformed",
            "{typ}"
        );
    }
    assert_eq!(code_of(r#"{"alg":"RS256","cty":"json"}"#), "accepted");
    for cty in [r#""JWT""#, r#""cbor""#, r#""""#, "1"] {
        assert_eq!(
            code_of(&format!(r#"{{"alg":"RS256","cty":{cty}}}"#)),
            "token-malformed",
            "{cty}"
        );
    }
}

#[test]
fn a_kid_must_be_a_string() {
    for kid in ["7", "{}", r#"["a"]"#] {
        assert_eq!(
            code_of(&format!(r#"{{"alg":"RS256","kid":{kid}}}"#)),
            "token-malformed",
            "{kid}"
        );
    }
}

/// Serialisers write `null` for what is not there. `crit` is no such thing: see `any_crit_is_refused`.
#[test]
fn an_optional_parameter_that_is_null_is_absent() {
    for name in ["typ", "cty", "kid", "jku", "x5c"] {
        let header = format!(r#"{{"alg":"RS256","{name}":null}}"#);
        assert_eq!(code_of(&header), "accepted", "{name}");
    }
    assert_eq!(code_of(r#"{"alg":null}"#), "token-algorithm-unsupported");
    assert_eq!(
        code_of(r#"{"alg":"RS256","kid":null,"kid":"a"}"#),
        "token-malformed"
    );
}
