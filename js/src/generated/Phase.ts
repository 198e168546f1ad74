// What the engine tells the page. Generated from Rust by `cargo xtask codegen`; edits are overwritten.
// The source is crates/widget/src/view.rs and crates/protocol/src.

/**
 * Where the chat stands.
 */
export type Phase = "idle" | "configuring" | "ready" | "authenticating" | "starting" | "sign-in-needed" | "waiting" | "active" | "ended" | "failed";
