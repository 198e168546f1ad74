//! Where a text stops being JSON, and why, in words for a person.

use std::fmt;

use super::MAX_DEPTH;

/// What should have stood there. Without data, so that a `Result` with this error stays small on the hot path.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Expected {
    ArrayStart,
    Colon,
    CommaOrBrace,
    CommaOrBracket,
    Digit,
    End,
    Name,
    NumberWithoutLeadingZero,
    ObjectStart,
    StringEnd,
    Value,
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ArrayStart => "`[`",
            Self::Colon => "`:`",
            Self::CommaOrBrace => "`,` or `}`",
            Self::CommaOrBracket => "`,` or `]`",
            Self::Digit => "a digit",
            Self::End => "the end",
            Self::Name => "a name in double quotes",
            Self::NumberWithoutLeadingZero => "a number without leading zeros",
            Self::ObjectStart => "`{`",
            Self::StringEnd => "`\"` at the end of a string",
            Self::Value => "a value",
        })
    }
}

/// Where a text stops being JSON, and why.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct JsonError {
    /// Byte offset in the text.
    pub(crate) at: usize,
    pub(crate) fault: JsonFault,
    /// What stands at `at`; `None` at the end of the text.
    pub(super) found: Option<char>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum JsonFault {
    ControlCharacter,
    Duplicate,
    Escape,
    Expected(Expected),
    LoneSurrogate,
    NotUtf8,
    TooDeep,
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Unplaced(self).fmt(f)?;
        write!(f, " at byte {}", self.at)
    }
}

/// The fault without its byte offset, for callers that say line and column instead.
pub(crate) struct Unplaced<'a>(pub(crate) &'a JsonError);

impl fmt::Display for Unplaced<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.fault {
            JsonFault::ControlCharacter => {
                f.write_str("a string holds an unescaped control character")
            }
            JsonFault::Duplicate => f.write_str("a name stands twice in one object"),
            JsonFault::Escape => f.write_str("a string holds an unknown escape"),
            JsonFault::LoneSurrogate => f.write_str("a string holds half of a surrogate pair"),
            JsonFault::NotUtf8 => f.write_str("it is not UTF-8"),
            JsonFault::TooDeep => write!(f, "more than {MAX_DEPTH} levels of nesting"),
            JsonFault::Expected(what) => {
                write!(f, "expected {what}, found ")?;
                match self.0.found {
                    None => f.write_str("the end"),
                    Some(quote @ ('\'' | '"')) => write!(f, "`{quote}`"),
                    Some(found) => write!(f, "`{}`", found.escape_debug()),
                }
            }
        }
    }
}
