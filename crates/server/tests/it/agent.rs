//! What agents do.

mod accept;
mod inbox;
mod socket;
