//! `lwicontexts` (step 6): the named values a website vouches for.
//!
//! Whether a work stream declares a variable is not judged here.

use std::borrow::Cow;

use crate::{
    arena::{Arena, Span},
    json::{Reader, Text, Value, contains_nul},
    quote::quoted,
    refusal::{ContextProblem, Reason},
};

/// How many variables one token may carry.
const MAX_VARIABLES: usize = 100;
/// How long a name may be, in characters.
const MAX_NAME_CHARACTERS: usize = 100;
/// How long a value may be, in characters.
const MAX_VALUE_CHARACTERS: usize = 4_000;

/// The value of a context variable: a JSON primitive other than `null`.
#[derive(Clone, Debug, PartialEq)]
pub enum ContextValue {
    /// A JSON boolean.
    Boolean(bool),
    /// A JSON number, always finite.
    Number(f64),
    /// A JSON string without U+0000, at most 4,000 characters.
    Text(String),
}

/// The variables in the order of the token, no name twice.
pub(crate) type Context = Vec<(Span, ContextValue)>;

/// Reads the claim: a string that holds one JSON object, or that object itself.
pub(crate) fn parse(claim: Value<'_>, texts: &mut Arena) -> Result<Context, Reason> {
    let parsed = match claim {
        Value::Text(text) => variables(&text.unescape(), texts),
        Value::Object(source) => variables(source, texts),
        _ => Err(ContextProblem::NotObject),
    };
    parsed.map_err(Reason::Context)
}

fn variables(text: &str, texts: &mut Arena) -> Result<Context, ContextProblem> {
    let mut context = Context::new();
    let mut reader = Reader::new(text);
    reader.object().map_err(ContextProblem::Json)?;
    while let Some((name, _)) = reader.name().map_err(ContextProblem::Json)? {
        let value = reader.value().map_err(ContextProblem::Json)?;
        if context.len() == MAX_VARIABLES {
            return Err(ContextProblem::TooMany {
                limit: MAX_VARIABLES,
            });
        }
        let name = checked_name(name)?;
        let value = checked_value(&name, value)?;
        context.push((texts.push(&name), value));
    }
    reader.end().map_err(ContextProblem::Json)?;
    match duplicate(&context, texts) {
        Some(name) => Err(ContextProblem::Twice { name: quoted(name) }),
        None => Ok(context),
    }
}

/// A name that stands twice. Few are compared in pairs, many are sorted: neither lets a hostile context
/// cost more than an honest one of its length.
fn duplicate<'a>(context: &Context, texts: &'a Arena) -> Option<&'a str> {
    let names = context.iter().map(|(name, _)| texts.text(*name));
    if context.len() <= 8 {
        let stands_before =
            |place, name: &str| names.clone().take(place).any(|earlier| earlier == name);
        return names
            .clone()
            .enumerate()
            .find(|&(place, name)| stands_before(place, name))
            .map(|(_, name)| name);
    }
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    names
        .windows(2)
        .find(|pair| pair[0] == pair[1])
        .map(|pair| pair[0])
}

fn checked_name(name: Text<'_>) -> Result<Cow<'_, str>, ContextProblem> {
    let name = name.unescape();
    if name.is_empty() {
        return Err(ContextProblem::NameEmpty);
    }
    if contains_nul(&name) {
        return Err(ContextProblem::NameNul);
    }
    match characters_beyond(&name, MAX_NAME_CHARACTERS) {
        Some(characters) => Err(ContextProblem::NameTooLong {
            characters,
            limit: MAX_NAME_CHARACTERS,
        }),
        None => Ok(name),
    }
}

fn checked_value(name: &str, value: Value<'_>) -> Result<ContextValue, ContextProblem> {
    let too_long = |characters| ContextProblem::ValueTooLong {
        name: quoted(name),
        characters,
        limit: MAX_VALUE_CHARACTERS,
    };
    match value {
        Value::Boolean(value) => Ok(ContextValue::Boolean(value)),
        Value::Number(digits) => {
            if let Some(characters) = characters_beyond(digits, MAX_VALUE_CHARACTERS) {
                return Err(too_long(characters));
            }
            match digits.parse::<f64>() {
                Ok(number) if number.is_finite() => Ok(ContextValue::Number(number)),
                _ => Err(ContextProblem::NotPrimitive { name: quoted(name) }),
            }
        }
        Value::Text(text) => {
            let text = text.unescape();
            if contains_nul(&text) {
                return Err(ContextProblem::ValueNul { name: quoted(name) });
            }
            match characters_beyond(&text, MAX_VALUE_CHARACTERS) {
                Some(characters) => Err(too_long(characters)),
                None => Ok(ContextValue::Text(text.into_owned())),
            }
        }
        Value::Null | Value::Array(_) | Value::Object(_) => {
            Err(ContextProblem::NotPrimitive { name: quoted(name) })
        }
    }
}

/// The number of characters, if it is more than `limit`.
fn characters_beyond(text: &str, limit: usize) -> Option<usize> {
    // No text has more characters than bytes.
    if text.len() <= limit {
        return None;
    }
    let characters = text.chars().count();
    (characters > limit).then_some(characters)
}
