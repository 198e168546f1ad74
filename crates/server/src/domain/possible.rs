//! Whether some conversation could pass, or fail, given tests of routing rules all at once. Exact, for tests that the rules'
//! judge let through: of each variable a few values stand for all others.
//!
//! Must not decide where a conversation goes: that is [`super::routing`], whose comparisons are used here.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

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

/// How much may be compared yet: bytes of texts, and values. Nothing is compared once it is spent.
#[derive(Debug)]
pub(crate) struct Work {
    left: u64,
}

impl Work {
    pub(crate) fn new(most: u64) -> Self {
        Self { left: most }
    }

    /// False when that much is not left. Then nothing is.
    fn spend(&mut self, steps: usize) -> bool {
        let left = self.left.checked_sub(steps as u64);
        self.left = left.unwrap_or_default();
        left.is_some()
    }

    pub(super) fn is_spent(&self) -> bool {
        self.left == 0
    }
}

/// Whether one conversation could be as all literals say. Also true where there is too much to compare: then the work is spent.
pub(super) fn is_possible(literals: &[Literal<'_>], types: &Types<'_>, work: &mut Work) -> bool {
    if !work.spend(literals.len() + 1) {
        return true;
    }
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
                Some(VariableType::Number) => {
                    let places = 2 * comparisons.len() + 1;
                    !work.spend(places * comparisons.len() * NUMBER) || any_number(comparisons)
                }
                Some(VariableType::Text) => any_text(comparisons, work),
                // Judged elsewhere; nothing is claimed of it.
                None => true,
            }
    })
}

/// What a comparison of two numbers costs, as bytes of texts.
const NUMBER: usize = 50;

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
fn any_text(comparisons: &[Comparison<'_>], work: &mut Work) -> bool {
    let texts = comparisons.iter().filter_map(Comparison::text);
    let bytes: usize = texts.map(str::len).sum();
    if !work.spend(bytes) {
        return true;
    }
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
    if !work.spend(comparisons.len() * candidate.len()) {
        return true;
    }
    let candidate = ContextValue::Text(candidate);
    comparisons.iter().all(|one| one.passes(Some(&candidate)))
}

/// The first of those that nobody writes.
const FIRST: char = '\u{e000}';

/// A character that is in none of the texts that are compared with.
fn unused(comparisons: &[Comparison<'_>]) -> char {
    let letters = (comparisons.iter().filter_map(Comparison::text)).flat_map(str::chars);
    let used: BTreeSet<char> = letters.filter(|letter| *letter >= FIRST).collect();
    // There are more such characters than a list of rules has room for.
    (FIRST..)
        .find(|letter| !used.contains(letter))
        .unwrap_or(FIRST)
}
