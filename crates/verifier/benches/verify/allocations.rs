//! Counts allocations.

use std::{
    alloc::{GlobalAlloc, Layout, System},
    hint::black_box,
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
};

use bonafide_verifier::{KeySet, Policy, verify};

use super::mint::{self, NOW};

/// Off while time is measured: counting costs more than some of what is counted.
static IS_COUNTING: AtomicBool = AtomicBool::new(false);
static COUNT: AtomicUsize = AtomicUsize::new(0);
static BYTES: AtomicUsize = AtomicUsize::new(0);

struct Counting;

// SAFETY: every call is passed on unchanged to the system's allocator.
#[expect(unsafe_code, reason = "the interface of a global allocator")]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if IS_COUNTING.load(Ordering::Relaxed) {
            COUNT.fetch_add(1, Ordering::Relaxed);
            BYTES.fetch_add(layout.size(), Ordering::Relaxed);
        }
        // SAFETY: the caller's promise is passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise is passed on.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Rust allocations only: what aws-lc does inside its C code is the same for everybody.
pub(crate) fn count(token: &str, keys: &KeySet) {
    IS_COUNTING.store(true, Ordering::Relaxed);
    let policy = Policy::default();
    let header_only = mint::a().token(r#"{"alg":"none"}"#, "{}");
    let lean = mint::a().claims(
        &serde_json::json!({ "iss": "a", "sub": "b", "iat": 1_542_622_071, "exp": 1_542_625_672 }),
    );
    for (name, token) in [
        ("sample", token),
        ("no profile, no context", &lean),
        ("refused algorithm", &header_only),
    ] {
        let before = (COUNT.load(Ordering::Relaxed), BYTES.load(Ordering::Relaxed));
        let verdict = verify(black_box(token), keys, &policy, NOW);
        let after = (COUNT.load(Ordering::Relaxed), BYTES.load(Ordering::Relaxed));
        drop(black_box(verdict));
        println!(
            "verify: allocations, {name}: {} of {} bytes in all",
            after.0 - before.0,
            after.1 - before.1
        );
    }
}
