//! `explain`: every step's verdict, in order, with what was checked against what.

#[cfg(target_family = "wasm")]
use super::test;

use serde_json::json;

use super::mint::{self, NOW, PUBLIC_A, PUBLIC_B, sample_claims, with_claim};
use crate::{KeySet, Policy, StepVerdict, explain};

const NAMES: [&str; 8] = [
    "structure",
    "algorithm",
    "key",
    "signature",
    "claims",
    "time",
    "issuer-and-audience",
    "context",
];

fn steps(token: &str, body: &str, policy: &Policy) -> Vec<(StepVerdict, String)> {
    let keys = KeySet::parse(body.as_bytes()).unwrap();
    let explanation = explain(token, &keys, policy, NOW);
    let names: Vec<&str> = explanation.steps().iter().map(crate::Step::name).collect();
    assert_eq!(names, NAMES);
    explanation
        .steps()
        .iter()
        .map(|step| (step.verdict(), step.detail().to_owned()))
        .collect()
}

#[test]
fn an_accepted_token_says_what_was_checked() {
    let token = mint::a().claims(&sample_claims());
    let found = steps(&token, PUBLIC_A, &Policy::default());
    let fingerprint = KeySet::parse(PUBLIC_A.as_bytes()).unwrap().keys()[0]
        .fingerprint()
        .to_string();
    let expected = [
        format!("{} of at most 65536 bytes, three parts of base64url.", token.len()),
        "`alg` is `RS256`, there is no `crit`, and `typ` and `cty` are a JWT's.".to_owned(),
        format!("The only key: RSA, 2048 bits, SHA-256 fingerprint {fingerprint}."),
        "256 bytes, PKCS#1 v1.5 with SHA-256, made by this key's private half.".to_owned(),
        "`iss`, `sub`, `iat` and `exp` are there and well-formed.".to_owned(),
        "Issued at 2018-11-19T10:07:51Z (1542622071), valid from 2018-11-19T10:07:52Z (1542622072), expires at \
         2018-11-19T11:07:52Z (1542625672); now is 2018-11-19T10:08:20Z (1542622100), and the setting allows 60 s."
            .to_owned(),
        "No particular issuer or audience is expected.".to_owned(),
        "3 context variables.".to_owned(),
    ];
    for (place, ((verdict, detail), expected)) in found.into_iter().zip(expected).enumerate() {
        let passed = if place == 6 {
            StepVerdict::Skipped
        } else {
            StepVerdict::Passed
        };
        assert_eq!((verdict, detail), (passed, expected));
    }
}

#[test]
fn a_required_token_id_is_named_among_the_claims() {
    let policy = Policy {
        require_token_id: true,
        ..Policy::default()
    };
    let token = mint::a().claims(&with_claim("jti", Some(json!("1"))));
    assert_eq!(
        steps(&token, PUBLIC_A, &policy)[4].1,
        "`iss`, `sub`, `iat`, `exp` and `jti` are there and well-formed."
    );
}

#[test]
fn expectations_and_counts_are_named() {
    let policy = Policy {
        expected_issuer: Some("contosohelp.com".to_owned()),
        expected_audience: Some("chat".to_owned()),
        ..Policy::default()
    };
    let mut claims = with_claim("aud", Some(json!("chat")));
    claims["lwicontexts"] = json!({ "a": 1 });
    let mut entry = mint::entry("k", PUBLIC_A);
    entry["expiry"] = json!(NOW + 10);
    let token = mint::a().token(r#"{"alg":"RS256","kid":"k"}"#, claims.to_string());
    let found = steps(&token, &entry.to_string(), &policy);
    assert!(
        found
            .iter()
            .all(|(verdict, _)| *verdict == StepVerdict::Passed)
    );
    assert!(
        found[2].1.starts_with("Key `k`: RSA, 2048 bits, ")
            && found[2]
                .1
                .ends_with(", until 2018-11-19T10:08:30Z (1542622110).")
    );
    assert_eq!(
        found[6].1,
        "`iss` is `contosohelp.com` as expected, and `aud` names `chat` as expected."
    );
    assert_eq!(found[7].1, "1 context variable.");
    for (policy, expected) in [
        (
            Policy {
                expected_audience: None,
                ..policy.clone()
            },
            "`iss` is `contosohelp.com` as expected.",
        ),
        (
            Policy {
                expected_issuer: None,
                ..policy
            },
            "`aud` names `chat` as expected.",
        ),
    ] {
        let found = steps(&token, &entry.to_string(), &policy);
        assert_eq!(found[6], (StepVerdict::Passed, expected.to_owned()));
    }
    let plain = steps(
        &mint::a().claims(&with_claim("lwicontexts", None)),
        PUBLIC_A,
        &Policy::default(),
    );
    assert_eq!(plain[7].1, "No context variables.");
}

#[test]
fn the_first_fault_fails_its_step_and_the_rest_is_not_reached() {
    let a = mint::a();
    let expecting = |issuer: &str| Policy {
        expected_issuer: Some(issuer.to_owned()),
        ..Policy::default()
    };
    let cases = [
        ("a.b".to_owned(), Policy::default(), 0),
        (a.token("{}", "{}"), Policy::default(), 1),
        (
            a.token(r#"{"alg":"RS256","kid":"\u0000"}"#, "{}"),
            Policy::default(),
            2,
        ),
        (mint::b().claims(&sample_claims()), Policy::default(), 3),
        (a.claims(&with_claim("sub", None)), Policy::default(), 4),
        (
            a.claims(&with_claim("exp", Some(json!(1)))),
            Policy::default(),
            5,
        ),
        (a.claims(&sample_claims()), expecting("x"), 6),
        (
            a.claims(&with_claim("lwicontexts", Some(json!(7)))),
            expecting("contosohelp.com"),
            7,
        ),
    ];
    for (token, policy, failing) in cases {
        for (place, (verdict, detail)) in steps(&token, PUBLIC_A, &policy).into_iter().enumerate() {
            match place.cmp(&failing) {
                std::cmp::Ordering::Less => assert_ne!(verdict, StepVerdict::Failed, "{detail}"),
                std::cmp::Ordering::Equal => assert_eq!(verdict, StepVerdict::Failed, "{detail}"),
                std::cmp::Ordering::Greater => {
                    assert_eq!(
                        (verdict, detail.as_str()),
                        (StepVerdict::Skipped, "Not reached.")
                    );
                }
            }
        }
    }
    let found = steps(&a.claims(&sample_claims()), PUBLIC_B, &Policy::default());
    assert_eq!(
        found[3].1,
        "The signature was not made by the private half of this key, or the token was changed afterwards."
    );
}
