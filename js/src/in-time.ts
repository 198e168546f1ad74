/** Waiting for what is loaded, and not for ever; and for what nobody wants to know the end of. */

import { clearTimeout, Promise, setTimeout } from "./natives";

/** How long it may take to arrive; as long as the engine gives the server to answer. */
const LIMIT_MS = 20_000;

type Timer = ReturnType<typeof setTimeout>;

/** What comes of it, or a rejection where nothing does in time: a request may hang for ever, and the visitor must not. */
export function inTime<T>(work: Promise<T>): Promise<T> {
  return new Promise((done, fail) => void pass(work, done, fail, setTimeout(fail, LIMIT_MS)));
}

/** By syntax, here and below: a page may replace `then` and `catch`. */
async function pass<T>(work: Promise<T>, done: (value: T) => void, fail: (reason: unknown) => void, timer: Timer): Promise<void> {
  try {
    done(await work);
  } catch (reason) {
    fail(reason);
  }
  clearTimeout(timer);
}

/** Waits for a promise, whatever becomes of it: it is no "unhandled rejection" then. */
export async function ignore(promise: Promise<unknown>): Promise<void> {
  try {
    await promise;
  } catch {}
}
