//! One key of a JWKS (RFC 7517, section 4; RFC 7518, section 6.3): RSA keys whose `use` is absent or `sig`,
//! whose `alg` is absent or `RS256`, and whose `key_ops` are absent or name `verify`. Others are passed over, but never
//! a private one.

use super::{
    PublicKey, RsaNumbers,
    error::{BodyFault, Carrier, Fault, KeyFault},
    private,
};
use crate::{
    base64,
    json::{JsonFault, Reader, UniqueNames, Value},
    signature::Backend,
};

/// A member's value and where it stands.
type Member<'a> = Option<(Value<'a>, usize)>;

#[derive(Default)]
struct Jwk<'a> {
    algorithm: Member<'a>,
    exponent: Member<'a>,
    key_id: Member<'a>,
    key_type: Member<'a>,
    modulus: Member<'a>,
    operations: Member<'a>,
    r#use: Member<'a>,
    /// Any member that only a private or symmetric key has.
    secret_at: Option<usize>,
}

/// Reads the object at `at`, whose syntax has been checked. `None` for a key that is not meant for RS256.
pub(super) fn parse(text: &str, at: usize, backend: Backend) -> Result<Option<PublicKey>, Fault> {
    let jwk = read(text, at)?;
    if let Some(at) = jwk.secret_at {
        return Err(Fault::new(
            at,
            BodyFault::Key {
                carrier: Carrier::Jwk,
                fault: KeyFault::Private,
            },
        ));
    }
    let is = |member: Member<'_>, expected| matches!(member, Some((Value::Text(value), _)) if value.is(expected));
    let is_ours = is(jwk.key_type, "RSA")
        && (jwk.r#use.is_none() || is(jwk.r#use, "sig"))
        && (jwk.algorithm.is_none() || is(jwk.algorithm, "RS256"));
    if !is_ours || !may_verify(jwk.operations)? {
        return Ok(None);
    }
    let modulus = decode(jwk.modulus, "n", at)?;
    let exponent = decode(jwk.exponent, "e", at)?;
    let mut key = RsaNumbers::new(&modulus, &exponent)
        .and_then(|numbers| PublicKey::new(numbers, backend))
        .map_err(|fault| {
            Fault::new(
                at,
                BodyFault::Key {
                    carrier: Carrier::Jwk,
                    fault,
                },
            )
        })?;
    key.kid = match jwk.key_id {
        None => None,
        Some((Value::Text(value), value_at)) => {
            let kid = value.unescape();
            if kid.contains('\0') {
                return Err(Fault::new(value_at, BodyFault::Nul).field("kid"));
            }
            Some(kid.into_owned())
        }
        Some((_, value_at)) => {
            return Err(Fault::new(
                value_at,
                BodyFault::Not {
                    expected: "a string",
                },
            )
            .field("kid"));
        }
    };
    Ok(Some(key))
}

fn read(text: &str, at: usize) -> Result<Jwk<'_>, Fault> {
    let mut jwk = Jwk::default();
    let mut names = UniqueNames::default();
    let mut reader = Reader::starting_at(text, at);
    reader.object()?;
    while let Some((name, name_at)) = reader.name()? {
        let value_at = reader.position();
        let value = reader.value()?;
        let is_null = matches!(value, Value::Null);
        let member = Some((value, value_at));
        let name = name.bytes();
        match &*name {
            b"alg" => jwk.algorithm = member,
            b"e" => jwk.exponent = member,
            b"key_ops" => jwk.operations = member,
            b"kid" => jwk.key_id = member,
            b"kty" => jwk.key_type = member,
            b"n" => jwk.modulus = member,
            b"use" => jwk.r#use = member,
            // Some serialisers write `null` for what a public key does not have.
            name if private::JWK_MEMBERS.contains(&name) && !is_null => {
                jwk.secret_at = Some(name_at);
            }
            _ => {}
        }
        names.push(name, name_at);
    }
    match names.duplicate() {
        Some(at) => Err(reader.error_at(at, JsonFault::Duplicate).into()),
        None => Ok(jwk),
    }
}

/// Whether `key_ops` (RFC 7517, section 4.3) are absent or name `verify`.
fn may_verify(operations: Member<'_>) -> Result<bool, Fault> {
    let source = match operations {
        None => return Ok(true),
        Some((Value::Array(source), _)) => source,
        Some(_) => return Ok(false),
    };
    let mut reader = Reader::new(source);
    let mut is_named = false;
    reader.array()?;
    while reader.element()? {
        is_named |= matches!(reader.value()?, Value::Text(operation) if operation.is("verify"));
    }
    Ok(is_named)
}

/// Base64urlUInt: canonical, big-endian, without leading zeros (RFC 7518, section 2).
fn decode(member: Member<'_>, name: &'static str, at: usize) -> Result<Vec<u8>, Fault> {
    let (value, at) = member.ok_or_else(|| Fault::new(at, BodyFault::Missing).field(name))?;
    let fault = |fault| Fault::new(at, fault).field(name);
    let Value::Text(value) = value else {
        return Err(fault(BodyFault::Not {
            expected: "a string",
        }));
    };
    let number = base64::decode_url(value.unescape().as_bytes())
        .map_err(|error| fault(BodyFault::Base64Url(error)))?;
    if number.first() == Some(&0) {
        Err(fault(BodyFault::LeadingZero))
    } else {
        Ok(number)
    }
}
