//! `iat`, `exp` and `nbf`: which numbers they may be, and when they are past or still to come.

#[cfg(target_family = "wasm")]
use super::test;

use crate::Policy;
use serde_json::json;

use super::{
    claims::{code_of, raw},
    judge::{code, code_with, judge_with},
    mint::{self, NOW, PUBLIC_A, sample_claims, with_claim},
};

#[test]
fn times_are_finite_json_numbers_up_to_the_year_9999() {
    for name in ["iat", "exp", "nbf"] {
        for value in [
            json!("1542625672"),
            json!(true),
            json!([1]),
            json!({}),
            json!(""),
        ] {
            assert_eq!(
                code_of(name, value.clone()),
                "token-claim-invalid",
                "{name} {value}"
            );
        }
        let too_late = [
            "1542625672000",
            "253402300800",
            "253402300800.0",
            "1e12",
            "1e300",
            "1e400",
            "99999999999999999999",
            "9223372036854775808",
        ];
        for value in too_late {
            assert_eq!(
                code(&raw(name, value), PUBLIC_A),
                "token-claim-invalid",
                "{name} {value}"
            );
        }
    }
    for value in [
        "253402300799",
        "253402300799.9",
        "2.5e11",
        "1542625672.0",
        "1.542625672E+9",
        "15426256720e-1",
    ] {
        assert_eq!(code(&raw("exp", value), PUBLIC_A), "accepted", "{value}");
    }
    let extremes = [
        "-8334601228800",
        "-9223372036854775808",
        "-9223372036854775809",
        "-1e300",
        "0",
        "-0",
        "-0.0",
        "1e-400",
    ];
    for value in extremes {
        assert_eq!(
            code(&raw("nbf", value), PUBLIC_A),
            "accepted",
            "nbf {value}"
        );
        assert_eq!(
            code(&raw("iat", value), PUBLIC_A),
            "accepted",
            "iat {value}"
        );
        assert_eq!(
            code(&raw("exp", value), PUBLIC_A),
            "token-expired",
            "exp {value}"
        );
    }
    assert_eq!(
        code(&raw("nbf", "-1e400"), PUBLIC_A),
        "token-claim-invalid",
        "not finite"
    );
}

/// Rounded up, the last second would end in a year of five digits, which no reader of RFC 3339 has to know.
#[test]
fn no_time_of_a_verified_token_lies_after_the_year_9999() {
    for exp in ["253402300799", "253402300799.001", "253402300799.9"] {
        let token = raw("exp", exp);
        let verified = judge_with(&token, PUBLIC_A, &Policy::default(), NOW).unwrap();
        assert_eq!(verified.expires_at(), 253_402_300_799, "{exp}");
    }
}

#[test]
fn leeway_is_exact_on_both_sides() {
    let token = mint::a().claims(&sample_claims());
    for (leeway_seconds, applied) in [(0, 0), (60, 60), (300, 300), (301, 300), (u32::MAX, 300)] {
        let policy = Policy {
            leeway_seconds,
            ..Policy::default()
        };
        let at = |now| code_with(&token, PUBLIC_A, &policy, now);
        let (begins, ends) = (1_542_622_072 - applied, 1_542_625_672 + applied);
        assert_eq!(
            at(begins - 1),
            "token-not-yet-valid",
            "leeway {leeway_seconds}"
        );
        assert_eq!(at(begins), "accepted", "leeway {leeway_seconds}");
        assert_eq!(at(ends - 1), "accepted", "leeway {leeway_seconds}");
        assert_eq!(at(ends), "token-expired", "leeway {leeway_seconds}");
    }
    let without_nbf = mint::a().claims(&with_claim("nbf", None));
    let at = |now| code_with(&without_nbf, PUBLIC_A, &Policy::default(), now);
    assert_eq!(
        (at(1_542_622_010), at(1_542_622_011)),
        ("token-not-yet-valid", "accepted"),
        "iat"
    );
}

#[test]
fn fractions_of_a_second_are_compared_exactly() {
    let policy = Policy {
        leeway_seconds: 0,
        ..Policy::default()
    };
    let at = |token: &str, now| code_with(token, PUBLIC_A, &policy, now);
    let exp = raw("exp", "1542625672.5");
    assert_eq!(
        (at(&exp, 1_542_625_672), at(&exp, 1_542_625_673)),
        ("accepted", "token-expired")
    );
    let nbf = raw("nbf", "1542622072.5");
    assert_eq!(
        (at(&nbf, 1_542_622_072), at(&nbf, 1_542_622_073)),
        ("token-not-yet-valid", "accepted")
    );
}

#[test]
fn any_now_is_survived() {
    let token = mint::a().claims(&sample_claims());
    for (now, expected) in [
        (i64::MIN, "token-not-yet-valid"),
        (-1, "token-not-yet-valid"),
        (0, "token-not-yet-valid"),
        (i64::MAX, "token-expired"),
    ] {
        assert_eq!(
            code_with(&token, PUBLIC_A, &Policy::default(), now),
            expected
        );
    }
    assert_eq!(
        code_with(
            &raw("nbf", "-1e300"),
            PUBLIC_A,
            &Policy::default(),
            i64::MIN
        ),
        "token-not-yet-valid"
    );
}

#[test]
fn refusals_of_time_name_the_numbers() {
    let token = mint::a().claims(&sample_claims());
    let message = |now| {
        judge_with(&token, PUBLIC_A, &Policy::default(), now)
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        message(1_542_630_000),
        "The token expired at 2018-11-19T11:07:52Z (1542625672), 72 min 8 s ago; now is 2018-11-19T12:20:00Z \
         (1542630000), and the setting allows 60 s."
    );
    assert_eq!(
        message(-99_999_999_999_999),
        "The claim `nbf` is 2018-11-19T10:07:52Z (1542622072), 1157425261 days ahead; now is -99999999999999, \
         and the setting allows 60 s."
    );
}
