//! JSON for the wire's types, small: every visitor loads it.
//!
//! It says that a text cannot be read, not where: the server writes what is read here, so a fault is not a person's to
//! repair. A general reader with its messages and its floating-point arithmetic weighs more than the whole machine.

mod read;
mod write;

use std::fmt;

pub use read::{Value, read};
pub use write::{digits, write};

/// It is not JSON, or not of the expected shape.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Fault;

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this is not JSON of the expected shape")
    }
}

impl std::error::Error for Fault {}

// Does not look at its message, so that the code that would format it is not even compiled in.
impl serde::ser::Error for Fault {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}
