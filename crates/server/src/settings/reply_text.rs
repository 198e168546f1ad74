//! The text of a canned reply: what stands in braces must be a variable that the console can fill in, so that no visitor ever
//! reads a brace that was meant for a name.

use std::collections::BTreeSet;

use super::{Fault, MultilineText};

/// A text whose variables are all known.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ReplyText(String);

/// What the console knows of every conversation.
const VARIABLES: [&str; 3] = ["visitor", "agent", "queue"];
/// What the name of a context variable follows.
const CONTEXT: &str = "context.";

impl ReplyText {
    /// Longest, in characters: a message may not be longer.
    pub const MAX: usize = 4_000;

    /// Judges `text`. `context` are the names of the context variables that exist.
    ///
    /// # Errors
    /// When it is blank, too long, or has a brace that is not closed or holds no known variable; names it, and what exists.
    pub fn parse(text: &str, context: &BTreeSet<String>) -> Result<Self, Fault> {
        let text = MultilineText::<{ Self::MAX }>::parse_optional(Some(text))?
            .ok_or_else(|| Fault::required("This must not be blank."))?
            .into_string();
        let mut unknown = Vec::new();
        let mut rest = text.as_str();
        while let Some((_, after)) = rest.split_once('{') {
            let Some((name, behind)) = after.split_once('}') else {
                return Err(Fault::invalid(format!(
                    "A `{{` is not closed. It begins a variable; known are {}.",
                    known(context)
                )));
            };
            if !is_known(name, context) {
                let name: String = name.chars().take(SHOWN).collect();
                unknown.push(format!("`{{{name}}}`"));
            }
            rest = behind;
        }
        match unknown.as_slice() {
            [] => Ok(Self(text)),
            [one] => Err(Fault::not_found(format!(
                "There is no variable {one}. Known are {}.",
                known(context)
            ))),
            several => Err(Fault::not_found(format!(
                "There are no variables {}. Known are {}.",
                several[..several.len().min(MOST)].join(", "),
                known(context)
            ))),
        }
    }

    /// The text.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

fn is_known(name: &str, context: &BTreeSet<String>) -> bool {
    VARIABLES.contains(&name)
        || name
            .strip_prefix(CONTEXT)
            .is_some_and(|variable| context.contains(variable))
}

/// What exists, for people who mistyped.
fn known(context: &BTreeSet<String>) -> String {
    let names = VARIABLES.iter().map(|name| format!("`{{{name}}}`"));
    let of_context = context
        .iter()
        .take(MOST)
        .map(|name| format!("`{{{CONTEXT}{name}}}`"));
    let mut known = names.chain(of_context).collect::<Vec<_>>().join(", ");
    if context.len() > MOST {
        known.push_str(" and more");
    }
    known
}

/// Names that one message lists; a hundred would not be read.
const MOST: usize = 20;
/// Characters of a mistyped name that are shown.
const SHOWN: usize = 100;

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(text: &str) -> Result<String, String> {
        let context = BTreeSet::from(["cart".to_owned(), "order number".to_owned()]);
        ReplyText::parse(text, &context)
            .map(ReplyText::into_string)
            .map_err(|fault| fault.message)
    }

    #[test]
    fn known_variables_pass() {
        let text = "Hello {visitor}, this is {agent} of {queue}: {context.cart}, {context.order number}. :-}";
        assert_eq!(judge(text).as_deref(), Ok(text));
    }

    #[test]
    fn what_is_not_known_is_named_with_what_is() {
        let known = "Known are `{visitor}`, `{agent}`, `{queue}`, `{context.cart}`, `{context.order number}`.";
        assert_eq!(
            judge("Hi {Visitor}"),
            Err(format!("There is no variable `{{Visitor}}`. {known}"))
        );
        assert_eq!(
            judge("{ visitor } {context.} {context.Cart} {}"),
            Err(format!(
                "There are no variables `{{ visitor }}`, `{{context.}}`, `{{context.Cart}}`, `{{}}`. {known}"
            ))
        );
        assert_eq!(
            judge("{{visitor}"),
            Err(format!("There is no variable `{{{{visitor}}`. {known}"))
        );
    }

    #[test]
    fn an_open_brace_is_a_mistake() {
        assert!(
            judge("Hi {visitor")
                .unwrap_err()
                .starts_with("A `{` is not closed.")
        );
        assert_eq!(judge(" \n ").unwrap_err(), "This must not be blank.");
    }
}
