//! The widget's engine: one visitor's conversation in a page, without its looks.
//!
//! - [`view`]: what the page's script is told.
//! - [`machine`]: the conversation as a state machine that does no I/O. All decisions are made here.
//! - `browser`: thin adapters that carry the machine's effects out and bring the browser's events in.
//! - [`wire`], [`json`]: what the server and other tabs say, from JSON. Small.
//! - [`bindings`]: the class that JavaScript sees.
//!
//! It never touches the DOM: what the visitor sees is the page script's to draw.

pub mod bindings;
mod browser;
pub mod json;
pub mod machine;
pub mod view;
pub mod wire;
