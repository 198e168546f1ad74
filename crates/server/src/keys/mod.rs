//! The public keys of websites: fetched from the URLs that administrators give, and kept.
//!
//! This is the one module that makes outgoing requests to such URLs; nothing else in the server may. Nothing
//! here decides about tokens: it hands out a `bonafide_verifier::KeySet`, or says why there is none.
//!
//! [`guard`] judges URLs and addresses, [`resolver`] names, [`fetch`] gets one body or [`failure`] says why not.
//! [`source`] hands out what [`cached`] decides about and [`flight`] brings; [`event`] is what people should know of
//! it. [`looks`] asks for the administrator's *Test*, and [`report`] tells what it found.

mod address;
mod cached;
mod counts;
mod event;
mod failure;
pub mod fetch;
mod flight;
pub mod guard;
mod looks;
pub mod report;
pub mod resolver;
pub mod source;
mod tls;
