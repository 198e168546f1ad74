//! What the widget in a visitor's page asks: its configuration, and one conversation.
//!
//! Every route here is guarded by [`embedding`], which knows which pages may use it.

pub mod authenticate;
pub mod config;
pub mod embedding;
pub mod end;
pub mod files;
pub mod messages;
pub mod secret;
pub mod set_context;
pub mod socket;
pub mod start;
