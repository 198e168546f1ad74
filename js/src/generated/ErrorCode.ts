// What the engine tells the page. Generated from Rust by `cargo xtask codegen`; edits are overwritten.
// The source is crates/widget/src/view.rs and crates/protocol/src.

/**
 * Every error code, in order of stage.
 */
export type ErrorCode = "configuration-invalid" | "wasm-blocked" | "network-unreachable" | "client-function-not-found" | "client-function-failed" | "client-function-timeout" | "token-not-provided" | "token-malformed" | "token-algorithm-unsupported" | "token-key-unknown" | "token-key-expired" | "token-signature-invalid" | "token-claim-missing" | "token-claim-invalid" | "token-expired" | "token-not-yet-valid" | "token-context-invalid" | "token-replayed" | "keys-unavailable" | "keys-invalid" | "widget-not-found" | "conversation-not-found" | "not-found" | "origin-not-allowed" | "rate-limited" | "session-expired" | "sign-in-required" | "forbidden" | "invalid-request" | "conflict" | "payload-too-large" | "unavailable" | "internal";
