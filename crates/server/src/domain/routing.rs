//! Which queue a conversation goes to.
//!
//! Must not look anything up: the rules, the identity's verdict and the admitted context are arguments.
//! Unsigned context takes part like signed context does; a rule that must not believe the page also asks
//! for `authenticated: true`.

use std::cmp::Ordering;

use bonafide_protocol::Number;
use bonafide_protocol::admin::{Condition, Operator, RoutingRule, Test};
use bonafide_protocol::context::{Context, ContextValue};
use bonafide_protocol::id::QueueId;

use super::context::boolean_from_text;
use super::decimal::Decimal;

/// Where a conversation goes.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Route {
    /// The queue.
    pub(crate) queue: QueueId,
    /// Higher is served first; 0 in the fallback queue.
    pub(crate) priority: i32,
    /// The rule's name, or `Rule 2` for the second when it has none; `None` for the fallback queue.
    pub(crate) rule: Option<String>,
}

/// Tries the rules in order; the first match wins, and what none takes goes to `fallback`.
pub(crate) fn route(
    rules: &[RoutingRule],
    fallback: &QueueId,
    is_authenticated: bool,
    context: &Context,
) -> Route {
    let matched = rules
        .iter()
        .enumerate()
        .find(|(_, rule)| holds(&rule.when, is_authenticated, context));
    match matched {
        Some((index, rule)) => Route {
            queue: rule.queue.clone(),
            priority: rule.priority,
            rule: Some(
                rule.name
                    .clone()
                    .unwrap_or_else(|| format!("Rule {}", index + 1)),
            ),
        },
        None => Route {
            queue: fallback.clone(),
            priority: 0,
            rule: None,
        },
    }
}

fn holds(condition: &Condition, is_authenticated: bool, context: &Context) -> bool {
    let passes = |test: &Test| match test {
        Test::Authenticated { authenticated } => *authenticated == is_authenticated,
        Test::Variable {
            variable,
            operator,
            value,
        } => compares(context.get(variable), *operator, value.as_ref()),
    };
    match condition {
        Condition::All { all } => all.iter().all(passes),
        Condition::Any { any } => any.iter().any(passes),
    }
}

/// `variable` is `None` when it is not set; `value` is `None` when the rule gives none, which only `isSet`
/// can do with.
pub(super) fn compares(
    variable: Option<&ContextValue>,
    operator: Operator,
    value: Option<&ContextValue>,
) -> bool {
    let is_equal = || matches!((variable, value), (Some(a), Some(b)) if equal(a, b));
    let in_order = || {
        let order = (variable.zip(value)).and_then(|(variable, value)| order(variable, value));
        order.is_some_and(|order| passes_order(operator, order))
    };
    let texts = || match (variable, value) {
        (Some(ContextValue::Text(text)), Some(ContextValue::Text(part))) => {
            Some((text.as_str(), part.as_str()))
        }
        _ => None,
    };
    match operator {
        Operator::Equals => is_equal(),
        Operator::NotEquals => !is_equal(),
        Operator::GreaterThan | Operator::AtLeast | Operator::LessThan | Operator::AtMost => {
            in_order()
        }
        Operator::Contains => texts().is_some_and(|(text, part)| text.contains(part)),
        Operator::StartsWith => texts().is_some_and(|(text, part)| text.starts_with(part)),
        Operator::IsSet => variable.is_some(),
    }
}

/// Whether a number that is `order` in relation to the rule's value passes. Numbers neither begin with anything nor contain it.
pub(super) fn passes_order(operator: Operator, order: Ordering) -> bool {
    match operator {
        Operator::Equals => order.is_eq(),
        Operator::NotEquals => order.is_ne(),
        Operator::GreaterThan => order.is_gt(),
        Operator::AtLeast => order.is_ge(),
        Operator::LessThan => order.is_lt(),
        Operator::AtMost => order.is_le(),
        Operator::Contains | Operator::StartsWith => false,
        Operator::IsSet => true,
    }
}

/// The admitted variable has its declared type, so the rule's value is read in that type: `"5"` in a rule
/// equals the number 5. The other way round nothing is guessed: the number 5 in a rule is not the text `"5"`.
fn equal(variable: &ContextValue, value: &ContextValue) -> bool {
    match (variable, value) {
        (ContextValue::Text(a), ContextValue::Text(b)) => a == b,
        (ContextValue::Boolean(a), ContextValue::Boolean(b)) => a == b,
        (ContextValue::Boolean(a), ContextValue::Text(b)) => boolean_from_text(b) == Some(*a),
        (ContextValue::Number(_), _) => order(variable, value) == Some(Ordering::Equal),
        _ => false,
    }
}

