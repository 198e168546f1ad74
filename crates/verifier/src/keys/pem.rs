//! One PEM block (RFC 7468) in whatever layout people paste: indented, with trailing blanks, CRLF or CR,
//! tabs, blank lines, any wrap. The label and the base64 itself stay strict. What stands before and behind the block is
//! not part of it (section 2), but a second key is refused: nobody could say which of the two is meant.

use thiserror::Error;

use crate::{
    base64::{self, Base64Error},
    quote::quoted_character,
};

const DASHES: &str = "-----";
const BEGIN: &str = "-----BEGIN";
/// The longest label that is taken for one. Longer than every label there is; it is shown to people, so nothing else may be
/// in it.
const MAX_LABEL: usize = 40;
const CERTIFICATE: &str = "CERTIFICATE";

/// One block.
#[derive(Debug)]
pub(crate) struct Pem<'a> {
    pub(crate) label: &'a str,
    pub(crate) der: Vec<u8>,
    /// Where the base64 starts in the text.
    content_at: usize,
    text: &'a str,
}

/// What is wrong with a PEM, and where in the text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct PemError {
    pub(crate) at: usize,
    pub(crate) fault: PemFault,
}

#[derive(Clone, Debug, Eq, Error, PartialEq)]
pub(crate) enum PemFault {
    #[error("expected `-----BEGIN PUBLIC KEY-----`")]
    Begin,
    #[error("expected `-----END {label}-----` to close the block")]
    End { label: String },
    #[error("{} is not a base64 character{}", quoted_character(*found), mend(*found))]
    Character { found: char },
    #[error("the base64 is damaged: {0}")]
    Base64(Base64Error),
    #[error("a second key begins here; to publish several keys use the array or a JWKS")]
    Second,
}

/// What to do about a character that often stands in a PEM by the same slip.
fn mend(found: char) -> &'static str {
    match found {
        '\\' => "; where `\\n` stands as two characters, a line break belongs",
        '%' => "; the PEM is percent-encoded: publish it as it is",
        '&' => "; the PEM is escaped as in HTML: publish it as it is",
        '_' => "; this is base64url, and a PEM has `+` and `/`",
        _ => "",
    }
}

/// Where a text's first PEM begins: the first line that begins so, blanks in front of it aside.
pub(crate) fn find(text: &str) -> Option<usize> {
    let mut line_at = 0;
    for line in text.split(['\n', '\r']) {
        let begin = line.trim_start_matches(is_blank);
        if begin.starts_with(BEGIN) {
            return Some(line_at + line.len() - begin.len());
        }
        line_at += line.len() + 1;
    }
    None
}

impl<'a> Pem<'a> {
    /// Reads the block that a text begins with.
    pub(crate) fn parse(text: &'a str) -> Result<Self, PemError> {
        let error = |at, fault| PemError { at, fault };
        let (label, content) = label(text).ok_or_else(|| error(0, PemFault::Begin))?;
        let content_at = text.len() - content.len();

        let mut digits = Vec::new();
        let mut end_at = text.len();
        for (offset, character) in content.char_indices() {
            match character {
                '-' => {
                    end_at = content_at + offset;
                    break;
                }
                'A'..='Z' | 'a'..='z' | '0'..='9' | '+' | '/' | '=' => digits.push(character as u8),
                _ if is_blank(character) => {}
                _ => {
                    return Err(error(
                        content_at + offset,
                        PemFault::Character { found: character },
                    ));
                }
            }
        }
        let end = format!("-----END {label}{DASHES}");
        let Some(rest) = text[end_at..].strip_prefix(end.as_str()) else {
            return Err(error(
                end_at,
                PemFault::End {
                    label: label.to_owned(),
                },
            ));
        };
        if let Some(second) = second_key(label, rest) {
            return Err(error(text.len() - rest.len() + second, PemFault::Second));
        }
        let der = base64::decode_standard(&digits)
            .map_err(|fault| error(content_at, PemFault::Base64(fault)))?;
        Ok(Self {
            label,
            der,
            content_at,
            text,
        })
    }

    /// Where in the text the base64 character stands that carries the start of DER byte `byte`.
    pub(crate) fn position(&self, byte: usize) -> usize {
        let digit = byte / 3 * 4 + byte % 3;
        let mut digits = self.text[self.content_at..]
            .char_indices()
            .filter(|&(_, character)| !is_blank(character));
        digits
            .nth(digit)
            .map_or(self.content_at, |(offset, _)| self.content_at + offset)
    }
}

/// The label of the block that a text begins with, if no key is in such a block.
pub(crate) fn foreign_label(text: &str) -> Option<&str> {
    let (label, _) = label(text)?;
    let is_known = matches!(label, "PUBLIC KEY" | "RSA PUBLIC KEY" | CERTIFICATE);
    (!is_known).then_some(label)
}

/// The label of the block that a text begins with, and what follows its first line.
fn label(text: &str) -> Option<(&str, &str)> {
    let after = text.strip_prefix(BEGIN)?.strip_prefix(' ')?;
    let (label, content) = after.split_once(DASHES)?;
    let is_label = |byte| matches!(byte, b'A'..=b'Z' | b'0'..=b'9' | b' ');
    (label.len() <= MAX_LABEL && label.bytes().all(is_label)).then_some((label, content))
}

/// Where another public key begins behind the first. The rest of a certificate's chain is none.
fn second_key(first: &str, rest: &str) -> Option<usize> {
    let is_key = |label: &str| label.ends_with("PUBLIC KEY") || label.ends_with(CERTIFICATE);
    let mut blocks = rest.match_indices(BEGIN).filter(|_| is_key(first));
    blocks.find_map(|(at, _)| {
        let (label, _) = label(&rest[at..])?;
        let is_chain = first == CERTIFICATE && label == CERTIFICATE;
        (is_key(label) && !is_chain).then_some(at)
    })
}

/// What a layout may put between and around the characters of a PEM.
pub(crate) fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\r' | '\n')
}
