//! Turns what the conversations' acts refuse into an error answer.

use super::problem::ApiError;
use crate::conversations::Refused;

impl From<Refused> for ApiError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Because(code, detail) => Self::new(code, detail),
            Refused::Fields(fields) => Self::invalid(fields),
            Refused::Limited(wait) => Self::rate_limited(wait),
            Refused::Storage(error) => error.into(),
        }
    }
}
