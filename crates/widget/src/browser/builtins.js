// The browser's own functions, taken when this module is loaded. What a page puts in their place later changes nothing
// here: it cannot make a wait endless, read a secret or break the engine. This file must hold no decisions of the
// conversation; it turns browser events into calls of one function, `sink(kind, ticket, value, extra)`.
//
// Each function that starts something gives an object whose `stop` ends it: after `stop`, nothing of it calls `sink`.

const {
  AbortController, BroadcastChannel, JSON, Promise, Reflect, WebSocket,
  clearTimeout, crypto, document, fetch, performance, queueMicrotask, setTimeout,
} = globalThis;
const { apply } = Reflect;
const { parse } = JSON;
const resolve = Promise.resolve.bind(Promise);
const { then } = Promise.prototype;
const monotonic = performance.now.bind(performance);

// The kinds of event, as `events.rs` numbers them.
const TIMER = 0, ANSWER = 1, GAVE = 2, THREW = 3, CALLED_BACK_ERROR = 4, REJECTED = 5, OPENED = 6, FRAME = 7, CLOSED = 8,
  ELECTED = 9, TAB = 10, ONLINE = 11, LOADED = 12, VISIBLE = 13, FLUSH = 14;

export const now = () => monotonic();
export const textOf = (value) => `${value}`;
export const typeOf = (value) => typeof value;

/** 128 random bits as 32 hexadecimal digits. */
export const randomId = () => {
  let id = "";
  for (const part of crypto.getRandomValues(new Uint32Array(4))) id += part.toString(16).padStart(8, "0");
  return id;
};

/** The page as agents are told of it: 0 its address without credentials and fragment, 1 its title, 2 its language. */
export const page = (part) => {
  const { origin, pathname, search } = globalThis.location;
  if (part === 0) return (origin + pathname + search).slice(0, 2048);
  if (part === 1) return document.title.slice(0, 300);
  return document.documentElement.lang || globalThis.navigator.language || "";
};

export const isLoaded = () => document.readyState === "complete";
export const isVisible = () => document.visibilityState === "visible";
export const isOnline = () => globalThis.navigator.onLine !== false;

/** Calls `sink` once the caller's own work is done. */
export const soon = (sink) => queueMicrotask(() => sink(FLUSH, 0));

export const after = (delay, ticket, sink) => {
  const timer = setTimeout(() => sink(TIMER, ticket), delay);
  return { stop: () => clearTimeout(timer) };
};

/**
 * The way between engine and page: a function for events, with `tell` for outputs, which come as JSON. Should the engine
 * ever stop by a fault of its own, which WebAssembly shows as an exception, the page hears of it instead of waiting for
 * ever; nothing is called any more after that.
 */
export const connect = (sink, listener) => {
  let view;
  let isOver = false;
  const give = (output, cause) => {
    try {
      listener(output, cause);
    } catch (error) {
      // What the listener throws is the page's to see, and never the engine's.
      setTimeout(() => { throw error; }, 0);
    }
  };
  const events = (kind, ticket, value, extra) => {
    if (isOver) return;
    try {
      sink(kind, ticket, value, extra);
    } catch (cause) {
      isOver = true;
      const error = { code: "internal", message: "The chat stopped by a fault of its own.", requestId: null, retryable: false };
      if (view) give({ type: "view", view: { ...view, phase: "failed", error } });
      give({ type: "error", error }, cause);
    }
  };
  events.tell = (json, cause) => {
    const output = parse(json);
    if (output.type === "view") ({ view } = output);
    give(output, cause);
  };
  // What is on its way when the engine is let go must not reach it any more.
  events.stop = () => { isOver = true; };
  return events;
};

/** One request. Gives status and body, or status 0 when there is no answer within `limit` milliseconds. */
export const request = (method, url, secret, body, limit, ticket, sink) => {
  const controller = new AbortController();
  let settle = (status, text) => {
    stop();
    sink(ANSWER, ticket, text, status);
  };
  const stop = () => {
    settle = () => {};
    clearTimeout(timer);
    controller.abort();
  };
  const timer = setTimeout(() => settle(0, ""), limit);
  const headers = { accept: "application/json" };
  if (secret !== undefined) headers.authorization = "Bearer " + secret;
  if (body !== undefined) headers["content-type"] = "application/json";
  const failed = () => settle(0, "");
  try {
    const options = {
      method, headers, body, signal: controller.signal,
      mode: "cors", credentials: "omit", cache: "no-store", redirect: "error", referrerPolicy: "strict-origin",
      // The end of a chat and a sign-out must reach the server even if the page goes away.
      keepalive: method !== "GET" && (body === undefined || body.length < 32768),
    };
    apply(then, fetch(url, options), [
      (response) => apply(then, response.text(), [(text) => settle(response.status, text), failed]),
      failed,
    ]);
  } catch {
    queueMicrotask(failed);
  }
  return { stop };
};

