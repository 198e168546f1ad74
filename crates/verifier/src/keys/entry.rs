//! One entry of the array form: `{"kid", "publicKey", "expiry"}`. Other names are not read.

use super::{
    PublicKey,
    body::parse_base64_pem,
    error::{BodyFault, Fault},
    members::{self, Member, Members, key_id},
    passed_over::Unused,
    secret,
};
use crate::{
    json::{Kind, Value},
    signature::Backend,
    time::{Time, TimeError},
};

/// Reads the object at `at`, whose syntax has been checked.
pub(super) fn parse(text: &str, at: usize, backend: Backend) -> Result<PublicKey, Unused> {
    secret::refuse(text, at)?;
    let Members {
        by_name: [kid, public_key, expiry, key_type],
        duplicate,
    } = members::read(text, at, ["kid", "publicKey", "expiry", "kty"])?;
    let missing = |field| Fault::new(at, BodyFault::Missing).field(field);
    let key = || {
        if let Some(fault) = duplicate {
            return Err(fault);
        }
        let public_key = match (public_key, key_type) {
            (Some(public_key), _) => public_key,
            (None, Some(_)) => return Err(Fault::new(at, BodyFault::JwkInArray)),
            (None, None) => return Err(missing("publicKey")),
        };
        let id = key_id(kid.ok_or_else(|| missing("kid"))?)?;
        let mut key = parse_base64_pem(&public_key.text("publicKey")?, public_key.at, backend)
            .map_err(|fault| fault.field("publicKey"))?;
        key.kid = Some(id);
        // The entry's own expiry adds to that of a certificate.
        let expiry = expiry.map(parse_expiry).transpose()?;
        key.expires_at = super::earlier(key.expires_at, expiry);
        Ok(key)
    };
    key().map_err(|fault| Unused {
        kid: kid.and_then(Member::as_id),
        fault: Box::new(fault),
    })
}

/// Of a fraction the second before it is taken, since the key still serves in the second of its expiry.
fn parse_expiry(expiry: Member<'_>) -> Result<Time, Fault> {
    let not_seconds = || BodyFault::NotSeconds {
        found: Kind(expiry.value).to_string(),
    };
    let Value::Number(number) = expiry.value else {
        return Err(expiry.fault("expiry", not_seconds()));
    };
    Time::last_second(number).map_err(|error| {
        let fault = match error {
            TimeError::NotFinite => not_seconds(),
            TimeError::TooLate => BodyFault::TooLate,
        };
        expiry.fault("expiry", fault)
    })
}
