/** Waiting for what is loaded, and not for ever; and for what nobody wants to know the end of. */

import { clearTimeout, Promise, setTimeout } from "./natives";

/** How long it may take to arrive; as long as the engine gives the server to answer. */
const LIMIT_MS = 20_000;

/** What comes of it, or a rejection where nothing does in time: a request may hang for ever, and the visitor must not. */
export function inTime<T>(work: Promise<T>): Promise<T> {
  return new Promise((done, fail) => {
    const timer = setTimeout(fail, LIMIT_MS);
    work.then(done, fail).then(() => clearTimeout(timer));
  });
}

/** Waits for a promise, whatever becomes of it: it is no "unhandled rejection" then. By syntax: a page may replace `catch`. */
export async function ignore(promise: Promise<unknown>): Promise<void> {
  try {
    await promise;
  } catch {}
}
