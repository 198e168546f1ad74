//! The public keys of websites: fetched from the URLs that administrators give, and kept.
//!
//! This is the one module that makes outgoing requests to such URLs; nothing else in the server may. Nothing
//! here decides about tokens: it hands out a `bonafide_verifier::KeySet`, or says why there is none.
//!
//! [`guard`] judges URLs and addresses, [`fetch`] gets one body, [`source`] caches what [`cached`] decides about,
//! [`report`] tells the administrator.

mod address;
mod cached;
pub mod fetch;
pub mod guard;
pub mod report;
pub mod source;
