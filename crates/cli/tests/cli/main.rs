//! The binary as people and programs use it: arguments in, output and exit code out.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod backup;
mod bonafide;
mod chat;
mod damage;
mod demo;
mod durability;
mod file_limit;
mod files;
mod instead;
mod jsonl;
mod keys;
mod nginx;
mod not_tried;
mod ownership;
mod proxy;
mod refusals;
mod running;
mod serve;
mod verify;
mod website;
