/** Waiting for what is loaded, and not for ever. */

// Captured when this is loaded: with others in their place, a page could make the wait endless.
const { clearTimeout, Promise: Answer, setTimeout } = globalThis;

/** How long it may take to arrive; as long as the engine gives the server to answer. */
const LIMIT_MS = 20_000;

/** What comes of it, or a rejection where nothing does in time: a request may hang for ever, and the visitor must not. */
export function inTime<T>(work: Promise<T>): Promise<T> {
  return new Answer((done, fail) => {
    const timer = setTimeout(fail, LIMIT_MS);
    work.then(done, fail).then(() => clearTimeout(timer));
  });
}
