// One engine: brings what the page's script and the browser say to the WebAssembly, and carries out what that wants done.
// It must hold no decisions of the conversation, and never touch the DOM. No method throws into the page: an argument
// that cannot be used comes back as an `error` output.

import { readContext, readOptions } from "./arguments.js";
import {
  after, channel, isLoaded, isOnline, isVisible, lead, now, openSocket, page, parse, quote, randomId, randomNumber, request,
  soon, store, stored, trim, unled, wall, watch,
} from "./builtins.js";
import { callPage } from "./client_function.js";

export { find } from "./client_function.js";

// The kinds of event, as `events.rs` numbers them.
const OPEN = 0, CLOSE = 1, START = 2, SEND = 3, RETRY = 4, TYPING = 5, AUTHENTICATE = 6, END = 7, SIGN_OUT = 8,
  SET_CONTEXT = 9, BAD_ARGUMENT = 10, RESUME = 11, TIMER = 12, SOCKET_OPENED = 13, SOCKET_FRAME = 14, SOCKET_CLOSED = 15,
  ELECTED = 16, TAB = 17, ONLINE = 18, LOADED = 19, VISIBLE = 20, GAVE_TEXT = 21, GAVE_NOTHING = 22, GAVE_OTHER = 23,
  FAILED = 24, MISSING = 25, REFUSED = 26;
// And of answers, by what was asked for.
const CONFIG = 30, STARTED = 31, CONVERSATION = 32, MESSAGES = 33, MESSAGE = 34, DONE = 35;

/**
 * How long the server has to answer. Longer than its own limit for fetching a website's keys (5 s), so that its reason
 * arrives and not ours.
 */
const LIMIT_MS = 20_000;

/**
 * The WebAssembly half.
 * @typedef {object} Core
 * @property {(now: number, wall: number, kind: number, number: number, extra: number, text: string) => string} happened
 * @property {() => void} free
 */
/** @typedef {{ kind: number, number: number, text: string, extra?: number, cause?: unknown }} Event */

/** What a page still wants that lets go of its chat in the same breath; and the session that it is about. */
const isLastWish = (/** @type {Event} */ { kind }) => kind === RESUME || kind === END || kind === SIGN_OUT;
/** What is still done then. @type {(what: string) => boolean} */
const isLastDeed = (what) => what === "end" || what === "signOut" || what === "storeSession";

/**
 * Makes an engine. It does nothing until it is asked to, but for resuming the session of the page before. `makeCore` makes
 * its WebAssembly half; `listener` is told every output, and beside an error what the page itself threw.
 *
 * @param {(seed: number, isLoaded: boolean, isVisible: boolean, isKept: boolean) => Core} makeCore
 * @param {unknown} options
 * @param {(output: any, cause?: unknown) => void} listener
 */
