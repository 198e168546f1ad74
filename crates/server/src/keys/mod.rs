//! The public keys of websites: fetched from the URLs that administrators give, and kept.
//!
//! This is the one module that makes outgoing requests to such URLs; nothing else in the server may. Nothing
//! here decides about tokens: it hands out a `bonafide_verifier::KeySet`, or says why there is none.
//!
//! [`guard`] judges URLs and addresses, [`resolver`] names, [`fetch`] gets one body or [`failure`] says why not,
//! [`source`] keeps what [`cached`] decides about, [`report`] tells the administrator.

mod address;
mod cached;
mod counts;
mod failure;
pub mod fetch;
pub mod guard;
pub mod report;
pub mod resolver;
pub mod source;
mod tls;
