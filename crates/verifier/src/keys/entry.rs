//! One entry of the array form: `{"kid", "publicKey", "expiry"}`. Other names are not read.

use super::{
    PublicKey,
    body::parse_base64_pem,
    error::{BodyFault, Fault},
};
use crate::{
    json::{Reader, UniqueNames, Value},
    signature::Backend,
    time::{Time, TimeError},
};

/// A member's value and where it stands.
type Member<'a> = Option<(Value<'a>, usize)>;

/// Reads the object at `at`, whose syntax has been checked.
pub(super) fn parse(text: &str, at: usize, backend: Backend) -> Result<PublicKey, Fault> {
    let (mut kid, mut public_key, mut expiry): (Member<'_>, Member<'_>, Member<'_>) =
        (None, None, None);
    let mut names = UniqueNames::default();
    let mut reader = Reader::starting_at(text, at);
    reader.object()?;
    while let Some((name, name_at)) = reader.name()? {
        let value_at = reader.position();
        let member = Some((reader.value()?, value_at));
        let name = name.bytes();
        match &*name {
            b"kid" => kid = member,
            b"publicKey" => public_key = member,
            b"expiry" => expiry = member,
            _ => {}
        }
        names.push(name, name_at);
    }
    if let Some(at) = names.duplicate() {
        return Err(reader
            .error_at(at, crate::json::JsonFault::Duplicate)
            .into());
    }
    let kid = parse_kid(kid, at)?;
    let (value, value_at) =
        public_key.ok_or_else(|| Fault::new(at, BodyFault::Missing).field("publicKey"))?;
    let Value::Text(value) = value else {
        return Err(Fault::new(
            value_at,
            BodyFault::Not {
                expected: "a string",
            },
        )
        .field("publicKey"));
    };
    let mut key = parse_base64_pem(&value.unescape(), value_at, backend)
        .map_err(|fault| fault.field("publicKey"))?;
    key.kid = Some(kid);
    // The entry's own expiry adds to that of a certificate.
    key.expires_at = super::earlier(key.expires_at, parse_expiry(expiry)?);
    Ok(key)
}

fn parse_kid(kid: Member<'_>, at: usize) -> Result<String, Fault> {
    let (value, value_at) = kid.ok_or_else(|| Fault::new(at, BodyFault::Missing).field("kid"))?;
    let fault = |fault| Fault::new(value_at, fault).field("kid");
    let Value::Text(value) = value else {
        return Err(fault(BodyFault::Not {
            expected: "a string",
        }));
    };
    let kid = value.unescape();
    if kid.contains('\0') {
        Err(fault(BodyFault::Nul))
    } else {
        Ok(kid.into_owned())
    }
}

/// `null` counts as absent: serialisers write it for an optional field. Of a fraction the second before it is taken, since
/// the key still serves in the second of its expiry.
fn parse_expiry(expiry: Member<'_>) -> Result<Option<Time>, Fault> {
    let (number, at) = match expiry {
        None | Some((Value::Null, _)) => return Ok(None),
        Some((Value::Number(number), at)) => (number, at),
        Some((_, at)) => {
            let fault = BodyFault::Not {
                expected: "a number of seconds since 1970",
            };
            return Err(Fault::new(at, fault).field("expiry"));
        }
    };
    Time::last_second(number).map(Some).map_err(|error| {
        let fault = match error {
            TimeError::NotFinite => BodyFault::Not {
                expected: "a number of seconds since 1970",
            },
            TimeError::TooLate => BodyFault::TooLate,
        };
        Fault::new(at, fault).field("expiry")
    })
}
