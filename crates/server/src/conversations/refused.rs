//! Why an act was not done.

use std::time::Duration;

use bonafide_protocol::{ErrorCode, FieldError};

use crate::domain::conversation;
use crate::storage::StorageError;

/// Why an act was not done, as the one who asked for it may know. What only administrators may know is in the
/// audit, under the same request id.
#[derive(Debug)]
pub(crate) enum Refused {
    /// Some fields are wrong.
    Fields(Vec<FieldError>),
    /// Too often; come back after this time.
    Limited(Duration),
    /// Storage failed.
    Storage(StorageError),
    /// Anything else.
    Because(ErrorCode, String),
}

impl Refused {
    /// `detail` is a whole sentence.
    pub(crate) fn new(code: ErrorCode, detail: impl Into<String>) -> Self {
        Self::Because(code, detail.into())
    }

    /// Somebody else changed it in the same moment.
    pub(crate) fn raced() -> Self {
        Self::new(
            ErrorCode::Conflict,
            "The conversation changed in the same moment. Read it again.",
        )
    }
}

impl From<StorageError> for Refused {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}

impl From<conversation::Refused> for Refused {
    fn from(refused: conversation::Refused) -> Self {
        Self::new(ErrorCode::Conflict, refused.to_string())
    }
}
