//! `lwicontexts` (step 6): the named values a website vouches for.
//!
//! Whether a work stream declares a variable is not judged here.

use std::borrow::Cow;

use crate::{
    arena::{Arena, Span, Texts},
    json::{self, Reader, Text, Value, characters_beyond},
    quote::quoted,
    refusal::{ContextProblem, Reason, ValueProblem},
};

/// How many variables one token may carry.
const MAX_VARIABLES: usize = 100;
/// How long a name may be, in characters.
const MAX_NAME_CHARACTERS: usize = 100;
/// How long a value may be, in characters.
const MAX_VALUE_CHARACTERS: usize = 4_000;
/// Room that is made before the first variable is read. A cart has two or three.
const USUAL: usize = 4;
/// Up to this many names are compared in pairs.
const FEW: usize = 8;

/// The value of a context variable: a JSON primitive other than `null`, which is no value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ContextValue<'a> {
    /// A JSON boolean.
    Boolean(bool),
    /// A JSON number (RFC 8259, section 6) as it is written in the token, digit for digit: a customer's number may have more
    /// of them than an `f64` holds. At most 4,000 characters, and finite as an `f64`.
    Number(&'a str),
    /// A JSON string without U+0000, at most 4,000 characters.
    Text(&'a str),
}

/// The variables in the order of the token, no name twice.
pub(crate) type Context = Vec<Variable>;

/// One variable. Its texts are in the token's arena.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Variable {
    name: Span,
    value: StoredValue,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum StoredValue {
    Boolean(bool),
    Number(Span),
    Text(Span),
}

impl Variable {
    /// Name and value.
    pub(crate) fn read<'a>(&self, texts: &'a Texts) -> (&'a str, ContextValue<'a>) {
        let value = match self.value {
            StoredValue::Boolean(value) => ContextValue::Boolean(value),
            StoredValue::Number(span) => ContextValue::Number(texts.text(span)),
            StoredValue::Text(span) => ContextValue::Text(texts.text(span)),
        };
        (texts.text(self.name), value)
    }
}

/// Reads the claim: a string that holds one JSON object, or that object itself.
pub(crate) fn parse(claim: Value<'_>, texts: &mut Arena) -> Result<Context, Reason> {
    let source = match claim {
        Value::Text(text) => texts.unescape(text),
        Value::Object(source) => texts.push(source.as_bytes()),
        other => {
            let found = other.kind();
            return Err(Reason::Context(ContextProblem::NotObject { found }));
        }
    };
    let mut escaped = Escaped {
        starts_at: texts.end(),
        text: Vec::new(),
    };
    let read = variables(texts.bytes(source), source, &mut escaped).map_err(Reason::Context)?;
    texts.push(&escaped.text);
    match duplicate(&read, texts) {
        Some(name) => Err(Reason::Context(ContextProblem::Twice { name: shown(name) })),
        None => Ok(read.context),
    }
}

/// The variables, and the names of those whose value is `null`: they are not there, but no name may stand twice.
struct Read {
    context: Context,
    nulls: Vec<Span>,
}

/// What lay behind escapes inside the claim. It will follow the claim in the arena.
struct Escaped {
    starts_at: usize,
    text: Vec<u8>,
}

impl Escaped {
    /// Where a string will be found: in the claim itself, unless it had to be unescaped.
    fn keep(&mut self, text: Cow<'_, [u8]>, in_claim: Span) -> Span {
        match text {
            Cow::Borrowed(_) => in_claim,
            Cow::Owned(text) => {
                let start = self.starts_at + self.text.len();
                self.text.extend_from_slice(&text);
                Span::new(start, text.len())
            }
        }
    }
}

