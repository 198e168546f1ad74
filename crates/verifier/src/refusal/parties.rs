//! Issuer and audience that are not the expected ones: both texts beside each other, and in what they differ. Such texts are
//! addresses and names that look alike, so the reader is told where to look.

use crate::{
    json::{Kind, Value, texts},
    quote::{listed, quoted, quoted_to},
};

/// How many characters of each are shown: addresses of issuers have up to a hundred.
const SHOWN_CHARACTERS: usize = 200;
/// How many audiences are named.
const SHOWN_AUDIENCES: usize = 5;
/// From so many characters on, what two texts begin with in common is worth telling.
const COMMON: usize = 8;

/// What a token says of whom it is for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Audience {
    /// There is no `aud`.
    Missing,
    /// One.
    One(String),
    /// Several, or none, as a sentence lists them.
    Listed(String),
    /// Neither a string nor an array of them.
    Other(String),
}

impl Audience {
    #[cold]
    pub(crate) fn of(claim: Option<Value<'_>>) -> Self {
        let Some(value) = claim else {
            return Self::Missing;
        };
        if let Value::Text(text) = value {
            return Self::One(text.unescape().into_owned());
        }
        match texts(value).as_deref() {
            Some([one]) => Self::One(one.to_string()),
            Some(several) => Self::Listed(listed(
                several.iter().map(|name| quoted(name)),
                SHOWN_AUDIENCES,
            )),
            None => Self::Other(Kind(value).to_string()),
        }
    }
}

pub(super) fn issuer(expected: &str, found: &str) -> String {
    format!(
        "The claim `iss` is {}, not the expected issuer {}{}.",
        shown(found),
        shown(expected),
        difference(expected, found)
    )
}

pub(super) fn audience(expected: &str, found: &Audience) -> String {
    let difference = match found {
        Audience::One(found) => difference(expected, found),
        _ => String::new(),
    };
    let expected = shown(expected);
    match found {
        Audience::Missing => {
            format!("The claim `aud` is missing; the expected audience is {expected}.")
        }
        Audience::One(found) => {
            format!(
                "The claim `aud` is {}, not the expected audience {expected}{difference}.",
                shown(found)
            )
        }
        Audience::Listed(found) => {
            format!("The claim `aud` names {found}, and not the expected audience {expected}.")
        }
        Audience::Other(found) => format!(
            "The claim `aud` is {found}, not a string or an array of strings; the expected audience is {expected}."
        ),
    }
}

fn shown(text: &str) -> String {
    quoted_to(text, SHOWN_CHARACTERS)
}

/// In what two texts differ, as it goes on behind them. Empty where they have nothing in common.
fn difference(expected: &str, found: &str) -> String {
    let without_scheme = |text: &'static str, of: &str| of.strip_prefix(text).map(str::to_owned);
    let bare = |of: &str| without_scheme("https://", of).or_else(|| without_scheme("http://", of));
    let what = if expected.trim_end_matches('/') == found.trim_end_matches('/') {
        "the final `/`"
    } else if expected.trim() == found.trim() {
        "blanks at their ends"
    } else if expected.to_lowercase() == found.to_lowercase() {
        "capital and small letters"
    } else if bare(expected).as_deref().unwrap_or(expected)
        == bare(found).as_deref().unwrap_or(found)
    {
        "`http://` or `https://`"
    } else {
        let common = expected
            .chars()
            .zip(found.chars())
            .take_while(|(a, b)| a == b)
            .count();
        return match common {
            ..COMMON => String::new(),
            _ => format!("; they differ from character {} on", common + 1),
        };
    };
    format!("; they differ in {what}")
}
