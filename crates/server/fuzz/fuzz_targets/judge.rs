//! Any bytes as a file that somebody sends. Only the judge is compiled, not the server around it.
#![no_main]

#[allow(dead_code, reason = "this target needs only some of it")]
#[path = "../../src/files"]
mod files {
    pub mod judge;
    pub mod judge_input;
}

libfuzzer_sys::fuzz_target!(|content: &[u8]| files::judge_input::judge(content));
