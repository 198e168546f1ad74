//! What is odd about routing rules that are allowed: a rule without a test, one whose tests contradict each other, and one
//! that an earlier rule leaves nothing to.
//!
//! Must not refuse anything: whoever writes rules may be half-way.

use bonafide_protocol::admin::{
    Condition, ContextVariable, RoutingRule, RuleWarning, RuleWarningCode, Test,
};

use super::possible::{Literal, Types, Work, is_possible};

/// What may be compared for one answer, which takes about a tenth of a second. 100 rules with 20 long tests each could ask for
/// more than anybody waits for: then the later rules are not judged.
pub(crate) const MOST_WORK: u64 = 100_000_000;

/// Warnings in the order of the rules, at most one for each. None of a rule that there is not enough work left for.
pub(crate) fn warnings(
    rules: &[RoutingRule],
    variables: &[ContextVariable],
    work: &mut Work,
) -> Vec<RuleWarning> {
    let mut judge = Judge {
        types: variables
            .iter()
            .map(|variable| (variable.name.as_str(), variable.type_))
            .collect(),
        work,
    };
    let mut found = Vec::new();
    for (index, rule) in rules.iter().enumerate() {
        let earlier: Vec<&Condition> = rules[..index].iter().map(|rule| &rule.when).collect();
        let Some((code, message)) = judge.judge(&rule.when, &earlier, rules) else {
            continue;
        };
        found.push(RuleWarning {
            rule: u32::try_from(index).unwrap_or(u32::MAX),
            code,
            message,
        });
    }
    found
}

struct Judge<'a> {
    types: Types<'a>,
    work: &'a mut Work,
}

impl Judge<'_> {
    fn judge(
        &mut self,
        when: &Condition,
        earlier: &[&Condition],
        rules: &[RoutingRule],
    ) -> Option<(RuleWarningCode, String)> {
        if !self.can_match(when, &[]) {
            let message = "Its tests contradict each other: it never matches.".to_owned();
            return Some((RuleWarningCode::NeverMatches, message));
        }
        if !self.can_match(when, earlier) {
            let alone = (earlier.iter()).position(|one| !self.can_match(when, &[one]));
            let message = match alone {
                Some(index) => format!(
                    "{} takes every chat that this one would: it never matches. Move it up, or take it out.",
                    called(index, rules)
                ),
                None => "The rules above it together take every chat that this one would: it never matches.".to_owned(),
            };
            return Some((RuleWarningCode::Hidden, message));
        }
        if matches!(when, Condition::All { all } if all.is_empty()) {
            let message = "It has no test: it takes every chat that comes to it.".to_owned();
            return Some((RuleWarningCode::NoTest, message));
        }
        None
    }

    /// Whether some conversation matches `when` and none of `others`.
    fn can_match(&mut self, when: &Condition, others: &[&Condition]) -> bool {
        let wanted = |test| Literal { test, holds: true };
        match when {
            Condition::All { all } => self.escapes(&mut all.iter().map(wanted).collect(), others),
            Condition::Any { any } => any
                .iter()
                .any(|test| self.escapes(&mut vec![wanted(test)], others)),
        }
    }

    /// Whether some conversation is as `literals` say, and matches none of `others`.
    fn escapes<'t>(&mut self, literals: &mut Vec<Literal<'t>>, others: &[&'t Condition]) -> bool {
        if self.work.is_spent() {
            return true;
        }
        if !is_possible(literals, &self.types, self.work) {
            return false;
        }
        let Some((first, rest)) = others.split_first() else {
            return true;
        };
        let before = literals.len();
        let fails = |test| Literal { test, holds: false };
        let mut escapes_with = |more: &'t [Test]| {
            literals.extend(more.iter().map(fails));
            let escapes = self.escapes(literals, rest);
            literals.truncate(before);
            escapes
        };
        match first {
            // One of its tests fails.
            Condition::All { all } => all
                .iter()
                .any(|test| escapes_with(std::slice::from_ref(test))),
            // All of its tests fail.
            Condition::Any { any } => escapes_with(any),
        }
    }
}

/// As people see it in the form.
fn called(index: usize, rules: &[RoutingRule]) -> String {
    match rules.get(index).and_then(|rule| rule.name.as_ref()) {
        Some(name) => format!("Rule {} (“{name}”)", index + 1),
        None => format!("Rule {}", index + 1),
    }
}

#[cfg(test)]
mod tests;
