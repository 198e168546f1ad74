//! `/operator/…`.

mod session;
mod setup;
