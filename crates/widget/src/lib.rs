//! The widget's engine: one visitor's conversation in a page, without its looks.
//!
//! - [`address`]: where the page is, as agents are told it.
//! - [`view`]: what the page's script is told.
//! - [`machine`]: the conversation as a state machine that does no I/O. All decisions are made here.
//! - `browser`, in WebAssembly only: what happens in the page in, effects out, and what JavaScript sees of it.
//!
//! It never touches the DOM: what the visitor sees is the page script's to draw.

pub mod address;
#[cfg(target_family = "wasm")]
pub mod browser;
pub mod machine;
pub mod text;
pub mod view;

/// For its size: with the standard library's own a page loads more than its budget. It searches a list of what is free, which
/// is short here: a conversation is a few thousand small texts.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: lol_alloc::LockedAllocator<lol_alloc::FreeListAllocator> =
    lol_alloc::LockedAllocator::new(lol_alloc::FreeListAllocator::new());
