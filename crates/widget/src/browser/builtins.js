// The browser's own functions, taken when this module is loaded. What a page puts in their place later changes nothing
// here: it cannot make a wait endless, read a secret or break the engine. This file must hold no decisions of the
// conversation; it turns browser events into calls of the functions it is given.
//
// Each function that starts something gives one that ends it: after that, nothing of it is heard.

const {
  AbortController, BroadcastChannel, Date, JSON, Promise, Reflect, String, TextEncoder, WebSocket,
  clearTimeout, crypto, document, fetch, performance, queueMicrotask, setTimeout,
} = globalThis;
const { then } = Promise.prototype;
const resolve = Promise.resolve.bind(Promise);
const random = crypto.getRandomValues.bind(crypto);

/** Ends what was begun. @typedef {() => void} Stop */

export const { apply, get } = Reflect;
export const { parse } = JSON;
const trimmed = String.prototype.trim;
/** @type {(text: string) => string} */
export const trim = (text) => apply(trimmed, text, []);
/** Milliseconds on a clock that never goes back, but may stand still while the computer sleeps. */
export const now = performance.now.bind(performance);
/** The time of day in milliseconds. */
export const wall = Date.now.bind(Date);

/** Calls `work` once the caller's own is done. @type {(work: () => void) => void} */
export const soon = (work) => queueMicrotask(work);

/**
 * Calls one of the two with what becomes of a promise, or of something that looks like one.
 * @template T
 * @param {PromiseLike<T>} promise
 * @param {((value: T) => void) | undefined} done
 * @param {(error: unknown) => void} failed
 */
export const settled = (promise, done, failed) => apply(then, resolve(promise), [done, failed]);

/** 128 random bits as 32 hexadecimal digits. */
export const randomId = () => {
  let id = "";
  for (let part = 0; part < 4; part++) id += randomNumber().toString(16).padStart(8, "0");
  return id;
};

/** 32 random bits. */
export const randomNumber = () => random(new Uint32Array(1))[0] ?? 0;

/** A text as JSON. Old libraries change what `JSON.stringify` makes of texts and lists, by a `toJSON` on everything. @type {(text: string) => string} */
export const quote = (text) =>
  `"${text.replace(/["\\\u0000-\u001f]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`)}"`;

/** What a page says of itself, cut. It may be anything: `<form name="title">` is what `document.title` then is. @type {(read: () => unknown, length: number) => string} */
const said = (read, length) => {
  try {
    return quote(String(read()).slice(0, length));
  } catch {
    return '""';
  }
};

/** The page as agents are told of it, as JSON; its address without credentials and fragment. */
export const page = () => {
  const { origin, pathname, search } = globalThis.location;
  const locale = said(() => document.documentElement.lang || globalThis.navigator.language || "", 64);
  return `{"url":${said(() => origin + pathname + search, 2048)},"title":${said(() => document.title, 300)},"locale":${locale}}`;
};

export const isLoaded = () => document.readyState === "complete";
export const isVisible = () => document.visibilityState === "visible";
export const isOnline = () => globalThis.navigator.onLine !== false;

/** @type {(delay: number, work: () => void) => Stop} */
export const after = (delay, work) => {
  const timer = setTimeout(work, delay);
  return () => clearTimeout(timer);
};

/** What all requests that are to outlive a page may carry together is 64 KiB. */
const LONGEST_LAST = 60_000;

/**
 * One request. Gives status and body, or status 0 when there is no answer within `limit` milliseconds; and how many seconds
 * the server wants us to wait. What `isLast` reaches the server even if the page goes away.
 * @param {string} method
 * @param {string} url
 * @param {string | undefined} secret
 * @param {string | undefined} body
 * @param {number} limit
 * @param {boolean} isLast
 * @param {(status: number, text: string, retryAfter: number) => void} answered
 */
export const request = (method, url, secret, body, limit, isLast, answered) => {
  const controller = new AbortController();
  /** @type {Stop} */
  const stop = () => {
    settle = () => {};
    stopTimer();
    controller.abort();
  };
  let settle = (/** @type {number} */ status, /** @type {string} */ text, retryAfter = 0) => {
    stop();
    answered(status, text, retryAfter);
  };
  const failed = () => settle(0, "");
  const stopTimer = after(limit, failed);
  /** @type {Record<string, string>} */
  const headers = { accept: "application/json" };
  if (secret) headers.authorization = `Bearer ${secret}`;
  if (body) headers["content-type"] = "application/json";
  try {
    /** @type {RequestInit} */
    const options = {
      method, headers, body: body || null, signal: controller.signal,
      mode: "cors", credentials: "omit", cache: "no-store", redirect: "error", referrerPolicy: "strict-origin",
      keepalive: isLast && new TextEncoder().encode(body || "").length < LONGEST_LAST,
    };
    const read = (/** @type {Response} */ response) => {
      // Seconds; a date, which it may be as well, is no number.
      const wait = /** @type {any} */ (response.headers.get("retry-after")) | 0;
      settled(response.text(), (text) => settle(response.status, text, wait > 0 && wait < 3600 ? wait : 0), failed);
    };
    settled(fetch(url, options), read, failed);
  } catch {
    soon(failed);
  }
  return stop;
};

