//! What agents do.

mod accept;
mod hand_back;
mod inbox;
mod socket;
