//! What stands at a public key URL instead of keys, and what to do about it: for the message only. Nothing that is
//! recognised here is ever accepted, and of what it holds no more is shown than an address or a word.

mod bytes;
mod encoded;
mod object;
mod text;

use std::{borrow::Cow, fmt};

pub(super) use self::{
    bytes::{of_any_bytes, of_bytes},
    object::names,
    object::of_object,
    text::of_text,
};

/// What something is, as a noun phrase, and what its publisher should do.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Instead {
    what: Cow<'static, str>,
    mend: Cow<'static, str>,
}

impl Instead {
    fn new(what: impl Into<Cow<'static, str>>, mend: impl Into<Cow<'static, str>>) -> Self {
        Self {
            what: what.into(),
            mend: mend.into(),
        }
    }

    /// What it is.
    pub(crate) fn what(&self) -> &str {
        &self.what
    }
}

/// As it goes on behind "the body is": what it is, and what to do.
impl fmt::Display for Instead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.what, self.mend)
    }
}

/// For what nothing better can be said of.
const PUBLISH_KEYS: &str = "publish a PEM, an array of keys or a JWKS";

/// A word of a machine's that may be shown: an error code, the name of an element.
fn word(text: &str) -> Option<&str> {
    let is_of_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':');
    ((1..=64).contains(&text.len()) && text.chars().all(is_of_word)).then_some(text)
}
