//! Files that visitors and agents send: which a chat widget takes, and how a message tells of one.
//!
//! Without the feature `files` the types are empty, and a message or a configuration never has one: the widget's engine
//! does not read them, and so does not carry a reader for them either.

#[cfg(not(feature = "files"))]
mod absent;
#[cfg(feature = "files")]
mod present;

#[cfg(not(feature = "files"))]
pub use absent::{Attachment, FilePolicy};
#[cfg(feature = "files")]
pub use present::{Attachment, FilePolicy, FileType, SendFile};
