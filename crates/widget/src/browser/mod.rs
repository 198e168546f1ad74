//! The engine as a page's script has it: what happens in the browser goes into the machine, and what that wants done is
//! carried out. It must hold no decisions of the conversation, and never touch the DOM.
//!
//! - [`Engine`]: what JavaScript sees. `core` is its inside: one thing that happened after the other.
//! - `effects`: one `match` over all that the machine may want done.
//! - `api`: what each request is over HTTP, and what its answer says.
//! - `client_function`: the page's own function, found by its name and called.
//! - `request`, `socket`, `storage`, `tabs`, `page`, `timers`: each one part of the browser, as a value that ends with its `Drop`.
//! - `wire`, `json`: what the server and other tabs say. `life`: what a token says of itself.
//! - `options`, `calls`: what the page's script gives, and the promises that it gets.
//! - `natives`, `prelude.js`: the browser's functions as they were when this was loaded.
//!
//! A page may be hostile, or only old: whatever belongs to it may throw when it is looked at. So nothing of the page's is
//! looked at or called but through functions that give a `Result`, and no cell stays borrowed meanwhile.

mod api;
mod calls;
mod client_function;
mod core;
mod effects;
mod engine;
mod errors;
mod json;
mod life;
mod natives;
mod options;
mod page;
mod request;
mod revocables;
mod sessions;
mod socket;
mod storage;
mod tabs;
mod timers;
mod to_js;
mod wire;

#[cfg(test)]
mod tests;

pub use client_function::find_client_function;
pub use engine::Engine;
