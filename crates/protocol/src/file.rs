//! Files that visitors and agents send: which a chat widget takes, and how a message tells of one.
//!
//! Without the feature `files` the types hold nothing: the widget's engine knows no more than that files may be sent, and so
//! carries no reader for the rest.

#[cfg(not(feature = "files"))]
mod absent;
#[cfg(feature = "files")]
mod present;

#[cfg(not(feature = "files"))]
pub use absent::{Attachment, FilePolicy};
#[cfg(feature = "files")]
pub use present::{Attachment, FilePolicy, FileType, SendFile};

#[cfg(feature = "files")]
impl FileType {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Png, Self::Jpeg, Self::Webp, Self::Gif, Self::Pdf];
}
