//! The binary as people and programs use it: arguments in, output and exit code out.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod bonafide;
mod chat;
mod demo;
mod durability;
mod instead;
mod jsonl;
mod keys;
mod running;
mod serve;
mod verify;
mod website;
