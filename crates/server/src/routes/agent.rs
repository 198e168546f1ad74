//! What the agent console asks: the inbox, the summary, and what agents do with conversations.
//!
//! Every act checks again that the conversation's queue is the agent's.

pub mod accept;
pub mod canned_replies;
pub mod close;
pub mod events;
pub mod files;
pub mod inbox;
pub mod messages;
pub mod notes;
pub mod socket;
pub mod summary;
pub mod transcript;
