// The page's client function: found by its dotted name without `eval`, and called once, in a page that may be hostile.
//
// Getters and Proxies may throw at every step, and each step is caught. What the page owns is only read and called, never
// written. Which names are allowed is decided here again although the server decided it when the name was saved: the page
// is where a wrong one does harm.

import { apply, get, settled } from "./builtins.js";

/**
 * Who hears what became of it; one of them, once.
 * @typedef {object} Tell
 * @property {(token: unknown) => void} gave
 * @property {(sentence: string, cause: unknown) => void} failed
 * @property {(sentence: string) => void} missing
 * @property {(sentence: string) => void} refused
 */

const LONGEST_PATH = 100;

/** @type {(list: string) => Set<string>} */
const names = (list) => new Set(list.split(" "));

/** Names that lead from any object to the code of all objects. */
const NEVER = names("__proto__ constructor prototype");

/**
 * What a path must not begin with: functions and objects of the browser's own through which a name could run code,
 * navigate, or reach data. The server knows all of the browser's names; these are the dangerous ones.
 */
const NOT_FIRST = names(
  "Array Function JSON Math Object Promise Proxy Reflect String WebSocket XMLHttpRequest alert caches clientInformation " +
    "close confirm cookieStore crypto customElements document eval event external fetch frameElement frames globalThis " +
    "history importScripts indexedDB localStorage location navigation navigator open opener parent performance postMessage " +
    "print prompt queueMicrotask requestAnimationFrame requestIdleCallback scheduler self sessionStorage setInterval " +
    "setTimeout stop toString top trustedTypes valueOf window",
);

/** @type {(name: string) => boolean} */
const isIdentifier = (name) => /^[A-Za-z_$][\w$]*$/.test(name);
/** @type {(value: unknown) => value is object} */
const holds = (value) => (typeof value === "object" && value !== null) || typeof value === "function";

/**
 * Calls the function that `path` leads to from the page's global object, or `given` in its place, with one callback. The
 * first of callback, promise and exception counts, and one of `tell`'s functions hears of it. The returned function ends
 * that.
 * @param {string} path
 * @param {Function | undefined} given
 * @param {Tell} tell
 * @returns {import("./builtins.js").Stop}
 */
export const callPage = (path, given, tell) => {
  try {
    const found = given ? { func: given } : find(path, tell);
    // `async () => undefined` may say that nobody is signed in; but what a name leads to may be wrapped, and call back later.
    if (found) return call(found.func, found.self, given !== undefined && given.length === 0, tell);
  } catch (error) {
    tell.failed("The page threw while its client function was looked for; the cause is what it threw.", error);
  }
  return () => {};
};

/**
 * Walks the path; tells why there is nothing to call, or gives the function and the object it is called on.
 * @param {string} path
 * @param {Tell} tell
 * @returns {{ func: Function, self?: unknown } | void}
 */
export const find = (path, tell) => {
  const refuse = (/** @type {string} */ why) => tell.refused(`The client function's name ${why}`);
  if (path.length > LONGEST_PATH) return refuse("is longer than 100 characters.");
  let segments = path.split(".");
  if (segments.length > 1 && (segments[0] === "window" || segments[0] === "globalThis")) segments = segments.slice(1);
  if (!segments.every(isIdentifier)) return refuse(`\`${path}\` is not made of names joined by dots.`);
  if (segments.some((name) => NEVER.has(name)) || NOT_FIRST.has(/** @type {string} */ (segments[0])))
    return refuse(`\`${path}\` leads to something of the browser's own.`);
  let self;
  /** @type {unknown} */
  let value = globalThis;
  for (let index = 0; index < segments.length; index++) {
    // Also the properties of texts and numbers can be read, but nobody's client function is one.
    if (!holds(value)) return missing(segments, index - 1, tell);
    self = value;
    value = get(value, /** @type {string} */ (segments[index]));
    if (value === undefined || value === null) return missing(segments, index, tell);
  }
  if (typeof value === "function") return { func: value, self };
  tell.missing(`The client function \`${path}\` is no function in this page, but of type \`${typeof value}\`.`);
};

/** Says which segment is missing. @type {(segments: string[], index: number, tell: Tell) => undefined} */
const missing = (segments, index, tell) => {
  const until = segments.slice(0, index + 1).join(".");
  const hint = index
    ? ""
    : " A `const` or `let` at the top level of a script does not become a property of `window`; declare it with `var` or `function`, or assign it to `window`.";
  tell.missing(`The page has no client function \`${segments.join(".")}\`: \`${until}\` is missing.${hint}`);
};

/** @type {(func: Function, self: unknown, meansNothing: boolean, tell: Tell) => import("./builtins.js").Stop} */
const call = (func, self, meansNothing, tell) => {
  let isLive = true;
  /** @type {(how: (first: any, second: unknown) => void, first: unknown, second?: unknown) => void} */
  const settle = (how, first, second) => {
    if (!isLive) return;
    isLive = false;
    how(first, second);
  };
  // The page may keep this for ever and call it at any time: it is no part of the WebAssembly, and never throws.
  const callback = (/** @type {unknown} */ token, /** @type {unknown} */ error) => {
    const isError = error !== undefined && error !== null;
    const isToken = token !== undefined && token !== null && token !== "";
    if (isError && !isToken)
      settle(tell.failed, "The page's client function called back with an error; the cause is that error.", error);
    else settle(tell.gave, token);
  };
  try {
    const result = apply(func, self, [callback]);
    if (result !== null && typeof result === "object" && typeof result.then === "function") {
      settled(
        result,
        // An `async` function that takes the callback resolves with undefined before or after it has called it. To take that
        // for its answer would give somebody who is signed in an anonymous chat.
        (token) => { if (token !== undefined || meansNothing) settle(tell.gave, token); },
        (error) => settle(tell.failed, "The promise of the page's client function was rejected; the cause is the reason.", error),
      );
    }
  } catch (error) {
    settle(tell.failed, "The page's client function threw; the cause is what it threw.", error);
  }
  return () => { isLive = false; };
};
