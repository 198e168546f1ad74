//! What a work stream's context variables and routing rules may say. A rule that could never match, or would match
//! what nobody meant, is refused when it is saved, not found out when a visitor waits in the wrong queue.

use std::collections::BTreeMap;

use bonafide_protocol::Number;
use bonafide_protocol::admin::{
    Condition, ContextVariable, Operator, RoutingRule, Test, VariableType,
};
use bonafide_protocol::context::ContextValue;

use crate::domain::context::boolean_from_text;
use crate::settings::{ContextVariableName, Fault, Fields, Name};

/// Most declared context variables; a token may hold as many (contract section 2).
const MAX_VARIABLES: usize = 100;
/// Most rules: each is tried with every start of a conversation.
const MAX_RULES: usize = 100;
/// Most tests of one rule.
const MAX_TESTS: usize = 20;
/// Longest text or number that a test compares with; a context value has no more (contract section 2).
const MAX_VALUE: usize = 4_000;
/// Bounds of a priority.
const PRIORITIES: std::ops::RangeInclusive<i32> = -1_000..=1_000;

/// Notes what is wrong with declared context variables.
pub(super) fn check_variables(variables: &[ContextVariable], fields: &mut Fields) {
    if variables.len() > MAX_VARIABLES {
        let fault = Fault::too_many_entries(variables.len(), MAX_VARIABLES);
        return fields.refuse("contextVariables", fault);
    }
    for (index, variable) in variables.iter().enumerate() {
        let place = format!("contextVariables[{index}].name");
        fields.take(&place, ContextVariableName::parse(&variable.name));
        if variables[..index]
            .iter()
            .any(|earlier| earlier.name == variable.name)
        {
            fields.refuse(
                place,
                Fault::duplicate(format!("`{}` is declared twice.", variable.name)),
            );
        }
    }
}

/// Notes what is wrong with rules, all but whether their queues exist; gives them back with their names trimmed.
pub(super) fn check_rules(
    mut rules: Vec<RoutingRule>,
    variables: &[ContextVariable],
    fields: &mut Fields,
) -> Vec<RoutingRule> {
    if rules.len() > MAX_RULES {
        fields.refuse("rules", Fault::too_many_entries(rules.len(), MAX_RULES));
        return rules;
    }
    let declared: BTreeMap<&str, VariableType> = variables
        .iter()
        .map(|variable| (variable.name.as_str(), variable.type_))
        .collect();
    for (index, rule) in rules.iter_mut().enumerate() {
        let place = format!("rules[{index}]");
        let name = fields.take(
            &format!("{place}.name"),
            Name::parse_optional(rule.name.as_deref()),
        );
        rule.name = name.flatten().map(Name::into_string);
        if !PRIORITIES.contains(&rule.priority) {
            let message = format!(
                "A priority must be from {} to {}.",
                PRIORITIES.start(),
                PRIORITIES.end()
            );
            fields.refuse(format!("{place}.priority"), Fault::invalid(message));
        }
        check_condition(&rule.when, &format!("{place}.when"), &declared, fields);
    }
    rules
}

fn check_condition(
    condition: &Condition,
    place: &str,
    declared: &BTreeMap<&str, VariableType>,
    fields: &mut Fields,
) {
    let (place, tests) = match condition {
        Condition::All { all } => (format!("{place}.all"), all),
        Condition::Any { any } => (format!("{place}.any"), any),
    };
    if tests.len() > MAX_TESTS {
        return fields.refuse(place, Fault::too_many_entries(tests.len(), MAX_TESTS));
    }
    if tests.is_empty() && matches!(condition, Condition::Any { .. }) {
        return fields.refuse(
            place,
            Fault::required("`any` of no tests never holds. Add a test, or use `all`."),
        );
    }
    for (index, test) in tests.iter().enumerate() {
        if let Test::Variable {
            variable,
            operator,
            value,
        } = test
        {
            let place = format!("{place}[{index}]");
            match declared.get(variable.as_str()) {
                Some(&type_) => {
                    if let Err((part, fault)) = check_test(type_, *operator, value.as_ref()) {
                        fields.refuse(format!("{place}.{part}"), fault);
                    }
                }
                None => {
                    let message = format!(
                        "`{variable}` is not declared in `contextVariables`; names are compared exactly."
                    );
                    fields.refuse(format!("{place}.variable"), Fault::not_found(message));
                }
            }
        }
    }
}

