//! What agents do.

mod absence;
mod accept;
mod accept_next;
mod availability;
mod canned_replies;
mod close;
mod delivered;
mod events;
mod gone_queue;
mod hand_back;
mod inbox;
mod notes;
mod presence;
mod push;
mod push_race;
mod released;
mod search;
mod sign_out;
mod socket;
mod transcript;
mod unanswered;
