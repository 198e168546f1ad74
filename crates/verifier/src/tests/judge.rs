//! One verdict from every way there is to get it: both backends, plain and explained, and as far as it goes without keys.
//! They must agree.

use crate::{
    KeySet, Policy, Refusal, StepVerdict, VerifiedToken, base64, check_without_keys, explain,
    explain_without_keys, structure, structure::Segments, verify,
};

use super::mint::NOW;

pub(super) fn judge(token: &str, body: &str) -> Result<VerifiedToken, Refusal> {
    judge_with(token, body, &Policy::default(), NOW)
}

pub(super) fn judge_with(
    token: &str,
    body: &str,
    policy: &Policy,
    now: i64,
) -> Result<VerifiedToken, Refusal> {
    let native = KeySet::parse(body.as_bytes()).unwrap();
    let pure_rust = KeySet::parse_pure_rust(body.as_bytes()).unwrap();
    let verdict = verify(token, &native, policy, now);
    assert_eq!(
        verify(token, &pure_rust, policy, now),
        verdict,
        "the backends disagree"
    );

    let explanation = explain(token, &native, policy, now);
    assert_eq!(explanation.outcome(), &verdict, "explain disagrees");
    let failed = explanation
        .steps()
        .iter()
        .filter(|step| step.verdict() == StepVerdict::Failed)
        .count();
    assert_eq!(failed, usize::from(verdict.is_err()));
    assert!(
        explanation
            .steps()
            .iter()
            .all(|step| step.detail().ends_with('.'))
    );

    let (steps, without_keys) = explain_without_keys(token, policy);
    assert_eq!(check_without_keys(token, policy), without_keys);
    assert_eq!(
        steps[..2],
        explanation.steps()[..2],
        "without keys, the steps that need none differ"
    );
    assert!(
        steps[2..]
            .iter()
            .all(|step| step.verdict() == StepVerdict::Skipped)
    );
    match &without_keys {
        Err(refusal) => assert_eq!(Err(refusal), verdict.as_ref()),
        Ok(()) => assert_ne!(explanation.steps()[2].verdict(), StepVerdict::Skipped),
    }

    let shape = structure::check(token, policy.max_token_bytes);
    match (&shape, &verdict) {
        (Err(shape), Err(refusal)) => assert_eq!(shape, refusal),
        (Err(shape), Ok(_)) => panic!("accepted although its structure is refused: {shape}"),
        (Ok(_), _) => {}
    }
    let outline = structure::outline::check(token, policy.max_token_bytes);
    let is_outlined = token.len() <= policy.max_token_bytes
        && token.split('.').count() == 3
        && (token.split('.')).all(|segment| base64::check_url(segment.as_bytes()).is_ok());
    assert_eq!(outline.is_some(), is_outlined, "the outline is misjudged");
    if let Ok(shape) = shape {
        let segments =
            |of: Segments<'_>| [of.header(), of.payload(), of.signature()].map(str::to_owned);
        assert_eq!(outline.map(segments), Some(segments(shape)));
    }
    verdict
}

/// The code of the refusal, or `accepted`.
pub(super) fn code(token: &str, body: &str) -> &'static str {
    code_with(token, body, &Policy::default(), NOW)
}

pub(super) fn code_with(token: &str, body: &str, policy: &Policy, now: i64) -> &'static str {
    match judge_with(token, body, policy, now) {
        Ok(_) => "accepted",
        Err(refusal) => {
            let sentence = refusal.to_string();
            assert!(
                sentence.ends_with('.') && !sentence.contains("eyJ"),
                "{sentence}"
            );
            assert_eq!(refusal.code().to_string(), refusal.code().as_str());
            refusal.code().as_str()
        }
    }
}
