// What the engine tells the page. Generated from Rust by `cargo xtask codegen`; edits are overwritten.
// The source is crates/widget/src/view.rs and crates/protocol/src.

/**
 * How a chat widget looks and what it says. Absent fields take the widget's defaults.
 */
export type Appearance = {
/**
 * The chat's heading, at most 60 characters.
 */
title?: string | null,
/**
 * Shown before the first message, at most 500 characters.
 */
greeting?: string | null,
/**
 * Colour of launcher and own messages as `#rrggbb`.
 */
accentColor?: string | null,
/**
 * Corner of the page; `end` is right in left-to-right pages.
 */
position?: LauncherPosition | null, };

/**
 * Who wrote a message.
 */
export type Author = "visitor" | "agent";

/**
 * How a call of the page's function ended.
 */
export type CallOutcome = "text" | "nothing" | "wrong-type" | "failed" | "not-found" | "refused";

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

/**
 * Whether the server can be reached.
 */
export type Connection = "none" | "connecting" | "online" | "polling" | "offline";

/**
 * How far a message got.
 */
export type Delivery = "sending" | "sent" | "read" | "failed";

/**
 * Every error code, in order of stage.
 */
export type ErrorCode = "configuration-invalid" | "wasm-blocked" | "network-unreachable" | "client-function-not-found" | "client-function-failed" | "client-function-timeout" | "token-not-provided" | "token-malformed" | "token-algorithm-unsupported" | "token-key-unknown" | "token-key-expired" | "token-signature-invalid" | "token-claim-missing" | "token-claim-invalid" | "token-expired" | "token-not-yet-valid" | "token-context-invalid" | "token-replayed" | "keys-unavailable" | "keys-invalid" | "widget-not-found" | "conversation-not-found" | "not-found" | "origin-not-allowed" | "rate-limited" | "session-expired" | "sign-in-required" | "forbidden" | "invalid-request" | "conflict" | "payload-too-large" | "unavailable" | "internal";

/**
 * State of a visitor's proof of identity.
 */
export type Identity = "none" | "current" | "lapsed";

/**
 * Corner of the page in which the launcher sits.
 */
export type LauncherPosition = "start" | "end";

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

/**
 * What became of one call of the page's function, for the developers' report.
 */
export type PageCall = {
/**
 * What became of it.
 */
outcome: CallOutcome,
/**
 * How long it took, in milliseconds.
 */
ms: number,
/**
 * What it gave, or a sentence about why it gave nothing.
 */
text: string, };

/**
 * Where the chat stands.
 */
export type Phase = "idle" | "configuring" | "ready" | "authenticating" | "starting" | "sign-in-needed" | "waiting" | "active" | "ended" | "failed";

/**
 * Whether a chat may start without a token.
 */
export type SignIn = "required" | "optional";

/**
 * A conversation that has begun.
 */
export type Started = {
/**
 * The conversation's id.
 */
conversation: string,
/**
 * Whether the server has proof of who the visitor is.
 */
authenticated: boolean, };

/**
 * An RFC 3339 time in UTC, for example `2026-11-22T20:00:00.000Z`.
 *
 * Kept as text: the server writes it, browsers and people read it, and the widget stays free of a
 * date library.
 */
export type Timestamp = string;

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
 * Whether files may be sent.
 */
files: boolean,
/**
 * Name of the queue.
 */
queue: string | null,
/**
 * Place in the queue, from 1, while waiting; `null` also while nobody is there to serve it.
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
