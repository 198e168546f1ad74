// What the engine tells the page. Generated from Rust by `cargo xtask codegen`; edits are overwritten.
// The source is crates/widget/src/view.rs and crates/protocol/src.

/**
 * State of a visitor's proof of identity.
 */
export type Identity = "none" | "current" | "lapsed";
