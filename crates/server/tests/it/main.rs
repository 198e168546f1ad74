//! The server through its front door: HTTP in, HTTP out, a real database in a temporary folder. The modules mirror
//! the tree of routes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod openapi;
