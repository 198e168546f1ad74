//! JSON for the wire's types, small: every visitor loads it.
//!
//! It says that a text cannot be read, not where: the server writes what is read here, so a fault is not a person's to
//! repair. A general reader with its messages and its floating-point arithmetic weighs more than the whole machine.

mod read;
mod write;

pub use read::{Json, Values};
pub use write::{append, digits, write};
