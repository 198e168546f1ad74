// What the engine tells the page. Generated from Rust by `cargo xtask codegen`; edits are overwritten.
// The source is crates/widget/src/view.rs and crates/protocol/src.

/**
 * An RFC 3339 time in UTC, for example `2026-11-22T20:00:00.000Z`.
 *
 * Kept as text: the server writes it, browsers and people read it, and the widget stays free of a
 * date library.
 */
export type Timestamp = string;
