//! Private keys in one object, an entry or a JWK, that the search of the whole body cannot see: a short symmetric key, and
//! whatever base64 hides.
//!
//! Must be asked before anything else in the object can fail, and of every member, also of one whose name stands twice: an
//! object with a fault is passed over, and a private key never is.

use super::{
    error::{BodyFault, Carrier, Fault, KeyFault},
    private,
};
use crate::{
    base64,
    json::{Reader, Value},
};

/// Refuses the object at `at` when it holds one.
pub(super) fn refuse(text: &str, at: usize) -> Result<(), Fault> {
    let private = |at, carrier| {
        let fault = KeyFault::Private;
        Fault::new(at, BodyFault::Key { carrier, fault })
    };
    let (mut is_symmetric, mut has_secret) = (false, false);
    let mut reader = Reader::starting_at(text, at);
    reader.object()?;
    while let Some((name, _)) = reader.name()? {
        let value_at = reader.position();
        let Value::Text(value) = reader.value()? else {
            continue;
        };
        // A symmetric key (RFC 7518, section 6.4) is a secret, however short. `k` means nothing in a key of another kind.
        is_symmetric |= name.is("kty") && value.is("oct");
        // Whoever reads it may decode it more kindly than the parser does.
        has_secret |= name.is("k") && !base64::decode_leniently(&value.bytes()).is_empty();
        if name.is("publicKey")
            && private::find(&base64::decode_leniently(&value.bytes())).is_some()
        {
            return Err(private(value_at, Carrier::Base64).field("publicKey"));
        }
    }
    if is_symmetric && has_secret {
        return Err(private(at, Carrier::Jwk));
    }
    Ok(())
}
