/**
 * Sign-outs, as the site's storage keeps them for all its pages. It must not touch what opens a session, which only the tab has:
 * what is kept there ends one.
 */

/** How many sessions of the site's pages the engine remembers. */
const SLOTS = 8;

/**
 * Whether the visitor signed out of a session that the server was not told of; where they do so now, of any. The engine keeps
 * what ends a session where all pages of the site find it, with a sign before it, and tells the server when it is loaded.
 */
export function signedOut(widget: string, isNow: boolean): boolean {
  let isAny = false;
  try {
    for (let slot = 0; slot < SLOTS; slot += 1) {
      const key = `bonafide:${widget}:${slot}`;
      const kept = localStorage.getItem(key);
      if (kept && isNow) localStorage.setItem(key, `-${kept.slice(1)}`);
      isAny ||= kept?.[0] === "-";
    }
  } catch {
    // Blocked: nothing was kept.
  }
  return isAny;
}
