//! The server through its front door: HTTP in, HTTP out, a real database in a temporary folder. The modules mirror
//! the tree of routes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod admin;
mod agent;
mod api;
mod authority;
mod chat;
mod client;
mod commands;
mod console;
mod data_folder;
mod database;
mod keys;
mod limits;
mod openapi;
mod operator;
mod scripted;
mod serving;
mod socket;
mod visitor;
mod website;
