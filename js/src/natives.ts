/**
 * What the browser gives, as it was when this was loaded: a page may put something else in its place later, and by that come
 * between us and the visitor. One by one, so that a bundler leaves out what is not used. On a server some are undefined.
 */

const browser = globalThis;

export const cancelAnimationFrame = browser.cancelAnimationFrame;
export const clearTimeout = browser.clearTimeout;
export const fetch = browser.fetch;
export const queueMicrotask = browser.queueMicrotask;
export const requestAnimationFrame = browser.requestAnimationFrame;
export const setTimeout = browser.setTimeout;
export const ResizeObserver = browser.ResizeObserver;
export const NativePromise = browser.Promise;
export const NativeWebAssembly = browser.WebAssembly;
