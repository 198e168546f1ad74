//! Which context variables a work stream admits.
//!
//! Must not drop anything in silence: what is not admitted comes back as a [`Warning`] that names it. A
//! warning never repeats the value, since that may be personal and the warning goes into the audit.

use std::fmt;

use bonafide_protocol::Number;
use bonafide_protocol::admin::{ContextVariable, VariableType};
use bonafide_protocol::context::{Context, ContextValue};

use super::decimal::Decimal;

/// What became of the context a conversation was started with.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Admission {
    /// The admitted values, each in its declared type and with its digits: `"10000"` declared as a number is the number
    /// 10000, and the number 10000 declared as text is `"10000"`.
    pub(crate) admitted: Context,
    /// One for each value that was not admitted, in order of name.
    pub(crate) warnings: Vec<Warning>,
}

/// Why a value was not admitted.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Warning {
    /// The variable's name as it was given.
    pub(crate) name: String,
    /// What is wrong with it.
    pub(crate) cause: Cause,
}

/// What is wrong with a value that was not admitted.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Cause {
    /// A number with a fraction, for text: it can be written in several ways, and text is compared as it is written.
    Fraction,
    /// Not of the declared type.
    Misfit {
        /// The declared type.
        declared: VariableType,
        /// What was given instead.
        given: VariableType,
    },
    /// The work stream declares no variable of this name.
    Undeclared,
}

/// Judges `given` against what the work stream declares. Names match exactly, upper and lower case differ.
pub(crate) fn admit(declared: &[ContextVariable], given: Context) -> Admission {
    let mut admission = Admission::default();
    for (name, value) in given {
        let fitted = declared
            .iter()
            .find(|variable| variable.name == name)
            .ok_or(Cause::Undeclared)
            .and_then(|variable| fit(value, variable.type_));
        match fitted {
            Ok(value) => {
                admission.admitted.insert(name, value);
            }
            Err(cause) => admission.warnings.push(Warning { name, cause }),
        }
    }
    admission
}

/// Reads text as a boolean: exactly `true` or `false`.
pub(crate) fn boolean_from_text(text: &str) -> Option<bool> {
    text.parse().ok()
}

fn fit(value: ContextValue, declared: VariableType) -> Result<ContextValue, Cause> {
    let misfit = |given| Err(Cause::Misfit { declared, given });
    match (declared, value) {
        (VariableType::Boolean, value @ ContextValue::Boolean(_))
        | (VariableType::Number, value @ ContextValue::Number(_))
        | (VariableType::Text, value @ ContextValue::Text(_)) => Ok(value),
        (VariableType::Number, ContextValue::Text(text)) => match Number::parse(&text) {
            Some(number) => Ok(ContextValue::Number(number)),
            None => misfit(VariableType::Text),
        },
        (VariableType::Text, ContextValue::Number(number)) => Decimal::of(&number)
            .whole()
            .map(ContextValue::Text)
            .ok_or(Cause::Fraction),
        (VariableType::Boolean, ContextValue::Text(text)) => match boolean_from_text(&text) {
            Some(boolean) => Ok(ContextValue::Boolean(boolean)),
            None => misfit(VariableType::Text),
        },
        (_, ContextValue::Boolean(_)) => misfit(VariableType::Boolean),
        (_, ContextValue::Number(_)) => misfit(VariableType::Number),
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.name;
        match self.cause {
            Cause::Fraction => write!(
                f,
                "Context variable `{name}` is declared as text, but the given value is a number with a fraction; give it as text."
            ),
            Cause::Misfit { declared, given } => write!(
                f,
                "Context variable `{name}` is declared as {}, but the given value is {}.",
                noun(declared),
                noun(given)
            ),
            Cause::Undeclared => write!(
                f,
                "Context variable `{name}` is not declared by the work stream."
            ),
        }
    }
}

