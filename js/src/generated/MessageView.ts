// What the engine tells the page. Generated from Rust by `cargo xtask codegen`; edits are overwritten.
// The source is crates/widget/src/view.rs and crates/protocol/src.
import type { Author } from "./Author.js";
import type { Delivery } from "./Delivery.js";
import type { Timestamp } from "./Timestamp.js";

/**
 * A message to draw.
 */
export type MessageView = {
/**
 * The sender's id for it: the same before and after the server stored it.
 */
clientId: string,
/**
 * Order on the screen.
 */
order: number,
/**
 * Who wrote it.
 */
from: Author,
/**
 * The agent's name; `null` for the visitor.
 */
name: string | null,
/**
 * What was written. Plain text.
 */
text: string,
/**
 * When the server stored it; `null` until then.
 */
sentAt: Timestamp | null,
/**
 * How far it got.
 */
delivery: Delivery, };