/// Whether a variable of this type can be compared so; else which part of the test is wrong, and why.
fn check_test(
    type_: VariableType,
    operator: Operator,
    value: Option<&ContextValue>,
) -> Result<(), (&'static str, Fault)> {
    use Operator::{
        AtLeast, AtMost, Contains, Equals, GreaterThan, IsSet, LessThan, NotEquals, StartsWith,
    };
    let wrong_operator = |needs: &str| {
        let message = format!(
            "{} needs a variable of type {needs}.",
            operator_name(operator)
        );
        Err(("operator", Fault::invalid(message)))
    };
    match (operator, type_) {
        (IsSet, _) => {
            return match value {
                None => Ok(()),
                Some(_) => Err(("value", Fault::invalid("isSet takes no value."))),
            };
        }
        (Equals | NotEquals, _)
        | (GreaterThan | AtLeast | LessThan | AtMost, VariableType::Number)
        | (Contains | StartsWith, VariableType::Text) => {}
        (GreaterThan | AtLeast | LessThan | AtMost, _) => return wrong_operator("number"),
        (Contains | StartsWith, _) => return wrong_operator("text"),
    }
    let Some(value) = value else {
        let message = format!("{} needs a value.", operator_name(operator));
        return Err(("value", Fault::required(message)));
    };
    match (type_, value) {
        (_, ContextValue::Text(text)) if text.chars().count() > MAX_VALUE => Err((
            "value",
            Fault::too_long(format!("A value has at most {MAX_VALUE} characters.")),
        )),
        (_, ContextValue::Number(number)) if number.as_str().len() > MAX_VALUE => Err((
            "value",
            Fault::too_long(format!("A number has at most {MAX_VALUE} characters.")),
        )),
        (VariableType::Text, ContextValue::Text(_))
        | (VariableType::Number, ContextValue::Number(_))
        | (VariableType::Boolean, ContextValue::Boolean(_)) => Ok(()),
        (VariableType::Number, ContextValue::Text(text)) if Number::parse(text).is_some() => Ok(()),
        (VariableType::Boolean, ContextValue::Text(text)) if boolean_from_text(text).is_some() => {
            Ok(())
        }
        (VariableType::Text, _) => Err((
            "value",
            Fault::invalid("The variable is of type text, so the value must be text."),
        )),
        (VariableType::Number, _) => Err((
            "value",
            Fault::invalid("The variable is of type number, so the value must be a number."),
        )),
        (VariableType::Boolean, _) => Err((
            "value",
            Fault::invalid(
                "The variable is of type boolean, so the value must be `true` or `false`.",
            ),
        )),
    }
}

/// The operator as the wire spells it.
fn operator_name(operator: Operator) -> String {
    serde_json::to_value(operator)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use bonafide_protocol::admin::WorkStreamBody;
    use bonafide_protocol::{FieldError, FieldErrorCode};

    use super::{Fields, check_rules, check_variables};

    fn faults(when: &str) -> Vec<FieldError> {
        let json = format!(
            r#"{{"name":"a","fallbackQueue":"q","contextVariables":[{{"name":"t","type":"text"}},
                {{"name":"n","type":"number"}},{{"name":"b","type":"boolean"}}],
                "rules":[{{"when":{when},"queue":"q","priority":0}}]}}"#
        );
        let body: WorkStreamBody = serde_json::from_str(&json).unwrap();
        let mut fields = Fields::default();
        check_variables(&body.context_variables, &mut fields);
        check_rules(body.rules, &body.context_variables, &mut fields);
        fields.finish(Some(())).err().unwrap_or_default()
    }

    #[test]
    fn a_test_fits_the_type_of_its_variable() {
        for (variable, operator, value) in [
            ("n", "greaterThan", "5"),
            ("n", "atLeast", r#""10000""#),
            ("n", "equals", "5"),
            ("t", "contains", r#""a""#),
            ("t", "startsWith", r#""a""#),
            ("b", "equals", "true"),
            ("b", "notEquals", r#""false""#),
        ] {
            let faults = faults(&format!(
                r#"{{"all":[{{"variable":"{variable}","operator":"{operator}","value":{value}}}]}}"#
            ));
            assert!(faults.is_empty(), "{operator}: {faults:?}");
        }
        assert!(
            faults(r#"{"any":[{"variable":"b","operator":"isSet"},{"authenticated":true}]}"#)
                .is_empty()
        );
        assert!(faults(r#"{"all":[]}"#).is_empty());
    }

    #[test]
    fn a_test_that_cannot_be_meant_is_named() {
        use FieldErrorCode::{Invalid, NotFound, Required};
        for (when, place, code, message) in [
            (
                r#"{"all":[{"variable":"t","operator":"greaterThan","value":5}]}"#,
                "rules[0].when.all[0].operator",
                Invalid,
                "greaterThan needs a variable of type number.",
            ),
            (
                r#"{"any":[{"authenticated":true},{"variable":"n","operator":"contains","value":"5"}]}"#,
                "rules[0].when.any[1].operator",
                Invalid,
                "contains needs a variable of type text.",
            ),
            (
                r#"{"all":[{"variable":"n","operator":"equals","value":"five"}]}"#,
                "rules[0].when.all[0].value",
                Invalid,
                "must be a number",
            ),
            (
                r#"{"all":[{"variable":"b","operator":"equals","value":1}]}"#,
                "rules[0].when.all[0].value",
                Invalid,
                "`true` or `false`",
            ),
            (
                r#"{"all":[{"variable":"t","operator":"equals","value":1}]}"#,
                "rules[0].when.all[0].value",
                Invalid,
                "must be text",
            ),
            (
                r#"{"all":[{"variable":"n","operator":"atMost"}]}"#,
                "rules[0].when.all[0].value",
                Required,
                "atMost needs a value.",
            ),
            (
                r#"{"all":[{"variable":"n","operator":"isSet","value":1}]}"#,
                "rules[0].when.all[0].value",
                Invalid,
                "takes no value",
            ),
            (
                r#"{"all":[{"variable":"N","operator":"isSet"}]}"#,
                "rules[0].when.all[0].variable",
                NotFound,
                "`N` is not declared",
            ),
            (
                r#"{"any":[]}"#,
                "rules[0].when.any",
                Required,
                "never holds",
            ),
        ] {
            let faults = faults(when);
            let [fault] = faults.as_slice() else {
                panic!("{when}: {faults:?}")
            };
            assert_eq!((fault.name.as_str(), fault.code), (place, code), "{when}");
            assert!(fault.message.contains(message), "{}", fault.message);
        }
    }
}
