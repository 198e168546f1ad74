//! What the fields of settings may contain: each rule is one newtype, parsed at the edge, and behind it nothing is
//! checked again. No I/O here.

mod capacity;
mod client_function;
mod fields;
mod file_policy;
mod origin;
mod patience;
mod public_key_url;
mod reply_text;
mod text;

pub use capacity::capacity;
pub use client_function::ClientFunctionPath;
pub use fields::{Fault, Fields};
pub(crate) use file_policy::MOST_FILE_BYTES;
pub use file_policy::file_policy;
pub use origin::AllowedOrigins;
pub use patience::{DEFAULT_ABSENCE, absence_seconds, release_seconds};
pub use public_key_url::PublicKeyUrl;
pub use reply_text::ReplyText;
pub use text::{
    AccentColor, ContactGuid, ContextVariableName, EmailAddress, ExactText, MultilineText, Name,
    Password, PhoneNumber, Text,
};
