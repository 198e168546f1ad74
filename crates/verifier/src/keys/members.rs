//! Picks the members of one object by name, for entries and JWKs alike. Others are not read.

use super::error::{BodyFault, Fault};
use crate::{
    json::{JsonFault, Kind, Reader, UniqueNames, Value},
    quote::quoted,
};

/// A member's value and where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member<'a> {
    pub(super) value: Value<'a>,
    pub(super) at: usize,
}

/// The members that were asked for, and the fault of an object in which a name stands twice.
pub(super) struct Members<'a, const COUNT: usize> {
    pub(super) by_name: [Option<Member<'a>>; COUNT],
    pub(super) duplicate: Option<Fault>,
}

/// Reads the object at `at`. A member that is `null` counts as absent: serialisers write it for what is not there.
pub(super) fn read<'a, const COUNT: usize>(
    text: &'a str,
    at: usize,
    names: [&str; COUNT],
) -> Result<Members<'a, COUNT>, Fault> {
    let mut by_name = [None; COUNT];
    let mut seen = UniqueNames::default();
    let mut reader = Reader::starting_at(text, at);
    reader.object()?;
    while let Some((name, name_at)) = reader.name()? {
        let at = reader.position();
        let value = reader.value()?;
        let place = names.iter().position(|wanted| name.is(wanted));
        if let (Some(place), false) = (place, matches!(value, Value::Null)) {
            // Of two with one name the first: the object is refused, and its id is for the sentence only.
            by_name[place].get_or_insert(Member { value, at });
        }
        seen.push(name.bytes(), name_at);
    }
    let duplicate = seen
        .duplicate()
        .map(|at| reader.error_at(at, JsonFault::Duplicate).into());
    Ok(Members { by_name, duplicate })
}

impl<'a> Member<'a> {
    /// The value, which must be a string.
    pub(super) fn text(self, name: &'static str) -> Result<std::borrow::Cow<'a, str>, Fault> {
        match self.value {
            Value::Text(text) => Ok(text.unescape()),
            other => {
                let found = Kind(other).to_string();
                Err(self.fault(name, BodyFault::NotText { found }))
            }
        }
    }

    /// Whether the value is this string.
    pub(super) fn is(self, expected: &str) -> bool {
        matches!(self.value, Value::Text(text) if text.is(expected))
    }

    /// A string quoted, anything else by its kind.
    pub(super) fn shown(self) -> String {
        match self.value {
            Value::Text(text) => quoted(&text.unescape()),
            other => Kind(other).to_string(),
        }
    }

    /// A key id as a token might write it. A number is no id, but whoever wrote one means its digits.
    pub(super) fn as_id(self) -> Option<String> {
        match self.value {
            Value::Text(text) => Some(text.unescape().into_owned()),
            Value::Number(digits) => Some(digits.to_owned()),
            _ => None,
        }
    }

    pub(super) fn fault(self, name: &'static str, fault: BodyFault) -> Fault {
        Fault::new(self.at, fault).field(name)
    }
}

/// The key id in a member: an opaque string.
pub(super) fn key_id(member: Member<'_>) -> Result<String, Fault> {
    let id = member.text("kid")?;
    if id.contains('\0') {
        Err(member.fault("kid", BodyFault::Nul))
    } else {
        Ok(id.into_owned())
    }
}
