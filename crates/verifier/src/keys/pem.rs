//! One PEM block (RFC 7468) in whatever layout people paste: indented, with trailing blanks, CRLF or CR,
//! tabs, blank lines, any wrap. The label and the base64 itself stay strict, and nothing else may stand
//! around the block.

use thiserror::Error;

use crate::base64::{self, Base64Error};

const DASHES: &str = "-----";

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
    #[error("{} is not a base64 character", crate::quote::quoted(&.found.to_string()))]
    Character { found: char },
    #[error("the base64 is damaged: {0}")]
    Base64(Base64Error),
    #[error("there is text after the PEM; to publish several keys use the array or a JWKS")]
    Trailing,
}

impl<'a> Pem<'a> {
    /// Reads a text that holds one block and, around it, only blanks.
    pub(crate) fn parse(text: &'a str) -> Result<Self, PemError> {
        let error = |at, fault| PemError { at, fault };
        let begin_at = text.len() - text.trim_start_matches(is_blank).len();
        let begin = || error(begin_at, PemFault::Begin);
        let after = text[begin_at..]
            .strip_prefix("-----BEGIN ")
            .ok_or_else(begin)?;
        let (label, content) = after.split_once(DASHES).ok_or_else(begin)?;
        // Long enough for every label there is; shown to people, so nothing else may be in it.
        if label.len() > 40
            || !label
                .bytes()
                .all(|byte| matches!(byte, b'A'..=b'Z' | b'0'..=b'9' | b' '))
        {
            return Err(begin());
        }
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
        let trailing = rest.trim_start_matches(is_blank);
        if !trailing.is_empty() {
            return Err(error(text.len() - trailing.len(), PemFault::Trailing));
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

/// What a layout may put between and around the characters of a PEM.
pub(crate) fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\r' | '\n')
}
