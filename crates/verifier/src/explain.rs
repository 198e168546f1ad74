//! Each step's verdict, for a person who has to find out why a token is refused.
//!
//! The plain path pays nothing for it: [`Unobserved`] compiles to nothing, and no sentence is built.

use crate::{
    keys::KeySet,
    policy::Policy,
    refusal::Refusal,
    time::Time,
    token::VerifiedToken,
    verify::{open, run},
};

/// Judges a token like [`verify`](crate::verify()), and says for each step what was checked against what.
///
/// For administrators and for `bonafide verify`; the sentences name times, key ids, issuer and audience, but nothing that the
/// token says of a person.
#[must_use]
pub fn explain(token: &str, keys: &KeySet, policy: &Policy, now: i64) -> Explanation {
    let mut recorder = Recorder::default();
    let outcome = run(token, keys, policy, Time(now), &mut recorder).map_err(Refusal::from);
    Explanation {
        steps: recorder.finish(outcome.as_ref().err()),
        outcome,
    }
}

/// As [`explain`], as far as one gets without keys: of the steps after the first two it says that they were not reached.
/// With them comes the verdict of [`check_without_keys`](crate::check_without_keys()).
pub fn explain_without_keys(token: &str, policy: &Policy) -> (Vec<Step>, Result<(), Refusal>) {
    let mut recorder = Recorder::default();
    let outcome = open(token, policy, &mut Vec::new(), &mut recorder).map(drop);
    let outcome = outcome.map_err(Refusal::from);
    (recorder.finish(outcome.as_ref().err()), outcome)
}

/// What [`explain`] found.
#[derive(Clone, Debug)]
pub struct Explanation {
    steps: Vec<Step>,
    outcome: Result<VerifiedToken, Refusal>,
}

impl Explanation {
    /// Every step, in the order of the checks, whether it was reached or not.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// What [`verify`](crate::verify()) says about the same token.
    pub fn outcome(&self) -> &Result<VerifiedToken, Refusal> {
        &self.outcome
    }
}

/// One step of verification.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Step {
    stage: Stage,
    verdict: StepVerdict,
    detail: String,
}

impl Step {
    /// What was checked: `structure`, `algorithm`, `key`, `signature`, `claims`, `time`,
    /// `issuer-and-audience` or `context`.
    #[must_use]
    pub fn name(&self) -> &str {
        self.stage.as_str()
    }

    /// How it went.
    #[must_use]
    pub fn verdict(&self) -> StepVerdict {
        self.verdict
    }

    /// What was checked against what, as a sentence.
    #[must_use]
    pub fn detail(&self) -> &str {
        &self.detail
    }
}

/// How a step went.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum StepVerdict {
    /// In order.
    Passed,
    /// This is why the token is refused.
    Failed,
    /// Not reached, because an earlier step failed, or not asked for.
    Skipped,
}

/// The steps, in the order in which they are taken.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Stage {
    Structure,
    Algorithm,
    Key,
    Signature,
    Claims,
    Time,
    Parties,
    Context,
}

impl Stage {
    const ALL: [Self; 8] = [
        Self::Structure,
        Self::Algorithm,
        Self::Key,
        Self::Signature,
        Self::Claims,
        Self::Time,
        Self::Parties,
        Self::Context,
    ];

    fn as_str(self) -> &'static str {
        match self {
            Self::Structure => "structure",
            Self::Algorithm => "algorithm",
            Self::Key => "key",
            Self::Signature => "signature",
            Self::Claims => "claims",
            Self::Time => "time",
            Self::Parties => "issuer-and-audience",
            Self::Context => "context",
        }
    }
}

/// Is told of each step that ends well. A step that fails ends the run.
pub(crate) trait Observer {
    /// `detail` is only called if somebody listens.
    fn passed(&mut self, stage: Stage, detail: impl FnOnce() -> String);
    /// The policy does not ask for this step.
    fn skipped(&mut self, stage: Stage, detail: &'static str);
}

/// Nobody listens.
pub(crate) struct Unobserved;

impl Observer for Unobserved {
    #[inline]
    fn passed(&mut self, _: Stage, _: impl FnOnce() -> String) {}
    #[inline]
    fn skipped(&mut self, _: Stage, _: &'static str) {}
}

#[derive(Default)]
struct Recorder {
    steps: Vec<Step>,
}

impl Observer for Recorder {
    fn passed(&mut self, stage: Stage, detail: impl FnOnce() -> String) {
        self.steps.push(Step {
            stage,
            verdict: StepVerdict::Passed,
            detail: detail(),
        });
    }

    fn skipped(&mut self, stage: Stage, detail: &'static str) {
        self.steps.push(Step {
            stage,
            verdict: StepVerdict::Skipped,
            detail: detail.to_owned(),
        });
    }
}

impl Recorder {
    /// The first step that was not recorded is the one that failed, if one did; those after it were not reached.
    fn finish(mut self, refusal: Option<&Refusal>) -> Vec<Step> {
        let mut rest = Stage::ALL.into_iter().skip(self.steps.len());
        if let Some(refusal) = refusal
            && let Some(stage) = rest.next()
        {
            self.steps.push(Step {
                stage,
                verdict: StepVerdict::Failed,
                detail: refusal.to_string(),
            });
        }
        for stage in rest {
            self.skipped(stage, "Not reached.");
        }
        self.steps
    }
}
