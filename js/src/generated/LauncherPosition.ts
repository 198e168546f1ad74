// What the engine tells the page. Generated from Rust by `cargo xtask codegen`; edits are overwritten.
// The source is crates/widget/src/view.rs and crates/protocol/src.

/**
 * Corner of the page in which the launcher sits.
 */
export type LauncherPosition = "start" | "end";
