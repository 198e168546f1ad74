// What the engine tells the page. Generated from Rust by `cargo xtask codegen`; edits are overwritten.
// The source is crates/widget/src/view.rs and crates/protocol/src.
import type { ErrorCode } from "./ErrorCode.js";

/**
 * What failed.
 */
export type ChatFailure = {
/**
 * The error code.
 */
code: ErrorCode,
/**
 * What happened, for developers, in English.
 */
message: string,
/**
 * Joins it to the server's log; `null` when the server was not asked.
 */
requestId: string | null,
/**
 * Whether trying again can help.
 */
retryable: boolean, };
