//! From bytes to keys: which form a body has, and its outermost layer. Lists, entries and JWKs have files of their own.

use super::{
    KeyFormat, PublicKey, RsaNumbers,
    certificate::Certificate,
    entry,
    error::{BodyFault, Carrier, Fault, KeyFault, Place},
    instead, jwk,
    list::{self, Listed},
    pem::{self, Pem, is_blank},
    private, secret, wide,
};
use crate::{
    base64,
    json::{self, JsonFault, Kind, Reader, UniqueNames, Value},
    signature::Backend,
};

/// The largest body that is read: 256 KiB. A hundred 8,192-bit keys in an array take 208 KB, in a JWKS 148 KB.
const MAX_BODY_BYTES: usize = 256 * 1024;

/// Reads a body in any form.
pub(super) fn parse(body: &[u8], backend: Backend) -> Result<(KeyFormat, Listed), Fault> {
    if body.len() > MAX_BODY_BYTES {
        return Err(Fault::of_body(BodyFault::TooLong {
            bytes: body.len(),
            limit: MAX_BODY_BYTES,
        }));
    }
    // Before anything else can fail: this is the one fault that must never be missed.
    if let Some(at) = private::find(body) {
        return Err(Fault::new(at, BodyFault::PrivateKey));
    }
    // ASCII in wide characters is UTF-8 with many zeros in it.
    if wide::ascii(body).is_some() {
        return Err(Fault::instead(instead::of_any_bytes(body)));
    }
    let text = json::utf8(body).map_err(|error| {
        instead::of_bytes(body).map_or_else(|| Fault::from(error), Fault::instead)
    })?;
    let unmarked = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let start = text.len() - unmarked.trim_start_matches(is_blank).len();
    let one = |format, key| (format, Listed::one(key));
    match text[start..].chars().next() {
        None => Err(Fault::of_body(BodyFault::Empty)),
        Some('[') => {
            let parse = |text: &str, at| entry::parse(text, at, backend);
            let not_entry = |found| BodyFault::NotEntry { found };
            let listed = list::parse(text, start, parse, not_entry)?;
            Ok((KeyFormat::Array, listed.or_fault(BodyFault::NoKeys)?))
        }
        Some('{') => parse_object(text, start, backend),
        Some(_) => match pem::find(unmarked) {
            Some(at) => {
                let at = at + text.len() - unmarked.len();
                Ok(one(KeyFormat::Pem, parse_pem(text, at, backend)?))
            }
            None => Err(Fault::instead(instead::of_text(&text[start..]))),
        },
    }
}

/// The PEM at `at`.
fn parse_pem(text: &str, at: usize, backend: Backend) -> Result<PublicKey, Fault> {
    let of_key = |at, fault| {
        let carrier = Carrier::Pem;
        Fault::new(at, BodyFault::Key { carrier, fault })
    };
    check_label(&text[at..]).map_err(|fault| of_key(at, fault))?;
    let pem = Pem::parse(&text[at..])
        .map_err(|error| Fault::new(at + error.at, BodyFault::Pem(error.fault)))?;
    key_from_pem(&pem, backend).map_err(|fault| {
        // A damaged paste: point at the base64 character that carries the byte.
        let at = match &fault {
            KeyFault::Der(error) => at + pem.position(error.at),
            _ => at,
        };
        of_key(at, fault)
    })
}

/// Before the content: what is in a block of another kind is nobody's fault.
fn check_label(pem: &str) -> Result<(), KeyFault> {
    match pem::foreign_label(pem) {
        Some(label) => Err(KeyFault::Label {
            label: label.to_owned(),
        }),
        None => Ok(()),
    }
}

