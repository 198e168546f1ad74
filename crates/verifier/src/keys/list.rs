//! The entries of an array or JWKS: those that give a key serve, the others are passed over, each with its reason.
//!
//! Only what no single entry can answer for takes the whole body with it: broken JSON, too many entries, a private key.

use super::{
    PublicKey,
    error::{BodyFault, Fault},
    passed_over::Unused,
};
use crate::json::{Kind, Reader, Value};

/// How many entries a body may hold. Rotation needs two or three.
const MAX_KEYS: usize = 100;

/// What a body holds.
pub(super) struct Listed {
    pub(super) keys: Vec<PublicKey>,
    pub(super) passed_over: Vec<Unused>,
}

impl Listed {
    pub(super) fn one(key: PublicKey) -> Self {
        Self {
            keys: vec![key],
            passed_over: Vec::new(),
        }
    }

    /// Itself, if there is a key. Else the first mistake; or what the first entry is, where all are meant for something
    /// else; or `empty`.
    pub(super) fn or_fault(mut self, empty: BodyFault) -> Result<Self, Fault> {
        if !self.keys.is_empty() {
            return Ok(self);
        }
        if self.passed_over.is_empty() {
            return Err(Fault::of_body(empty));
        }
        let mistake = self.passed_over.iter().position(Unused::is_mistake);
        let mut fault = *self.passed_over.swap_remove(mistake.unwrap_or(0)).fault;
        if let BodyFault::OtherUse { found, expected } = fault.fault {
            fault.fault = BodyFault::NoUsableKeys { found, expected };
        }
        Err(fault)
    }
}

/// The array at `at`, whose objects `parse` turns into keys. `not_object` is the fault of any other element, by what it is.
pub(super) fn parse(
    text: &str,
    at: usize,
    parse: impl Fn(&str, usize) -> Result<PublicKey, Unused>,
    not_object: impl Fn(String) -> BodyFault,
) -> Result<Listed, Fault> {
    let (mut keys, mut passed_over) = (Vec::new(), Vec::new());
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
        let key = match value {
            Value::Object(_) => parse(text, at),
            other => Err(Fault::new(at, not_object(Kind(other).to_string())).into()),
        };
        match key {
            Ok(key) => keys.push(key),
            Err(unused) if unused.fault.fault.is_private_key() => {
                return Err(unused.fault.entry(entry));
            }
            Err(unused) => passed_over.push(unused.entry(entry)),
        }
    }
    reader.end()?;
    Ok(Listed { keys, passed_over })
}
