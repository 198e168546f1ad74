//! JSON for the wire's types, small: every visitor loads it.
//!
//! It says that a text cannot be read, not where: the server writes what is read here, so a fault is not a person's to
//! repair. Readers that serde derives weigh more than the whole machine; writers that it derives weigh little, as long as
//! nothing that is written has fractions.

mod read;
mod write;

pub use read::{Document, Json};
pub use write::{append, write};
