//! `lwicontexts` (step 6): the named values a website vouches for.
//!
//! Whether a work stream declares a variable is not judged here.

use crate::{
    json::{JsonFault, Reader, Text, UniqueNames, Value},
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
pub(crate) type Context = Vec<(String, ContextValue)>;

/// Reads the claim: a string that holds one JSON object, or that object itself.
pub(crate) fn parse(claim: Value<'_>) -> Result<Context, Reason> {
    let parsed = match claim {
        Value::Text(text) => variables(&text.unescape()),
        Value::Object(source) => variables(source),
        _ => Err(ContextProblem::NotObject),
    };
    parsed.map_err(Reason::Context)
}

fn variables(text: &str) -> Result<Context, ContextProblem> {
    let mut context = Context::new();
    let mut names = UniqueNames::default();
    let mut reader = Reader::new(text);
    reader.object().map_err(ContextProblem::Json)?;
    loop {
        let at = reader.position();
        let Some(name) = reader.name().map_err(ContextProblem::Json)? else {
            break;
        };
        let value = reader.value().map_err(ContextProblem::Json)?;
        if context.len() == MAX_VARIABLES {
            return Err(ContextProblem::TooMany {
                limit: MAX_VARIABLES,
            });
        }
        names.push(name.unescape(), at);
        let name = checked_name(name)?;
        let value = checked_value(&name, value)?;
        context.push((name, value));
    }
    reader.end().map_err(ContextProblem::Json)?;
    match names.duplicate() {
        Some(at) => Err(ContextProblem::Json(
            reader.error_at(at, JsonFault::Duplicate),
        )),
        None => Ok(context),
    }
}

fn checked_name(name: Text<'_>) -> Result<String, ContextProblem> {
    let name = name.unescape();
    if name.is_empty() {
        return Err(ContextProblem::NameEmpty);
    }
    if name.contains('\0') {
        return Err(ContextProblem::NameNul);
    }
    match characters_beyond(&name, MAX_NAME_CHARACTERS) {
        Some(characters) => Err(ContextProblem::NameTooLong {
            characters,
            limit: MAX_NAME_CHARACTERS,
        }),
        None => Ok(name.into_owned()),
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
            if text.contains('\0') {
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
