//! What agents do.

mod absence;
mod accept;
mod delivered;
mod gone_queue;
mod hand_back;
mod inbox;
mod presence;
mod released;
mod sign_out;
mod socket;
mod unanswered;
