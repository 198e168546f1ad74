//! A warning is always true, and what is odd is always warned of: against the routing itself, over conversations that stand
//! for all there are.

use bonafide_protocol::Number;
use bonafide_protocol::admin::{Operator, VariableType};
use bonafide_protocol::context::{Context, ContextValue};
use bonafide_protocol::id::QueueId;
use proptest::prelude::*;

use super::super::routing::route;
use super::*;

fn declared() -> Vec<ContextVariable> {
    let variable = |name: &str, type_| ContextVariable {
        name: name.to_owned(),
        type_,
    };
    vec![
        variable("b", VariableType::Boolean),
        variable("n", VariableType::Number),
        variable("t", VariableType::Text),
    ]
}

fn rule(when: Condition) -> RoutingRule {
    RoutingRule {
        name: None,
        when,
        queue: QueueId::from_text("que_1"),
        priority: 0,
    }
}

fn warned(rules: &[RoutingRule]) -> Vec<RuleWarning> {
    warnings(rules, &declared(), &mut Work::new(MOST_WORK))
}

fn number(text: &str) -> ContextValue {
    ContextValue::Number(Number::parse(text).unwrap())
}

fn text(text: &str) -> ContextValue {
    ContextValue::Text(text.to_owned())
}

/// What texts are compared with.
const WORDS: [&str; 4] = ["", "a", "b", "ab"];

/// The words themselves; and each as a beginning, followed by any of the others, apart from each other.
fn texts() -> Vec<ContextValue> {
    let mut texts: Vec<String> = WORDS.map(str::to_owned).to_vec();
    for beginning in WORDS {
        for chosen in 0..8 {
            let mut text = beginning.to_owned();
            for (bit, word) in ["a", "b", "ab"].into_iter().enumerate() {
                if chosen & (1 << bit) != 0 {
                    text = format!("{text}x{word}");
                }
            }
            texts.push(format!("{text}x"));
        }
    }
    texts.iter().map(|one| text(one)).collect()
}

/// Numbers are compared with 1 and 2: these stand for all others.
fn conversations() -> Vec<(bool, Context)> {
    let booleans = [None, Some(false), Some(true)];
    let numbers = ["0", "1", "1.5", "2", "3"].map(|digits| Some(number(digits)));
    let texts: Vec<_> = texts().into_iter().map(Some).collect();
    let mut all = Vec::new();
    for is_authenticated in [false, true] {
        for b in &booleans {
            for n in [None].iter().chain(&numbers) {
                for t in [None].iter().chain(&texts) {
                    let context = [
                        ("b", b.map(ContextValue::Boolean)),
                        ("n", n.clone()),
                        ("t", t.clone()),
                    ];
                    let context = context
                        .into_iter()
                        .filter_map(|(name, value)| Some((name.to_owned(), value?)));
                    all.push((is_authenticated, context.collect()));
                }
            }
        }
    }
    all
}

fn any_test() -> impl Strategy<Value = Test> {
    use Operator as O;
    let variable = |name: &'static str, operators: &'static [O], values: Vec<ContextValue>| {
        (
            prop::sample::select(operators),
            prop::sample::select(values),
        )
            .prop_map(move |(operator, value)| Test::Variable {
                variable: name.to_owned(),
                operator,
                value: (operator != O::IsSet).then_some(value),
            })
    };
    prop_oneof![
        any::<bool>().prop_map(|authenticated| Test::Authenticated { authenticated }),
        variable(
            "b",
            &[O::Equals, O::NotEquals, O::IsSet],
            vec![ContextValue::Boolean(true), text("false")],
        ),
        variable(
            "n",
            &[
                O::Equals,
                O::NotEquals,
                O::GreaterThan,
                O::AtLeast,
                O::LessThan,
                O::AtMost,
                O::IsSet
            ],
            vec![number("1"), text("2.0")],
        ),
        variable(
            "t",
            &[
                O::Equals,
                O::NotEquals,
                O::Contains,
                O::StartsWith,
                O::IsSet
            ],
            WORDS.map(text).to_vec(),
        ),
    ]
}

