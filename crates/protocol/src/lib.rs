//! Every JSON that crosses Bonafide's own wire: requests, answers, socket frames, ids, error codes.
//!
//! These types are the one source of `openapi.json` and of the TypeScript types. They hold no logic:
//! what a field may contain is judged where it is used (the server's newtypes, the verifier, the widget),
//! so a value of these types is only *well-formed*, never *checked*.
//!
//! Requests refuse unknown fields; answers and events may grow new ones.

pub mod admin;
pub mod agent;
pub mod availability;
pub mod canned_reply;
pub mod context;
pub mod conversation_event;
pub mod error;
pub mod file;
pub mod hand_over;
pub mod id;
pub mod note;
pub mod number;
pub mod operator;
pub mod page;
pub mod same_person;
pub mod search;
pub mod secret;
pub mod socket;
pub mod time;
pub mod transcript;
pub mod visitor;

pub use error::{ErrorCode, FieldError, FieldErrorCode, Problem};
pub use number::Number;
pub use page::Page;
pub use secret::Secret;
pub use time::Timestamp;
