//! What agents do.

mod accept;
mod gone_queue;
mod hand_back;
mod inbox;
mod socket;
mod unanswered;
