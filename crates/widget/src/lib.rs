//! The widget's engine: one visitor's conversation in a page, without its looks.
//!
//! - [`view`]: what the page's script is told.
//! - [`machine`]: the conversation as a state machine that does no I/O. All decisions are made here.
//! - `browser`, in WebAssembly only: what happens in the page in, effects out, and what JavaScript sees of it.
//!
//! It never touches the DOM: what the visitor sees is the page script's to draw.

#[cfg(target_family = "wasm")]
pub mod browser;
pub mod machine;
pub mod text;
pub mod view;
