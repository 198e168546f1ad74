//! Routing rules as they are written down. What they mean is decided by the server's domain module.

use serde::{Deserialize, Serialize};

use crate::context::ContextValue;
use crate::id::QueueId;

/// Sends the conversations it matches to a queue. The first match wins.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RoutingRule {
    /// At most 100 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub name: Option<String>,
    /// What must hold.
    pub when: Condition,
    /// Where a match goes.
    pub queue: QueueId,
    /// Higher is served first, -1,000 to 1,000.
    pub priority: i32,
}

/// What must hold for a rule to match: all of its tests, or any of them. At most 20 tests; `all` of none holds.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged, try_from = "ConditionFields")]
pub enum Condition {
    /// Every test holds.
    All {
        /// The tests.
        #[cfg_attr(feature = "openapi", schema(max_items = 20))]
        all: Vec<Test>,
    },
    /// At least one test holds.
    Any {
        /// The tests.
        #[cfg_attr(feature = "openapi", schema(max_items = 20))]
        any: Vec<Test>,
    },
}

impl TryFrom<ConditionFields> for Condition {
    type Error = &'static str;

    fn try_from(fields: ConditionFields) -> Result<Self, Self::Error> {
        match (fields.all, fields.any) {
            (Some(all), None) => Ok(Self::All { all }),
            (None, Some(any)) => Ok(Self::Any { any }),
            _ => Err("give exactly one of `all` and `any`"),
        }
    }
}

/// One test of a rule.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged, try_from = "TestFields")]
pub enum Test {
    /// The conversation is authenticated, or is not.
    Authenticated {
        /// Which of the two.
        authenticated: bool,
    },
    /// A context variable compares so.
    Variable {
        /// Name of a declared context variable.
        #[cfg_attr(feature = "openapi", schema(max_length = 100))]
        variable: String,
        /// How to compare.
        operator: Operator,
        /// With what; absent for `isSet`.
        #[serde(skip_serializing_if = "Option::is_none")]
        value: Option<ContextValue>,
    },
}

impl TryFrom<TestFields> for Test {
    type Error = &'static str;

    fn try_from(fields: TestFields) -> Result<Self, Self::Error> {
        match fields {
            TestFields {
                authenticated: Some(authenticated),
                variable: None,
                operator: None,
                value: None,
            } => Ok(Self::Authenticated { authenticated }),
            TestFields {
                authenticated: None,
                variable: Some(variable),
                operator: Some(operator),
                value,
            } => Ok(Self::Variable {
                variable,
                operator,
                value,
            }),
            _ => Err("give either `authenticated`, or `variable` and `operator` with a `value`"),
        }
    }
}

/// Something odd about a rule that was stored all the same.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RuleWarning {
    /// Its place in `rules`, from 0.
    pub rule: u32,
    /// What is odd, for programs.
    pub code: RuleWarningCode,
    /// The same, as a sentence.
    pub message: String,
}

/// What may be odd about a rule.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RuleWarningCode {
    /// Its tests contradict each other.
    NeverMatches,
    /// Earlier rules take every conversation that it would.
    Hidden,
    /// It has no test, so it takes every conversation that comes to it.
    NoTest,
}

/// How a test compares a context variable with its value. A variable that is not set only passes `notEquals`.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
// The people who sign in are `Operator` in the description of the API, so this needs another name there.
#[cfg_attr(feature = "openapi", schema(as = Comparison))]
#[serde(rename_all = "camelCase")]
pub enum Operator {
    /// The same text, number or boolean.
    Equals,
    /// Not the same.
    NotEquals,
    /// Numbers only.
    GreaterThan,
    /// Numbers only.
    AtLeast,
    /// Numbers only.
    LessThan,
    /// Numbers only.
    AtMost,
    /// Text only; upper and lower case differ.
    Contains,
    /// Text only; upper and lower case differ.
    StartsWith,
    /// The variable is there.
    IsSet,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConditionFields {
    all: Option<Vec<Test>>,
    any: Option<Vec<Test>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TestFields {
    authenticated: Option<bool>,
    variable: Option<String>,
    operator: Option<Operator>,
    value: Option<ContextValue>,
}

#[cfg(test)]
mod tests {
    use super::{Condition, RoutingRule};

    #[test]
    fn a_condition_is_all_or_any_and_says_so() {
        let read = serde_json::from_str::<Condition>;
        assert!(read(r#"{"all":[{"authenticated":true},{"variable":"v","operator":"atLeast","value":"5"}]}"#).is_ok());
        assert!(read(r#"{"any":[{"variable":"v","operator":"isSet"}]}"#).is_ok());
        let both = read(r#"{"all":[],"any":[]}"#).unwrap_err().to_string();
        assert!(both.contains("exactly one of `all` and `any`"), "{both}");
        let mixed = read(r#"{"all":[{"authenticated":true,"variable":"v"}]}"#)
            .unwrap_err()
            .to_string();
        assert!(mixed.contains("either `authenticated`"), "{mixed}");
    }

    #[test]
    fn a_rule_is_written_as_it_is_read() {
        let json = r#"{"when":{"all":[{"variable":"v","operator":"equals","value":true}]},"queue":"que_1","priority":5}"#;
        let rule: RoutingRule = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&rule).unwrap(), json);
    }
}
