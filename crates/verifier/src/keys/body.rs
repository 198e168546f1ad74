//! From bytes to keys: which form a body has, and its outermost layer. Entries and JWKs have files of their own.

use super::{
    KeyFormat, PublicKey, RsaNumbers,
    certificate::Certificate,
    entry,
    error::{BodyFault, Carrier, Fault, KeyFault, Place},
    jwk,
    pem::{Pem, is_blank},
    private,
};
use crate::{
    base64,
    json::{self, Expected, JsonFault, Reader, UniqueNames, Value},
    quote::quoted,
    signature::Backend,
};

/// The largest body that is read: 256 KiB. A hundred 8,192-bit keys in an array take 208 KB, in a JWKS 148 KB.
const MAX_BODY_BYTES: usize = 256 * 1024;
/// How many keys a body may hold. Rotation needs two or three.
const MAX_KEYS: usize = 100;

/// Reads a body in any form.
pub(super) fn parse(body: &[u8], backend: Backend) -> Result<(KeyFormat, Vec<PublicKey>), Fault> {
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
    let text = json::utf8(body)?;
    let unmarked = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let start = text.len() - unmarked.trim_start_matches(is_blank).len();
    let (format, keys) = match text[start..].chars().next() {
        None => return Err(Fault::of_body(BodyFault::Empty)),
        Some('-') => (KeyFormat::Pem, vec![parse_pem(text, start, backend)?]),
        Some('[') => (
            KeyFormat::Array,
            parse_list(text, start, |text, at| {
                entry::parse(text, at, backend).map(Some)
            })?,
        ),
        Some('{') => parse_object(text, start, backend)?,
        Some(found) => {
            let found = quoted(&found.to_string());
            return Err(Fault::new(start, BodyFault::Unrecognised { found }));
        }
    };
    if keys.is_empty() {
        let fault = if format == KeyFormat::Jwks {
            BodyFault::NoUsableKeys
        } else {
            BodyFault::NoKeys
        };
        return Err(Fault::of_body(fault));
    }
    Ok((format, keys))
}

/// A body that is one PEM.
fn parse_pem(text: &str, start: usize, backend: Backend) -> Result<PublicKey, Fault> {
    let pem = Pem::parse(&text[start..])
        .map_err(|error| Fault::new(start + error.at, BodyFault::Pem(error.fault)))?;
    key_from_pem(&pem, backend).map_err(|fault| {
        // A damaged paste: point at the base64 character that carries the byte.
        let at = match &fault {
            KeyFault::Der(error) => start + pem.position(error.at),
            _ => start,
        };
        Fault::new(
            at,
            BodyFault::Key {
                carrier: Carrier::Pem,
                fault,
            },
        )
    })
}

/// An entry's `publicKey`: base64 of a PEM. `at` is where the value stands in the body.
pub(super) fn parse_base64_pem(
    value: &str,
    at: usize,
    backend: Backend,
) -> Result<PublicKey, Fault> {
    let fault = |fault| Fault::new(at, fault);
    if value.trim_start_matches(is_blank).starts_with("-----BEGIN") {
        return Err(fault(BodyFault::BarePem));
    }
    let digits: Vec<u8> = value
        .chars()
        .filter(|&c| !is_blank(c))
        .map(|c| u8::try_from(c).unwrap_or(0))
        .collect();
    let decoded =
        base64::decode_standard(&digits).map_err(|error| fault(BodyFault::Base64(error)))?;
    if private::find(&decoded).is_some() {
        return Err(fault(BodyFault::Key {
            carrier: Carrier::Base64,
            fault: KeyFault::Private,
        }));
    }
    let text = std::str::from_utf8(&decoded).map_err(|_| fault(BodyFault::NotPem))?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    if !text.trim_start_matches(is_blank).starts_with('-') {
        return Err(fault(BodyFault::NotPem));
    }
    let pem = Pem::parse(text).map_err(|error| {
        fault(BodyFault::NestedPem {
            place: Place::of(text.as_bytes(), error.at),
            fault: error.fault,
        })
    })?;
    key_from_pem(&pem, backend).map_err(|error| {
        fault(BodyFault::Key {
            carrier: Carrier::Base64,
            fault: error,
        })
    })
}

