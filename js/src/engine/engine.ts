/**
 * The engine's face, as `crates/widget` makes it. It owns the conversation, the network and the client function; this
 * package owns the DOM and only calls these methods and draws what the listener is told.
 */
import type { Output } from "../generated/Output";

/** A value of a context variable. */
export type ContextValue = string | number | boolean;

/** Context by name, case-sensitive. From a page it is unsigned, and shown to agents as such. */
export type Context = Readonly<Record<string, ContextValue>>;

/** Called with a token, or with `null` when nobody is signed in, or with `null` and what went wrong. */
export type TokenCallback = (token: string | null | undefined, error?: unknown) => void;

/** A page's own way to a token: it calls back, or returns a promise of the token. */
// biome-ignore lint/suspicious/noConfusingVoidType: a function that calls back returns nothing
export type GetToken = (callback: TokenCallback) => Promise<string | null | undefined> | void;

/** How an engine is made. */
export interface EngineOptions {
  /** The chat server's address, `https://chat.example.com`. */
  readonly server: string;
  /** The chat widget's id, `wgt_…`. */
  readonly widget: string;
  /** Used in place of the widget's configured client function. */
  readonly getToken?: GetToken | undefined;
  /** Where the session is kept: for the tab, or not at all. */
  readonly storage?: "session" | "none" | undefined;
  /** @internal Hears of each call of the page's function, for the developers' report. */
  readonly trace?: ((call: PageCall) => void) | undefined;
}

/** What became of one call of the page's function. */
export interface PageCall {
  /** The number of the event in `crates/widget/src/browser/engine.js`. */
  readonly kind: number;
  /** How long it took, in milliseconds. */
  readonly ms: number;
  /** What it gave, or a sentence about why it gave nothing. */
  readonly text: string;
}

/** Receives the engine's outputs in order; `cause` is the page's own error, for the page's developers only. */
export type Listener = (output: Output, cause?: unknown) => void;

/** One visitor's conversation. Every method returns at once and throws nothing; news comes through the listener. */
export interface Engine {
  open(): void;
  close(): void;
  start(): void;
  /** Returns the message's `clientId`. */
  send(text: string): string;
  retry(clientId: string): void;
  typing(): void;
  authenticate(): void;
  end(): void;
  signOut(): void;
  setContext(context: Context): void;
  /** Stops timers, socket and pending calls. What was asked for in the same breath to end things is still done. */
  free(): void;
  /** Whether it stopped by a fault of its own: then another one has to be made. */
  readonly isOver: boolean;
}

/** Makes an engine, loading what it needs first. Rejects with a `ChatError`. */
export type Connect = (options: EngineOptions, listener: Listener) => Promise<Engine>;
