//! Step 5: the claims of a genuine token. Its times are in `claim_times`.

#[cfg(target_family = "wasm")]
use super::test;

use crate::Policy;
use serde_json::{Value, json};

use super::{
    judge::{code, code_with, judge, judge_with},
    mint::{self, NOW, PUBLIC_A, sample_claims, with_claim},
};

pub(super) fn code_of(name: &str, value: Value) -> &'static str {
    code(&mint::a().claims(&with_claim(name, Some(value))), PUBLIC_A)
}

/// Claims as text, for numbers that no serialiser writes.
pub(super) fn raw(name: &str, value: &str) -> String {
    let mut claims = with_claim(name, None).to_string();
    claims.insert_str(1, &format!(r#""{name}":{value},"#));
    mint::a().token(r#"{"alg":"RS256"}"#, claims)
}

#[test]
fn the_sample_is_read_whole() {
    let verified = judge(&mint::a().claims(&sample_claims()), PUBLIC_A).unwrap();
    assert_eq!(verified.issuer(), "contosohelp.com");
    assert_eq!(verified.subject(), "87b4d06c-abc2-e811-a9b0-000d3a10e09e");
    assert_eq!(
        (verified.issued_at(), verified.expires_at()),
        (1_542_622_071, 1_542_625_672)
    );
    assert_eq!((verified.key_id(), verified.token_id()), (None, None));
    let profile = verified.profile();
    assert_eq!(
        profile.preferred_username,
        Some("a184fade-d7d0-40e5-9c33-97478491d352")
    );
    assert_eq!(profile.given_name, Some("Bert"));
    assert_eq!(profile.family_name, Some("Hair"));
    assert_eq!(profile.email, Some("admin@contosohelp.com"));
    assert_eq!(profile.phone_number, Some("1234567"));
    assert_eq!(verified.context().len(), 3);
    let debug = format!("{verified:?}");
    assert!(
        debug.contains("contosohelp.com")
            && !debug.contains("Bert")
            && !debug.contains("cartvalue"),
        "{debug}"
    );
}

#[test]
fn required_claims_are_required() {
    for name in ["iss", "sub", "iat", "exp"] {
        let refusal = judge(&mint::a().claims(&with_claim(name, None)), PUBLIC_A).unwrap_err();
        assert_eq!(refusal.code().as_str(), "token-claim-missing");
        assert_eq!(
            refusal.to_string(),
            format!("The claim `{name}` is missing.")
        );
    }
    let upper = json!({ "Iss": "a", "SubId": "b", "Iat": 1, "Exp": 2 });
    assert_eq!(
        code(&mint::a().claims(&upper), PUBLIC_A),
        "token-claim-missing",
        "names are case-sensitive"
    );
    for optional in ["nbf", "lwicontexts", "email", "given_name"] {
        assert_eq!(
            code(&mint::a().claims(&with_claim(optional, None)), PUBLIC_A),
            "accepted",
            "{optional}"
        );
    }
}

#[test]
fn presence_is_judged_before_values_and_values_before_time() {
    let mut claims = with_claim("exp", None);
    claims["iss"] = json!(7);
    assert_eq!(
        code(&mint::a().claims(&claims), PUBLIC_A),
        "token-claim-missing"
    );
    let mut claims = with_claim("exp", Some(json!(1)));
    claims["sub"] = json!("");
    assert_eq!(
        code(&mint::a().claims(&claims), PUBLIC_A),
        "token-claim-invalid"
    );
    let mut claims = with_claim("exp", Some(json!(1)));
    claims["lwicontexts"] = json!(7);
    assert_eq!(code(&mint::a().claims(&claims), PUBLIC_A), "token-expired");
}

#[test]
fn the_payload_must_be_one_json_object_without_duplicates() {
    let deep = |levels: usize| {
        raw(
            "x",
            &format!("{}{}", "[".repeat(levels), "]".repeat(levels)),
        )
    };
    for payload in [
        "",
        "null",
        "[]",
        "\"\"",
        "7",
        "{",
        "{}{}",
        "not JSON",
        "\u{feff}{}",
    ] {
        let token = mint::a().token(r#"{"alg":"RS256"}"#, payload);
        assert_eq!(code(&token, PUBLIC_A), "token-claim-invalid", "{payload:?}");
    }
    let latin1 = mint::a().token(r#"{"alg":"RS256"}"#, b"{\"sub\":\"\xe9\"}");
    assert_eq!(code(&latin1, PUBLIC_A), "token-claim-invalid");
    let utf16: Vec<u8> = sample_claims()
        .to_string()
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(
        code(&mint::a().token(r#"{"alg":"RS256"}"#, utf16), PUBLIC_A),
        "token-claim-invalid"
    );

    for (name, value) in [
        ("sub", r#""x""#),
        ("exp", "9999999999"),
        ("role", "1"),
        ("nbf", "1"),
    ] {
        let mut claims = with_claim("role", Some(json!(2))).to_string();
        claims.insert_str(1, &format!(r#""{name}":{value},"#));
        let token = mint::a().token(r#"{"alg":"RS256"}"#, claims);
        assert_eq!(
            code(&token, PUBLIC_A),
            "token-claim-invalid",
            "{name} twice"
        );
    }
    let escaped = sample_claims()
        .to_string()
        .replacen('{', r#"{"\u0073ub":"x","#, 1);
    assert_eq!(
        code(&mint::a().token(r#"{"alg":"RS256"}"#, escaped), PUBLIC_A),
        "token-claim-invalid"
    );
    assert_eq!(code(&deep(127), PUBLIC_A), "accepted");
    assert_eq!(code(&deep(128), PUBLIC_A), "token-claim-invalid");
}

#[test]
fn issuer_and_subject_are_strings_within_limits() {
    for name in ["iss", "sub"] {
        let blanks = ["", " ", "\t\n", "\u{a0}", "\u{2003}\u{3000}"].map(Value::from);
        let others = [
            json!(null),
            json!(7),
            json!(true),
            json!([]),
            json!({}),
            json!("a\0b"),
            json!("\0"),
        ];
        for value in blanks.into_iter().chain(others) {
            assert_eq!(
                code_of(name, value.clone()),
                "token-claim-invalid",
                "{name} {value}"
            );
        }
    }
    for (name, limit) in [("sub", 255), ("iss", 2_048)] {
        assert_eq!(code_of(name, json!("x".repeat(limit))), "accepted");
        assert_eq!(
            code_of(name, json!("é".repeat(limit))),
            "accepted",
            "characters, not bytes"
        );
        assert_eq!(
            code_of(name, json!("x".repeat(limit + 1))),
            "token-claim-invalid"
        );
        assert_eq!(
            code_of(name, json!("é".repeat(limit + 1))),
            "token-claim-invalid"
        );
    }
    assert_eq!(
        code_of("sub", json!(" x ")),
        "accepted",
        "nothing is trimmed"
    );
    let verified = judge(
        &mint::a().claims(&with_claim("sub", Some(json!(" \"x\\ ")))),
        PUBLIC_A,
    )
    .unwrap();
    assert_eq!(verified.subject(), " \"x\\ ");
}

#[test]
fn an_expected_issuer_must_match_exactly() {
    let policy = |issuer: &str| Policy {
        expected_issuer: Some(issuer.to_owned()),
        ..Policy::default()
    };
    let token = mint::a().claims(&sample_claims());
    assert_eq!(
        code_with(&token, PUBLIC_A, &policy("contosohelp.com"), NOW),
        "accepted"
    );
    for other in [
        "contosohelp.com/",
        "Contosohelp.com",
        "contosohelp.co",
        "",
        " contosohelp.com",
    ] {
        assert_eq!(
            code_with(&token, PUBLIC_A, &policy(other), NOW),
            "token-claim-invalid",
            "{other:?}"
        );
    }
}

#[test]
fn an_expected_audience_must_be_named() {
    let policy = Policy {
        expected_audience: Some("chat".to_owned()),
        ..Policy::default()
    };
    let with = |audience| {
        code_with(
            &mint::a().claims(&with_claim("aud", audience)),
            PUBLIC_A,
            &policy,
            NOW,
        )
    };
    for named in [
        json!("chat"),
        json!(["chat"]),
        json!(["shop", "chat"]),
        json!([7, "chat"]),
    ] {
        assert_eq!(with(Some(named.clone())), "accepted", "{named}");
    }
    assert_eq!(with(None), "token-claim-invalid");
    for other in [
        json!("Chat"),
        json!(""),
        json!([]),
        json!(["chat "]),
        json!([["chat"]]),
        json!({"chat": 1}),
        json!(null),
        json!(7),
    ] {
        assert_eq!(with(Some(other.clone())), "token-claim-invalid", "{other}");
        assert_eq!(code_of("aud", other), "accepted", "nobody asked");
    }
    assert_eq!(
        code_with(&raw("aud", r#"["c\u0068at"]"#), PUBLIC_A, &policy, NOW),
        "accepted"
    );
}

#[test]
fn parties_are_judged_after_time() {
    let policy = Policy {
        expected_issuer: Some("x".to_owned()),
        ..Policy::default()
    };
    let token = mint::a().claims(&sample_claims());
    assert_eq!(
        code_with(&token, PUBLIC_A, &policy, i64::MAX),
        "token-expired"
    );
}

#[test]
fn a_token_id_is_given_and_can_be_required() {
    let single_use = Policy {
        require_token_id: true,
        ..Policy::default()
    };
    let with = |value: Option<Value>, policy: &Policy| {
        judge_with(
            &mint::a().claims(&with_claim("jti", value)),
            PUBLIC_A,
            policy,
            NOW,
        )
    };
    assert_eq!(
        with(Some(json!("id-1")), &single_use).unwrap().token_id(),
        Some("id-1")
    );
    assert_eq!(
        with(None, &single_use).unwrap_err().code().as_str(),
        "token-claim-missing"
    );
    assert_eq!(
        with(Some(json!(null)), &single_use)
            .unwrap_err()
            .code()
            .as_str(),
        "token-claim-missing",
        "what is null is absent"
    );
    for bad in [json!(7), json!(""), json!("a\0"), json!("x".repeat(256))] {
        assert_eq!(
            with(Some(bad.clone()), &single_use)
                .unwrap_err()
                .code()
                .as_str(),
            "token-claim-invalid"
        );
        assert_eq!(
            with(Some(bad), &Policy::default()).unwrap().token_id(),
            None
        );
    }
}

#[test]
fn an_unusable_profile_claim_counts_as_absent() {
    for bad in [
        json!(7),
        json!(null),
        json!(""),
        json!("a\0b"),
        json!("x".repeat(4_001)),
        json!({}),
    ] {
        let token = mint::a().claims(&with_claim("email", Some(bad.clone())));
        assert_eq!(
            judge(&token, PUBLIC_A).unwrap().profile().email,
            None,
            "{bad}"
        );
    }
}

/// Serialisers write `null` for what is not there. A claim that must be there has a value then, and none that is allowed.
#[test]
fn an_optional_claim_that_is_null_is_absent() {
    for name in [
        "nbf",
        "aud",
        "jti",
        "lwicontexts",
        "email",
        "given_name",
        "nonce",
    ] {
        assert_eq!(code_of(name, json!(null)), "accepted", "{name}");
    }
    for name in ["iss", "sub", "iat", "exp"] {
        assert_eq!(code_of(name, json!(null)), "token-claim-invalid", "{name}");
    }
    let mut twice = sample_claims().to_string();
    twice.insert_str(1, r#""nbf":null,"#);
    let twice = mint::a().token(r#"{"alg":"RS256"}"#, twice);
    assert_eq!(
        code(&twice, PUBLIC_A),
        "token-claim-invalid",
        "a name stands twice"
    );
}