fn key_from_pem(pem: &Pem<'_>, backend: Backend) -> Result<PublicKey, KeyFault> {
    match pem.label {
        "PUBLIC KEY" => PublicKey::new(RsaNumbers::from_spki(&pem.der)?, backend),
        "RSA PUBLIC KEY" => PublicKey::new(RsaNumbers::from_pkcs1(&pem.der)?, backend),
        "CERTIFICATE" => {
            let certificate = Certificate::from_der(&pem.der)?;
            let mut key = PublicKey::new(certificate.numbers, backend)?;
            key.not_before = Some(certificate.not_before);
            key.expires_at = Some(certificate.not_after);
            Ok(key)
        }
        label => Err(KeyFault::Label {
            label: label.to_owned(),
        }),
    }
}

/// An array whose elements `parse` turns into keys, or passes over. `at` is where the array starts.
fn parse_list(
    text: &str,
    at: usize,
    parse: impl Fn(&str, usize) -> Result<Option<PublicKey>, Fault>,
) -> Result<Vec<PublicKey>, Fault> {
    let mut keys = Vec::new();
    let mut reader = Reader::starting_at(text, at);
    let mut entry = 0;
    reader.array()?;
    loop {
        let is_more = reader
            .element()
            .map_err(|error| Fault::from(error).entry(entry))?;
        if !is_more {
            break;
        }
        entry += 1;
        let at = reader.position();
        if entry > MAX_KEYS {
            return Err(Fault::new(at, BodyFault::TooMany { limit: MAX_KEYS }));
        }
        let value = reader
            .value()
            .map_err(|error| Fault::from(error).entry(entry))?;
        let Value::Object(_) = value else {
            let error = reader.error_at(at, JsonFault::Expected(Expected::Object));
            return Err(Fault::from(error).entry(entry));
        };
        keys.extend(parse(text, at).map_err(|fault| fault.entry(entry))?);
    }
    reader.end()?;
    Ok(keys)
}

/// A body that is one object: a JWKS, or one entry without its array.
fn parse_object(
    text: &str,
    at: usize,
    backend: Backend,
) -> Result<(KeyFormat, Vec<PublicKey>), Fault> {
    let mut reader = Reader::starting_at(text, at);
    let mut names = UniqueNames::default();
    let mut keys_at = None;
    let mut is_entry = false;
    reader.object()?;
    while let Some((name, name_at)) = reader.name()? {
        names.push(name.bytes(), name_at);
        let value_at = reader.position();
        match reader.value()? {
            _ if name.is("publicKey") => is_entry = true,
            Value::Array(_) if name.is("keys") => keys_at = Some(value_at),
            _ if name.is("keys") => {
                let fault = BodyFault::Not {
                    expected: "an array",
                };
                return Err(Fault::new(name_at, fault).field("keys"));
            }
            _ => {}
        }
    }
    reader.end()?;
    if let Some(at) = names.duplicate() {
        return Err(reader.error_at(at, JsonFault::Duplicate).into());
    }
    match (keys_at, is_entry) {
        (Some(_), true) => Err(Fault::new(at, BodyFault::BothForms)),
        (Some(keys_at), false) => {
            let list = &text[keys_at..];
            let length = match Reader::new(list).value()? {
                Value::Array(source) => source.len(),
                _ => list.len(),
            };
            let keys = parse_list(&text[..keys_at + length], keys_at, |text, at| {
                jwk::parse(text, at, backend)
            })?;
            Ok((KeyFormat::Jwks, keys))
        }
        (None, true) => Ok((KeyFormat::Array, vec![entry::parse(text, at, backend)?])),
        (None, false) => Err(Fault::new(at, BodyFault::NotKeys)),
    }
}
