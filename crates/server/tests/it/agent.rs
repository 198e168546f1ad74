//! What agents do.

mod absence;
mod accept;
mod canned_replies;
mod close;
mod delivered;
mod events;
mod gone_queue;
mod hand_back;
mod hand_over;
mod hand_over_races;
mod inbox;
mod notes;
mod presence;
mod released;
mod requeue;
mod sign_out;
mod socket;
mod supervise;
mod transcript;
mod unanswered;
