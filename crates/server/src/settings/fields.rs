//! Gathers what is wrong with a request's fields, so that one answer names all of them.

use bonafide_protocol::{FieldError, FieldErrorCode};

/// What is wrong with one value: the kind of fault, and a sentence that says what would be right.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Fault {
    /// The kind of fault, for programs.
    pub code: FieldErrorCode,
    /// A sentence.
    pub message: String,
}

impl Fault {
    /// A value that is not allowed.
    #[must_use]
    pub fn invalid(message: impl Into<String>) -> Self {
        Self {
            code: FieldErrorCode::Invalid,
            message: message.into(),
        }
    }

    /// A value that another record or entry has already.
    #[must_use]
    pub fn duplicate(message: impl Into<String>) -> Self {
        Self {
            code: FieldErrorCode::Duplicate,
            message: message.into(),
        }
    }

    /// A value that names nothing that exists.
    #[must_use]
    pub fn not_found(message: impl Into<String>) -> Self {
        Self {
            code: FieldErrorCode::NotFound,
            message: message.into(),
        }
    }

    /// A missing or blank value.
    #[must_use]
    pub fn required(message: impl Into<String>) -> Self {
        Self {
            code: FieldErrorCode::Required,
            message: message.into(),
        }
    }

    /// A text of `length` characters where `most` are allowed.
    #[must_use]
    pub fn too_many_characters(length: usize, most: usize) -> Self {
        Self::too_long(format!(
            "This has {length} characters; at most {most} are allowed."
        ))
    }

    /// A list or map of `found` entries where `most` are allowed.
    #[must_use]
    pub fn too_many_entries(found: usize, most: usize) -> Self {
        Self::too_long(format!(
            "This has {found} entries; at most {most} are allowed."
        ))
    }

    /// A value longer than allowed.
    #[must_use]
    pub fn too_long(message: impl Into<String>) -> Self {
        Self {
            code: FieldErrorCode::TooLong,
            message: message.into(),
        }
    }

    /// The fault as the answer tells it.
    #[must_use]
    pub fn of(self, name: impl Into<String>) -> FieldError {
        FieldError {
            name: name.into(),
            code: self.code,
            message: self.message,
        }
    }
}

/// The faults found so far in a request.
#[derive(Debug, Default)]
pub struct Fields(Vec<FieldError>);

impl Fields {
    /// The value, or `None` and a note of what is wrong with the field `name`.
    pub fn take<T>(&mut self, name: &str, value: Result<T, Fault>) -> Option<T> {
        value.map_err(|fault| self.refuse(name, fault)).ok()
    }

    /// Notes what is wrong with the field `name`.
    pub fn refuse(&mut self, name: impl Into<String>, fault: Fault) {
        self.0.push(fault.of(name));
    }

    /// `value` when no field was refused.
    ///
    /// # Errors
    /// The faults. `value` is `None` only where a fault was noted.
    pub fn finish<T>(self, value: Option<T>) -> Result<T, Vec<FieldError>> {
        match value {
            Some(value) if self.0.is_empty() => Ok(value),
            _ => Err(self.0),
        }
    }
}
