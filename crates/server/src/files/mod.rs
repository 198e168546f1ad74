//! Files that visitors and agents send: what they are, how they are called, and where what they hold lies.
//!
//! Must not know conversations or HTTP, nor who may send or read a file.

mod folder;
pub mod judge;
#[cfg(test)]
mod judge_input;
pub mod name;
pub(crate) mod store;

pub(crate) use folder::{FolderStore, path_in};
