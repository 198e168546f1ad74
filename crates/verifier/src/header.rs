//! The token's header: its syntax (step 1) and what it may say (step 2).
//!
//! The header is an attacker's text. Nothing in it chooses an algorithm or a place to get a key from:
//! `jku`, `jwk`, `x5u` and `x5c` are never read.

use crate::{
    json::{self, Reader, Text, UniqueNames, Value},
    quote::quoted,
    refusal::Reason,
};

/// Headers as most libraries write them where keys have no ids, in base64url. Nearly every token of such a website
/// begins with one of these, so that decoding and reading it each time would be work for nothing.
pub(crate) const USUAL: [&str; 2] = [
    // {"alg":"RS256","typ":"JWT"}
    "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9",
    // {"typ":"JWT","alg":"RS256"}
    "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9",
];

/// The members of a JOSE header that matter here (RFC 7515, section 4.1). All unchecked but for syntax.
#[derive(Debug, Default)]
pub(crate) struct Header<'a> {
    algorithm: Option<Value<'a>>,
    key_id: Option<Value<'a>>,
    r#type: Option<Value<'a>>,
    content_type: Option<Value<'a>>,
    critical: Option<Value<'a>>,
}

impl<'a> Header<'a> {
    /// What [`parse`](Self::parse) says of a segment that needs no parsing.
    pub(crate) fn usual(segment: &str) -> Option<Self> {
        USUAL.contains(&segment).then(|| Self {
            algorithm: Some(Value::Text(Text::plain("RS256"))),
            r#type: Some(Value::Text(Text::plain("JWT"))),
            ..Self::default()
        })
    }

    /// One JSON object without duplicate names.
    pub(crate) fn parse(bytes: &'a [u8]) -> Result<Self, Reason> {
        let text = json::utf8(bytes).map_err(Reason::HeaderNotObject)?;
        Self::parse_text(text).map_err(Reason::HeaderNotObject)
    }

    fn parse_text(text: &'a str) -> Result<Self, json::JsonError> {
        let mut header = Header::default();
        let mut other_names = UniqueNames::default();
        let mut reader = Reader::new(text);
        reader.object()?;
        while let Some((name, at)) = reader.name()? {
            let name = name.bytes();
            let member = match &*name {
                b"alg" => &mut header.algorithm,
                b"kid" => &mut header.key_id,
                b"typ" => &mut header.r#type,
                b"cty" => &mut header.content_type,
                b"crit" => &mut header.critical,
                _ => {
                    other_names.push(name, at);
                    reader.value()?;
                    continue;
                }
            };
            if member.is_some() {
                return Err(reader.error_at(at, json::JsonFault::Duplicate));
            }
            *member = Some(reader.value()?);
        }
        reader.end()?;
        match other_names.duplicate() {
            Some(at) => Err(reader.error_at(at, json::JsonFault::Duplicate)),
            None => Ok(header),
        }
    }

    /// `alg` is compared with our constant; it does not choose anything (RFC 8725, section 3.1).
    pub(crate) fn check_algorithm(&self) -> Result<(), Reason> {
        match self.algorithm {
            Some(Value::Text(algorithm)) if algorithm.is("RS256") => Ok(()),
            Some(Value::Text(algorithm)) => Err(Reason::Algorithm {
                found: quoted(&algorithm.unescape()),
            }),
            Some(_) => Err(Reason::Algorithm {
                found: "not a string".to_owned(),
            }),
            None => Err(Reason::AlgorithmMissing),
        }
    }

    /// `crit`, `typ` and `cty` (RFC 7515, sections 4.1.9 to 4.1.11).
    pub(crate) fn check_parameters(&self) -> Result<(), Reason> {
        if self.critical.is_some() {
            return Err(Reason::Critical);
        }
        match self.r#type {
            None => {}
            Some(Value::Text(value)) => {
                let value = value.bytes();
                if !value.eq_ignore_ascii_case(b"JWT")
                    && !value.eq_ignore_ascii_case(b"application/jwt")
                {
                    return Err(Reason::Type);
                }
            }
            Some(_) => return Err(Reason::HeaderNotText { name: "typ" }),
        }
        match self.content_type {
            None => Ok(()),
            Some(Value::Text(value)) if value.is("json") => Ok(()),
            Some(Value::Text(_)) => Err(Reason::ContentType),
            Some(_) => Err(Reason::HeaderNotText { name: "cty" }),
        }
    }

    /// The key id, an opaque string.
    pub(crate) fn key_id(&self) -> Result<Option<std::borrow::Cow<'a, str>>, Reason> {
        match self.key_id {
            None => Ok(None),
            Some(Value::Text(value)) => Ok(Some(value.unescape())),
            Some(_) => Err(Reason::HeaderNotText { name: "kid" }),
        }
    }
}