fn any_rules() -> impl Strategy<Value = Vec<RoutingRule>> {
    let condition = prop_oneof![
        prop::collection::vec(any_test(), 0..4).prop_map(|all| Condition::All { all }),
        prop::collection::vec(any_test(), 1..3).prop_map(|any| Condition::Any { any }),
    ];
    prop::collection::vec(condition.prop_map(rule), 1..5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// A rule is warned of as one that never matches exactly when no conversation is routed by it.
    #[test]
    fn what_never_matches_is_warned_of_and_nothing_else(rules in any_rules()) {
        let warned = warned(&rules);
        let fallback = QueueId::from_text("que_2");
        let conversations = conversations();
        for index in 0..rules.len() {
            let is_taken_by = |rules: &[RoutingRule]| {
                conversations.iter().any(|(is_authenticated, context)| {
                    let route = route(rules, &fallback, *is_authenticated, context);
                    route.rule == Some(format!("Rule {}", rules.len()))
                })
            };
            let code = (warned.iter()).find(|one| one.rule as usize == index).map(|one| one.code);
            let alone = [RoutingRule { name: Some("Rule 1".to_owned()), ..rules[index].clone() }];
            let expected = if !is_taken_by(&alone) {
                Some(RuleWarningCode::NeverMatches)
            } else if !is_taken_by(&rules[..=index]) {
                Some(RuleWarningCode::Hidden)
            } else if rules[index].when == (Condition::All { all: vec![] }) {
                Some(RuleWarningCode::NoTest)
            } else {
                None
            };
            prop_assert_eq!(code, expected, "{}: {:?}", index, &rules[..=index]);
        }
    }
}

#[test]
fn a_warning_says_which_rule_is_in_the_way() {
    let is = |authenticated| Test::Authenticated { authenticated };
    let mut rules = vec![
        rule(Condition::All {
            all: vec![is(true)],
        }),
        rule(Condition::All {
            all: vec![is(false)],
        }),
        rule(Condition::All {
            all: vec![is(true), is(true)],
        }),
        rule(Condition::All { all: vec![] }),
    ];
    rules[0].name = Some("VIP".to_owned());
    let said: Vec<_> = warned(&rules)
        .into_iter()
        .map(|one| (one.rule, one.message))
        .collect();
    assert_eq!(said.len(), 2);
    assert!(
        said[0].1.starts_with("Rule 1 (“VIP”) takes every chat"),
        "{said:?}"
    );
    assert!(
        said[1].1.starts_with("The rules above it together"),
        "{said:?}"
    );
    assert_eq!((said[0].0, said[1].0), (2, 3));
}

#[test]
fn the_most_rules_there_can_be_are_judged_in_time() {
    let test = |index: usize| Test::Variable {
        variable: "t".to_owned(),
        operator: Operator::Contains,
        value: Some(text(&format!("word {index:03}"))),
    };
    let rules: Vec<_> = (0..100)
        .map(|from| {
            rule(Condition::All {
                all: (from..from + 20).map(test).collect(),
            })
        })
        .collect();
    assert_eq!(warned(&rules), []);
}

/// Each text is long, and holds the characters that a text beside them would be made of.
#[test]
fn what_would_take_too_long_is_left_and_nothing_untrue_is_said_of_it() {
    let test = |index: u32, operator| Test::Variable {
        variable: "t".to_owned(),
        operator,
        value: Some(text(
            &('\u{e000}'..)
                .skip(index as usize * 5)
                .take(500)
                .collect::<String>(),
        )),
    };
    let contradiction = Condition::All {
        all: vec![
            Test::Authenticated {
                authenticated: true,
            },
            Test::Authenticated {
                authenticated: false,
            },
        ],
    };
    let mut rules = vec![rule(contradiction.clone())];
    rules.extend((0..98).map(|from| {
        rule(Condition::All {
            all: (from * 20..from * 20 + 20)
                .map(|index| test(index, Operator::Contains))
                .collect(),
        })
    }));
    rules.push(rule(contradiction));
    let mut work = Work::new(MOST_WORK);
    let found = warnings(&rules, &declared(), &mut work);
    assert!(work.is_spent());
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].code, RuleWarningCode::NeverMatches);
    // And of what comes after it in one answer, nothing either.
    assert_eq!(warnings(&rules, &declared(), &mut work), []);
}
