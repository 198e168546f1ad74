//! Whether some conversation could pass, or fail, given tests of routing rules all at once. Exact, for tests that the rules'
//! judge let through: of each variable a few values stand for all others.
//!
//! Must not decide where a conversation goes: that is [`super::routing`], whose comparisons are used here.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use bonafide_protocol::Number;
use bonafide_protocol::admin::{Operator, Test, VariableType};
use bonafide_protocol::context::ContextValue;

use super::decimal::Decimal;
use super::routing::{compares, passes_order};

/// A test, and whether it must hold or must not.
#[derive(Clone, Copy, Debug)]
pub(super) struct Literal<'a> {
    pub(super) test: &'a Test,
    pub(super) holds: bool,
}

/// Types of the declared variables.
pub(super) type Types<'a> = BTreeMap<&'a str, VariableType>;

/// Whether one conversation could be as all literals say.
pub(super) fn is_possible(literals: &[Literal<'_>], types: &Types<'_>) -> bool {
    let mut of_variables: BTreeMap<&str, Vec<Comparison<'_>>> = BTreeMap::new();
    let mut authenticated = None;
    for literal in literals {
        match literal.test {
            Test::Authenticated { authenticated: is } => {
                let wanted = *is == literal.holds;
                if authenticated.replace(wanted) == Some(!wanted) {
                    return false;
                }
            }
            Test::Variable {
                variable,
                operator,
                value,
            } => of_variables.entry(variable).or_default().push(Comparison {
                operator: *operator,
                value: value.as_ref(),
                holds: literal.holds,
            }),
        }
    }
    // A test looks at one variable, so they can be judged one by one.
    of_variables.iter().all(|(name, comparisons)| {
        comparisons.iter().all(|one| one.passes(None))
            || match types.get(name) {
                Some(VariableType::Boolean) => any_boolean(comparisons),
                Some(VariableType::Number) => any_number(comparisons),
                Some(VariableType::Text) => any_text(comparisons),
                // Judged elsewhere; nothing is claimed of it.
                None => true,
            }
    })
}

struct Comparison<'a> {
    operator: Operator,
    value: Option<&'a ContextValue>,
    holds: bool,
}

impl Comparison<'_> {
    fn passes(&self, variable: Option<&ContextValue>) -> bool {
        compares(variable, self.operator, self.value) == self.holds
    }

    /// For a number that is `order` in relation to this comparison's value.
    fn passes_number(&self, order: Ordering) -> bool {
        passes_order(self.operator, order) == self.holds
    }

    fn decimal(&self) -> Option<Decimal> {
        match self.value? {
            ContextValue::Number(number) => Some(Decimal::of(number)),
            ContextValue::Text(text) => Number::parse(text).as_ref().map(Decimal::of),
            ContextValue::Boolean(_) => None,
        }
    }

    fn text(&self) -> Option<&str> {
        match self.value? {
            ContextValue::Text(text) => Some(text),
            _ => None,
        }
    }
}

fn any_boolean(comparisons: &[Comparison<'_>]) -> bool {
    [false, true].into_iter().any(|value| {
        let value = ContextValue::Boolean(value);
        comparisons.iter().all(|one| one.passes(Some(&value)))
    })
}

/// The values that are compared with, and one number between each two of them and beyond either end, stand for all numbers.
fn any_number(comparisons: &[Comparison<'_>]) -> bool {
    let mut values: Vec<Decimal> = comparisons.iter().filter_map(Comparison::decimal).collect();
    values.sort();
    values.dedup();
    // An even place lies between two values, an odd one is a value.
    (0..=2 * values.len()).any(|place| {
        comparisons.iter().all(|one| match one.decimal() {
            Some(value) => {
                let index = values.binary_search(&value).unwrap_or_else(|index| index);
                one.passes_number(place.cmp(&(2 * index + 1)))
            }
            // `isSet`.
            None => one.passes_number(Ordering::Equal),
        })
    })
}

/// A text that must equal one is that one. Else the longest beginning that is asked for, and whatever must be in it, with a
/// character between them that nobody asks about, has nothing in it that it need not have.
fn any_text(comparisons: &[Comparison<'_>]) -> bool {
    let wanted = |operator: Operator| {
        comparisons
            .iter()
            .filter(move |one| one.operator == operator && one.holds)
            .filter_map(Comparison::text)
    };
    let mut exactly = comparisons.iter().filter(|one| match one.operator {
        Operator::Equals => one.holds,
        Operator::NotEquals => !one.holds,
        _ => false,
    });
    let candidate = match exactly.next().and_then(Comparison::text) {
        Some(text) => text.to_owned(),
        None => {
            let beginning = wanted(Operator::StartsWith).max_by_key(|text| text.len());
            let other = unused(comparisons);
            let mut text = beginning.unwrap_or_default().to_owned();
            for part in wanted(Operator::Contains) {
                text.push(other);
                text.push_str(part);
            }
            text.push(other);
            text
        }
    };
    let candidate = ContextValue::Text(candidate);
    comparisons.iter().all(|one| one.passes(Some(&candidate)))
}

/// A character that is in none of the texts that are compared with.
fn unused(comparisons: &[Comparison<'_>]) -> char {
    let is_used = |letter: char| {
        (comparisons.iter().filter_map(Comparison::text)).any(|text| text.contains(letter))
    };
    // At most 20 tests of 4,000 characters a rule: this ends long before the characters do.
    ('\u{e000}'..)
        .find(|&letter| !is_used(letter))
        .unwrap_or('\u{e000}')
}
