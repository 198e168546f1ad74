//! What agents do.

mod accept;
mod canned_replies;
mod close;
mod events;
mod gone_queue;
mod hand_back;
mod inbox;
mod notes;
mod socket;
mod transcript;
