//! The state machine, from outside: scripts that say what must happen, and random histories that must never go wrong.

#![cfg(not(target_family = "wasm"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod answers;
mod calls;
mod connection;
mod context;
mod histories;
mod history;
mod identity;
mod leaving;
mod script;
mod server;
mod silence;
mod starting;
mod tabs;
mod waking;
mod world;
