// What the engine tells the page. Generated from Rust by `cargo xtask codegen`; edits are overwritten.
// The source is crates/widget/src/view.rs and crates/protocol/src.

/**
 * Whether a chat may start without a token.
 */
export type SignIn = "required" | "optional";
