//! What the agent console asks: the inbox, the summary, and what agents do with conversations.
//!
//! Every act checks again that the conversation's queue is the agent's.

pub mod accept;
pub mod accept_next;
pub mod availability;
pub mod canned_replies;
pub mod close;
pub mod events;
pub mod files;
pub mod hand_over;
pub mod inbox;
pub mod messages;
pub mod notes;
pub mod queues;
pub mod same_person;
pub mod search;
pub mod socket;
pub mod summary;
pub mod supervise;
pub mod transcript;
