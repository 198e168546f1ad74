//! The doors of the WebAssembly module, for `memory.js` alone: numbers, and texts as bytes in the module's memory. No
//! decisions here.
//!
//! Written by hand for their weight: what wasm-bindgen makes of the same five functions is three times as much on both
//! sides, and every visitor loads it.

#![expect(
    unsafe_code,
    reason = "an address that comes from the script is taken at its word"
)]

use super::Core;

/// An engine, and what it wants done: the script reads it where it stands.
#[derive(Debug)]
pub(super) struct Engine {
    core: Core,
    said: String,
}

/// Makes an engine. It is the caller's to free.
#[unsafe(no_mangle)]
pub(super) extern "C" fn core_new(
    seed: u32,
    is_document_loaded: bool,
    is_visible: bool,
    shares_session: bool,
) -> *mut Engine {
    let core = Core::new(seed, is_document_loaded, is_visible, shares_session);
    let said = String::new();
    Box::into_raw(Box::new(Engine { core, said }))
}

/// Room for a text of so many bytes. It is `core_happened`'s from when it is given it.
#[unsafe(no_mangle)]
pub(super) extern "C" fn text_new(length: usize) -> *mut u8 {
    Box::into_raw(vec![0_u8; length].into_boxed_slice()).cast()
}

/// Tells an engine what happened; `text` comes from `text_new`, filled with UTF-8. Gives the address of what is to be
/// done, which is good until the next call.
///
/// # Safety
/// `engine` comes from `core_new` and is not freed, `text` and `length` from `text_new`, once.
#[unsafe(no_mangle)]
pub(super) unsafe extern "C" fn core_happened(
    engine: *mut Engine,
    now: f64,
    wall: f64,
    kind: u32,
    number: u32,
    extra: u32,
    text: *mut u8,
    length: usize,
) -> *const u8 {
    // SAFETY: the script encodes with `TextEncoder`, which gives UTF-8 whatever it is given.
    let text = unsafe { String::from_utf8_unchecked(Vec::from_raw_parts(text, length, length)) };
    // SAFETY: the script has one engine at this address, and one call of it at a time.
    let engine = unsafe { &mut *engine };
    engine.said = (engine.core).happened(now, wall, kind, number, extra, text);
    engine.said.as_ptr()
}

/// How many bytes the last call of `core_happened` gave.
///
/// # Safety
/// `engine` comes from `core_new` and is not freed.
#[unsafe(no_mangle)]
pub(super) unsafe extern "C" fn core_said(engine: *const Engine) -> usize {
    // SAFETY: as above.
    unsafe { &*engine }.said.len()
}

/// Lets an engine go.
///
/// # Safety
/// `engine` comes from `core_new` and is not freed.
#[unsafe(no_mangle)]
pub(super) unsafe extern "C" fn core_free(engine: *mut Engine) {
    // SAFETY: as above.
    drop(unsafe { Box::from_raw(engine) });
}
