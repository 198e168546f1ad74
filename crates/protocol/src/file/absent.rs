//! Stands in for the types where nothing reads them. Takes no space.

use serde::{Deserialize, Serialize};

/// A file that a message brings; here none does.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Attachment {}

/// Which files may be sent; here only that some may.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FilePolicy {}