export const connect = (makeCore, options, listener) => {
  const { server, widget, getToken, isKept, fault, trace } = readOptions(options);
  const name = `bonafide:${widget}`;
  const core = makeCore(randomNumber(), isLoaded(), isVisible(), isKept);
  /** What runs in the browser, by name. @type {Record<string, import("./builtins.js").Stop>} */
  const running = /** @type {any} */ ({ __proto__: null });
  /** @type {Event[]} */
  const waiting = [];
  /** @type {ReturnType<typeof openSocket> | undefined} */
  let socket;
  /** @type {object | undefined} */
  let view;
  /** Place of the next in `waiting`. */
  let next = 0;
  let isBusy = false;
  let isOver = false;
  /** Whether somebody still listens. */
  let isTold = true;

  const end = (/** @type {string} */ what) => {
    const stop = running[what];
    delete running[what];
    if (stop) stop();
  };
  /** @type {(what: string, stop: import("./builtins.js").Stop) => void} */
  const begin = (what, stop) => {
    end(what);
    running[what] = stop;
  };
  const stop = () => {
    isOver = true;
    for (const what in running) end(what);
  };

  /**
   * Something happened. What happens meanwhile, because somebody calls back at once, is put in line.
   * @type {(kind: number, number?: number, text?: string, extra?: number, cause?: unknown) => void}
   */
  const happened = (kind, number = 0, text = "", extra = 0, cause = undefined) => {
    waiting[waiting.length] = { kind, number, text, extra, cause };
    run();
  };
  /**
   * A wish of the page's script. It is handled after the script's own call has returned.
   * @type {(kind: number, text?: string, number?: number) => void}
   */
  const wish = (kind, text = "", number = 0) => {
    waiting[waiting.length] = fault ? { kind: BAD_ARGUMENT, number: 1, text: fault } : { kind, number, text };
    soon(run);
  };
  const run = () => {
    if (isBusy) return;
    isBusy = true;
    while (next < waiting.length && !isOver) {
      const { kind, number, text, extra = 0, cause } = /** @type {Event} */ (waiting[next++]);
      try {
        carryOut(parse(core.happened(now(), wall(), kind, number, extra, text)), cause);
      } catch (error) {
        fail(error);
      }
    }
    waiting.length = next = 0;
    isBusy = false;
  };
  /** @type {(effects: any[], cause: unknown) => void} */
  const carryOut = (effects, cause) => {
    for (let at = 0; at < effects.length; at++) {
      const { 0: what, 1: first, 2: second, 3: third, 4: fourth } = effects[at];
      // Whoever hears of the first effects may let go of the engine.
      if (isOver && !isLastDeed(what)) continue;
      if (what === "tell") tell(first, cause);
      else {
        try {
          DO[what]?.(first, second, third, fourth);
        } catch {
          // The page has broken what the browser needs for it: as good as a browser that cannot do it.
          const kind = ANSWERS[what];
          if (kind) soon(() => happened(kind, first));
        }
      }
    }
  };

  /** @type {(output: any, cause?: unknown) => void} */
  const tell = (output, cause) => {
    if (output.type === "view") ({ view } = output);
    try {
      if (isTold) listener(output, output.type === "error" ? cause : undefined);
    } catch (error) {
      // What the listener throws is the page's to see, and never the engine's.
      after(0, () => { throw error; });
    }
  };
  /** A fault of our own, which WebAssembly shows as an exception: the page hears of it instead of waiting for ever. */
  const fail = (/** @type {unknown} */ cause) => {
    const error = { code: "internal", message: "The chat stopped by a fault of its own.", requestId: null, retryable: true };
    stop();
    engine.isOver = true;
    if (view) tell({ type: "view", view: { ...view, phase: "failed", error } });
    tell({ type: "error", error }, cause);
  };

  /** @type {(kind: number, ticket: number, method: string, path: string, secret?: string, body?: string) => void} */
  const ask = (kind, ticket, method, path, secret, body) => {
    const what = `request${ticket}`;
    const answered = (/** @type {number} */ status, /** @type {string} */ text, /** @type {number} */ retryAfter) => {
      delete running[what];
      if (!isOver) happened(kind, ticket, text, retryAfter * 65536 + status);
    };
    const isLast = kind === DONE || kind === MESSAGE;
    const stop = request(method, `${server}/api/v1/${path}`, secret, body, LIMIT_MS, isLast, answered);
    // What was written, and that a conversation ends or a session, must reach the server although nobody is here any more to
    // hear of it.
    if (!isLast) begin(what, stop);
  };

  /**
   * What the WebAssembly may want done, as `effects.rs` writes it. Bodies and messages are JSON already.
   * @type {Record<string, (first: any, second: any, third: any, fourth: any) => void>}
   */
  const DO = {
    config: (ticket) => ask(CONFIG, ticket, "GET", `widgets/${widget}`),
    start: (ticket, visitor) =>
      ask(STARTED, ticket, "POST", `widgets/${widget}/conversations`, "", `{${visitor}"page":${page()}}`),
    authenticate: (ticket, conversation, secret, body) =>
      ask(CONVERSATION, ticket, "POST", `conversations/${conversation}/authenticate`, secret, body),
    messages: (ticket, conversation, secret, after) =>
      ask(MESSAGES, ticket, "GET", `conversations/${conversation}/messages?after=${after}`, secret),
    post: (ticket, conversation, secret, body) =>
      ask(MESSAGE, ticket, "POST", `conversations/${conversation}/messages`, secret, body),
    end: (ticket, conversation, secret) => ask(DONE, ticket, "POST", `conversations/${conversation}/end`, secret),
    signOut: (ticket, conversation, secret) => ask(DONE, ticket, "DELETE", `conversations/${conversation}/session`, secret),

    callPage(ticket, path) {
      const begun = now();
      /** @type {(kind: number, text?: string, cause?: unknown) => void} */
      const became = (kind, text = "", cause = undefined) => {
        // The developers' report must not come between the page and its chat.
        try { trace?.({ kind, ms: now() - begun, text }); } catch {}
        happened(kind, ticket, text, 0, cause);
      };
      const gave = (/** @type {unknown} */ token) => {
        if (typeof token === "string") became(GAVE_TEXT, trim(token));
        else if (token === undefined || token === null) became(GAVE_NOTHING);
        else became(GAVE_OTHER, typeof token);
      };
      /** @type {(sentence: string, cause: unknown) => void} */
      const failed = (sentence, cause) => became(FAILED, sentence, cause);
      const missing = (/** @type {string} */ sentence) => became(MISSING, sentence);
      const refused = (/** @type {string} */ sentence) => became(REFUSED, sentence);
      begin("call", callPage(path, getToken, { gave, failed, missing, refused }));
    },
    forgetCall: () => end("call"),

    openSocket(ticket, conversation) {
      // http becomes ws, https becomes wss.
      const url = `ws${server.slice(4)}/api/v1/conversations/${conversation}/socket`;
      const opened = () => happened(SOCKET_OPENED, ticket);
      const heard = (/** @type {string} */ text) => happened(SOCKET_FRAME, ticket, text);
      const closed = (/** @type {number} */ code) => happened(SOCKET_CLOSED, ticket, "", code);
      end("socket");
      socket = openSocket(url, opened, heard, closed);
      begin("socket", socket.stop);
    },
    sendFrame: (frame) => socket?.send(frame),
    closeSocket: () => end("socket"),

    setTimer: (timer, delay) => begin(`timer${timer}`, after(delay, () => happened(TIMER, timer))),
    clearTimer: (timer) => end(`timer${timer}`),
    storeSession: (session) => { if (isKept) store(name, session); },
    // A chat that shares its session with no tab answers none: it must not look as if it did, by the widget's name in the lock.
    elect: (conversation) => begin("lead", lead(`${isKept ? name : "bonafide"}:${conversation}`, () => happened(ELECTED))),
    resign: () => end("lead"),
    tellTabs(message, kind) {
      tabs.post(message, kind === 1);
      // The machine's wait for answers is the first of its timers: without anybody to answer it need not last.
      if (kind === 2) begin("ask", unled(`${name}:`, () => happened(TIMER)));
    },
  };

  /** What answers a request, by its name. @type {Record<string, number>} */
  const ANSWERS = /** @type {any} */ ({
    __proto__: null, config: CONFIG, start: STARTED, authenticate: CONVERSATION, messages: MESSAGES, post: MESSAGE, end: DONE, signOut: DONE,
  });

  const online = (/** @type {boolean} */ isOnline) => happened(ONLINE, isOnline ? 1 : 0);
  const visible = (/** @type {boolean} */ isVisible) => happened(VISIBLE, isVisible ? 1 : 0);
  begin("page", watch(online, visible, () => happened(LOADED)));
  const tabs = channel(name, (text) => happened(TAB, 0, text));
  begin("tabs", tabs.stop);
  const session = isKept && stored(name);
  if (fault) wish(BAD_ARGUMENT);
  else if (session) wish(RESUME, session);
  if (!isOnline()) wish(ONLINE);

  const engine = {
    /** It stopped by a fault of its own. */
    isOver: false,
    open: () => wish(OPEN),
    close: () => wish(CLOSE),
    start: () => wish(START),
    send(/** @type {unknown} */ text) {
      const id = randomId();
      if (typeof text === "string") wish(SEND, `{"clientId":"${id}","text":${quote(text)}}`);
      else wish(BAD_ARGUMENT, "`send` takes a text.");
      return id;
    },
    retry(/** @type {unknown} */ id) {
      if (typeof id === "string") wish(RETRY, id);
      else wish(BAD_ARGUMENT, "`retry` takes a message's client id.");
    },
    typing: () => wish(TYPING),
    authenticate: () => wish(AUTHENTICATE),
    end: () => wish(END),
    signOut: () => wish(SIGN_OUT),
    setContext(/** @type {unknown} */ context) {
      const { json, fault } = readContext(context);
      if (fault) wish(BAD_ARGUMENT, fault);
      else wish(SET_CONTEXT, json);
    },
    free() {
      isTold = false;
      // What was asked for in the same breath, if it is to end things: the page means it, though nobody will hear of it.
      let kept = next;
      for (let at = next; at < waiting.length; at++) {
        const event = /** @type {Event} */ (waiting[at]);
        if (isLastWish(event)) waiting[kept++] = event;
      }
      waiting.length = kept;
      isBusy = false;
      run();
      stop();
      try {
        core.free();
      } catch {
        // Where it stopped by a fault of its own, there is nothing left to be freed.
      }
    },
  };
  return engine;
};
