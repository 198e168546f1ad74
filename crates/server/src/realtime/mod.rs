//! What is pushed: hints inside the process, and the sockets of visitors and agents that follow them.
//!
//! A hint says that something happened, never what: sockets read the table, so order and exactly-once come
//! from stored numbers, and a lost hint costs time, not a message.

pub(crate) mod agent;
mod asides;
pub(crate) mod connection;
mod frame_meter;
pub(crate) mod handshake;
pub(crate) mod hub;
pub(crate) mod presence;
pub(crate) mod visitor;

#[cfg(test)]
mod tests;
