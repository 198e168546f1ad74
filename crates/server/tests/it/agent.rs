//! What agents do.

mod absence;
mod accept;
mod canned_replies;
mod close;
mod delivered;
mod events;
pub(crate) mod files;
mod gone_queue;
mod hand_back;
mod inbox;
mod notes;
mod presence;
mod released;
mod sign_out;
mod socket;
mod transcript;
mod unanswered;
