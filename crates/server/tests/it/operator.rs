//! `/operator/…`.

mod session;
mod setup;
mod throttle;