fn noun(type_: VariableType) -> &'static str {
    match type_ {
        VariableType::Boolean => "a boolean",
        VariableType::Number => "a number",
        VariableType::Text => "text",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn variable(name: &str, type_: VariableType) -> ContextVariable {
        ContextVariable {
            name: name.to_owned(),
            type_,
        }
    }

    fn text(value: &str) -> ContextValue {
        ContextValue::Text(value.to_owned())
    }

    fn fitted(type_: VariableType, value: ContextValue) -> Option<ContextValue> {
        let given = Context::from([("v".to_owned(), value)]);
        let admission = admit(&[variable("v", type_)], given);
        assert_eq!(
            admission.admitted.len() + admission.warnings.len(),
            1,
            "a value is admitted or warned about"
        );
        admission.admitted.into_values().next()
    }

    fn number(digits: &str) -> ContextValue {
        ContextValue::Number(Number::parse(digits).unwrap())
    }

    #[test]
    fn text_that_is_a_number_or_a_boolean_is_one() {
        use ContextValue::Boolean;
        use VariableType as T;
        for (type_, value, expected) in [
            (T::Number, text("10000"), Some(number("10000"))),
            (T::Number, text("10000.0"), Some(number("10000.0"))),
            (T::Number, text("-0.5e3"), Some(number("-0.5e3"))),
            (T::Number, text("0"), Some(number("0"))),
            (T::Number, number("1.5"), Some(number("1.5"))),
            (T::Number, number("-0"), Some(number("-0"))),
            (
                T::Number,
                text("9007199254740993"),
                Some(number("9007199254740993")),
            ),
            (T::Number, number("1e300"), Some(number("1e300"))),
            (T::Number, text(""), None),
            (T::Number, text("+1"), None),
            (T::Number, text(" 1"), None),
            (T::Number, text("1 "), None),
            (T::Number, text("1\n"), None),
            (T::Number, text("01"), None),
            (T::Number, text("1."), None),
            (T::Number, text("0x10"), None),
            (T::Number, text("1,000"), None),
            (T::Number, text("inf"), None),
            (T::Number, text("NaN"), None),
            (T::Number, text("1e999"), None),
            (T::Number, text("١"), None),
            (T::Number, Boolean(true), None),
            (T::Boolean, text("false"), Some(Boolean(false))),
            (T::Boolean, text("true"), Some(Boolean(true))),
            (T::Boolean, Boolean(false), Some(Boolean(false))),
            (T::Boolean, text("False"), None),
            (T::Boolean, text("0"), None),
            (T::Boolean, text(""), None),
            (T::Boolean, number("0"), None),
            (T::Text, text(""), Some(text(""))),
            (T::Text, text("10000"), Some(text("10000"))),
            (T::Text, number("10000"), Some(text("10000"))),
            (T::Text, number("-1.50e2"), Some(text("-150"))),
            (T::Text, number("1.5"), None),
            (T::Text, Boolean(true), None),
        ] {
            assert_eq!(
                fitted(type_, value.clone()),
                expected,
                "{value:?} as {type_:?}"
            );
        }
    }

    #[test]
    fn what_is_not_admitted_is_named_and_its_value_is_not_repeated() {
        let given = Context::from([
            ("Cart".to_owned(), text("4711")),
            ("vip".to_owned(), text("my secret")),
            ("rate".to_owned(), number("4711.5")),
        ]);
        let declared = [
            variable("cart", VariableType::Number),
            variable("rate", VariableType::Text),
            variable("vip", VariableType::Boolean),
        ];
        let admission = admit(&declared, given);
        assert!(admission.admitted.is_empty());
        let warnings: Vec<String> = admission.warnings.iter().map(ToString::to_string).collect();
        assert_eq!(
            warnings,
            [
                "Context variable `Cart` is not declared by the work stream.",
                "Context variable `rate` is declared as text, but the given value is a number with a fraction; give it as text.",
                "Context variable `vip` is declared as a boolean, but the given value is text.",
            ]
        );
    }

    fn any_value() -> impl Strategy<Value = ContextValue> {
        prop_oneof![
            any::<bool>().prop_map(ContextValue::Boolean),
            prop_oneof![any::<i64>().prop_map(Number::from), any_decimal()]
                .prop_map(ContextValue::Number),
            any::<f64>().prop_map(|number| ContextValue::Text(number.to_string())),
            ".*".prop_map(ContextValue::Text),
        ]
    }

    fn any_decimal() -> impl Strategy<Value = Number> {
        "-?(0|[1-9][0-9]{0,30})([.][0-9]{1,9})?([eE][+-]?[0-9]{1,2})?"
            .prop_filter_map("finite", |text| Number::parse(&text))
    }

    fn any_type() -> impl Strategy<Value = VariableType> {
        prop_oneof![
            Just(VariableType::Text),
            Just(VariableType::Number),
            Just(VariableType::Boolean)
        ]
    }

    proptest! {
        #[test]
        fn each_name_is_admitted_or_warned_about_never_both(
            given in prop::collection::btree_map("[a-c]", any_value(), 0..4),
            declared in prop::collection::btree_map("[a-c]", any_type(), 0..4),
        ) {
            let declared: Vec<_> = declared.iter().map(|(name, type_)| variable(name, *type_)).collect();
            let admission = admit(&declared, given.clone());
            for name in given.keys() {
                let is_admitted = admission.admitted.contains_key(name);
                let is_warned = admission.warnings.iter().any(|warning| &warning.name == name);
                prop_assert!(is_admitted != is_warned, "{name}");
            }
            for (name, value) in &admission.admitted {
                let type_ = declared.iter().find(|variable| &variable.name == name).unwrap().type_;
                prop_assert!(matches!(
                    (type_, value),
                    (VariableType::Text, ContextValue::Text(_))
                        | (VariableType::Number, ContextValue::Number(_))
                        | (VariableType::Boolean, ContextValue::Boolean(_))
                ));
            }
            let again = admit(&declared, admission.admitted.clone());
            prop_assert_eq!(again.admitted, admission.admitted, "admission is stable");
        }
    }
}