/// An entry's `publicKey`: base64 of a PEM, and of no private key, as has been seen. `at` is where the value stands in the body.
pub(super) fn parse_base64_pem(
    value: &str,
    at: usize,
    backend: Backend,
) -> Result<PublicKey, Fault> {
    let fault = |fault| Fault::new(at, fault);
    let of_key = |error| {
        fault(BodyFault::Key {
            carrier: Carrier::Base64,
            fault: error,
        })
    };
    if value.trim_start_matches(is_blank).starts_with("-----BEGIN") {
        return Err(fault(BodyFault::BarePem));
    }
    let characters = || value.chars().filter(|&c| !is_blank(c));
    let digits: Vec<u8> = characters().map(|c| u8::try_from(c).unwrap_or(0)).collect();
    let decoded = base64::decode_standard(&digits).map_err(|error| {
        let found = match error {
            base64::Base64Error::Character { at } => characters().nth(at),
            _ => None,
        };
        fault(BodyFault::Base64 { error, found })
    })?;
    let not_pem = |instead| fault(BodyFault::InsteadOfPem(instead));
    let text = match std::str::from_utf8(&decoded) {
        Ok(text) => text.strip_prefix('\u{FEFF}').unwrap_or(text),
        Err(_) => return Err(not_pem(instead::of_any_bytes(&decoded))),
    };
    let begin = pem::find(text).ok_or_else(|| not_pem(instead::of_text(text)))?;
    check_label(&text[begin..]).map_err(of_key)?;
    let pem = Pem::parse(&text[begin..]).map_err(|error| {
        fault(BodyFault::NestedPem {
            place: Place::of(text.as_bytes(), begin + error.at),
            fault: error.fault,
        })
    })?;
    key_from_pem(&pem, backend).map_err(of_key)
}

fn key_from_pem(pem: &Pem<'_>, backend: Backend) -> Result<PublicKey, KeyFault> {
    match pem.label {
        "RSA PUBLIC KEY" => PublicKey::new(RsaNumbers::from_pkcs1(&pem.der)?, backend),
        "CERTIFICATE" => {
            let certificate = Certificate::from_der(&pem.der)?;
            let mut key = PublicKey::new(certificate.numbers, backend)?;
            key.not_before = Some(certificate.not_before);
            key.expires_at = Some(certificate.not_after);
            Ok(key)
        }
        // `PUBLIC KEY`, since no other label gets here.
        _ => PublicKey::new(RsaNumbers::from_spki(&pem.der)?, backend),
    }
}

/// A body that is one object: a JWKS, one JWK, or one entry without its array.
fn parse_object(text: &str, at: usize, backend: Backend) -> Result<(KeyFormat, Listed), Fault> {
    secret::refuse(text, at)?;
    let mut reader = Reader::starting_at(text, at);
    let mut names = UniqueNames::default();
    let (mut keys, mut is_entry, mut is_jwk) = (None, false, false);
    reader.object()?;
    while let Some((name, name_at)) = reader.name()? {
        names.push(name.bytes(), name_at);
        let value_at = reader.position();
        match reader.value()? {
            Value::Null => {}
            value if name.is("keys") => keys = Some((value, name_at, value_at)),
            _ if name.is("publicKey") => is_entry = true,
            _ if name.is("kty") => is_jwk = true,
            _ => {}
        }
    }
    reader.end()?;
    if let Some(at) = names.duplicate() {
        return Err(reader.error_at(at, JsonFault::Duplicate).into());
    }
    match keys {
        Some(_) if is_entry => Err(Fault::new(at, BodyFault::BothForms)),
        Some((Value::Array(source), _, keys_at)) => {
            let list = &text[..keys_at + source.len()];
            let parse = |text: &str, at| jwk::parse(text, at, backend);
            let not_jwk = |found| BodyFault::NotJwk { found };
            let listed = list::parse(list, keys_at, parse, not_jwk)?;
            Ok((KeyFormat::Jwks, listed.or_fault(BodyFault::EmptyJwks)?))
        }
        Some((value, name_at, _)) => Err(instead::of_object(text, at).map_or_else(
            || {
                let found = Kind(value).to_string();
                Fault::new(name_at, BodyFault::NotArray { found }).field("keys")
            },
            Fault::instead,
        )),
        None if is_entry => {
            let key = entry::parse(text, at, backend).map_err(|unused| *unused.fault)?;
            Ok((KeyFormat::Array, Listed::one(key)))
        }
        None if is_jwk => {
            let key = jwk::parse(text, at, backend).map_err(|unused| *unused.fault)?;
            Ok((KeyFormat::Jwks, Listed::one(key)))
        }
        None => Err(instead::of_object(text, at).map_or_else(
            || {
                let found = instead::names(text, at);
                Fault::new(at, BodyFault::NotKeys { found })
            },
            Fault::instead,
        )),
    }
}
