// What the engine tells the page. Generated from Rust by `cargo xtask codegen`; edits are overwritten.
// The source is crates/widget/src/view.rs and crates/protocol/src.

/**
 * How far a message got.
 */
export type Delivery = "sending" | "sent" | "read" | "failed";
