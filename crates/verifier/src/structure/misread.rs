//! What a text is that is no compact JWS, for the administrator: which character is wrong, where it stands in the whole
//! token, and how it most likely came there. For the message only; no more than one character of the token is shown.

use std::fmt;

use super::Part;
use crate::{base64::Base64Error, prefix::begins, quote::quoted_character};

/// The first character that a token cannot have.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Stray {
    character: char,
    /// From 1, in characters of the whole token.
    place: usize,
    part: Option<Part>,
    slip: &'static str,
}

impl Stray {
    /// Finds it. `None` where all characters are of the alphabet.
    #[cold]
    pub(crate) fn find(token: &str) -> Option<Self> {
        let is_of_token = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let at = token.find(|c| !is_of_token(c))?;
        let character = token.get(at..)?.chars().next()?;
        Some(Self {
            character,
            // Everything in front of it is ASCII.
            place: at + 1,
            part: part_at(token, at),
            slip: slip(token, at, character),
        })
    }
}

impl fmt::Display for Stray {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            character,
            place,
            part,
            slip,
        } = self;
        write!(f, "Character {place} of the token")?;
        if let Some(part) = part {
            write!(f, ", in its {part},")?;
        }
        let character = quoted_character(*character);
        write!(
            f,
            " is {character}; a token has only letters, digits, `-`, `_` and two dots{slip}."
        )
    }
}

/// Which part of a token of three the byte at `at` belongs to.
fn part_at(token: &str, at: usize) -> Option<Part> {
    let dots = |text: &str| text.bytes().filter(|&byte| byte == b'.').count();
    if dots(token) != 2 {
        return None;
    }
    Some(match dots(&token[..at]) {
        0 => Part::Header,
        1 => Part::Payload,
        _ => Part::Signature,
    })
}

/// How the character most likely came there.
fn slip(token: &str, at: usize, character: char) -> &'static str {
    let begins = |prefix| begins(token, prefix);
    let is_last = at + character.len_utf8() == token.len();
    match character {
        _ if begins("bearer ") || begins("bearer%20") => {
            ". `Bearer ` stands in front of it, which belongs into a header alone"
        }
        _ if begins("authorization:") => {
            ". A whole header stands there: give what follows `Bearer `"
        }
        '{' | '[' if at == 0 => ". It stands in JSON: give the string alone that is the token",
        '<' if at == 0 => {
            ". This is an HTML page, perhaps one for signing in: the page's function must call back with the token alone"
        }
        '"' | '\'' | '`' | '“' | '”' if at == 0 || is_last => {
            ". It stands in quotation marks: give it without them, such as the result of `JSON.parse`"
        }
        '\n' | '\r' => ". A line break stands in it: give it in one line",
        '\\' => ". It is escaped as inside of a string: give what that string holds",
        '%' => ". It is percent-encoded: give it decoded",
        '+' | '/' => ". This is plain base64, and a token is base64url, with `-` and `_`",
        '=' if is_name(token, at) => ". A name stands in front of it: give what follows the `=`",
        '=' => ". This is padding, which base64url in a token does not have",
        ':' if is_name(token, at) => ". A name stands in front of it: give what follows the `:`",
        '…' => ". It was shortened where it was copied",
        ' ' | '\t' => ". A blank stands in it",
        ',' | ';' => ". Several things stand there: give one token alone",
        '\0' => ". Perhaps it is text in UTF-16",
        '\u{a0}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' => ". It cannot be seen, and comes along when text is copied",
        _ => "",
    }
}

/// Whether the token begins with a name, as in `token=eyJ…`.
fn is_name(token: &str, at: usize) -> bool {
    let before = &token[..at];
    (1..=40).contains(&before.len()) && !before.starts_with("eyJ") && !before.contains('.')
}

/// How many parts a text of dots and base64url has, if not three.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Parts(pub(crate) usize);

impl fmt::Display for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("A signed token (compact JWS) has 3 parts, joined by dots; ")?;
        match self.0 {
            0 => f.write_str("this one is empty."),
            1 => f.write_str("this text has no dot, and is no token."),
            2 => f.write_str("this one has 2, so its signature is missing, or its end was cut off."),
            5 => f.write_str(
                "this one has 5, as an encrypted token (JWE) has. The website must sign tokens with RS256, and not encrypt them.",
            ),
            parts => write!(f, "this one has {parts}."),
        }
    }
}

/// A part whose characters are all good, but which is no base64url all the same.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Cut {
    pub(crate) part: Part,
    /// Where the part ends in the whole token: the place of its last character, from 1.
    pub(crate) ends_at: usize,
    pub(crate) error: Base64Error,
}

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            part,
            ends_at,
            error,
        } = self;
        write!(
            f,
            "The token's {part}, which ends with character {ends_at} of the token, is not canonical base64url: {error}. A \
             character was lost, added or changed."
        )
    }
}
