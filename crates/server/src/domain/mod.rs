//! The rules of a conversation: who the visitor is, which context is admitted, which queue it goes to, and
//! which changes of state are allowed.
//!
//! Must not do I/O, read a clock or draw randomness: times and values are arguments. Nothing here is
//! serialised; the wire is `bonafide_protocol`, the rows are `storage`.

pub(crate) mod context;
pub(crate) mod conversation;
mod decimal;
pub(crate) mod identity;
pub(crate) mod possible;
pub(crate) mod routing;
pub(crate) mod rule_warnings;
pub(crate) mod search_terms;