/**
 * A socket; `send` does nothing when it is not open.
 * @param {string} url
 * @param {() => void} opened
 * @param {(text: string) => void} heard
 * @param {(code: number) => void} closed
 */
export const openSocket = (url, opened, heard, closed) => {
  /** @type {WebSocket | undefined} */
  let socket;
  let isLive = true;
  const close = (/** @type {number} */ code) => {
    if (!isLive) return;
    isLive = false;
    closed(code);
  };
  try {
    socket = new WebSocket(url);
    socket.onopen = () => { if (isLive) opened(); };
    socket.onmessage = ({ data }) => { if (isLive && typeof data === "string") heard(data); };
    socket.onclose = ({ code }) => close(code);
  } catch {
    soon(() => close(1006));
  }
  const stop = () => {
    isLive = false;
    if (socket) socket.close();
  };
  const send = (/** @type {string} */ text) => { if (socket && socket.readyState === 1) socket.send(text); };
  return { send, stop };
};

/**
 * Leads the tabs that ask for `name`, once their turn comes; at once where the browser has no locks.
 * @type {(name: string, elected: () => void) => Stop}
 */
export const lead = (name, elected) => {
  const { locks } = globalThis.navigator;
  const controller = new AbortController();
  /** @type {(value?: unknown) => void} */
  let release = () => {};
  let isLive = true;
  const win = () => { if (isLive) elected(); };
  const hold = () => {
    win();
    return new Promise((done) => { release = done; if (!isLive) done(undefined); });
  };
  try {
    if (locks && BroadcastChannel) settled(locks.request(name, { signal: controller.signal }, hold), undefined, win);
    else soon(win);
  } catch {
    soon(win);
  }
  return () => { isLive = false; release(); controller.abort(); };
};

/** How long a tab may need to say that it has a conversation which it does not lead yet; and any tab, where there are no locks. */
const MOMENT_MS = 100;
const NO_LOCKS_MS = 1_000;

/**
 * Tells when nobody leads under a name that begins with `prefix`. Where somebody may, it says nothing.
 * @type {(prefix: string, nobody: () => void) => Stop}
 */
export const unled = (prefix, nobody) => {
  const { locks } = globalThis.navigator;
  const look = (/** @type {LockManagerSnapshot} */ { held }) => {
    for (let at = 0; held && at < held.length; at++) if (held[at]?.name?.slice(0, prefix.length) === prefix) return;
    nobody();
  };
  return after(locks && BroadcastChannel ? MOMENT_MS : NO_LOCKS_MS, () => {
    try {
      settled(locks.query(), look, nobody);
    } catch {
      nobody();
    }
  });
};

/**
 * The site's other tabs. Where there is no BroadcastChannel, only what is public gets through, by a storage event.
 * @param {string} name
 * @param {(text: string) => void} heard
 */
export const channel = (name, heard) => {
  try {
    // Where a browser blocks storage, it throws; where there is none, it does so too.
    const tabs = new BroadcastChannel(name);
    tabs.onmessage = ({ data }) => { if (typeof data === "string") heard(data); };
    return { post: (/** @type {string} */ text) => tabs.postMessage(text), stop: () => { tabs.onmessage = null; tabs.close(); } };
  } catch {}
  const stored = (/** @type {StorageEvent} */ { key, newValue }) => { if (key === name && newValue) heard(newValue); };
  globalThis.addEventListener("storage", stored);
  return {
    post: (/** @type {string} */ text, /** @type {boolean} */ isPublic) => {
      if (!isPublic) return;
      try {
        globalThis.localStorage.setItem(name, text);
        globalThis.localStorage.removeItem(name);
      } catch {}
    },
    stop: () => globalThis.removeEventListener("storage", stored),
  };
};

/**
 * Whether the browser has a network, whether the page can be seen, and that it is loaded.
 * @param {(isOnline: boolean) => void} online
 * @param {(isVisible: boolean) => void} visible
 * @param {() => void} loaded
 */
export const watch = (online, visible, loaded) => {
  const controller = new AbortController();
  /** @type {(target: EventTarget, event: string, heard: () => void) => void} */
  const on = (target, event, heard) => target.addEventListener(event, heard, { signal: controller.signal });
  on(globalThis, "online", () => online(true));
  on(globalThis, "offline", () => online(false));
  on(globalThis, "load", loaded);
  on(document, "visibilitychange", () => visible(isVisible()));
  return () => controller.abort();
};

/** The tab's storage. A browser that has none, or none left, is as good as one that forgets. @type {(key: string) => string | null | undefined} */
export const stored = (key) => {
  try {
    return globalThis.sessionStorage.getItem(key);
  } catch {}
};
/** @type {(key: string, text: string | undefined) => void} */
export const store = (key, text) => {
  try {
    if (text) globalThis.sessionStorage.setItem(key, text);
    else globalThis.sessionStorage.removeItem(key);
  } catch {}
};
