// What the engine tells the page. Generated from Rust by `cargo xtask codegen`; edits are overwritten.
// The source is crates/widget/src/view.rs and crates/protocol/src.

/**
 * Whether the server can be reached.
 */
export type Connection = "none" | "connecting" | "online" | "offline";