/** Calls a page's client function with one callback. The first of callback, promise and exception counts. */
export const callPage = (func, self, ticket, sink) => {
  let settle = (kind, value) => {
    settle = () => {};
    sink(kind, ticket, value);
  };
  // The page may keep this for ever and call it at any time: it is no part of the WebAssembly, and never throws.
  const callback = (token, error) => {
    const isError = error !== undefined && error !== null;
    const isToken = token !== undefined && token !== null && token !== "";
    if (isError && !isToken) settle(CALLED_BACK_ERROR, error);
    else settle(GAVE, token);
  };
  try {
    const result = apply(func, self, [callback]);
    if (result !== null && typeof result === "object" && typeof result.then === "function") {
      // An `async` function that takes the callback resolves with undefined before or after it has called it.
      const takesCallback = func.length > 0;
      apply(then, resolve(result), [
        (token) => { if (token !== undefined || !takesCallback) settle(GAVE, token); },
        (error) => settle(REJECTED, error),
      ]);
    }
  } catch (error) {
    settle(THREW, error);
  }
  return { stop: () => { settle = () => {}; } };
};

export const openSocket = (url, ticket, sink) => {
  let socket;
  let isLive = true;
  const stop = () => {
    isLive = false;
    if (socket) socket.close();
  };
  const emit = (kind, value, extra) => { if (isLive) sink(kind, ticket, value, extra); };
  try {
    socket = new WebSocket(url);
    socket.onopen = () => emit(OPENED);
    socket.onmessage = ({ data }) => { if (typeof data === "string") emit(FRAME, data); };
    socket.onclose = ({ code }) => { emit(CLOSED, undefined, code); isLive = false; };
  } catch {
    queueMicrotask(() => emit(CLOSED, undefined, 1006));
  }
  return { stop, send: (text) => { if (socket && socket.readyState === 1) socket.send(text); } };
};

/** Leads the tabs that ask for `name`, once their turn comes; at once where the browser has no locks. */
export const lead = (name, sink) => {
  const { locks } = globalThis.navigator;
  const controller = new AbortController();
  let release = () => {};
  let isLive = true;
  const elected = () => { if (isLive) sink(ELECTED, 0); };
  const hold = () => {
    elected();
    return new Promise((done) => { release = done; if (!isLive) done(); });
  };
  if (locks && BroadcastChannel) {
    try {
      apply(then, locks.request(name, { signal: controller.signal }, hold), [undefined, elected]);
    } catch {
      queueMicrotask(elected);
    }
  } else {
    queueMicrotask(elected);
  }
  return { stop: () => { isLive = false; release(); controller.abort(); } };
};

/** The site's other tabs. Where there is no BroadcastChannel, only what is public gets through, by a storage event. */
export const channel = (name, sink) => {
  if (BroadcastChannel) {
    const tabs = new BroadcastChannel(name);
    tabs.onmessage = ({ data }) => { if (typeof data === "string") sink(TAB, 0, data); };
    return { post: (text) => tabs.postMessage(text), stop: () => { tabs.onmessage = null; tabs.close(); } };
  }
  const heard = ({ key, newValue }) => { if (key === name && newValue) sink(TAB, 0, newValue); };
  globalThis.addEventListener("storage", heard);
  return {
    post: (text, isPublic) => {
      if (!isPublic) return;
      try {
        globalThis.localStorage.setItem(name, text);
        globalThis.localStorage.removeItem(name);
      } catch {}
    },
    stop: () => globalThis.removeEventListener("storage", heard),
  };
};

export const watch = (sink) => {
  const { signal, ...controller } = stoppable();
  const on = (target, event, handler) => target.addEventListener(event, handler, { signal });
  on(globalThis, "online", () => sink(ONLINE, 1));
  on(globalThis, "offline", () => sink(ONLINE, 0));
  on(globalThis, "load", () => sink(LOADED, 0));
  on(document, "visibilitychange", () => sink(VISIBLE, isVisible() ? 1 : 0));
  return controller;
};

const stoppable = () => {
  const controller = new AbortController();
  return { signal: controller.signal, stop: () => controller.abort() };
};

/** The tab's storage. A browser that has none, or none left, is as good as one that forgets. */
export const stored = (key) => {
  try {
    return globalThis.sessionStorage.getItem(key) ?? undefined;
  } catch {}
};
export const store = (key, text) => {
  try {
    globalThis.sessionStorage.setItem(key, text);
  } catch {}
};
export const forget = (key) => {
  try {
    globalThis.sessionStorage.removeItem(key);
  } catch {}
};
