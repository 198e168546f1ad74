/**
 * What the browser gives, as it was when the first of the chat's scripts was loaded, by the browser's own names: a page may
 * put something else in its place later, and by that come between us and the visitor. All of `src` takes it from here; a
 * test refuses the names themselves. One by one, so that a bundler leaves out what is not used.
 *
 * What the page had put there even before (`function Map() {}`, `var URL = "/shop"`) is asked of a fresh window, which
 * `unhide` makes only then.
 */
import { native, page, statics } from "./engine/pkg/taken";
import { unhide } from "./unhide";

unhide();

const browser: typeof globalThis = native;
const { Array: array, JSON: json, Object: object } = statics as { Array: ArrayConstructor; JSON: JSON; Object: ObjectConstructor };

export const AbortController = browser.AbortController;
export const CSSStyleSheet = browser.CSSStyleSheet;
export const DecompressionStream = page.DecompressionStream as typeof globalThis.DecompressionStream;
export const Map = browser.Map;
export const MutationObserver = browser.MutationObserver;
export const Promise = browser.Promise;
export const Response = browser.Response;
export const Set = browser.Set;
export const TextDecoder = browser.TextDecoder;
export const URL = browser.URL;
export const Uint8Array = browser.Uint8Array;
export const WebAssembly = browser.WebAssembly;
export const atob = page.atob as typeof globalThis.atob;
export const cancelAnimationFrame = browser.cancelAnimationFrame;
export const clearTimeout = browser.clearTimeout;
export const fetch = browser.fetch;
export const matchMedia = browser.matchMedia;
export const reportError = browser.reportError;
export const requestAnimationFrame = browser.requestAnimationFrame;
export const setTimeout = browser.setTimeout;
export const ResizeObserver = browser.ResizeObserver;
export const { assign, defineProperty, entries, hasOwn, keys, setPrototypeOf } = object;
export const { isArray } = array;
export const { parse, stringify } = json;