fn order(variable: &ContextValue, value: &ContextValue) -> Option<Ordering> {
    let ContextValue::Number(a) = variable else {
        return None;
    };
    let b = match value {
        ContextValue::Number(b) => Decimal::of(b),
        ContextValue::Text(text) => Decimal::of(&Number::parse(text)?),
        ContextValue::Boolean(_) => return None,
    };
    Some(Decimal::of(a).cmp(&b))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(value: &str) -> ContextValue {
        ContextValue::Text(value.to_owned())
    }

    fn number(value: f64) -> ContextValue {
        written(&value.to_string())
    }

    fn written(digits: &str) -> ContextValue {
        ContextValue::Number(Number::parse(digits).unwrap())
    }

    fn queue(name: &str) -> QueueId {
        QueueId::from_text(name)
    }

    fn rule(name: Option<&str>, when: Condition, to: &str, priority: i32) -> RoutingRule {
        RoutingRule {
            name: name.map(str::to_owned),
            when,
            queue: queue(to),
            priority,
        }
    }

    fn variable(name: &str, operator: Operator, value: ContextValue) -> Test {
        Test::Variable {
            variable: name.to_owned(),
            operator,
            value: Some(value),
        }
    }

    #[test]
    fn each_operator_means_exactly_what_it_says() {
        use ContextValue::Boolean;
        use Operator as O;
        for (given, operator, value, expected) in [
            (text("a"), O::Equals, text("a"), true),
            (text("a"), O::Equals, text("A"), false),
            (text("5"), O::Equals, number(5.0), false),
            (number(5.0), O::Equals, text("5"), true),
            (number(5.0), O::Equals, text("five"), false),
            (number(5.0), O::Equals, number(5.0), true),
            (number(1.0), O::Equals, Boolean(true), false),
            (Boolean(false), O::Equals, text("false"), true),
            (Boolean(false), O::Equals, Boolean(true), false),
            (text("true"), O::Equals, Boolean(true), false),
            (text("a"), O::NotEquals, text("A"), true),
            (text("a"), O::NotEquals, text("a"), false),
            (number(5.0), O::NotEquals, text("five"), true),
            (number(5.0), O::GreaterThan, number(5.0), false),
            (number(5.1), O::GreaterThan, number(5.0), true),
            (number(10_000.0), O::GreaterThan, text("9000"), true),
            (text("9"), O::GreaterThan, text("10"), false),
            (number(5.0), O::AtLeast, number(5.0), true),
            (number(4.9), O::AtLeast, number(5.0), false),
            (written("5.0"), O::Equals, written("5"), true),
            (written("5e0"), O::Equals, text("5.00"), true),
            (written("-0"), O::Equals, written("0"), true),
            (written("0.1"), O::Equals, written("0.10"), true),
            (
                written("9007199254740993"),
                O::Equals,
                written("9007199254740992"),
                false,
            ),
            (
                written("9007199254740993"),
                O::GreaterThan,
                written("9007199254740992"),
                true,
            ),
            (
                written("123456789012345678901234567891"),
                O::GreaterThan,
                text("123456789012345678901234567890"),
                true,
            ),
            (written("-1e300"), O::LessThan, written("-1e299"), true),
            (number(5.0), O::LessThan, number(5.0), false),
            (number(-1.0), O::LessThan, number(0.0), true),
            (number(5.0), O::AtMost, number(5.0), true),
            (number(5.1), O::AtMost, number(5.0), false),
            (Boolean(true), O::AtLeast, Boolean(false), false),
            (text("blue shoes"), O::Contains, text("shoe"), true),
            (text("blue shoes"), O::Contains, text("Shoe"), false),
            (text("blue shoes"), O::Contains, text(""), true),
            (number(15.0), O::Contains, text("5"), false),
            (text("blue shoes"), O::StartsWith, text("blue"), true),
            (text("blue shoes"), O::StartsWith, text("shoes"), false),
            (Boolean(true), O::StartsWith, text("t"), false),
            (Boolean(false), O::IsSet, Boolean(true), true),
        ] {
            assert_eq!(
                compares(Some(&given), operator, Some(&value)),
                expected,
                "{given:?} {operator:?} {value:?}"
            );
        }
    }

    #[test]
    fn a_variable_that_is_not_set_only_passes_not_equals() {
        use Operator as O;
        for operator in OPERATORS {
            let passes = compares(None, operator, Some(&text("")));
            assert_eq!(passes, operator == O::NotEquals, "{operator:?}");
        }
    }

    #[test]
    fn the_first_match_wins_and_the_fallback_takes_the_rest() {
        let rules = [
            rule(
                Some("VIP"),
                Condition::All {
                    all: vec![
                        Test::Authenticated {
                            authenticated: true,
                        },
                        variable("cart", Operator::AtLeast, number(5000.0)),
                    ],
                },
                "vip",
                100,
            ),
            rule(
                None,
                Condition::Any {
                    any: vec![
                        Test::Authenticated {
                            authenticated: true,
                        },
                        variable("lang", Operator::Equals, text("de")),
                    ],
                },
                "members",
                -5,
            ),
        ];
        let fallback = queue("general");
        let cart = |value| Context::from([("cart".to_owned(), number(value))]);
        let german = Context::from([("lang".to_owned(), text("de"))]);
        for (is_authenticated, context, to, priority, name) in [
            (true, cart(10_000.0), "vip", 100, Some("VIP")),
            (true, cart(1.0), "members", -5, Some("Rule 2")),
            (false, german, "members", -5, Some("Rule 2")),
            (false, cart(10_000.0), "general", 0, None),
        ] {
            assert_eq!(
                route(&rules, &fallback, is_authenticated, &context),
                Route {
                    queue: queue(to),
                    priority,
                    rule: name.map(str::to_owned)
                }
            );
        }
    }

    #[test]
    fn all_of_none_holds_and_any_of_none_does_not() {
        let none = Context::new();
        assert!(holds(&Condition::All { all: vec![] }, false, &none));
        assert!(!holds(&Condition::Any { any: vec![] }, true, &none));
    }

    const OPERATORS: [Operator; 9] = [
        Operator::Equals,
        Operator::NotEquals,
        Operator::GreaterThan,
        Operator::AtLeast,
        Operator::LessThan,
        Operator::AtMost,
        Operator::Contains,
        Operator::StartsWith,
        Operator::IsSet,
    ];

    fn any_value() -> impl Strategy<Value = ContextValue> {
        prop_oneof![
            any::<bool>().prop_map(ContextValue::Boolean),
            prop_oneof![any::<i64>(), -3_i64..4]
                .prop_map(|number| ContextValue::Number(Number::from(number))),
            "[1-3](\\.[05])?(e[01])?".prop_map(|digits| written(&digits)),
            "[ab1]{0,3}".prop_map(ContextValue::Text),
        ]
    }

    fn any_condition() -> impl Strategy<Value = Condition> {
        let test = prop_oneof![
            any::<bool>().prop_map(|authenticated| Test::Authenticated { authenticated }),
            (
                "[a-c]",
                prop::sample::select(OPERATORS.to_vec()),
                prop::option::of(any_value())
            )
                .prop_map(|(variable, operator, value)| Test::Variable {
                    variable,
                    operator,
                    value
                }),
        ];
        let tests = prop::collection::vec(test, 0..4);
        prop_oneof![
            tests.clone().prop_map(|all| Condition::All { all }),
            tests.prop_map(|any| Condition::Any { any }),
        ]
    }

    proptest! {
        #[test]
        fn opposite_operators_never_agree(a in prop::option::of(any_value()), b in any_value()) {
            let passes = |operator| compares(a.as_ref(), operator, Some(&b));
            prop_assert!(passes(Operator::Equals) != passes(Operator::NotEquals));
            prop_assert!(!(passes(Operator::GreaterThan) && passes(Operator::AtMost)));
            prop_assert!(!(passes(Operator::LessThan) && passes(Operator::AtLeast)));
        }

        #[test]
        fn the_route_is_that_of_the_first_rule_that_holds(
            conditions in prop::collection::vec(any_condition(), 0..6),
            is_authenticated in any::<bool>(),
            context in prop::collection::btree_map("[a-c]", any_value(), 0..3),
        ) {
            let rules: Vec<_> = conditions
                .iter()
                .zip(1..)
                .map(|(when, priority)| rule(None, when.clone(), "some", priority))
                .collect();
            let route = route(&rules, &queue("rest"), is_authenticated, &context);
            let first = conditions.iter().zip(1..).find(|(when, _)| holds(when, is_authenticated, &context));
            prop_assert_eq!(route.priority, first.map_or(0, |(_, number)| number));
            prop_assert_eq!(route.rule.is_none(), first.is_none());
        }
    }
}
