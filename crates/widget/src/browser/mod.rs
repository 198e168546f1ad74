//! The machine as a page's script runs it: what happened goes in, what is to be done comes out. No decisions here.
//!
//! - [`events`], [`effects`]: both ways, as plain numbers and texts. Nothing of JavaScript's is held on this side.
//! - `engine.js`: the engine that the page sees. It carries effects out and brings events in.
//! - `exports`, `memory.js`: the doors between the two, texts through the WebAssembly's memory.
//! - `client_function.js`, `builtins.js`, `arguments.js`: the page's function, the browser's own, the page's arguments.
//!
//! That the scripts stand beside the machine and not behind imports of it is for the weight: each function that crosses
//! with a value of JavaScript's brings glue of its own, and every visitor loads it.

mod effects;
mod events;
#[cfg(all(not(test), target_family = "wasm"))]
mod exports;
#[cfg(all(test, target_family = "wasm"))]
mod tests;

#[cfg(all(test, target_family = "wasm"))]
use wasm_bindgen::prelude::wasm_bindgen;

use crate::machine::{Machine, Surroundings};

/// The WebAssembly half of an engine, for `engine.js` alone.
#[cfg_attr(all(test, target_family = "wasm"), wasm_bindgen)]
#[derive(Debug)]
pub struct Core(Machine);

#[cfg_attr(all(test, target_family = "wasm"), wasm_bindgen)]
impl Core {
    /// A machine at rest. `seed` is random.
    #[must_use]
    pub fn new(
        seed: u32,
        is_document_loaded: bool,
        is_visible: bool,
        shares_session: bool,
    ) -> Self {
        Self(Machine::new(Surroundings {
            seed,
            is_document_loaded,
            is_visible,
            shares_session,
        }))
    }

    /// Takes what happened and gives what is to be done. `now` is in milliseconds on a clock that never goes back, `wall`
    /// the time of day in milliseconds.
    pub fn happened(
        &mut self,
        now: f64,
        wall: f64,
        kind: u32,
        number: u32,
        extra: u32,
        text: String,
    ) -> String {
        match events::understand(kind, number, extra, text) {
            Some(input) => effects::to_script(&self.0.handle(now as u64, wall as i64, input)),
            None => "[]".into(),
        }
    }
}
