//! What agents do.

mod absence;
mod accept;
mod accept_next;
mod availability;
mod canned_replies;
mod close;
mod delivered;
mod events;
pub(crate) mod files;
mod gone_queue;
mod hand_back;
mod hand_over;
mod hand_over_races;
mod inbox;
mod notes;
mod presence;
mod push;
mod push_race;
mod released;
mod requeue;
mod search;
mod sign_out;
mod socket;
mod supervise;
mod transcript;
mod unanswered;
