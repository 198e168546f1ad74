// What the engine tells the page. Generated from Rust by `cargo xtask codegen`; edits are overwritten.
// The source is crates/widget/src/view.rs and crates/protocol/src.
import type { ChatFailure } from "./ChatFailure.js";
import type { MessageView } from "./MessageView.js";
import type { View } from "./View.js";

/**
 * What the engine tells its listener, in order.
 */
export type Output = { "type": "view",
/**
 * The state.
 */
view: View, } | { "type": "messages",
/**
 * The messages.
 */
messages: Array<MessageView>, } | { "type": "cleared" } | { "type": "left" } | { "type": "agent-typing" } | { "type": "ready" } | { "type": "started",
/**
 * The conversation's id.
 */
conversation: string,
/**
 * Whether the server has proof of who the visitor is.
 */
authenticated: boolean, } | { "type": "authenticated" } | { "type": "sign-in" } | { "type": "message",
/**
 * The message.
 */
message: MessageView, } | { "type": "ended" } | { "type": "error",
/**
 * What failed.
 */
error: ChatFailure, } | { "type": "refused",
/**
 * What was wrong.
 */
error: ChatFailure, };
