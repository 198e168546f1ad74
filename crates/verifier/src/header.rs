//! The token's header: its syntax (step 1) and what it may say (step 2).
//!
//! The header is an attacker's text. Nothing in it chooses an algorithm or a place to get a key from:
//! `jku`, `jwk`, `x5u` and `x5c` are never read.

use crate::{
    json::{self, Kind, Reader, Text, UniqueNames, Value},
    quote::{listed, quoted},
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
            None | Some(Value::Null) => Err(Reason::AlgorithmMissing),
            Some(other) => Err(Reason::Algorithm {
                found: Kind(other).to_string(),
            }),
        }
    }

    /// `crit`, `typ` and `cty` (RFC 7515, sections 4.1.9 to 4.1.11). What is `null` is absent, as serialisers write it; but
    /// not `crit`, which is no information but a demand, and one of a kind that nobody here understands.
    pub(crate) fn check_parameters(&self) -> Result<(), Reason> {
        if let Some(critical) = self.critical {
            let found = extensions(critical);
            return Err(Reason::Critical { found });
        }
        match self.r#type {
            None | Some(Value::Null) => {}
            Some(Value::Text(value)) => {
                let bytes = value.bytes();
                if !bytes.eq_ignore_ascii_case(b"JWT")
                    && !bytes.eq_ignore_ascii_case(b"application/jwt")
                {
                    let found = quoted(&value.unescape());
                    return Err(Reason::Type { found });
                }
            }
            Some(other) => return Err(not_text("typ", other)),
        }
        match self.content_type {
            None | Some(Value::Null) => Ok(()),
            Some(Value::Text(value)) if value.is("json") => Ok(()),
            Some(Value::Text(value)) => {
                let found = quoted(&value.unescape());
                Err(Reason::ContentType { found })
            }
            Some(other) => Err(not_text("cty", other)),
        }
    }

    /// The key id, an opaque string.
    pub(crate) fn key_id(&self) -> Result<Option<std::borrow::Cow<'a, str>>, Reason> {
        match self.key_id {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Text(value)) => Ok(Some(value.unescape())),
            Some(other) => Err(not_text("kid", other)),
        }
    }
}

fn not_text(name: &'static str, value: Value<'_>) -> Reason {
    let found = Kind(value).to_string();
    Reason::HeaderNotText { name, found }
}

/// What a `crit` asks for, for a sentence.
fn extensions(critical: Value<'_>) -> String {
    let Some(names) = json::texts(critical) else {
        return Kind(critical).to_string();
    };
    listed(names.iter().map(|name| quoted(name)), 5)
}
