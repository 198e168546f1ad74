//! One key of a JWKS (RFC 7517, section 4; RFC 7518, section 6.3): RSA keys whose `use` is absent or `sig`,
//! whose `alg` is absent or `RS256`, and whose `key_ops` are absent or name `verify`. Others are passed over, but never
//! a private one.

use super::{
    PublicKey, RsaNumbers,
    error::{BodyFault, Carrier, Fault, KeyFault},
    members::{self, Member, Members, key_id},
    passed_over::Unused,
    secret,
};
use crate::{
    base64,
    json::{self, Kind},
    signature::Backend,
};

/// The members that are read, in the order in which [`parse`] takes them apart.
const NAMES: [&str; 9] = [
    "kid",
    "kty",
    "use",
    "alg",
    "key_ops",
    "n",
    "e",
    "x5c",
    "publicKey",
];

/// Reads the object at `at`, whose syntax has been checked.
pub(super) fn parse(text: &str, at: usize, backend: Backend) -> Result<PublicKey, Unused> {
    secret::refuse(text, at)?;
    let Members {
        by_name: [kid, kty, r#use, alg, key_ops, n, e, x5c, public_key],
        duplicate,
    } = members::read(text, at, NAMES)?;
    let missing = |field| Fault::new(at, BodyFault::Missing).field(field);
    let key = || {
        if let Some(fault) = duplicate {
            return Err(fault);
        }
        let Some(kty) = kty else {
            return Err(match public_key {
                Some(_) => Fault::new(at, BodyFault::EntryInJwks),
                None => missing("kty"),
            });
        };
        only(kty, "kty", "RSA")?;
        r#use.map_or(Ok(()), |member| only(member, "use", "sig"))?;
        alg.map_or(Ok(()), |member| only(member, "alg", "RS256"))?;
        key_ops.map_or(Ok(()), may_verify)?;
        let modulus = match (n, x5c) {
            (Some(n), _) => decode_modulus(n)?,
            (None, Some(_)) => return Err(Fault::new(at, BodyFault::CertificateAlone).field("n")),
            (None, None) => return Err(missing("n")),
        };
        let exponent = decode(e.ok_or_else(|| missing("e"))?, "e")?;
        let mut key = RsaNumbers::new(&modulus, &exponent)
            .and_then(|numbers| PublicKey::new(numbers, backend))
            .map_err(|fault| of_key(at, fault))?;
        key.kid = kid.map(key_id).transpose()?;
        Ok(key)
    };
    key().map_err(|fault| Unused {
        kid: kid.and_then(Member::as_id),
        fault: Box::new(fault),
    })
}

fn of_key(at: usize, fault: KeyFault) -> Fault {
    let carrier = Carrier::Jwk;
    Fault::new(at, BodyFault::Key { carrier, fault })
}

/// A string that must be `expected` for the key to be one for us.
fn only(member: Member<'_>, name: &'static str, expected: &'static str) -> Result<(), Fault> {
    member.text(name)?;
    if member.is(expected) {
        return Ok(());
    }
    let found = member.shown();
    Err(member.fault(name, BodyFault::OtherUse { found, expected }))
}

/// Whether `key_ops` (RFC 7517, section 4.3) name `verify`.
fn may_verify(operations: Member<'_>) -> Result<(), Fault> {
    let Some(named) = json::texts(operations.value) else {
        let found = Kind(operations.value).to_string();
        return Err(operations.fault("key_ops", BodyFault::NotArray { found }));
    };
    if named.iter().any(|operation| operation == "verify") {
        return Ok(());
    }
    let fault = BodyFault::OtherUse {
        found: "an array without `verify`".to_owned(),
        expected: "verify",
    };
    Err(operations.fault("key_ops", fault))
}

/// The modulus. Java writes a zero byte in front, as its sign; more than one is no number of anybody's.
fn decode_modulus(member: Member<'_>) -> Result<Vec<u8>, Fault> {
    let mut modulus = decode_any(member, "n")?;
    if modulus.first() == Some(&0) {
        modulus.remove(0);
    }
    without_zero(modulus, member, "n")
}

/// Base64urlUInt: canonical, big-endian, without leading zeros (RFC 7518, section 2).
fn decode(member: Member<'_>, name: &'static str) -> Result<Vec<u8>, Fault> {
    without_zero(decode_any(member, name)?, member, name)
}

fn decode_any(member: Member<'_>, name: &'static str) -> Result<Vec<u8>, Fault> {
    let text = member.text(name)?;
    base64::decode_url(text.as_bytes()).map_err(|error| {
        let found = error.character(&text);
        member.fault(name, BodyFault::Base64Url { error, found })
    })
}

fn without_zero(number: Vec<u8>, member: Member<'_>, name: &'static str) -> Result<Vec<u8>, Fault> {
    match number.first() {
        Some(0) => Err(member.fault(name, BodyFault::LeadingZero)),
        _ => Ok(number),
    }
}
