//! What visitors do.

mod authenticate;
mod embedding;
mod messages;
mod refusals;
mod session;
mod socket;
mod start;
