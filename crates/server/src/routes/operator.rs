//! Operators' own business: sign in, who am I, sign out, and the set-up of a fresh server.

pub mod password;
pub mod session;
pub mod setup;
