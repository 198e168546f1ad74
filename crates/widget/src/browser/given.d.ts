/** A value of a context variable. */
export type ContextValue = string | number | boolean;

/** Context by name, case-sensitive. From a page it is unsigned, and shown to agents as such. */
export type Context = Readonly<Record<string, ContextValue>>;

/** Called with a token, or with `null` when nobody is signed in, or with `null` and what went wrong. */
export type TokenCallback = (token: string | null | undefined, error?: unknown) => void;

/** A page's own way to a token: it calls back, or returns a promise of the token. */
export type GetToken = (callback: TokenCallback) => Promise<string | null | undefined> | void;

/** How an engine is made. */
export interface EngineOptions {
  /** The chat server's address, `https://chat.example.com`. */
  readonly server: string;
  /** The chat widget's id, `wgt_…`. */
  readonly widget: string;
  /** The page's own function for a token, in place of the client function that the widget names. */
  readonly getToken?: GetToken | undefined;
  /**
   * What is kept for the tab: `session` (the default) takes the conversation up again after a reload and shares it with the
   * site's other tabs; `none` keeps and shares nothing.
   */
  readonly storage?: "session" | "none" | undefined;
  /** Told of each call of the page's function. For developers: a text is the token itself. */
  readonly trace?: ((call: PageCall) => void) | undefined;
}

/** Told the engine's outputs in order; `cause` is the page's own error, for the page's developers only. */
export type Listener = (output: Output, cause?: unknown) => void;

/** What a call's promise rejects with. */
export interface EngineError extends Error, ChatFailure {
  /** What the page's own function threw or called back with. */
  readonly cause?: unknown;
}
