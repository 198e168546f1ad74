/** Waiting for what is loaded, and not for ever. */

import { clearTimeout, NativePromise, setTimeout } from "./natives";

/** How long it may take to arrive; as long as the engine gives the server to answer. */
const LIMIT_MS = 20_000;

/** What comes of it, or a rejection where nothing does in time: a request may hang for ever, and the visitor must not. */
export function inTime<T>(work: Promise<T>): Promise<T> {
  return new NativePromise((done, fail) => {
    const timer = setTimeout(fail, LIMIT_MS);
    work.then(done, fail).then(() => clearTimeout(timer));
  });
}
