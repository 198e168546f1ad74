// What the engine tells the page. Generated from Rust by `cargo xtask codegen`; edits are overwritten.
// The source is crates/widget/src/view.rs and crates/protocol/src.
import type { Appearance } from "./Appearance.js";
import type { ChatFailure } from "./ChatFailure.js";
import type { Connection } from "./Connection.js";
import type { Identity } from "./Identity.js";
import type { Phase } from "./Phase.js";
import type { SignIn } from "./SignIn.js";

/**
 * The state to draw.
 */
export type View = {
/**
 * Where the chat stands.
 */
phase: Phase,
/**
 * Whether the server can be reached.
 */
connection: Connection,
/**
 * State of the proof of who the visitor is.
 */
identity: Identity,
/**
 * Whether the widget wants a sign-in; `null` until configured.
 */
signIn: SignIn | null,
/**
 * How the widget looks; `null` until configured.
 */
appearance: Appearance | null,
/**
 * Name of the queue.
 */
queue: string | null,
/**
 * Place in the queue, from 1, while waiting.
 */
position: number | null,
/**
 * The agent's name, once one has taken the conversation.
 */
agent: string | null,
/**
 * Agent messages that arrived while the chat was closed.
 */
unread: number,
/**
 * The failure to show; `null` when all is well.
 */
error: ChatFailure | null, };
