/* tslint:disable */
/* eslint-disable */

/** What an engine needs. */
export interface EngineOptions {
    /** The chat server's address, for example `https://chat.example.com`. */
    server: string;
    /** The chat widget's id. */
    widget: string;
    /** The client function itself; it goes before the name that the administrator configured. */
    getToken?: Function | undefined;
    /** Whether the session outlives the page within its tab, and is shared with the site's other tabs. Default `session`. */
    storage?: "session" | "none" | undefined;
}



/**
 * One visitor's conversation.
 */
export class Engine {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Somebody signed in, or signed in again.
     */
    authenticate(): void;
    /**
     * The chat was hidden.
     */
    close(): void;
    /**
     * Ends the conversation.
     */
    end(): void;
    /**
     * Makes an engine. It does nothing until it is asked to, but for resuming the session of the page before.
     */
    constructor(options: EngineOptions, listener: (output: import("../../generated/Output.js").Output, cause?: unknown) => void);
    /**
     * The chat was shown.
     */
    open(): void;
    /**
     * Sends a message again that was refused.
     */
    retry(client_id: string): void;
    /**
     * Sends a message; gives its client id.
     */
    send(text: string): string;
    /**
     * Unsigned context for the next anonymous conversation.
     */
    setContext(context: Record<string, string | number | boolean>): void;
    /**
     * The visitor signed out.
     */
    signOut(): void;
    /**
     * Configures, gets a token, starts a conversation. A start under way is shared.
     */
    start(): void;
    /**
     * The visitor is typing.
     */
    typing(): void;
}

export type InitInput = RequestInfo | URL | Response | BufferSource | WebAssembly.Module;

export interface InitOutput {
    readonly memory: WebAssembly.Memory;
    readonly __wbg_engine_free: (a: number, b: number) => void;
    readonly engine_authenticate: (a: number) => void;
    readonly engine_close: (a: number) => void;
    readonly engine_end: (a: number) => void;
    readonly engine_new: (a: any, b: any) => number;
    readonly engine_open: (a: number) => void;
    readonly engine_retry: (a: number, b: any) => void;
    readonly engine_send: (a: number, b: any) => [number, number];
    readonly engine_setContext: (a: number, b: any) => void;
    readonly engine_signOut: (a: number) => void;
    readonly engine_start: (a: number) => void;
    readonly engine_typing: (a: number) => void;
    readonly wasm_bindgen__convert__closures_____invoke__h3c076b013638390c: (a: number, b: number, c: number, d: number, e: any, f: any) => void;
    readonly __wbindgen_malloc: (a: number, b: number) => number;
    readonly __wbindgen_realloc: (a: number, b: number, c: number, d: number) => number;
    readonly __wbindgen_free: (a: number, b: number, c: number) => void;
    readonly __wbindgen_exn_store: (a: number) => void;
    readonly __externref_table_alloc: () => number;
    readonly __wbindgen_externrefs: WebAssembly.Table;
    readonly __wbindgen_destroy_closure: (a: number, b: number) => void;
    readonly __wbindgen_start: () => void;
}

export type SyncInitInput = BufferSource | WebAssembly.Module;

/**
 * Instantiates the given `module`, which can either be bytes or
 * a precompiled `WebAssembly.Module`.
 *
 * @param {{ module: SyncInitInput }} module - Passing `SyncInitInput` directly is deprecated.
 *
 * @returns {InitOutput}
 */
export function initSync(module: { module: SyncInitInput } | SyncInitInput): InitOutput;

/**
 * If `module_or_path` is {RequestInfo} or {URL}, makes a request and
 * for everything else, calls `WebAssembly.instantiate` directly.
 *
 * @param {{ module_or_path: InitInput | Promise<InitInput> }} module_or_path - Passing `InitInput` directly is deprecated.
 *
 * @returns {Promise<InitOutput>}
 */
export default function __wbg_init (module_or_path: { module_or_path: InitInput | Promise<InitInput> } | InitInput | Promise<InitInput>): Promise<InitOutput>;