/// `text` is the claim, `claim` its place in the arena.
fn variables(text: &[u8], claim: Span, escaped: &mut Escaped) -> Result<Read, ContextProblem> {
    // A string begins past its opening quote.
    let place = |at: usize, text: &[u8]| claim.part(at + 1, text.len());
    let text = json::utf8(text)?;
    let mut context = Context::with_capacity(USUAL);
    let mut nulls = Vec::new();
    let mut reader = Reader::new(text);
    reader.object()?;
    while let Some((name, name_at)) = reader.name()? {
        let value_at = reader.position();
        let value = reader.value()?;
        let is_null = matches!(value, Value::Null);
        if context.len() == MAX_VARIABLES && !is_null {
            return Err(ContextProblem::TooMany {
                limit: MAX_VARIABLES,
            });
        }
        let name = checked_name(name)?;
        if is_null {
            let in_claim = place(name_at, &name);
            nulls.push(escaped.keep(name, in_claim));
            continue;
        }
        let value = match checked_value(value) {
            Ok(CheckedValue::Boolean(value)) => StoredValue::Boolean(value),
            Ok(CheckedValue::Number(digits)) => {
                StoredValue::Number(claim.part(value_at, digits.len()))
            }
            Ok(CheckedValue::Text(text)) => {
                let in_claim = place(value_at, &text);
                StoredValue::Text(escaped.keep(text, in_claim))
            }
            Err(problem) => {
                let name = shown(&name);
                return Err(ContextProblem::Value { name, problem });
            }
        };
        let in_claim = place(name_at, &name);
        let name = escaped.keep(name, in_claim);
        context.push(Variable { name, value });
    }
    reader.end()?;
    Ok(Read { context, nulls })
}

/// A name that stands twice. Few are compared in pairs, many are sorted: neither lets a hostile context
/// cost more than an honest one of its length.
fn duplicate<'a>(read: &Read, texts: &'a Arena) -> Option<&'a [u8]> {
    let Read { context, nulls } = read;
    let spans = context.iter().map(|variable| variable.name);
    let names = spans
        .chain(nulls.iter().copied())
        .map(|name| texts.bytes(name));
    if context.len() + nulls.len() <= FEW {
        let stands_before =
            |place, name: &[u8]| names.clone().take(place).any(|earlier| earlier == name);
        return names
            .clone()
            .enumerate()
            .find(|&(place, name)| stands_before(place, name))
            .map(|(_, name)| name);
    }
    let mut names: Vec<&[u8]> = names.collect();
    names.sort_unstable();
    names
        .windows(2)
        .find(|pair| pair[0] == pair[1])
        .map(|pair| pair[0])
}

fn checked_name(name: Text<'_>) -> Result<Cow<'_, [u8]>, ContextProblem> {
    let value = name.bytes();
    if value.is_empty() {
        return Err(ContextProblem::NameEmpty);
    }
    if name.has_nul(&value) {
        return Err(ContextProblem::NameNul);
    }
    match characters_beyond(&value, MAX_NAME_CHARACTERS) {
        Some(characters) => Err(ContextProblem::NameTooLong {
            characters,
            limit: MAX_NAME_CHARACTERS,
        }),
        None => Ok(value),
    }
}

/// A value within the limits.
enum CheckedValue<'a> {
    Boolean(bool),
    Number(&'a str),
    Text(Cow<'a, [u8]>),
}

fn checked_value(value: Value<'_>) -> Result<CheckedValue<'_>, ValueProblem> {
    match value {
        Value::Boolean(value) => Ok(CheckedValue::Boolean(value)),
        Value::Number(digits) => {
            check_length(digits.as_bytes())?;
            if is_finite(digits) {
                Ok(CheckedValue::Number(digits))
            } else {
                let found = "a number beyond all finite ones";
                Err(ValueProblem::NotPrimitive { found })
            }
        }
        Value::Text(text) => {
            let value = text.bytes();
            if text.has_nul(&value) {
                return Err(ValueProblem::Nul);
            }
            check_length(&value)?;
            Ok(CheckedValue::Text(value))
        }
        Value::Null | Value::Array(_) | Value::Object(_) => {
            let found = value.kind();
            Err(ValueProblem::NotPrimitive { found })
        }
    }
}

/// Whether a JSON number is finite as an `f64`, of which no other has more than 309 digits.
fn is_finite(digits: &str) -> bool {
    let is_plain = digits.len() < 300 && digits.bytes().all(|byte| !matches!(byte, b'e' | b'E'));
    is_plain || digits.parse().is_ok_and(f64::is_finite)
}

fn check_length(value: &[u8]) -> Result<(), ValueProblem> {
    match characters_beyond(value, MAX_VALUE_CHARACTERS) {
        Some(characters) => Err(ValueProblem::TooLong {
            characters,
            limit: MAX_VALUE_CHARACTERS,
        }),
        None => Ok(()),
    }
}

/// A name as a sentence shows it.
fn shown(name: &[u8]) -> String {
    quoted(&String::from_utf8_lossy(name))
}
